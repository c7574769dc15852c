#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_time_limited_alias
short_description: Set temporary aliases
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete temporary aliases of mailboxes of a mailcow server. A temporary alias is a random address that delivers to
    a mailbox until it expires. mailcow also calls it a spam alias.
  - mailcow chooses the address. RV(status.address) returns it, when the temporary alias is created and in all later tasks.
  - A temporary alias is identified by its mailbox O(username), O(domain) and O(description). Case makes no difference. mailcow allows
    several with the same values. If there are several, the task fails and lists their addresses, and O(address) selects one of them.
  - mailcow does not show expired temporary aliases. When one has expired, the next run creates another one, with a different address.
  - Only specified options are managed. An omitted option is neither compared nor changed.
  - When a mailbox is deleted, mailcow deletes its temporary aliases with it. When it is renamed, they continue to deliver to the old
    address.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.connection
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - O(validity) begins when it is written and cannot be read, so O(update_write_only=always) with O(validity) changes the expiry in
        every run.
options:
  username:
    description:
      - Address of the mailbox that receives the mail. It cannot be changed.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - Always required, even with O(address), because mailcow lists temporary aliases only by mailbox.
    type: str
  description:
    description:
      - Purpose of the temporary alias. It can be an empty string.
      - Required to create a temporary alias and, unless O(address) is given, to find one.
      - mailcow cannot change it. The task fails if O(address) has another description.
      - Needs mailcow 2025-01 or newer. On an older server it is always empty, and anything else is refused.
    type: str
  domain:
    description:
      - Domain of the address, which must be the domain of the mailbox or one of its alias domains.
        An international name may be given in Unicode or in punycode.
      - If both this and O(address) are omitted, it is the domain of the mailbox.
      - mailcow cannot change it. The task fails if O(address) is in another domain.
    type: str
  address:
    description:
      - Address of the temporary alias, as in RV(status.address). Case makes no difference.
      - Only required if there are several with the same mailbox, domain and description, or if the description is unknown.
      - It cannot be chosen. The task fails if the mailbox has no such temporary alias, unless O(state=absent).
    type: str
  permanent:
    description:
      - Whether the temporary alias never expires.
      - V(false) makes a permanent one expire, O(validity) from now.
      - Default on create is V(false).
      - Needs mailcow 2025-12 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  validity:
    description:
      - Hours until the temporary alias expires, from V(1) to V(87600). It cannot be combined with O(permanent=true).
      - It begins when it is written. It is written to a new temporary alias and to one that was permanent, and to others only with
        O(update_write_only=always).
      - Default on create, and when a permanent one is made to expire, is V(8760), a year.
    type: int
  update_write_only:
    description:
      - When to write O(validity) to an existing temporary alias that is not permanent. It cannot be compared with the expiry.
      - V(on_create) does not write it.
      - V(always) writes it in every run, so that the temporary alias expires that many hours from then. The task then always reports a
        change.
    type: str
    choices:
      - on_create
      - always
    default: on_create
  state:
    description:
      - V(present) creates the temporary alias or changes it.
      - V(absent) deletes the temporary alias.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_time_limited_alias_info
  - module: community.mailcow.mailcow_alias
  - module: community.mailcow.mailcow_mailbox
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create a random address for a week
  community.mailcow.mailcow_time_limited_alias:
    username: jane@example.com
    description: Registration at the trade fair
    validity: 168
  register: result

- name: Show the address
  ansible.builtin.debug:
    msg: "{{ result.status.address }}"

- name: Create one that never ends, in an alias domain
  community.mailcow.mailcow_time_limited_alias:
    username: jane@example.com
    domain: example.net
    description: Shop
    permanent: true

- name: Let it end a day from now
  community.mailcow.mailcow_time_limited_alias:
    username: jane@example.com
    description: Registration at the trade fair
    validity: 24
    update_write_only: always

- name: Delete one of several that are alike
  community.mailcow.mailcow_time_limited_alias:
    username: jane@example.com
    address: lobeda.fomika@example.com
    state: absent
"""

RETURN = r"""
time_limited_alias:
  description:
    - The temporary alias as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the temporary alias as it would be.
  returned: when state=present
  type: dict
  contains:
    username:
      description: Address of the mailbox that receives the mail. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    domain:
      description: Domain of the address. International domains in punycode.
      returned: success
      type: str
      sample: example.com
    description:
      description: Purpose of the temporary alias.
      returned: success
      type: str
      sample: Shop
    permanent:
      description: Whether it never expires.
      returned: success
      type: bool
      sample: false
    validity:
      description: For how many hours from now it would last. mailcow shows only the end.
      returned: in check mode, when it would be written
      type: int
      sample: 24
status:
  description:
    - Read-only values of the temporary alias.
    - In check mode all values are V(null) when the temporary alias does not exist yet.
  returned: when state=present
  type: dict
  contains:
    address:
      description:
        - The address that mailcow chose,
          the value of the option O(address).
      returned: success
      type: str
      sample: lobeda.fomika@example.com
    expires:
      description: When it expires, in seconds since 1970-01-01 00:00 UTC. V(null) if it is permanent.
      returned: success
      type: int
      sample: 1803978600
    created:
      description: When the temporary alias was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the temporary alias was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/time_limited_alias
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - domain_invalid
"""

from ..module_utils._kinds.time_limited_alias import TIME_LIMITED_ALIAS
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(TIME_LIMITED_ALIAS))


if __name__ == "__main__":
    main()
