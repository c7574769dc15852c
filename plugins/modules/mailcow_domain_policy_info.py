#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_domain_policy_info
short_description: List domain policies
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the antispam policies of the domains of a mailcow server, including empty ones.
  - The lists of single mailboxes are not returned.
  - mailcow has no list of policies. Without options, the module requests the policy of each domain and alias domain, which takes two
    requests each.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  domain:
    description:
      - Name of the only domain or alias domain whose policy to get. The list is empty if there is no such domain.
    type: str
  domains:
    description:
      - Names of the domains and alias domains whose policies to get. Names that do not exist in mailcow are ignored.
      - If this and O(domain) are omitted, the policies of all domains and alias domains are listed.
      - Together with O(domain), the policy is only returned if its domain is one of these.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_domain_policy
"""

EXAMPLES = r"""
- name: List the policies of two domains
  community.mailcow.mailcow_domain_policy_info:
    domains:
      - example.com
      - example.net
  register: result

- name: Show who is allowed
  ansible.builtin.debug:
    msg: "{{ result.domain_policies | map(attribute='allow') | flatten | unique }}"

- name: Look at one
  community.mailcow.mailcow_domain_policy_info:
    domain: example.com
  register: result

- name: Fail if a whole domain is allowed
  ansible.builtin.assert:
    that: result.domain_policies[0].allow | select('match', '[*]@') | length == 0
"""

RETURN = r"""
domain_policies:
  description:
    - The policies, each with the names of the options of M(community.mailcow.mailcow_domain_policy), and with
      RV(domain_policies[].status). Without the latter, it is valid input for that module.
  returned: success
  type: list
  elements: dict
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
      returned: success
      type: dict
      sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: GET get/policy_wl_domain/example.com
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.domain_policy import DOMAIN_POLICY
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(DOMAIN_POLICY))


if __name__ == "__main__":
    main()
