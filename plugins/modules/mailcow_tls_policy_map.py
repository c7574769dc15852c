#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_tls_policy_map
short_description: Manage TLS policies
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, change and delete TLS policy maps of a mailcow server. A TLS policy map determines how mail to a destination is encrypted in
    transit. It has precedence over O(community.mailcow.mailcow_mailbox#module:tls_enforce_out) of the sender.
  - Only specified options are managed. An omitted option is neither compared nor changed. V(false) and V([]) count as specified.
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
  dest:
    description:
      - Destination of the mail. It is a domain, or the next hop of a transport map exactly as it is written there, for example
        V([smtp.example.com]:25). mailcow also accepts e-mail addresses, but these have no effect.
      - Case makes no difference. An international name may be given in Unicode or in punycode.
      - V(.example.com) is for all subdomains of a domain. mailcow cannot create such a map, but it can change an existing one to it;
        see the examples.
      - It identifies the TLS policy map. If there is none for this destination, one is created. mailcow accepts only one for each
        destination. If several match nevertheless, the task fails and lists their IDs; select one with O(id).
      - Required if O(id) is omitted. Together with O(id), the new destination.
    type: str
  policy:
    description:
      - Security level of Postfix.
      - Required to create a TLS policy map.
    type: str
    choices:
      none: No encryption.
      may: If the destination offers it. Certificates are not verified.
      encrypt: Mandatory; otherwise the mail is not delivered. Certificates are not verified.
      dane: With the TLSA records of the destination if it has some, otherwise like V(may) or V(encrypt).
      dane-only: With the TLSA records of the destination; otherwise the mail is not delivered.
      fingerprint: Mandatory, with a certificate whose fingerprint is in O(parameters).
      verify: Mandatory, with a trusted certificate for the name of the server.
      secure: Mandatory, with a trusted certificate for a name that is derived from the destination, independent of DNS.
  parameters:
    description:
      - Further attributes of the policy in the format V(name=value) without spaces, for example V(protocols=!SSLv2) or
        V(match=.example.com).
      - The list replaces the one on the server. Order makes no difference, V([]) removes all.
      - Default on create is none.
    type: list
    elements: str
  active:
    description:
      - Whether the policy is applied.
      - Default on create is V(true).
    type: bool
  id:
    description:
      - ID of the TLS policy map on the server, as in RV(status.id).
      - Only required if several TLS policy maps match O(dest), or to change O(dest) itself.
      - The task fails if there is no TLS policy map with this ID, except with O(state=absent).
    type: int
  state:
    description:
      - V(present) creates the TLS policy map or changes it.
      - V(absent) deletes the TLS policy map. It is not deleted together with a domain of the server.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_tls_policy_map_info
  - module: community.mailcow.mailcow_transport
  - module: community.mailcow.mailcow_relayhost
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Deliver to a partner only with a trusted certificate
  community.mailcow.mailcow_tls_policy_map:
    dest: example.net
    policy: secure
    parameters:
      - match=.example.net
      - protocols=!SSLv2

- name: Set a policy for the server of a transport map
  community.mailcow.mailcow_tls_policy_map:
    dest: "[smtp.example.net]:587"
    policy: encrypt

- name: Look for the policy for all subdomains of a domain
  community.mailcow.mailcow_tls_policy_map_info:
    dest: .example.org
  register: existing

- name: Create it, in two steps
  when: existing.tls_policy_maps == []
  block:
    - name: Create a policy for one subdomain
      community.mailcow.mailcow_tls_policy_map:
        dest: below.example.org
        policy: dane
      register: result

    - name: Change it to a policy for all subdomains
      community.mailcow.mailcow_tls_policy_map:
        id: "{{ result.status.id }}"
        dest: .example.org

- name: Delete a policy
  community.mailcow.mailcow_tls_policy_map:
    dest: example.net
    state: absent
"""

RETURN = r"""
tls_policy_map:
  description:
    - The TLS policy map as it is now, with the names and units of the options, so it is valid input for the module.
    - In check mode, the TLS policy map as it would be.
  returned: when state=present
  type: dict
  contains:
    dest:
      description: Destination. International names in punycode.
      returned: success
      type: str
      sample: example.net
    policy:
      description: How the mail is encrypted.
      returned: success
      type: str
      sample: secure
    parameters:
      description: Further attributes of the policy, sorted.
      returned: success
      type: list
      elements: str
      sample:
        - match=.example.net
        - protocols=!SSLv2
    active:
      description: Whether the policy is applied.
      returned: success
      type: bool
      sample: true
status:
  description:
    - Read-only values of the TLS policy map.
    - In check mode all values are V(null) when the TLS policy map does not exist yet.
  returned: when state=present
  type: dict
  contains:
    id:
      description: ID of the TLS policy map on the server.
      returned: success
      type: int
      sample: 7
    created:
      description: When the TLS policy map was created, in the server's time zone and format.
      returned: success
      type: str
      sample: "2026-03-01 09:30:00"
    modified:
      description: When the TLS policy map was last changed, in the same format. V(null) if it never was.
      returned: success
      type: str
      sample: "2026-03-02 17:05:41"
request:
  description:
    - The request that failed.
    - V(null) if the error is not about a single request, for example if a value is invalid.
  returned: on failure
  type: str
  sample: POST add/tls-policy-map
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - tls_policy_map_dest_invalid
"""

from ..module_utils._kinds.tls_policy_map import TLS_POLICY_MAP
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(TLS_POLICY_MAP))


if __name__ == "__main__":
    main()
