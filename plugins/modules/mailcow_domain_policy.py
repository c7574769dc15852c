#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain_policy
short_description: Manage domain policy
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Manage the antispam policy of a domain of a mailcow server. It contains senders whose mail is never classified as spam, and senders
    whose mail is always rejected, for all mailboxes of the domain.
  - Each list is a set that replaces the one on the server. Entries that are not in a given list are removed. A list that is omitted is
    not changed. An empty list counts as specified.
  - The lists of single mailboxes are not changed. They take precedence.
  - A policy exists as long as its domain. It cannot be created or deleted, only filled and emptied.
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
    support: full
options:
  domain:
    description:
      - Name of the domain. An international name may be given in Unicode or in punycode.
      - The policy of a domain also applies to its alias domains. An alias domain can have a policy of its own as well, which mailcow
        keeps when the alias domain is deleted, and applies again when it is created again.
    type: str
    required: true
  allow:
    description:
      - Senders whose mail is never classified as spam. Order and case make no difference.
      - They are compared with the whole address in the envelope and in the header C(From). V(*) matches any number of characters, so
        V(*@example.com) matches a domain, and V(*.example.com) its subdomains. A domain or an IP address alone matches no sender,
        although mailcow accepts it.
      - A sender consists of at most 100 ASCII letters, digits, V(@), V(_), V(.), V(-) and V(*). mailcow accepts no other characters,
        not even V(+). International domains must be specified in punycode.
      - A sender cannot be in both lists. To move it from one to the other, specify both lists in one task.
    type: list
    elements: str
  block:
    description:
      - Senders whose mail is always rejected, and not even kept in the quarantine. The format is the same as in O(allow).
    type: list
    elements: str
  state:
    description:
      - V(present) fills the specified lists.
      - V(absent) empties both lists. O(allow) and O(block) are ignored. Nothing is done if there is no such domain.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_domain_policy_info
  - module: community.mailcow.mailcow_domain
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Allow certain senders and block others
  community.mailcow.mailcow_domain_policy:
    domain: example.com
    allow:
      - "*@example.net"
      - friend@example.org
    block:
      - "*.example.org"
      - "*@news.example.net"

- name: Move a sender from one list to the other
  community.mailcow.mailcow_domain_policy:
    domain: example.com
    allow:
      - "*@example.net"
    block:
      - "*.example.org"
      - "*@news.example.net"
      - friend@example.org

- name: Look at the policy
  community.mailcow.mailcow_domain_policy_info:
    domain: example.com
  register: result

- name: Allow one more sender, whoever else is allowed
  community.mailcow.mailcow_domain_policy:
    domain: example.com
    allow: "{{ result.domain_policies[0].allow + ['shop@example.net'] }}"

- name: Empty both lists
  community.mailcow.mailcow_domain_policy:
    domain: example.com
    state: absent
"""

RETURN = r"""
domain_policy:
  description:
    - The policy as it is now, so it is valid input for the module.
    - In check mode, the policy as it would be.
  returned: when state=present
  type: dict
  contains:
    domain:
      description: Name of the domain or alias domain, international ones in punycode.
      returned: success
      type: str
      sample: example.com
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
  description: Always empty, because a policy has no read-only values.
  returned: when state=present
  type: dict
  sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/domain-policy
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - policy_list_from_exists
"""

from ..module_utils._kinds.domain_policy import DOMAIN_POLICY
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(DOMAIN_POLICY))


if __name__ == "__main__":
    main()
