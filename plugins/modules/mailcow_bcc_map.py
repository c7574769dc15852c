#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_bcc_map
short_description: Manage BCC maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete BCC maps of a mailcow server. A BCC map sends a copy of the mail of an address or a domain to another
    address, without sender or recipient noticing. Mail that Rspamd rejects is not copied.
  - Check whether such copies are legal where you operate.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) counts as specified.
  - When a mailbox is deleted, mailcow deletes its BCC maps with it. Those of an alias, a domain or an alias domain are kept; mailcow
    hides them while the domain does not exist, and they take effect again when it is created again. BCC maps that send copies to a
    deleted mailbox are kept as well.
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
  idempotent:
    support: full
options:
  local_dest:
    description:
      - Address or domain whose mail is copied. It is the address of a mailbox or an alias, or a domain or alias domain of the server,
        with or without C(@) before it. A domain does not include its alias domains. The address in the envelope of a message counts,
        without a tag such as C(+shop).
      - It must exist on the server. mailcow accepts neither catch-alls nor addresses in alias domains, except aliases that were created
        there.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - Together with O(type) it identifies the BCC map. If there is none, one is created. mailcow accepts only one of each type. If
        several match nevertheless, the task fails and lists their IDs; select one with O(id).
      - Required if O(id) is omitted. mailcow cannot change it later.
    type: str
  type:
    description:
      - Which mail is copied. An address can have one BCC map of each type.
      - Required if O(id) is omitted. Together with O(id), the new type.
    type: str
    choices:
      sender: Mail that O(local_dest) sends.
      rcpt: Mail that O(local_dest) receives.
  bcc_dest:
    description:
      - Address that receives the copies. It need not be on the server. Case makes no difference.
      - Required to create a BCC map.
    type: str
  active:
    description:
      - Whether mail is copied.
      - Default on create is V(true).
    type: bool
  id:
    description:
      - ID of the BCC map on the server, as in RV(status.id).
      - Only required if several BCC maps match O(local_dest) and O(type), or to change O(type) itself.
      - The task fails if there is no BCC map with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the BCC map or changes it.
      - V(absent) deletes the BCC map.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_bcc_map_info
  - module: community.mailcow.mailcow_recipient_map
  - module: community.mailcow.mailcow_alias
  - module: community.mailcow.mailcow_mailbox
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Copy everything that a mailbox sends
  community.mailcow.mailcow_bcc_map:
    local_dest: jane@example.com
    type: sender
    bcc_dest: archive@example.net

- name: Copy everything that a domain receives
  community.mailcow.mailcow_bcc_map:
    local_dest: example.com
    type: rcpt
    bcc_dest: archive@example.net

- name: Send no more copies for now
  community.mailcow.mailcow_bcc_map:
    local_dest: example.com
    type: rcpt
    active: false

- name: Delete a BCC map
  community.mailcow.mailcow_bcc_map:
    local_dest: jane@example.com
    type: sender
    state: absent
"""

RETURN = r"""
bcc_map:
  description:
    - The BCC map as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the BCC map as it would be.
  returned: when state=present
  type: dict
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
  description:
    - Read-only values of the BCC map.
    - In check mode all values are V(null) when the BCC map does not exist yet.
  returned: when state=present
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
  sample: POST add/bcc
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - bcc_must_be_email nobody
"""

from ..module_utils._kinds.bcc_map import BCC_MAP
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(BCC_MAP))


if __name__ == "__main__":
    main()
