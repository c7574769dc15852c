#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_fail2ban_info
short_description: Get Fail2ban settings
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get the settings with which a mailcow server bans addresses after failed logins, and the active bans.
  - Until the netfilter container of a new server has written its settings, mailcow shows none. The module then returns the defaults of
    netfilter.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options: {}
seealso:
  - module: community.mailcow.mailcow_fail2ban
"""

EXAMPLES = r"""
- name: Get the settings and the bans
  community.mailcow.mailcow_fail2ban_info:
  register: result

- name: Show who is banned
  ansible.builtin.debug:
    msg: "{{ result.fail2ban.status.active_bans | map(attribute='network') }}"

- name: Fail if the monitoring host could be banned
  ansible.builtin.assert:
    that: "'monitor.example.com' in result.fail2ban.whitelist"
"""

RETURN = r"""
fail2ban:
  description:
    - The settings, with the names and units of the options of M(community.mailcow.mailcow_fail2ban), and with RV(fail2ban.status).
      Without the latter, they are valid input for that module.
    - This is not a list, because a server has only one set of these settings.
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
    - V(null) if the error is not about a single request, for example if the URL is wrong.
  returned: on failure
  type: str
  sample: GET get/fail2ban
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.fail2ban import FAIL2BAN
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(FAIL2BAN))


if __name__ == "__main__":
    main()
