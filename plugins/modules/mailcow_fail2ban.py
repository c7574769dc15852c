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
  - Change the settings by which a mailcow server bans addresses that fail to log in.
  - A server has these settings once. They cannot be created or deleted.
  - Only specified options are managed. An omitted option is neither compared nor changed. An empty list counts as specified.
  - mailcow resets O(ban_time_increment) and O(manage_external) with each change in which they are omitted. The module keeps them.
  - Until the netfilter container of a new server has written its settings, mailcow shows none.
    The module takes those for them that netfilter writes then, and a change writes them along.
    mailcow itself would set them to the smallest values, and ban the whole internet with the first address.
  - Single addresses are banned and let in again by M(community.mailcow.mailcow_fail2ban_ban).
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
    description: Seconds that an address is banned for the first time, at least V(60).
    type: int
  max_ban_time:
    description: Seconds that an address is banned at most, at least V(60). It limits what O(ban_time_increment) leads to.
    type: int
  ban_time_increment:
    description: Whether each further ban of an address lasts twice as long as the one before.
    type: bool
  manage_external:
    description:
      - Whether a firewall outside of mailcow enforces the bans, which fetches the list of banned addresses from mailcow.
        mailcow itself does not block them then.
    type: bool
  max_attempts:
    description:
      - How many failed attempts get an address banned, at least V(1).
      - mailcow never bans private addresses for failed logins.
    type: int
  retry_window:
    description: Seconds without a failed attempt after which mailcow counts from the beginning again, at least V(1).
    type: int
  netban_ipv4:
    description:
      - Prefix length of the network that is banned together with an IPv4 address, from V(8) to V(32).
        V(32) bans the address alone, V(24) all 256 addresses around it.
    type: int
  netban_ipv6:
    description:
      - Prefix length of the network that is banned together with an IPv6 address, from V(8) to V(128).
        V(128) bans the address alone, V(64) its whole subnet.
    type: int
  whitelist:
    description:
      - Addresses, networks and names of hosts that are never banned for failed logins. The list replaces the one on the server.
      - Order, case and the spelling of addresses make no difference. V(192.0.2.7/24) is V(192.0.2.0/24),
        and V(192.0.2.7/32) is V(192.0.2.7). International names may be given in Unicode or in punycode.
      - mailcow takes a change over within a minute, and looks up the names again each minute. A ban that an address is under already goes
        on; M(community.mailcow.mailcow_fail2ban_ban) lifts it.
      - Put the address of the Ansible controller here. mailcow counts requests with a wrong API key as failed attempts.
    type: list
    elements: str
  blacklist:
    description:
      - Addresses and networks that are always banned, even if they are in O(whitelist). The list replaces the one on the server.
        The same holds for the spelling as in O(whitelist), but names of hosts are not possible.
      - V(0.0.0.0) and V(0.0.0.0/0) are refused. V(::/0) is not, and bans everybody who uses IPv6.
    type: list
    elements: str
  regex:
    description:
      - Regular expressions that find failed logins in the logs of the web interface, Postfix, Dovecot and SOGo. The list replaces the
        one on the server, so that it usually begins with what M(community.mailcow.mailcow_fail2ban_info) shows.
        Order makes no difference.
      - They are written in the language of Python. The first group has to match the address and nothing else. If it matches anything
        that is not an address, netfilter stops and is started again, which ends all bans.
      - netfilter writes its own only to a new server. Those of an older release stay after an update.
      - An empty list is refused, because mailcow would keep the old expressions. To go back to those of its release, reset them in the web
        interface.
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
    - The settings as they are now, so that they can be given back as input.
    - In check mode, the settings as they would be.
  returned: success
  type: dict
  contains:
    ban_time:
      description: Seconds that an address is banned for the first time.
      returned: success
      type: int
      sample: 1800
    max_ban_time:
      description: Seconds that an address is banned at most.
      returned: success
      type: int
      sample: 10000
    ban_time_increment:
      description: Whether each further ban of an address lasts longer.
      returned: success
      type: bool
      sample: true
    manage_external:
      description: Whether a firewall outside of mailcow enforces the bans.
      returned: success
      type: bool
      sample: false
    max_attempts:
      description: How many failed attempts get an address banned.
      returned: success
      type: int
      sample: 10
    retry_window:
      description: Seconds in which the attempts are counted.
      returned: success
      type: int
      sample: 600
    netban_ipv4:
      description: Length of the prefix of an IPv4 address that is banned.
      returned: success
      type: int
      sample: 32
    netban_ipv6:
      description: Length of the prefix of an IPv6 address that is banned.
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
      description: The bans that end by themselves. Empty if there are none.
      returned: success
      type: list
      elements: dict
      contains:
        network:
          description: What is banned.
          returned: success
          type: str
          sample: 203.0.113.7/32
        ip:
          description: The address of it, without the length of the prefix.
          returned: success
          type: str
          sample: 203.0.113.7
        banned_until:
          description: How long the ban still lasts.
          returned: success
          type: str
          sample: 00h 25m 13s
        queued_for_unban:
          description: V(1) if the ban is about to be lifted, V(0) otherwise.
          returned: success
          type: int
          sample: 0
    permanent_bans:
      description: The bans that come from the blacklist and are in force. Empty if there are none.
      returned: success
      type: list
      elements: dict
      contains:
        network:
          description: What is banned.
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
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST edit/fail2ban
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
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
