#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_bcc_map_info
short_description: List BCC maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the BCC maps of a mailcow server, those of some domains or addresses, or get one of them.
  - mailcow does not show BCC maps of domains that no longer exist.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  local_dest:
    description:
      - Address or domain whose BCC maps to list. Case makes no difference.
        A domain does not include its addresses; see O(domains) for that.
    type: str
  type:
    description:
      - List only BCC maps of this type.
    type: str
    choices:
      sender: Copies of what is sent.
      rcpt: Copies of what is received.
  domains:
    description:
      - Names of the domains and alias domains whose BCC maps to list, with those of the addresses in them.
      - If this and the other options are omitted, all are listed.
    type: list
    elements: str
  id:
    description:
      - ID of the only BCC map to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_bcc_map
"""

EXAMPLES = r"""
- name: List the BCC maps of a domain and of its addresses
  community.mailcow.mailcow_bcc_map_info:
    domains:
      - example.com
  register: result

- name: Show whose mail is copied, and to where
  ansible.builtin.debug:
    msg: "{{ result.bcc_maps | items2dict('local_dest', 'bcc_dest') }}"

- name: Look for the copies of what an address receives
  community.mailcow.mailcow_bcc_map_info:
    local_dest: jane@example.com
    type: rcpt
"""

RETURN = r"""
bcc_maps:
  description:
    - The BCC maps, each with the names and units of the options of M(community.mailcow.mailcow_bcc_map), and with
      RV(bcc_maps[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    local_dest:
      description: Address whose mail is copied, or C(@) and a domain for a whole domain. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    type:
      description: Which mail is copied, V(sender) or V(rcpt).
      returned: success
      type: str
      sample: sender
    bcc_dest:
      description: Address that receives the copies.
      returned: success
      type: str
      sample: archive@example.net
    active:
      description: Whether mail is copied.
      returned: success
      type: bool
      sample: true
    status:
      description: Read-only values of the BCC map.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the BCC map on the server.
          returned: success
          type: int
          sample: 7
        created:
          description: When the BCC map was created, in the server's time zone and format.
          returned: success
          type: str
          sample: "2026-03-01 09:30:00"
        modified:
          description: When the BCC map was last changed, in the same format. V(null) if it never was.
          returned: success
          type: str
          sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/bcc/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.bcc_map import BCC_MAP
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(BCC_MAP))


if __name__ == "__main__":
    main()
