#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_sieve_filter_info
short_description: List Sieve filters
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the Sieve filters of all mailboxes of a mailcow server, those of some domains or of one mailbox, or get one of them.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  username:
    description:
      - Address of the only mailbox whose filters to list. Case makes no difference.
        An international domain may be given in Unicode or in punycode.
        The list is empty if there is no such mailbox.
    type: str
  filter_type:
    description:
      - Only list filters with this type.
    type: str
    choices:
      - prefilter
      - postfilter
  script_desc:
    description:
      - Only list filters with this name. Case makes no difference.
    type: str
  id:
    description:
      - Only get the filter with this ID.
    type: int
  domains:
    description:
      - Names of the domains of the mailboxes. Names that do not exist in mailcow are ignored. International ones may be given in
        Unicode or in punycode.
      - If this and O(username) are omitted, the filters of all mailboxes are listed.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_sieve_filter
  - module: community.mailcow.mailcow_sieve_script_info
"""

EXAMPLES = r"""
- name: List the filters of a mailbox
  community.mailcow.mailcow_sieve_filter_info:
    username: jane@example.com

- name: List those of all mailboxes of a domain
  community.mailcow.mailcow_sieve_filter_info:
    domains:
      - example.com
  register: result

- name: Show whose mail is forwarded elsewhere
  ansible.builtin.debug:
    msg: "{{ result.sieve_filters | selectattr('active') | selectattr('script_data', 'search', 'redirect') | map(attribute='username') }}"
"""

RETURN = r"""
sieve_filters:
  description:
    - The filters, each with the names of the options of M(community.mailcow.mailcow_sieve_filter), and with RV(sieve_filters[].status).
      Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Address of the mailbox of the filter. International domains in punycode.
      returned: success
      type: str
      sample: jane@example.com
    filter_type:
      description: When the filter runs.
      returned: success
      type: str
      sample: prefilter
    script_desc:
      description: Name of the filter.
      returned: success
      type: str
      sample: Forward
    script_data:
      description: The script, with a line feed at the end of each line.
      returned: success
      type: str
      sample: "require [\"copy\"];\nredirect :copy \"jane@elsewhere.example\";\n"
    active:
      description: Whether the filter is the active one of its mailbox and type.
      returned: success
      type: bool
      sample: true
    status:
      description: Read-only values of the filter.
      returned: success
      type: dict
      contains:
        id:
          description: ID of the filter on the server, the value of the option O(community.mailcow.mailcow_sieve_filter#module:id).
          returned: success
          type: int
          sample: 7
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/filters/all
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.sieve_filter import SIEVE_FILTER
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(SIEVE_FILTER))


if __name__ == "__main__":
    main()
