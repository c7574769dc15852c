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
  - Create, change and delete resources of a mailcow server.
    A resource is a room or a thing that users book in their calendars. Mail to its address is discarded.
  - mailcow makes the address of a resource of its description, and never changes it afterwards. It keeps ASCII letters and digits,
    and leaves out everything else, spaces and umlauts included. C(Meeting room 1) becomes C(Meetingroom1@example.com).
  - Therefore a resource is named either by O(domain) and O(description), or by O(address).
    To change the description of a resource, name it by its address. Otherwise the new description means another resource.
  - Only options that are given are managed. An option that is omitted is neither compared nor changed.
  - mailcow does not delete a domain that still has resources, although it does not count them as mailboxes.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
    details:
      - An object that does not exist may be one that an earlier task would create. So nothing is missing to create it in check mode.
      - Temporary aliases are not looked at.
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  address:
    description:
      - Address of the resource. Case makes no difference. An international domain may be given in Unicode or in punycode.
      - If omitted, it is made of O(description) and O(domain), as mailcow does.
      - If the resource has to be created, the address must be the one that mailcow makes of O(description), and not that of a mailbox,
        an alias or a temporary alias, even an expired one.
    type: str
  domain:
    description:
      - Domain of the resource. It must be a domain of the server, and not an alias domain.
      - Required if O(address) is omitted, else it can only repeat the domain of the address. A resource cannot move to another domain.
    type: str
  description:
    description:
      - Name of the resource, as users see it. At most 64 of its characters can be ASCII letters or digits, and one of them has to be.
      - Required to create a resource, and if O(address) is omitted.
      - It can be changed if O(address) is given, but not to an empty text. The address stays.
    type: str
  kind:
    description:
      - What it is, a room (V(location)), a V(group) or a V(thing).
      - Required to create a resource.
    type: str
    choices:
      - location
      - group
      - thing
  multiple_bookings:
    description:
      - How often the resource can be booked for the same time.
      - V(0) is without limit, and it is always shown as free. V(-1) is without limit, but it is shown as busy when it is booked.
        Any larger number is a limit.
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
      - V(absent) deletes the resource.
        A mailbox with the same address is never deleted, and nothing is done then.
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
    - The resource as it is now, with the names and units of the options, so that it can be given back as input.
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
      description: What it is, V(location), V(group) or V(thing).
      returned: success
      type: str
      sample: location
    multiple_bookings:
      description: How often it can be booked for the same time. V(-1) and V(0) mean without limit.
      returned: success
      type: int
      sample: 1
    active:
      description: Whether it can be booked.
      returned: success
      type: bool
      sample: true
status:
  description: Always empty. mailcow says nothing about a resource beside its options.
  returned: when state=present
  type: dict
  sample: {}
request:
  description:
    - The request that failed.
    - V(null) when it was not about a single request, for example for a value that mailcow cannot hold.
  returned: on failure
  type: str
  sample: POST add/resource
mailcow:
  description: The message ids of mailcow with their arguments. Never its log, which can contain passwords.
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
