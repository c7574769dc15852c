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
  - Ban addresses, lift bans, or exempt addresses from bans, without changing others. For the whole lists and the settings, see
    M(community.mailcow.mailcow_fail2ban).
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
      - Host names are not possible here, unlike in O(community.mailcow.mailcow_fail2ban#module:whitelist).
      - Different spellings of the same address make no difference.
    type: list
    elements: str
    required: true
  state:
    description: Desired state of O(networks). mailcow applies changes of its lists within a minute.
    type: str
    required: true
    choices:
      allowed: On the allow list, and not on the block list. They are never banned, and existing bans are lifted.
      banned: On the block list, and not on the allow list. They are permanently banned.
      unbanned:
        - Not banned for failed logins. Bans of a network that contains an address are lifted as well, and so are bans of all addresses
          in a network.
        - It can take some seconds until mailcow has lifted a ban.
        - The block list is not changed. For an entry there, use O(state=allowed), or the option
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
  description: The addresses and networks that were changed, in normalized form.
  returned: success
  type: list
  elements: str
  sample:
    - 198.51.100.0/24
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
    - network_host_invalid x
"""

from ..module_utils._module import run
from ..module_utils._tasks.bans import FAIL2BAN_BAN


def main() -> None:
    run(FAIL2BAN_BAN)


if __name__ == "__main__":
    main()
