#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_fail2ban
short_description: Manage Fail2ban
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Change the settings with which a mailcow server bans addresses after failed logins.
  - The settings always exist; they cannot be created or deleted.
  - Only specified options are managed. An omitted option is neither compared nor changed. An empty list counts as specified.
  - mailcow itself resets O(ban_time_increment) and O(manage_external) with each change; the module keeps them.
  - Until the netfilter container of a new server has written its settings, mailcow shows none. The module then assumes the defaults of
    netfilter, and includes them in a change. mailcow itself would set them to their minimum, and ban the whole internet together with
    the first address.
  - To ban and unban single addresses, use M(community.mailcow.mailcow_fail2ban_ban).
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  ban_time:
    description:
      - Duration of the first ban of an address in seconds, at least V(60).
      - On a new server it is V(1800).
    type: int
  max_ban_time:
    description:
      - Maximum duration of a ban in seconds, at least V(60). It limits O(ban_time_increment).
      - On a new server it is V(10000).
    type: int
  ban_time_increment:
    description:
      - Whether each further ban of an address is twice as long as the previous one.
      - On a new server it is V(true).
    type: bool
  manage_external:
    description:
      - Whether an external firewall enforces the bans, which fetches the list of banned addresses from mailcow. mailcow then does not
        block them itself.
      - On a new server it is V(false).
    type: bool
  max_attempts:
    description:
      - Number of failed attempts after which an address is banned, at least V(1).
      - mailcow never bans private addresses for failed logins.
      - On a new server it is V(10).
    type: int
  retry_window:
    description:
      - Seconds without a failed attempt after which mailcow resets the count, at least V(1).
      - On a new server it is V(600).
    type: int
  netban_ipv4:
    description:
      - Prefix length of the network that is banned together with an IPv4 address, from V(8) to V(32). V(32) bans only the address,
        V(24) the 256 addresses of its network.
      - On a new server it is V(32).
    type: int
  netban_ipv6:
    description:
      - Prefix length of the network that is banned together with an IPv6 address, from V(8) to V(128). V(128) bans only the address,
        V(64) its whole subnet.
      - On a new server it is V(128).
    type: int
  whitelist:
    description:
      - Addresses, networks and host names that are never banned for failed logins. The list replaces the one on the server.
      - Order, case and the spelling of addresses make no difference. V(192.0.2.7/24) is V(192.0.2.0/24),
        and V(192.0.2.7/32) is V(192.0.2.7). International names may be given in Unicode or in punycode.
      - mailcow applies a change within a minute, and looks up the names every minute. An existing ban of an address continues;
        M(community.mailcow.mailcow_fail2ban_ban) lifts it.
      - Include the address of the Ansible controller, because mailcow counts requests with a wrong API key as failed attempts.
    type: list
    elements: str
  blacklist:
    description:
      - Addresses and networks that are always banned, even if they are in O(whitelist). The list replaces the one on the server.
        Spelling is treated as in O(whitelist), but host names are not possible.
      - V(0.0.0.0) and V(0.0.0.0/0) are rejected. mailcow accepts V(::/0), which bans all IPv6 users, and its own Docker network.
    type: list
    elements: str
  regex:
    description:
      - Regular expressions that find failed logins in the logs of the web interface, Postfix, Dovecot and SOGo. The list replaces the
        one on the server, so it usually begins with the expressions that M(community.mailcow.mailcow_fail2ban_info) returns. Order
        makes no difference.
      - They are Python regular expressions. The first group must match exactly the address. If it matches anything else, netfilter
        crashes and is restarted, which ends all bans. If several expressions match one line, it counts as several attempts.
      - netfilter writes its own expressions only on a new server. After an update, those of the older release are kept.
      - An empty list is rejected, because mailcow would keep the old expressions. To restore those of the release, reset them in the
        web interface.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_fail2ban_info
  - module: community.mailcow.mailcow_fail2ban_ban
  - module: community.mailcow.mailcow_fail2ban_banlist
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Ban for an hour after five attempts, and longer each time
  community.mailcow.mailcow_fail2ban:
    max_attempts: 5
    retry_window: 600
    ban_time: 3600
    ban_time_increment: true
    max_ban_time: 604800

