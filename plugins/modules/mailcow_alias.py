#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_alias
short_description: Manage aliases
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change, rename and delete aliases of a mailcow server. An alias is an address that forwards its mail to other addresses, or
    discards it.
  - Only specified options are managed. An omitted option is neither compared nor changed. Empty strings and V(false) count as
    specified.
  - When an alias is changed, mailcow removes the permission of mailboxes to send as the alias by
    O(community.mailcow.mailcow_mailbox#module:sender_acl). The module restores it in the same run. A server before 2026-07a does not
    show it, so the module can only give a warning there.
  - Temporary aliases are managed by M(community.mailcow.mailcow_time_limited_alias).
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
      - Address of the alias. Its domain must be a domain or an alias domain of the server.
      - V(@example.com) is the catch-all of a domain, which receives the mail for all its addresses that do not exist. mailcow does not
        support patterns, so V(*@example.com) is rejected.
      - Case makes no difference. An international domain may be given in Unicode or in punycode.
      - It must not be the address of a mailbox or a temporary alias, even an expired one. Check mode does not detect temporary aliases.
    type: str
    required: true
  goto:
    description:
      - Destinations of the mail. The list replaces the one on the server. Order and case make no difference.
      - An alias needs at least one destination. The list can be empty only together with
        O(goto_null=true), O(goto_spam=true) or O(goto_ham=true).
      - The address of the alias itself, a catch-all and a resource cannot be destinations.
      - To create an alias, this or one of O(goto_null), O(goto_spam) and O(goto_ham) is required.
    type: list
    elements: str
  goto_null:
    description:
      - With V(true), the mail is silently discarded.
      - V(false) is the same as omitting it. To stop this, set O(goto).
    type: bool
  goto_spam:
    description:
      - With V(true), the mail is learned as spam, and then discarded.
      - V(false) is the same as omitting it. To stop this, set O(goto).
    type: bool
  goto_ham:
    description:
      - With V(true), the mail is learned as ham, and then discarded.
      - V(false) is the same as omitting it. To stop this, set O(goto).
    type: bool
  active:
    description:
      - Whether the alias receives mail.
      - Default on create is V(true).
    type: bool
  sogo_visible:
    description:
      - Whether SOGo offers the alias as a sender to its destinations.
      - Default on create is V(true).
    type: bool
  sender_allowed:
    description:
      - Whether the mailboxes among its destinations may send as the alias.
      - With V(false), single mailboxes can still be allowed by O(community.mailcow.mailcow_mailbox#module:sender_acl).
      - Default on create is V(true).
      - Needs mailcow 2026-01 or newer. On an older server V(true) holds, and anything else is refused.
    type: bool
  internal:
    description:
      - Whether the alias accepts mail only from its own domain and that domain's alias domains.
      - Default on create is V(false).
      - Needs mailcow 2025-09 or newer. On an older server V(false) holds, and anything else is refused.
    type: bool
  public_comment:
    description:
      - Comment that users can see. An empty string removes it.
      - Default on create is none.
    type: str
  private_comment:
    description:
      - Comment that only administrators can see. An empty string removes it.
      - Default on create is none.
    type: str
  rename_to:
    description:
      - New address of the alias, possibly in another domain. mailcow does not check the maximum number of aliases of that domain.
      - If the alias O(address) no longer exists, the other options apply to this address, so the task can be repeated. If neither
        exists, the alias is created under this address.
      - The task fails if both exist, or if the new address is a destination of the alias.
      - Ignored with O(state=absent).
    type: str
  state:
    description:
      - V(present) creates the alias or changes it.
      - V(absent) deletes the alias.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_alias_info
  - module: community.mailcow.mailcow_alias_domain
  - module: community.mailcow.mailcow_mailbox
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create an alias for two people
  community.mailcow.mailcow_alias:
    address: sales@example.com
    goto:
      - jane@example.com
      - joe@example.com
    public_comment: Sales team

- name: Receive the mail for all addresses of a domain that do not exist
  community.mailcow.mailcow_alias:
    address: "@example.com"
    goto:
      - jane@example.com

- name: Create an alias that only receives, and only from its own domain
  community.mailcow.mailcow_alias:
    address: all@example.com
    goto:
      - jane@example.com
      - joe@example.com
    sender_allowed: false
    sogo_visible: false
    internal: true

- name: Discard all mail to an address
  community.mailcow.mailcow_alias:
    address: noreply@example.com
    goto_null: true

- name: Rename an alias
  community.mailcow.mailcow_alias:
    address: sales@example.com
    rename_to: orders@example.com

- name: Delete an alias
  community.mailcow.mailcow_alias:
    address: orders@example.com
    state: absent

- name: Set the connection once for several tasks
  module_defaults:
    group/community.mailcow.mailcow:
      url: https://mail.example.com
      api_key: "{{ vault_mailcow_api_key }}"
  block:
    - name: Ensure that each domain has the addresses it needs
      community.mailcow.mailcow_alias:
        address: "{{ item }}@example.com"
        goto:
          - jane@example.com
      loop:
        - abuse
        - postmaster
"""

RETURN = r"""
alias:
  description:
    - The alias as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the alias as it would be.
  returned: when state=present
  type: dict
  contains:
    address:
      description: Address of the alias, or C(@) and a domain for a catch-all. International domains in punycode.
      returned: success
      type: str
      sample: sales@example.com
    goto:
      description: Destinations of the mail, in the order of the server. Empty if the alias discards its mail.
      returned: success
      type: list
      elements: str
      sample:
        - jane@example.com
        - joe@example.com
    goto_null:
      description: V(true) if the mail is discarded silently.
      returned: when true
      type: bool
      sample: true
    goto_spam:
      description: V(true) if the mail is learned as spam and discarded.
      returned: when true
      type: bool
      sample: true
    goto_ham:
      description: V(true) if the mail is learned as ham and discarded.
      returned: when true
      type: bool
      sample: true
    active:
      description: Whether the alias receives mail.
      returned: success
      type: bool
      sample: true
    sogo_visible:
      description: Whether SOGo offers the alias as a sender.
      returned: success
      type: bool
      sample: true
    sender_allowed:
      description: Whether its destinations may send as the alias.
      returned: success
      type: bool
      sample: true
    internal:
      description: Whether the alias accepts mail only from its own domain and that domain's alias domains.
      returned: success
      type: bool
      sample: false
    public_comment:
      description: Comment that users can see.
      returned: success
      type: str
      sample: Sales team
    private_comment:
      description: Comment that only administrators can see.
      returned: success
      type: str
      sample: Ticket 4711
status:
  description:
    - Read-only values of the alias.
    - In check mode all values are V(null) when the alias does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: ID of the alias on the server.
      returned: success
      type: int
      sample: 42
    created:
      description: When the alias was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the alias was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
    is_catch_all:
      description: Whether the alias receives the mail for all addresses of its domain that do not exist.
      returned: success
      type: bool
      sample: false
    in_primary_domain:
      description: For an alias in an alias domain, the target of the alias domain. V(null) for others.
      returned: success
      type: str
      sample: example.com
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/alias
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - is_alias_or_mailbox sales@example.com
"""

from ..module_utils._kinds.alias import ALIAS
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(ALIAS))


if __name__ == "__main__":
    main()
