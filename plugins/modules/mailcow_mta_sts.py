#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_mta_sts
short_description: Manage MTA-STS
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Manage the MTA-STS policy of a domain of a mailcow server, with which other servers deliver mail only to the specified servers, and
    only over TLS (RFC 8461). It needs mailcow 2025-09 or newer.
  - mailcow's API does not show policies. The module reads the public page C(/.well-known/mta-sts.txt) that other servers read, which
    mailcow serves under the name C(mta-sts.) and the domain while the policy is active. It requests that name from the server in
    O(url), so no DNS record is needed, but a proxy in front of mailcow must forward the name.
  - mailcow cannot delete a policy, so an inactive one counts as absent. It is deleted together with its domain.
  - Other servers use the policy only if the DNS has the records C(mta-sts) and C(_mta-sts) of the domain, and the latter must change
    with each change of the policy. M(community.mailcow.mailcow_dns_info) lists both.
  - Only specified options are managed. An omitted option is neither compared nor changed.
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
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  domain:
    description:
      - Name of the domain. An international name may be given in Unicode or in punycode.
      - An alias domain has the policy of its target domain.
    type: str
    required: true
  mode:
    description:
      - What other servers do if a server in O(mx) does not offer TLS with a valid certificate, or if the mail would be delivered to
        another server.
      - With V(enforce), they do not deliver the mail; with V(testing), they deliver and report it; with V(none), they forget the
        policy.
      - Default on create is V(testing).
    type: str
    choices:
      - enforce
      - testing
      - none
  max_age:
    description:
      - Seconds for which other servers remember the policy, from V(1) to V(31536000), a year.
      - Default on create is V(604800), a week.
    type: int
  mx:
    description:
      - The mail servers of the domain, as in its MX records. The list replaces the one on the server. Order and case make no
        difference.
      - A name may begin with C(*.), which needs mailcow 2025-09c or newer.
      - Required to create a policy. It cannot be empty.
    type: list
    elements: str
  state:
    description:
      - V(present) creates the policy or changes it.
      - V(absent) deactivates the policy, so that it is not published any more. Other servers remember it for O(max_age).
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_mta_sts_info
  - module: community.mailcow.mailcow_dns_info
  - name: RFC 8461
    description: The specification of MTA-STS.
    link: https://www.rfc-editor.org/rfc/rfc8461
"""

EXAMPLES = r"""
- name: Have other servers report mail that would not arrive by TLS
  community.mailcow.mailcow_mta_sts:
    domain: example.com
    mode: testing
    mx:
      - mail.example.com

- name: Make them insist on TLS, and remember it for a month
  community.mailcow.mailcow_mta_sts:
    domain: example.com
    mode: enforce
    max_age: 2592000

- name: Make them forget the policy
  community.mailcow.mailcow_mta_sts:
    domain: example.com
    mode: none

- name: Switch it off, some weeks later
  community.mailcow.mailcow_mta_sts:
    domain: example.com
    state: absent
"""

RETURN = r"""
mta_sts:
  description:
    - The policy as it is now, with the names of the options, so it is valid input for the module.
    - In check mode, the policy as it would be.
  returned: when state=present
  type: dict
  contains:
    domain:
      description: Name of the domain, international ones in punycode.
      returned: success
      type: str
      sample: example.com
    mode:
      description: What other servers do if TLS fails.
      returned: success
      type: str
      sample: testing
    max_age:
      description: Seconds for which other servers remember the policy.
      returned: success
      type: int
      sample: 604800
    mx:
      description: The mail servers of the domain, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - mail.example.com
status:
  description: Always empty, because the policy has no read-only values.
  returned: when state=present
  type: dict
  sample: {}
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/mta-sts
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - access_denied
"""

from ..module_utils._kinds.mta_sts import MTA_STS
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(MTA_STS))


if __name__ == "__main__":
    main()
