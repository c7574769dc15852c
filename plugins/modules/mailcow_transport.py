#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_transport
short_description: Manage transport maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete transport maps of a mailcow server. A transport map determines to which server the mail for a destination
    is sent. For relaying by sender, see M(community.mailcow.mailcow_relayhost).
  - A transport map has precedence over the relay host of the sender and O(community.mailcow.mailcow_mailbox#module:tls_enforce_out). To
    require encryption, create a M(community.mailcow.mailcow_tls_policy_map) for the O(nexthop). mailcow uses STARTTLS; port 465 cannot
    be used.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings and V(false) count as
    specified.
  - O(username) and O(password) belong to the next hop, so all transport maps with the same O(nexthop) share them. Specify the same
    values in all tasks, or specify them in only one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - An object that does not exist may be one that an earlier task would create, so check mode does not require the options for
        creating it.
  diff_mode:
    support: full
    details:
      - A changed password is shown as changed, without its value.
  idempotent:
    support: full
options:
  destination:
    description:
      - Destination of the mail. It is a domain, V(.example.com) for all subdomains of a domain, an address, or V(*) for everything.
      - With O(is_mx_based=true), a regular expression for the name of the mail server (MX) of the destination, without slashes around
        it. It cannot contain spaces, commas and semicolons.
      - Only one destination. mailcow would accept several, but create a transport map for each.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - It identifies the transport map. If there is none for this destination, one is created. mailcow accepts only one for each
        destination, except others that differ in case. If several match, the task fails and lists their IDs; select one with O(id).
      - Required if O(id) is omitted. Together with O(id), the new destination.
    type: str
  nexthop:
    description:
      - Server to which the mail is sent, with or without a port, for example V([smtp.example.com]:587). With brackets, the address of
        the name is used, without brackets its mail servers (MX).
      - mailcow adds brackets to an IP address. Case makes no difference. An international name may be given in Unicode or in punycode.
      - mailcow rejects a name with brackets if another transport map has it without, and vice versa.
      - If it is changed to the next hop of other transport maps, the transport map gets their user name and password, unless
        O(username) and O(password) are specified. If it is changed to a new next hop, the transport map keeps its own.
      - Required to create a transport map.
    type: str
  username:
    description:
      - User name for the next hop. An empty string removes it, and the password with it.
      - Applies to all transport maps with the same next hop.
      - Default on create is the one of the other transport maps with the same next hop, or none.
    type: str
  password:
    description:
      - Password for the next hop. It requires a user name. mailcow removes spaces around it.
      - Applies to all transport maps with the same next hop.
      - mailcow shows it, even to the read-only key, so it is compared, but never returned. An empty string removes it.
      - If it is omitted for a new transport map, and the existing password of the next hop contains a colon, the task fails, because
        mailcow would add a backslash before the colon.
      - Default on create is the one of the other transport maps with the same next hop, or none.
    type: str
  is_mx_based:
    description:
      - Whether O(destination) is a regular expression for the name of the mail server (MX) of the destination. Such transport maps have
        precedence over others.
      - Default on create is V(false).
    type: bool
  active:
    description:
      - Whether the transport map is used.
      - Default on create is V(true).
    type: bool
  id:
    description:
      - ID of the transport map on the server, as in RV(status.id).
      - Only required if several transport maps match O(destination), or to change O(destination) itself.
      - The task fails if there is no transport map with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the transport map or changes it.
      - V(absent) deletes the transport map. It is not deleted together with a domain of the server.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_transport_info
  - module: community.mailcow.mailcow_relayhost
  - module: community.mailcow.mailcow_tls_policy_map
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Deliver the mail for a domain to an internal server
  community.mailcow.mailcow_transport:
    destination: example.net
    nexthop: "[192.0.2.10]:25"

- name: Deliver the mail for a domain over a server that requires a login
  community.mailcow.mailcow_transport:
    destination: example.org
    nexthop: "[smtp.example.org]:587"
    username: mailcow
    password: "{{ vault_smtp_password }}"

- name: Deliver the mail for the domains below it over the same server, with the same user name and password
  community.mailcow.mailcow_transport:
    destination: .example.org
    nexthop: "[smtp.example.org]:587"

- name: Deliver all mail for the customers of a provider over a gateway
  community.mailcow.mailcow_transport:
    destination: ^mx[0-9]+\.provider\.example$
    is_mx_based: true
    nexthop: gateway.example.com

- name: Delete a transport map
  community.mailcow.mailcow_transport:
    destination: example.net
    state: absent
"""

RETURN = r"""
transport:
  description:
    - The transport map as it is now, with the names and units of the options, so it is valid input for the module. Its password is
      missing.
    - In check mode, the transport map as it would be.
  returned: when state=present
  type: dict
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
status:
  description:
    - Read-only values of the transport map.
    - In check mode all values are V(null) when the transport map does not exist yet.
  returned: when state=present
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
  sample: POST add/transport
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - next_hop_interferes_any smtp.example.org
"""

from ..module_utils._kinds.transport import TRANSPORT
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(TRANSPORT))


if __name__ == "__main__":
    main()
