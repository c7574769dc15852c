#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_recipient_map
short_description: Manage recipient maps
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete recipient maps of a mailcow server. A recipient map replaces the recipient of messages before delivery,
    for an address or a whole domain.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) counts as specified.
  - It applies to incoming and outgoing mail, and changes only the envelope. The domains need not exist on the server.
  - When a domain is deleted, recipient maps are kept. When a mailbox is renamed, mailcow replaces its address in recipient maps.
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
  recipient_map_old:
    description:
      - Recipient to replace, either an address or V(@example.com) for all addresses of a domain. The C(@) before a domain may be omitted.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - It identifies the recipient map. If there is none for this recipient, one is created. mailcow accepts only one for each
        recipient, but its web interface can create a second one that differs in case. If several match, the task fails and lists their
        IDs; select one with O(id).
      - Required if O(id) is omitted. Together with O(id), the new recipient.
    type: str
  recipient_map_new:
    description:
      - New recipient, an address or V(@example.net), which replaces the domain and keeps the part before the C(@).
      - mailcow does not reject a map to the same recipient.
      - Required to create a recipient map.
      - A domain needs mailcow 2025-02 or newer.
    type: str
  active:
    description:
      - Whether the recipient is replaced.
      - Default on create is V(true).
    type: bool
  id:
    description:
      - ID of the recipient map on the server, as in RV(status.id).
      - Only required if several recipient maps match O(recipient_map_old), or to change O(recipient_map_old) itself.
      - The task fails if there is no recipient map with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the recipient map or changes it.
      - V(absent) deletes the recipient map.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_recipient_map_info
  - module: community.mailcow.mailcow_alias
  - module: community.mailcow.mailcow_bcc_map
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Deliver the mail for a former colleague to somebody else
  community.mailcow.mailcow_recipient_map:
    recipient_map_old: joe@example.com
    recipient_map_new: jane@example.com

- name: Deliver the mail for all addresses of a domain to the same addresses of another domain
  community.mailcow.mailcow_recipient_map:
    recipient_map_old: "@example.net"
    recipient_map_new: "@example.com"
  register: result

- name: Use it for another domain from now on
  community.mailcow.mailcow_recipient_map:
    id: "{{ result.status.id }}"
    recipient_map_old: "@example.org"

- name: Switch it off
  community.mailcow.mailcow_recipient_map:
    recipient_map_old: "@example.org"
    active: false

- name: Delete it
  community.mailcow.mailcow_recipient_map:
    recipient_map_old: "@example.org"
    state: absent
"""

RETURN = r"""
recipient_map:
  description:
    - The recipient map as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the recipient map as it would be.
  returned: when state=present
  type: dict
  contains:
    recipient_map_old:
      description: Recipient to replace, C(@) and a domain for a whole domain. International domains in punycode.
      returned: success
      type: str
      sample: joe@example.com
    recipient_map_new:
      description: New recipient, in the same format.
      returned: success
      type: str
      sample: jane@example.com
    active:
      description: Whether the recipient is replaced.
      returned: success
      type: bool
      sample: true
status:
  description:
    - Read-only values of the recipient map.
    - In check mode all values are V(null) when the recipient map does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: ID of the recipient map on the server.
      returned: success
      type: int
      sample: 7
    created:
      description: When the recipient map was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the recipient map was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/recipient_map
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - invalid_recipient_map_new nobody
"""

from ..module_utils._kinds.recipient_map import RECIPIENT_MAP
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(RECIPIENT_MAP))


if __name__ == "__main__":
    main()