- name: Ban whole subnets, and never those of the own offices
  community.mailcow.mailcow_fail2ban:
    netban_ipv4: 24
    netban_ipv6: 64
    whitelist:
      - 192.0.2.0/24
      - 2001:db8:1::/48
      - monitor.example.com

- name: Look at what there is
  community.mailcow.mailcow_fail2ban_info:
  register: result

- name: Also ban those who try a protocol that is disabled for the mailbox
  community.mailcow.mailcow_fail2ban:
    regex: "{{ result.fail2ban.regex | default([]) | union([disabled]) }}"
  vars:
    disabled: '-login: Aborted login.+ \(tried to use disallowed .+\): user=.+, rip=([0-9a-f\.:]+), lip.+'

- name: Ban one more network permanently
  community.mailcow.mailcow_fail2ban:
    blacklist: "{{ result.fail2ban.blacklist + ['198.51.100.0/24'] }}"
"""

RETURN = r"""
fail2ban:
  description:
    - The settings as they are now, so they are valid input for the module.
    - In check mode, the settings as they would be.
  returned: success
  type: dict
  contains:
    ban_time:
      description: Duration of the first ban of an address in seconds.
      returned: success
      type: int
      sample: 1800
    max_ban_time:
      description: Maximum duration of a ban in seconds.
      returned: success
      type: int
      sample: 10000
    ban_time_increment:
      description: Whether each further ban of an address is twice as long as the previous one.
      returned: success
      type: bool
      sample: true
    manage_external:
      description: Whether an external firewall enforces the bans.
      returned: success
      type: bool
      sample: false
    max_attempts:
      description: Number of failed attempts after which an address is banned.
      returned: success
      type: int
      sample: 10
    retry_window:
      description: Seconds without a failed attempt after which the count is reset.
      returned: success
      type: int
      sample: 600
    netban_ipv4:
      description: Prefix length of the network that is banned with an IPv4 address.
      returned: success
      type: int
      sample: 32
    netban_ipv6:
      description: Prefix length of the network that is banned with an IPv6 address.
      returned: success
      type: int
      sample: 128
    whitelist:
      description: Addresses, networks and hosts that are never banned, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - 192.0.2.0/24
        - monitor.example.com
    blacklist:
      description: Addresses and networks that are always banned, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - 198.51.100.7
    regex:
      description: The regular expressions that find failed logins in the logs.
      returned: once netfilter has written them
      type: list
      elements: str
      sample:
        - "mailcow UI: Invalid password for .+ by ([0-9a-f\\.:]+)"
status:
  description: Read-only values of Fail2ban.
  returned: success
  type: dict
  contains:
    active_bans:
      description: The temporary bans. Empty if there are none.
      returned: success
      type: list
      elements: dict
      contains:
        network:
          description: The banned address or network.
          returned: success
          type: str
          sample: 203.0.113.7/32
        ip:
          description: The address of it, without the length of the prefix.
          returned: success
          type: str
          sample: 203.0.113.7
        banned_until:
          description: Remaining duration of the ban.
          returned: success
          type: str
          sample: 00h 25m 13s
        queued_for_unban:
          description: V(1) if the ban is about to be lifted, V(0) otherwise.
          returned: success
          type: int
          sample: 0
    permanent_bans:
      description: The active bans because of the blacklist. Empty if there are none.
      returned: success
      type: list
      elements: dict
      contains:
        network:
          description: The banned address or network.
          returned: success
          type: str
          sample: 198.51.100.7/32
        ip:
          description: The address of it, without the length of the prefix.
          returned: success
          type: str
          sample: 198.51.100.7
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/fail2ban
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - network_host_invalid 192.0.2.999
"""

from ..module_utils._kinds.fail2ban import FAIL2BAN
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(FAIL2BAN))


if __name__ == "__main__":
    main()
