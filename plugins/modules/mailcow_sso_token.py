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
  - Get a token with which a browser can log in to the web interface of mailcow as a domain administrator without a password, for
    portals that redirect their users to mailcow.
  - The token can be used once, within 30 seconds. Open C(https://mail.example.com/domainadmin/?sso_token=TOKEN) with it. Before 2025,
    mailcow accepts it at C(https://mail.example.com/?sso_token=TOKEN).
  - Anyone who has the token can do everything that the administrator can, so set C(no_log) on the task.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - It returns no token, and does not check whether the administrator exists, because an earlier task may create it.
  diff_mode:
    support: none
  idempotent:
    support: none
    details:
      - Each run creates a new token.
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
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/sso/domain-admin
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
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
