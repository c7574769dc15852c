#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_fail2ban_banlist
short_description: Get the ban list link
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get the secret link from which an external firewall can fetch the list of bans, with one address or network per line. If the link
    has leaked, the module can renew it; the old link then stops working.
  - O(community.mailcow.mailcow_fail2ban#module:manage_external) determines whether mailcow leaves the bans to such a firewall.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It returns the current link.
  diff_mode:
    support: none
  idempotent:
    support: partial
    details:
      - With O(renew=true), each run creates a new link, and reports a change.
options:
  renew:
    description: Whether mailcow creates a new link.
    type: bool
    default: false
seealso:
  - module: community.mailcow.mailcow_fail2ban
  - module: community.mailcow.mailcow_fail2ban_ban
"""

EXAMPLES = r"""
- name: Get the link
  community.mailcow.mailcow_fail2ban_banlist:
  register: result

- name: Get the list
  ansible.builtin.uri:
    url: "{{ result.url }}"
    return_content: true
  when: result.url is truthy   # a new server has no link yet

- name: Renew the link
  community.mailcow.mailcow_fail2ban_banlist:
    renew: true
"""

RETURN = r"""
id:
  description: The secret in the link. V(null) until the netfilter container of a new server has written its settings.
  returned: success
  type: str
  sample: 0a9f3c62-5f5b-4f0e-9a51-3c1b7b1e2d44
url:
  description: The link. V(null) if there is none yet.
  returned: success
  type: str
  sample: https://mail.example.com/f2b-banlist?id=0a9f3c62-5f5b-4f0e-9a51-3c1b7b1e2d44
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST edit/fail2ban/banlist
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.banlist import FAIL2BAN_BANLIST


def main() -> None:
    run(FAIL2BAN_BANLIST)


if __name__ == "__main__":
    main()
