#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_password_policy
short_description: Set password policy
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Set what a mailcow server requires of new passwords of administrators, domain administrators and mailboxes and, since 2025-09c, of
    app passwords. A hash instead of a password must meet it as well.
  - Existing passwords are not affected.
  - A new server requires six characters and nothing else.
  - In check mode, the other modules of this collection check new passwords against the policy, and M(community.mailcow.mailcow_config)
    against the policy that the same task sets. Otherwise mailcow checks them when they are written.
  - A server has one password policy, which cannot be deleted.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) counts as specified.
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
  length:
    description:
      - Minimum number of characters of a password, at least V(3).
      - mailcow counts a non-ASCII character as 2 to 4, its bytes in UTF-8.
    type: int
  chars:
    description: Whether a password must contain an ASCII letter.
    type: bool
  lowerupper:
    description: Whether a password must contain both a lower case and an upper case ASCII letter.
    type: bool
  numbers:
    description: Whether a password must contain a digit.
    type: bool
  special_chars:
    description: Whether a password must contain a character that is neither an ASCII letter nor a digit. A space is such a character.
    type: bool
seealso:
  - module: community.mailcow.mailcow_password_policy_info
  - module: community.mailcow.mailcow_mailbox
"""

EXAMPLES = r"""
- name: Require long passwords with letters and digits
  community.mailcow.mailcow_password_policy:
    length: 12
    lowerupper: true
    numbers: true

- name: Require only length
  community.mailcow.mailcow_password_policy:
    length: 16
    chars: false
    lowerupper: false
    numbers: false
    special_chars: false
"""

RETURN = r"""
password_policy:
  description:
    - The policy as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the policy as it would be.
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
  sample: POST edit/passwordpolicy
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
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(PASSWORD_POLICY))


if __name__ == "__main__":
    main()
