#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mailbox_policy_info
short_description: List mailbox policies
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the antispam policies of all mailboxes of a mailcow server, those of some domains, or get that of one mailbox.
  - Entries of the domain of a mailbox are not among them. M(community.mailcow.mailcow_domain_policy_info) lists those.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  username:
    description:
      - Address of the only mailbox whose policy to get. The list is empty if there is no such mailbox.
    type: str
  domains:
    description:
      - Names of the domains of the mailboxes. Names that do not exist in mailcow are ignored.
      - If this and O(username) are omitted, the policies of all mailboxes are listed. This takes two requests per mailbox.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_mailbox_policy
"""

EXAMPLES = r"""
- name: List the policies of the mailboxes of a domain
  community.mailcow.mailcow_mailbox_policy_info:
    domains:
      - example.com
  register: result

- name: Show whom they block
  ansible.builtin.debug:
    msg: "{{ result.mailbox_policies | map(attribute='block') | flatten | unique }}"
"""

RETURN = r"""
mailbox_policies:
  description:
    - The policies, each with the names of the options of M(community.mailcow.mailcow_mailbox_policy), and with
      RV(mailbox_policies[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
  contains:
    username:
      description: Address of the mailbox, with an international domain in punycode.
      returned: success
      type: str
      sample: jane@example.com
    allow:
      description: Senders whose mail is never classified as spam, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - "*@example.net"
        - friend@example.org
    block:
      description: Senders whose mail is always rejected, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - "*.example.org"
    status:
      description: Always empty, because the policy has no read-only values.
      returned: success
      type: dict
      sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/policy_wl_mailbox/jane@example.com
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.mailbox_policy import MAILBOX_POLICY
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(MAILBOX_POLICY))


if __name__ == "__main__":
    main()
