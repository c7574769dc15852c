#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_password_policy_info
short_description: Get password policy
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get the requirements of a mailcow server for new passwords.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options: {}
seealso:
  - module: community.mailcow.mailcow_password_policy
"""

EXAMPLES = r"""
- name: Get the password policy
  community.mailcow.mailcow_password_policy_info:
  register: result

- name: Generate a password that is long enough
  ansible.builtin.set_fact:
    new_password: "{{ lookup('ansible.builtin.password', '/dev/null', length=[result.password_policy.length, 20] | max) }}"
  no_log: true
"""

RETURN = r"""
password_policy:
  description:
    - The policy, with the names of the options of M(community.mailcow.mailcow_password_policy), and with RV(password_policy.status).
      Without the latter, they are valid input for that module.
  returned: success
  type: dict
  contains:
    length:
      description: Minimum number of characters of a password.
      returned: success
      type: int
      sample: 12
    chars:
      description: Whether a password must contain an ASCII letter.
      returned: success
      type: bool
      sample: false
    lowerupper:
      description: Whether a password must contain both a lower case and an upper case ASCII letter.
      returned: success
      type: bool
      sample: true
    numbers:
      description: Whether a password must contain a digit.
      returned: success
      type: bool
      sample: true
    special_chars:
      description: Whether a password must contain a character that is neither an ASCII letter nor a digit.
      returned: success
      type: bool
      sample: false
    status:
      description: Always empty, because the policy has no read-only values.
      returned: success
      type: dict
      sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/passwordpolicy
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.password_policy import PASSWORD_POLICY
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(PASSWORD_POLICY))


if __name__ == "__main__":
    main()
