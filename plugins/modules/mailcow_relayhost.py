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
  - Create, change and delete relay hosts of a mailcow server, which it also calls sender-dependent transports.
    A relay host takes the outgoing mail of the domains, with their alias domains, and of the mailboxes that are set to use it.
    For servers that take the mail for certain destinations see M(community.mailcow.mailcow_transport), which come before it.
  - mailcow encrypts by STARTTLS if the relay host offers it. Where mail must be encrypted, set a
    M(community.mailcow.mailcow_tls_policy_map) for the O(hostname). Port 465 cannot be used.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings and V(false) count as
    specified.
  - Domains and mailboxes call their relay host by its O(hostname), or by O(username) and O(hostname) with an @ between them, see
    O(community.mailcow.mailcow_domain#module:relayhost). They accept its ID as well, which RV(status.id) shows.
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
      - Server that takes the mail, with or without a port, for example V([smtp.example.com]:587).
        Without brackets, the mail servers (MX) of the name are looked up, with brackets its address.
      - mailcow does not check it. Case makes no difference. An international name may be given in Unicode or in punycode.
      - It identifies the relay host, together with O(username) if that is given. If there is none, one is created. mailcow takes
        several that are alike. If several match, the task fails and lists their IDs; select one with O(username) or O(id).
      - Two accounts at a provider where all user names are alike (SendGrid calls each V(apikey)) are told apart by the way in which the
        server is written, for example V([smtp.sendgrid.net]:587) for one and V([smtp.sendgrid.net]:2525) for the other. The password does
        not tell them apart, so that it can be changed.
      - Required if O(id) is omitted. Together with O(id), it is the server that the relay host should have from now on.
    type: str
  username:
    description:
      - User name for the server.
      - Several relay hosts can have the same server and different user names. If this is omitted, a relay host with any user name
        matches. An empty string matches only one without a user name.
      - Together with O(id), it is the user name that the relay host should have from now on. An empty string removes it then.
      - Backslashes before a colon do not count, because mailcow adds one when it creates a relay host.
      - Default on create is none.
    type: str
  password:
    description:
      - Password for the server. mailcow removes spaces around it. An empty string removes it.
      - mailcow shows it, also to the read-only key, so it is compared, but it is in no result.
      - When mailcow creates a relay host, it puts backslashes before each colon in the password.
        The module sets such a password once more in the same run, so that it is stored as it was given.
        It also corrects a password that was spoiled in this way in the web interface.
      - Default on create is none.
    type: str
  active:
    description:
      - Whether the relay host is used. With V(false), its domains and mailboxes deliver as if they had none.
      - mailcow creates each relay host active. With V(false), the module switches it off right after that.
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
      - V(absent) deletes the relay host.
        Its domains deliver by themselves from then on, and its mailboxes like their domain, although these keep its number.
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
    - The relay host as it is now, with the names and units of the options, so that it can be given back as input.
      Its password is missing.
    - In check mode, the relay host as it would be.
  returned: when state=present
  type: dict
  contains:
    hostname:
      description: Server that takes the mail.
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
      description: The mailboxes that use it by a setting of their own.
      returned: success
      type: list
      elements: str
      sample:
        - jane@example.net
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST add/relayhost
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
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
