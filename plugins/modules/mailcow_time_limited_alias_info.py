#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_time_limited_alias_info
short_description: Get temporary aliases
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the temporary aliases of all mailboxes of a mailcow server, those of some domains or of one mailbox, or get one of them.
  - mailcow does not show expired temporary aliases.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  username:
    description:
      - Address of the only mailbox whose temporary aliases to list. Case makes no difference.
        An international domain may be given in Unicode or in punycode.
        The list is empty if there is no such mailbox.
    type: str
  description:
    description:
      - Only list temporary aliases with this description. Case makes no difference.
    type: str
  domain:
    description:
      - Only list temporary aliases whose address is in this domain. It may be given in Unicode or in punycode.
    type: str
  address:
    description:
      - Only get the temporary alias with this address. Case makes no difference.
    type: str
  domains:
    description:
      - Names of the domains of the mailboxes. Names that do not exist in mailcow are ignored. International ones may be given in
        Unicode or in punycode.
      - If this and O(username) are omitted, the temporary aliases of all mailboxes are listed. This takes one request per mailbox.
      - A temporary alias in an alias domain belongs to the domain of its mailbox.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_time_limited_alias
"""

EXAMPLES = r"""
- name: List the temporary aliases of a mailbox
  community.mailcow.mailcow_time_limited_alias_info:
    username: jane@example.com
  register: result

- name: Show those that end within a week
  ansible.builtin.debug:
    msg: "{{ item.status.address }} ({{ item.description }})"
  loop: "{{ result.time_limited_aliases | rejectattr('permanent') | selectattr('status.expires', 'lt', limit) }}"
  vars:
    limit: "{{ now().timestamp() + 7 * 86400 }}"
  loop_control:
    label: "{{ item.status.address }}"
"""

RETURN = r"""
time_limited_aliases:
  description:
    - The temporary aliases, each with the names and units of the options of M(community.mailcow.mailcow_time_limited_alias), and with
      RV(time_limited_aliases[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
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
    status:
      description: Read-only values of the temporary alias.
      returned: success
      type: dict
      contains:
        address:
          description:
            - The address that mailcow chose,
              the value of the option O(community.mailcow.mailcow_time_limited_alias#module:address).
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
  sample: GET get/domain/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.time_limited_alias import TIME_LIMITED_ALIAS
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(TIME_LIMITED_ALIAS))


if __name__ == "__main__":
    main()
