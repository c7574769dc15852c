#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_tls_policy_map_info
short_description: List TLS policies
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the TLS policy maps of a mailcow server, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  dest:
    description:
      - Destination whose TLS policy map to get. Case makes no difference. An international name may be given in Unicode or in punycode.
        The list is empty if there is none.
      - If this and O(id) are omitted, all are listed.
    type: str
  id:
    description:
      - ID of the only TLS policy map to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_tls_policy_map
"""

EXAMPLES = r"""
- name: List all TLS policy maps
  community.mailcow.mailcow_tls_policy_map_info:
  register: result

- name: Show the destinations that mail goes to without encryption
  ansible.builtin.debug:
    msg: "{{ result.tls_policy_maps | selectattr('policy', 'eq', 'none') | map(attribute='dest') }}"

- name: Look for the policy of a destination
  community.mailcow.mailcow_tls_policy_map_info:
    dest: example.net
"""

RETURN = r"""
tls_policy_maps:
  description:
    - The TLS policy maps, each with the names and units of the options of M(community.mailcow.mailcow_tls_policy_map), and with
      RV(tls_policy_maps[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    dest:
      description: Destination. International names in punycode.
      returned: success
      type: str
      sample: example.net
    policy:
      description: How the mail is encrypted.
      returned: success
      type: str
      sample: secure
    parameters:
      description: Further attributes of the policy, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - match=.example.net
        - protocols=!SSLv2
    active:
      description: Whether the policy is applied.
      returned: success
      type: bool
      sample: true
    status:
      description: Read-only values of the TLS policy map.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the TLS policy map on the server.
          returned: success
          type: int
          sample: 7
        created:
          description: When the TLS policy map was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the TLS policy map was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/tls-policy-map/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.tls_policy_map import TLS_POLICY_MAP
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(TLS_POLICY_MAP))


if __name__ == "__main__":
    main()
