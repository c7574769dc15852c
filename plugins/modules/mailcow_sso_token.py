#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_sso_token
short_description: Get a login token
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get a token with which a browser is logged in to the web interface of mailcow as a domain administrator, without a password.
    It is for portals that send their users on to mailcow.
  - The token can be used once and within 30 seconds. Open C(https://mail.example.com/domainadmin/?sso_token=TOKEN) with it.
    Before 2025, mailcow takes it at C(https://mail.example.com/?sso_token=TOKEN).
  - Whoever has the token can do what the administrator can. Set C(no_log) on the task.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It gives no token, and does not see whether there is such an administrator, whom an earlier task would create.
  diff_mode:
    support: none
  idempotent:
    support: none
    details:
      - Each run gives another token.
options:
  username:
    description: Name of the domain administrator. Case makes no difference.
    type: str
    required: true
seealso:
  - module: community.mailcow.mailcow_domain_admin
"""

EXAMPLES = r"""
- name: Get a token for a domain administrator
  community.mailcow.mailcow_sso_token:
    username: jane
  register: result
  no_log: true
"""

RETURN = r"""
token:
  description: The token. V(null) in check mode.
  returned: success
  type: str
  sample: 0F020C-8B7646-2D4E6A-91C3B7-5A0E1F
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST add/sso/domain-admin
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - object_doesnt_exist jane
"""

from ..module_utils._module import run
from ..module_utils._tasks.sso import SSO_TOKEN


def main() -> None:
    run(SSO_TOKEN)


if __name__ == "__main__":
    main()
