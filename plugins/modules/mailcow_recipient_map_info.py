#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_recipient_map_info
short_description: List recipient maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the recipient maps of a mailcow server, or some of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  recipient_map_old:
    description:
      - Recipient whose map to get, either an address or V(@example.com) for a whole domain.
        Case makes no difference. The list is empty if there is none.
        An international domain may be given in Unicode or in punycode.
    type: str
  domains:
    description:
      - Names of the domains of the old recipients whose maps to list. International ones may be given in Unicode or in punycode.
      - If this and the other options are omitted, all are listed.
    type: list
    elements: str
  id:
    description:
      - ID of the only recipient map to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_recipient_map
"""

EXAMPLES = r"""
- name: List all recipient maps
  community.mailcow.mailcow_recipient_map_info:
  register: result

- name: Show those that are switched off
  ansible.builtin.debug:
    msg: "{{ result.recipient_maps | rejectattr('active') | map(attribute='recipient_map_old') }}"

- name: Look for the map of a whole domain
  community.mailcow.mailcow_recipient_map_info:
    recipient_map_old: "@example.com"
"""

RETURN = r"""
recipient_maps:
  description:
    - The recipient maps, each with the names and units of the options of M(community.mailcow.mailcow_recipient_map), and with
      RV(recipient_maps[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    recipient_map_old:
      description: Recipient to replace, C(@) and a domain for a whole domain. International domains in punycode.
      returned: success
      type: str
      sample: joe@example.com
    recipient_map_new:
      description: New recipient, in the same format.
      returned: success
      type: str
      sample: jane@example.com
    active:
      description: Whether the recipient is replaced.
      returned: success
      type: bool
      sample: true
    status:
      description: Read-only values of the recipient map.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the recipient map on the server.
          returned: success
          type: int
          sample: 7
        created:
          description: When the recipient map was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the recipient map was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/recipient_map/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.recipient_map import RECIPIENT_MAP
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(RECIPIENT_MAP))


if __name__ == "__main__":
    main()
