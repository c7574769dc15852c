#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mta_sts_info
short_description: List MTA-STS policies
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the active MTA-STS policies of all domains of a mailcow server or of some, or get that of one.
  - They are read from the public pages that other servers read. See M(community.mailcow.mailcow_mta_sts).
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  domain:
    description:
      - Name of the only domain whose policy to get. The list is empty if there is no such domain, or it has no active policy.
    type: str
  domains:
    description:
      - Names of the domains whose policies to get. Names that do not exist in mailcow are ignored.
      - If this and O(domain) are omitted, the policies of all domains are listed. This takes one request per domain.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_mta_sts
  - module: community.mailcow.mailcow_dns_info
"""

EXAMPLES = r"""
- name: List all policies
  community.mailcow.mailcow_mta_sts_info:
  register: result

- name: Show the domains that only test theirs
  ansible.builtin.debug:
    msg: "{{ result.mta_sts | selectattr('mode', 'eq', 'testing') | map(attribute='domain') }}"
"""

RETURN = r"""
mta_sts:
  description:
    - The policies, each with the names of the options of M(community.mailcow.mailcow_mta_sts), and with RV(mta_sts[].status). Without
      the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    domain:
      description: Name of the domain, international ones in punycode.
      returned: success
      type: str
      sample: example.com
    mode:
      description: What other servers do if TLS fails.
      returned: success
      type: str
      sample: testing
    max_age:
      description: Seconds for which other servers remember the policy.
      returned: success
      type: int
      sample: 604800
    mx:
      description: The mail servers of the domain, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - mail.example.com
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
  sample: GET get/domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.mta_sts import MTA_STS
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(MTA_STS))


if __name__ == "__main__":
    main()
