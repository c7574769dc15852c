#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_relayhost_info
short_description: List relay hosts
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the relay hosts of a mailcow server, which it also calls sender-dependent transports, or some of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  hostname:
    description:
      - Server whose relay hosts to list. Case makes no difference. An international name may be given in Unicode or in punycode.
        The list is empty if there are none.
      - If this, O(username) and O(id) are omitted, all are listed.
    type: str
  username:
    description:
      - List only relay hosts with this user name. An empty string lists those without one.
    type: str
  show_secrets:
    description:
      - Whether to return RV(relayhosts[].password). If so, set C(no_log) on the task.
    type: bool
    default: false
  id:
    description:
      - ID of the only relay host to get.
    type: int
seealso:
  - module: community.mailcow.mailcow_relayhost
"""

EXAMPLES = r"""
- name: List all relay hosts
  community.mailcow.mailcow_relayhost_info:
  register: result

- name: Show those that nobody uses
  ansible.builtin.debug:
    msg: "{{ unused | map(attribute='hostname') }}"
  vars:
    unused: "{{ result.relayhosts | rejectattr('status.used_by_domains') | rejectattr('status.used_by_mailboxes') }}"

- name: Get a relay host with its password
  community.mailcow.mailcow_relayhost_info:
    hostname: "[smtp.example.net]:587"
    username: mailcow
    show_secrets: true
  no_log: true
  register: result
"""

RETURN = r"""
relayhosts:
  description:
    - The relay hosts, each with the names and units of the options of M(community.mailcow.mailcow_relayhost), and with
      RV(relayhosts[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    hostname:
      description: Server to which the mail is sent.
      returned: success
      type: str
      sample: "[smtp.example.net]:587"
    username:
      description: User name for the server, empty if there is none.
      returned: success
      type: str
      sample: mailcow
    active:
      description: Whether the relay host is used.
      returned: success
      type: bool
      sample: true
    password:
      description: Password for the server, as mailcow has it.
      returned: when show_secrets=true
      type: str
      sample: secret
    status:
      description: Read-only values of the relay host.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the relay host on the server.
          returned: success
          type: int
          sample: 2
        used_by_domains:
          description: The domains that use it.
          returned: success
          type: list
          elements: str
          sample:
            - example.com
        used_by_mailboxes:
          description: The mailboxes that are set to use it themselves.
          returned: success
          type: list
          elements: str
          sample:
            - jane@example.net
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/relayhost/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.relayhost import RELAYHOST
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(RELAYHOST))


if __name__ == "__main__":
    main()
