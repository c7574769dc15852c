#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_forwarding_host
short_description: Set forwarding hosts
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete forwarding hosts of a mailcow server. A forwarding host forwards mail of other senders, for example to a
    user who has moved to this server. mailcow accepts all mail from it, without block lists and greylisting, because these would punish
    the host for what others have sent.
  - mailcow converts the name of a host to one or more addresses. The module treats them as one forwarding host with that name.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - A name is not looked up, so it is not predicted that mailcow rejects one that it cannot resolve.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  hostname:
    description:
      - IP address, network such as V(192.0.2.0/24), or name of the host.
      - The spelling of addresses and the case of names make no difference. V(192.0.2.7/24) is the network V(192.0.2.0/24).
        An international name may be given in Unicode or in punycode.
      - When the forwarding host is created, the mailcow server looks up the name in the DNS. It uses the addresses in the SPF record of
        the name, otherwise those of its MX hosts, otherwise those of the name itself. The task fails if there are none.
      - mailcow does not look up the name again. If its addresses have changed, delete the forwarding host and create it again.
      - An address belongs to the forwarding host that was created last. Do not declare the address of a host in addition to its name,
        nor two names with the same addresses. The earlier one would be removed, and created again in each run.
    type: str
    required: true
  filter_spam:
    description:
      - Whether spam from the host is moved to the junk folder. mailcow never rejects it.
      - Default on create is V(true).
    type: bool
  state:
    description:
      - V(present) creates the forwarding host or changes it.
      - V(absent) deletes the forwarding host, with all addresses of its name.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_forwarding_host_info
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Take forwarded mail from a network
  community.mailcow.mailcow_forwarding_host:
    hostname: 192.0.2.0/24

- name: Take mail from the servers of a domain, and do not move spam to the junk folder
  community.mailcow.mailcow_forwarding_host:
    hostname: example.net
    filter_spam: false
  register: result

- name: Show which addresses these are
  ansible.builtin.debug:
    var: result.status.hosts

- name: Look a name up again
  community.mailcow.mailcow_forwarding_host:
    hostname: example.net
    filter_spam: false
    state: "{{ item }}"
  loop:
    - absent
    - present

- name: Delete a forwarding host
  community.mailcow.mailcow_forwarding_host:
    hostname: example.net
    state: absent
"""

RETURN = r"""
forwarding_host:
  description:
    - The forwarding host as it is now, so it is valid input for the module.
    - In check mode, the forwarding host as it would be.
  returned: when state=present
  type: dict
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
  description:
    - Read-only values of the forwarding host.
    - In check mode all values are V(null) when the forwarding host does not exist yet.
  returned: when state=present
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
  sample: POST add/fwdhost
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - invalid_host mx.example.net
"""

from ..module_utils._kinds.forwarding_host import FORWARDING_HOST
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(FORWARDING_HOST))


if __name__ == "__main__":
    main()
