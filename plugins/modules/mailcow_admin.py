#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_admin
short_description: Manage administrators
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change, rename and delete administrators of a mailcow server, who may do everything in its web interface. Administrators of
    single domains are managed by M(community.mailcow.mailcow_domain_admin).
  - The last active administrator is neither deleted nor deactivated; the task fails instead. API keys do not belong to an
    administrator, so these changes do not affect them.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) counts as specified.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - mailcow changes an inactive administrator only while at least two are active, which is not predicted.
      - A new password is checked against the password policy of the server.
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - mailcow does not show the password. With O(update_password=always) and O(password), a task always reports a change.
options:
  username:
    description:
      - User name for the login. It consists of ASCII letters, digits, V(_), V(.) and V(-).
      - Case makes no difference. mailcow keeps it in lower case.
      - It must not be the name of a domain administrator.
    type: str
    required: true
  password:
    description:
      - Password of the administrator. Required to create one.
      - It must meet the password policy of the server. A hash with a scheme that mailcow supports, such as C({BLF-CRYPT}$2y$10$...), is
        stored as it is.
      - O(update_password) determines when it is written.
    type: str
  active:
    description:
      - Whether the administrator may log in.
      - Default on create is V(true).
    type: bool
  force_tfa:
    description:
      - Whether an administrator without a second factor has to set one up at the next login.
      - Default on create is V(false).
      - mailcow itself resets this with each change of an administrator; the module keeps it.
      - Needs mailcow 2026-03 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  force_pw_update:
    description:
      - Whether the administrator has to choose a new password at the next login.
      - Default on create is V(false).
      - mailcow itself resets this with each change of an administrator; the module keeps it.
      - Needs mailcow 2026-03 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  disable_tfa:
    description:
      - With V(true), mailcow does not ask for the second factor at the next login, for somebody who has lost it. After that login, it
        asks for it again, unless its owner has removed it.
      - V(false) is the same as omitting it, because only the owner can set up a second factor.
    type: bool
  update_password:
    description: When to write O(password), which mailcow never shows.
    type: str
    choices:
      on_create: Only when the administrator is created. The password of an existing one is not changed.
      always: Each time the task runs. The task then always reports a change.
    default: on_create
  rename_to:
    description:
      - New name of the administrator. The password and the second factor are kept.
      - If the administrator O(username) no longer exists, the other options apply to this name, so the task can be repeated. If neither
        exists, the administrator is created under this name.
      - The task fails if both exist, if a domain administrator has the new name, or if only its case would change.
      - Ignored with O(state=absent).
    type: str
  state:
    description:
      - V(present) creates the administrator or changes it.
      - V(absent) deletes the administrator.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_admin_info
  - module: community.mailcow.mailcow_domain_admin
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create an administrator who has to set up a second factor
  community.mailcow.mailcow_admin:
    username: jane
    password: "{{ vault_jane_password }}"
    force_tfa: true

- name: Set a new password, to be changed at the next login; this always reports a change
  community.mailcow.mailcow_admin:
    username: jane
    password: "{{ vault_jane_new_password }}"
    update_password: always
    force_pw_update: true

- name: Let an administrator in who has lost the second factor; this reports a change once more after the next login
  community.mailcow.mailcow_admin:
    username: jane
    disable_tfa: true

- name: Rename an administrator
  community.mailcow.mailcow_admin:
    username: jane
    rename_to: jane.doe

- name: Delete the administrator that each new mailcow has, once there is another one
  community.mailcow.mailcow_admin:
    username: admin
    state: absent
"""

RETURN = r"""
admin:
  description:
    - The administrator as it is now, with the names of the options, so it is valid input for the module. It does not show the password.
    - In check mode, the administrator as it would be.
  returned: when state=present
  type: dict
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
  description:
    - Read-only values of the administrator.
    - In check mode all values are V(null) when the administrator does not exist yet.
  returned: when state=present
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
  sample: POST add/admin
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - object_exists jane
"""

from ..module_utils._kinds.admin import ADMIN
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(ADMIN))


if __name__ == "__main__":
    main()
