#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_resource
short_description: Manage resources
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete resources of a mailcow server. A resource is a room or an item that users can book in their calendars.
    Mail to its address is discarded.
  - mailcow derives the address of a resource from its description, and never changes it afterwards. The address consists of the ASCII
    letters and digits of the description; all other characters are omitted, including spaces and umlauts. C(Meeting room 1) becomes
    C(Meetingroom1@example.com).
  - So a resource is identified either by O(domain) and O(description), or by O(address). To change the description, identify the
    resource by its address. Otherwise the new description refers to a different resource.
  - Only specified options are managed. An omitted option is neither compared nor changed.
  - mailcow does not delete a domain that still has resources, although it does not count them as mailboxes.
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
      - Conflicts with temporary aliases are not predicted.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  address:
    description:
      - Address of the resource. Case makes no difference. An international domain may be given in Unicode or in punycode.
      - If omitted, it is derived from O(description) and O(domain), as in mailcow.
      - If the resource has to be created, only ASCII letters and digits are allowed before the @, and the address must not be that of a
        mailbox, an alias or a temporary alias, even an expired one.
    type: str
  domain:
    description:
      - Domain of the resource. It must be a mail domain of the server, not an alias domain.
      - Required if O(address) is omitted, otherwise it must be the domain of the address. A resource cannot be moved to another domain.
    type: str
  description:
    description:
      - Name of the resource, as users see it.
      - Required to create a resource, and if O(address) is omitted.
      - Without O(address), it must contain from 1 to 64 ASCII letters or digits.
      - It can be changed if O(address) is specified, but not to an empty string. The address is kept.
    type: str
  kind:
    description:
      - Type of the resource, which is a room (V(location)), a V(group) or a V(thing).
      - Required to create a resource.
    type: str
    choices:
      - location
      - group
      - thing
  multiple_bookings:
    description:
      - How often the resource can be booked at the same time.
      - V(0) is unlimited, and the resource is always shown as free. V(-1) is unlimited, but the resource is shown as busy when it is
        booked. Any larger number is a limit.
      - Default on create is V(0).
    type: int
  active:
    description:
      - Whether the resource can be booked.
      - Default on create is V(true).
    type: bool
  state:
    description:
      - V(present) creates the resource or changes it.
      - V(absent) deletes the resource. A mailbox with the same address is never deleted.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_resource_info
  - module: community.mailcow.mailcow_domain
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create a room that can be booked once at a time, as Meetingroom1@example.com
  community.mailcow.mailcow_resource:
    domain: example.com
    description: Meeting room 1
    kind: location
    multiple_bookings: 1

- name: Create a projector that any number of users can book, but that is shown as busy
  community.mailcow.mailcow_resource:
    domain: example.com
    description: Projector
    kind: thing
    multiple_bookings: -1
  register: projector

- name: Show the address to invite it by
  ansible.builtin.debug:
    msg: "{{ projector.resource.address }}"

- name: Rename the room, whose address stays
  community.mailcow.mailcow_resource:
    address: Meetingroom1@example.com
    description: Meeting room Ada Lovelace

- name: Take it out of order
  community.mailcow.mailcow_resource:
    address: Meetingroom1@example.com
    active: false

- name: Delete the projector
  community.mailcow.mailcow_resource:
    domain: example.com
    description: Projector
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The resource as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the resource as it would be.
  returned: when state=present
  type: dict
  contains:
    address:
      description: Address of the resource, in the case in which it was created. International domains in punycode.
      returned: success
      type: str
      sample: Meetingroom1@example.com
    domain:
      description: Domain of the resource.
      returned: success
      type: str
      sample: example.com
    description:
      description: Name of the resource, as users see it.
      returned: success
      type: str
      sample: Meeting room 1
    kind:
      description: Type of the resource, V(location), V(group) or V(thing).
      returned: success
      type: str
      sample: location
    multiple_bookings:
      description: How often it can be booked at the same time. V(-1) and V(0) mean unlimited.
      returned: success
      type: int
      sample: 1
    active:
      description: Whether it can be booked.
      returned: success
      type: bool
      sample: true
status:
  description: Always empty, because a resource has no read-only values.
  returned: when state=present
  type: dict
  sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/resource
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - is_alias Projector@example.com
"""

from ..module_utils._kinds.resource import RESOURCE
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(RESOURCE))


if __name__ == "__main__":
    main()
