#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_alias_info
short_description: List aliases
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the aliases of a mailcow server, those of some domains, or get one of them.
  - mailcow does not show temporary aliases here, nor aliases of alias domains that were deleted together with their target.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  address:
    description:
      - Address of the only alias to get, for example V(sales@example.com), or V(@example.com) for a catch-all.
        Case makes no difference. The list is empty if there is no such alias.
    type: str
  domains:
    description:
      - Names of the domains and alias domains whose aliases to list. Names that do not exist in mailcow are ignored.
      - A domain does not include its alias domains; specify them as well to list their aliases.
      - If this and O(address) are omitted, the aliases of all domains are listed. This takes some seconds on a server with thousands of
        them.
      - Together with O(address), the alias is only returned if it is in one of these domains.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_alias
"""

EXAMPLES = r"""
- name: List the aliases of two domains
  community.mailcow.mailcow_alias_info:
    domains:
      - example.com
      - example.net
  register: result

- name: Show those that deliver to a certain mailbox
  ansible.builtin.debug:
    msg: "{{ result.aliases | selectattr('goto', 'contains', 'jane@example.com') | map(attribute='address') }}"

- name: Look for a catch-all
  community.mailcow.mailcow_alias_info:
    address: "@example.com"
  register: result

- name: Fail if there is one
  ansible.builtin.assert:
    that: result.aliases | length == 0
"""

RETURN = r"""
aliases:
  description:
    - The aliases, each with the names and units of the options of M(community.mailcow.mailcow_alias), and with RV(aliases[].status).
      Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
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
      description: Read-only values of the alias.
      returned: success
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
  sample: GET get/domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.alias import ALIAS
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(ALIAS))


if __name__ == "__main__":
    main()
