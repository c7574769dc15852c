#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_resource_info
short_description: List resources
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the resources of a mailcow server, those of some domains, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  address:
    description:
      - Address of the only resource to get, for example V(Meetingroom1@example.com). Case makes no difference.
        An international domain may be given in Unicode or in punycode.
        The list is empty if there is no such resource.
    type: str
  domains:
    description:
      - Names of the domains whose resources to list. Names that do not exist in mailcow are ignored. International ones may be given in
        Unicode or in punycode.
      - If this and O(address) are omitted, the resources of all domains are listed.
      - Together with O(address), the resource is only returned if it is in one of these domains.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_resource
"""

EXAMPLES = r"""
- name: List the resources of a domain
  community.mailcow.mailcow_resource_info:
    domains:
      - example.com
  register: result

- name: Show the rooms
  ansible.builtin.debug:
    msg: "{{ result.resources | selectattr('kind', 'eq', 'location') | map(attribute='description') }}"

- name: Look for a resource
  community.mailcow.mailcow_resource_info:
    address: Projector@example.com
  register: result

- name: Fail if it is not there
  ansible.builtin.assert:
    that: result.resources | length == 1
"""

RETURN = r"""
resources:
  description:
    - The resources, each with the names and units of the options of M(community.mailcow.mailcow_resource), and with
      RV(resources[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    address:
      description: Address of the resource, in the case in which it was created. International domains in punycode.
      returned: success
      type: str
      sample: Meetingroom1@example.com
    domain:
      description: Domain of the resource.
      returned: success
      type: str
      sample: example.com
    description:
      description: Name of the resource, as users see it.
      returned: success
      type: str
      sample: Meeting room 1
    kind:
      description: Type of the resource, V(location), V(group) or V(thing).
      returned: success
      type: str
      sample: location
    multiple_bookings:
      description: How often it can be booked at the same time. V(-1) and V(0) mean unlimited.
      returned: success
      type: int
      sample: 1
    active:
      description: Whether it can be booked.
      returned: success
      type: bool
      sample: true
    status:
      description: Always empty, because a resource has no read-only values.
      returned: success
      type: dict
      sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/resource/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.resource import RESOURCE
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(RESOURCE))


if __name__ == "__main__":
    main()
