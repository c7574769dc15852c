#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_dkim_info
short_description: List DKIM keys
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - List the DKIM keys of a mailcow server, with the DNS records to publish.
  - mailcow has no list of keys. Without options, the module requests the key of each domain and alias domain. The key of a deleted
    domain can only be found by its name.
extends_documentation_fragment:
  - community.mailcow.attributes
  - community.mailcow.attributes.actiongroup_mailcow
  - community.mailcow.attributes.info_module
  - community.mailcow.connection
options:
  domain:
    description:
      - Name of the only domain or alias domain whose key to get. The list is empty if it has no key.
    type: str
  domains:
    description:
      - Names of the domains and alias domains whose keys to get. Those without a key are omitted.
      - If this and O(domain) are omitted, the keys of all domains and alias domains are listed.
      - Together with O(domain), the key is only returned if its domain is one of these.
    type: list
    elements: str
seealso:
  - module: community.mailcow.mailcow_dkim
"""

EXAMPLES = r"""
- name: List the keys of all domains
  community.mailcow.mailcow_dkim_info:
  register: result

- name: Show the records to publish
  ansible.builtin.debug:
    msg: '{{ item.status.dns_record.name }} TXT "{{ item.status.dns_record.value }}"'
  loop: "{{ result.dkim_keys }}"
  loop_control:
    label: "{{ item.domain }}"

- name: Get the key of one domain
  community.mailcow.mailcow_dkim_info:
    domain: example.com
  register: result

- name: Fail if the key is too short
  ansible.builtin.assert:
    that:
      - result.dkim_keys | length == 1
      - result.dkim_keys[0].key_size >= 2048
"""

RETURN = r"""
dkim_keys:
  description:
    - The keys, each with the names and units of the options of M(community.mailcow.mailcow_dkim), and with RV(dkim_keys[].status).
    - The private key is never shown.
  returned: success
  type: list
  elements: dict
  contains:
    domain:
      description: Name of the domain, in lower case, international names in punycode.
      returned: success
      type: str
      sample: example.com
    selector:
      description: Selector of the key.
      returned: success
      type: str
      sample: s2026
    key_size:
      description: Size of the key in bits.
      returned: success
      type: int
      sample: 2048
    status:
      description: Read-only values of the key.
      returned: success
      type: dict
      contains:
        public_key:
          description: The public key, in DER format and Base64.
          returned: success
          type: str
          sample: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU
        dns_record:
          description: The record to publish in the DNS.
          returned: success
          type: dict
          contains:
            name:
              description: Full name of the record.
              returned: success
              type: str
              sample: s2026._domainkey.example.com
            type:
              description: Type of the record.
              returned: success
              type: str
              sample: TXT
            value:
              description:
                - Text of the record, unsplit.
                - A string in the DNS has at most 255 characters, so your DNS server may require that it is split.
              returned: success
              type: str
              sample: v=DKIM1;k=rsa;t=s;s=email;p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU
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

from ..module_utils._kinds.dkim import DKIM
from ..module_utils._module import run
from ..module_utils._tasks.infos import info


def main() -> None:
    run(info(DKIM))


if __name__ == "__main__":
    main()
