#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_fail2ban_ban
short_description: Ban and unban hosts
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Ban addresses, lift bans, or exempt addresses from bans, and leave all others alone.
    The whole lists and the settings are managed by M(community.mailcow.mailcow_fail2ban).
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
  networks:
    description:
      - Addresses and networks, such as V(192.0.2.7) or V(2001:db8::/32).
      - mailcow takes no names of hosts here, unlike O(community.mailcow.mailcow_fail2ban#module:whitelist).
      - Different spellings of the same address make no difference.
    type: list
    elements: str
    required: true
  state:
    description: What to do with them. mailcow takes its lists over within a minute.
    type: str
    required: true
    choices:
      allowed: They are on the allow list, and not on the block list. They are never banned, and a ban that they are under is lifted.
      banned: They are on the block list, and not on the allow list. They are banned permanently.
      unbanned:
        - They are under no ban for failed logins. A ban of a whole network that an address is in is lifted, too,
          and those of all addresses in a network.
        - It can take some seconds until mailcow has lifted it.
        - The block list stays as it is. With an entry there, use O(state=allowed), or the option
          O(community.mailcow.mailcow_fail2ban#module:blacklist).
seealso:
  - module: community.mailcow.mailcow_fail2ban
  - module: community.mailcow.mailcow_fail2ban_info
"""

EXAMPLES = r"""
- name: Let a customer in again who has mistyped a password too often
  community.mailcow.mailcow_fail2ban_ban:
    networks:
      - 192.0.2.7
    state: unbanned

- name: Ban an attacker permanently
  community.mailcow.mailcow_fail2ban_ban:
    networks:
      - 198.51.100.0/24
    state: banned

- name: Never ban the monitoring
  community.mailcow.mailcow_fail2ban_ban:
    networks:
      - 2001:db8::25
    state: allowed
"""

RETURN = r"""
networks:
  description: Those of the addresses and networks for which something changed, in one spelling.
  returned: success
  type: list
  elements: str
  sample:
    - 198.51.100.0/24
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
    - network_host_invalid x
"""

from ..module_utils._module import run
from ..module_utils._tasks.bans import FAIL2BAN_BAN


def main() -> None:
    run(FAIL2BAN_BAN)


if __name__ == "__main__":
    main()
