#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_relayhost
short_description: Manage relay hosts
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete relay hosts of a mailcow server, which it also calls sender-dependent transports. Outgoing mail of the
    domains (with their alias domains) and mailboxes that are set to use a relay host is sent to it. For relaying by destination, see
    M(community.mailcow.mailcow_transport), which has precedence.
  - mailcow uses STARTTLS if the relay host offers it. To require encryption, create a M(community.mailcow.mailcow_tls_policy_map) for
    the O(hostname). Port 465 cannot be used.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings and V(false) count as
    specified.
  - Domains and mailboxes refer to a relay host by its O(hostname), or by O(username) and O(hostname) with an @ between them, see
    O(community.mailcow.mailcow_domain#module:relayhost). They accept its ID RV(status.id) as well.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
    details:
      - A changed password is shown as changed, without its value.
  idempotent:
    support: full
options:
  hostname:
    description:
      - Server to which the mail is sent, with or without a port, for example V([smtp.example.com]:587). With brackets, the address of
        the name is used, without brackets its mail servers (MX).
      - mailcow does not check it. Case makes no difference. An international name may be given in Unicode or in punycode.
      - It identifies the relay host, together with O(username) if specified. If there is none, one is created. mailcow allows several
        with the same values. If several match, the task fails and lists their IDs; select one with O(username) or O(id).
      - To distinguish two accounts of a provider with the same user name (V(apikey) at SendGrid), write the server in different ways,
        for example V([smtp.sendgrid.net]:587) for one and V([smtp.sendgrid.net]:2525) for the other. The password does not identify a
        relay host, so it can be changed.
      - Required if O(id) is omitted. Together with O(id), the new server.
    type: str
  username:
    description:
      - User name for the server.
      - Several relay hosts can have the same server and different user names. If omitted, a relay host with any user name matches. An
        empty string matches only a relay host without a user name.
      - Together with O(id), the new user name; an empty string removes it.
      - Backslashes before a colon are ignored, because mailcow adds one when it creates a relay host.
      - Default on create is none.
    type: str
  password:
    description:
      - Password for the server. mailcow removes spaces around it. An empty string removes it.
      - mailcow shows it, even to the read-only key, so it is compared, but never returned.
      - When mailcow creates a relay host, it adds backslashes before each colon in the password. The module then sets the password
        again, so that it is stored correctly. It also corrects such a password of a relay host that was created in the web interface.
      - Default on create is none.
    type: str
  active:
    description:
      - Whether the relay host is used. With V(false), its domains and mailboxes deliver as if they had no relay host.
      - mailcow creates every relay host as active. With V(false), the module deactivates it immediately afterwards.
      - Default on create is V(true).
    type: bool
  id:
    description:
      - ID of the relay host on the server, as in RV(status.id).
      - Only required if several relay hosts match O(hostname) and O(username), or to change these two themselves.
      - The task fails if there is no relay host with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the relay host or changes it.
      - V(absent) deletes the relay host. Its domains then deliver directly, and its mailboxes like their domain, although they keep the
        ID.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_relayhost_info
  - module: community.mailcow.mailcow_transport
  - module: community.mailcow.mailcow_domain
  - module: community.mailcow.mailcow_mailbox
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create a relay host
  community.mailcow.mailcow_relayhost:
    hostname: "[smtp.example.net]:587"
    username: mailcow
    password: "{{ vault_smtp_password }}"

- name: Send the mail of a domain over it
  community.mailcow.mailcow_domain:
    domain: example.com
    relayhost: "mailcow@[smtp.example.net]:587"

- name: Look up its ID
  community.mailcow.mailcow_relayhost_info:
    hostname: "[smtp.example.net]:587"
    username: mailcow
  register: relay

- name: Give it another user name and password
  community.mailcow.mailcow_relayhost:
    id: "{{ relay.relayhosts[0].status.id }}"
    username: mailcow2
    password: "{{ vault_new_smtp_password }}"
  when: relay.relayhosts != []   # in check mode there is none yet

- name: Switch it off
  community.mailcow.mailcow_relayhost:
    hostname: "[smtp.example.net]:587"
    active: false

- name: Delete it
  community.mailcow.mailcow_relayhost:
    hostname: "[smtp.example.net]:587"
    username: mailcow2
    state: absent
"""

RETURN = r"""
relayhost:
  description:
    - The relay host as it is now, with the names and units of the options, so it is valid input for the module. Its password is
      missing.
    - In check mode, the relay host as it would be.
  returned: when state=present
  type: dict
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
status:
  description:
    - Read-only values of the relay host.
    - In check mode all values are V(null) when the relay host does not exist yet.
  returned: when state=present
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
  sample: POST add/relayhost
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - mysql_error 22001
"""

from ..module_utils._kinds.relayhost import RELAYHOST
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(RELAYHOST))


if __name__ == "__main__":
    main()
