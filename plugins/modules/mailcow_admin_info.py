#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_admin_info
short_description: List administrators
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the administrators of a mailcow server, who may do everything in its web interface, or get one of them.
  - mailcow does not show their passwords.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  username:
    description:
      - Name of the only administrator to get. Case makes no difference. The list is empty if there is no such administrator.
      - If omitted, all administrators are listed.
    type: str
seealso:
  - module: community.mailcow.mailcow_admin
  - module: community.mailcow.mailcow_domain_admin_info
"""

EXAMPLES = r"""
- name: List all administrators
  community.mailcow.mailcow_admin_info:
  register: result

- name: Fail if one has no second factor
  ansible.builtin.assert:
    that: result.admins | selectattr('active') | rejectattr('status.tfa_active') | length == 0

- name: Look for one
  community.mailcow.mailcow_admin_info:
    username: jane
"""

RETURN = r"""
admins:
  description:
    - The administrators, each with the names of the options of M(community.mailcow.mailcow_admin), and with RV(admins[].status).
      Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Name of the administrator.
      returned: success
      type: str
      sample: jane
    active:
      description: Whether the administrator may log in.
      returned: success
      type: bool
      sample: true
    force_tfa:
      description: Whether an administrator without a second factor has to set one up at the next login.
      returned: success
      type: bool
      sample: false
    force_pw_update:
      description: Whether the administrator has to choose a new password at the next login.
      returned: success
      type: bool
      sample: false
    disable_tfa:
      description: V(false) if the administrator has an active second factor.
      returned: when true
      type: bool
      sample: false
    status:
      description: Read-only values of the administrator.
      returned: success
      type: dict
      contains:
        tfa_active:
          description: Whether the administrator has an active second factor.
          returned: success
          type: bool
          sample: false
        created:
          description: When the administrator was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/admin/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.admin import ADMIN
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(ADMIN))


if __name__ == "__main__":
    main()
