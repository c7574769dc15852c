#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_global_sieve_filter_info
short_description: Get global filters
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Get the Sieve filters that run for each message that a mailcow server delivers, for all mailboxes.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options: {}
seealso:
  - module: community.mailcow.mailcow_global_sieve_filter
"""

EXAMPLES = r"""
- name: Get the scripts
  community.mailcow.mailcow_global_sieve_filter_info:
  register: result

- name: Keep a copy of one
  ansible.builtin.copy:
    content: "{{ result.global_sieve_filters.postfilter }}"
    dest: /var/backups/after.sieve
    mode: "0644"
"""

RETURN = r"""
global_sieve_filters:
  description:
    - The filters, with the names of the options of M(community.mailcow.mailcow_global_sieve_filter), and with
      RV(global_sieve_filters.status). Without the latter, they are valid input for that module.
  returned: success
  type: dict
  contains:
    prefilter:
      description: The script that runs before all others. Empty if there is none.
      returned: success
      type: str
      sample: "keep;\n"
    postfilter:
      description: The script that runs after all others. Empty if there is none.
      returned: success
      type: str
      sample: "require \"fileinto\";\nif header :contains \"X-Spam-Flag\" \"YES\" {\n  fileinto \"Junk\";\n}\n"
    status:
      description: Always empty, because the filters have no read-only values.
      returned: success
      type: dict
      sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/global_filters/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.global_sieve_filter import GLOBAL_SIEVE_FILTER
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(GLOBAL_SIEVE_FILTER))


if __name__ == "__main__":
    main()
