#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_forwarding_host_info
short_description: List forwarding hosts
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the forwarding hosts of a mailcow server, or get one of them.
  - The addresses of one name are returned as one forwarding host.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  hostname:
    description:
      - The only forwarding host to get, by the address, network or name with which it was created. The spelling of addresses and the
        case of names make no difference. The list is empty if there is no such forwarding host.
      - If omitted, all forwarding hosts are listed.
    type: str
seealso:
  - module: community.mailcow.mailcow_forwarding_host
"""

EXAMPLES = r"""
- name: List all forwarding hosts
  community.mailcow.mailcow_forwarding_host_info:
  register: result

- name: Show whose spam is moved to the junk folder
  ansible.builtin.debug:
    msg: "{{ result.forwarding_hosts | selectattr('filter_spam', 'defined') | selectattr('filter_spam') | map(attribute='hostname') }}"

- name: Look for the forwarding host that an address belongs to
  ansible.builtin.debug:
    msg: "{{ result.forwarding_hosts | selectattr('status.hosts', 'contains', '192.0.2.20') | map(attribute='hostname') }}"

- name: Look for one
  community.mailcow.mailcow_forwarding_host_info:
    hostname: example.net
  register: result

- name: Fail if there is none
  ansible.builtin.assert:
    that: result.forwarding_hosts | length == 1
"""

RETURN = r"""
forwarding_hosts:
  description:
    - The forwarding hosts, each with the names of the options of M(community.mailcow.mailcow_forwarding_host), and with
      RV(forwarding_hosts[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    hostname:
      description: Address, network or name of the host, addresses and networks in their short form.
      returned: success
      type: str
      sample: mx.example.net
    filter_spam:
      description: Whether spam from the host is moved to the junk folder.
      returned: when it is the same for all addresses of the host
      type: bool
      sample: true
    status:
      description: Read-only values of the forwarding host.
      returned: success
      type: dict
      contains:
        hosts:
          description: The addresses and networks to which mailcow has converted the host.
          returned: success
          type: list
          elements: str
          sample:
            - 192.0.2.20
            - 2001:db8::20
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/fwdhost/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.forwarding_host import FORWARDING_HOST
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(FORWARDING_HOST))


if __name__ == "__main__":
    main()
