#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_sieve_script_info
short_description: Show Sieve scripts
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Show the active Sieve script that the owner of a mailbox has created in SOGo or with ManageSieve.
  - mailcow cannot change it. It runs between the prefilter and the postfilter of the mailbox,
    which M(community.mailcow.mailcow_sieve_filter) manages.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  addresses:
    description:
      - Addresses of the mailboxes. Case makes no difference. An international domain may be given in Unicode or in punycode.
      - The task fails if there is no such mailbox.
    type: list
    elements: str
    required: true
seealso:
  - module: community.mailcow.mailcow_sieve_filter
  - module: community.mailcow.mailcow_sieve_filter_info
"""

EXAMPLES = r"""
- name: Look at the script of Jane
  community.mailcow.mailcow_sieve_script_info:
    addresses:
      - jane@example.com
  register: result

- name: Fail if she forwards her mail
  ansible.builtin.assert:
    that: result.mailboxes[0].script is none or 'redirect' not in result.mailboxes[0].script
"""

RETURN = r"""
mailboxes:
  description: The mailboxes, in the order of O(addresses).
  returned: success
  type: list
  elements: dict
  contains:
    address:
      description: Address of the mailbox. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    script:
      description: The active script. V(null) if there is none, or if Dovecot does not respond, which mailcow does not distinguish.
      returned: success
      type: str
      sample: "require [\"fileinto\"];\n"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/active-user-sieve/jane@example.com
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._module import run
from ..module_utils._tasks.upkeep import SIEVE_SCRIPT_INFO


def main() -> None:
    run(SIEVE_SCRIPT_INFO)


if __name__ == "__main__":
    main()
