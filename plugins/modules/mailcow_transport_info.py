#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_transport_info
short_description: List transport maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the transport maps of a mailcow server, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  destination:
    description:
      - Destination whose transport map to get. Case makes no difference. An international domain may be given in Unicode or in punycode.
        The list is empty if there is none.
      - If this and O(id) are omitted, all are listed.
    type: str
  show_secrets:
    description:
      - Whether to return RV(transports[].password). If so, set C(no_log) on the task.
    type: bool
    default: false
  id:
    description:
      - ID of the only transport map to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_transport
"""

EXAMPLES = r"""
- name: List all transport maps
  community.mailcow.mailcow_transport_info:
  register: result

- name: Show the destinations that a certain server takes the mail for
  ansible.builtin.debug:
    msg: "{{ result.transports | selectattr('nexthop', 'search', 'smtp.example.org') | map(attribute='destination') }}"

- name: Get a transport map with its password
  community.mailcow.mailcow_transport_info:
    destination: example.org
    show_secrets: true
  no_log: true
  register: result
"""

RETURN = r"""
transports:
  description:
    - The transport maps, each with the names and units of the options of M(community.mailcow.mailcow_transport), and with
      RV(transports[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    destination:
      description: Destination of the mail. International domains in punycode.
      returned: success
      type: str
      sample: example.org
    nexthop:
      description: Server to which the mail is sent.
      returned: success
      type: str
      sample: "[smtp.example.org]:587"
    username:
      description: User name for the next hop, empty if there is none.
      returned: success
      type: str
      sample: mailcow
    is_mx_based:
      description: Whether the destination is a regular expression for the name of a mail server.
      returned: success
      type: bool
      sample: false
    active:
      description: Whether the transport map is used.
      returned: success
      type: bool
      sample: true
    password:
      description: Password for the next hop, as mailcow has it.
      returned: when show_secrets=true
      type: str
      sample: secret
    status:
      description: Read-only values of the transport map.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the transport map on the server.
          returned: success
          type: int
          sample: 7
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/transport/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.transport import TRANSPORT
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(TRANSPORT))


if __name__ == "__main__":
    main()
