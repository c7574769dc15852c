#!/usr/bin/python

# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

DOCUMENTATION = r"""
module: mailcow_dkim
short_description: Manage DKIM keys
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Create, import, copy, replace and delete the DKIM key with which a mailcow server signs the mail of a domain. A domain has at most
    one key.
  - mailcow generates a key when a domain is created, by default one of 2048 bits with the selector V(dkim).
    O(community.mailcow.mailcow_domain#module:dkim_selector) sets another selector for it.
  - Only specified options are managed. An omitted option is neither compared nor changed. Without any of them, the module only ensures
    that there is a key.
  - mailcow cannot change a key. A change of O(selector) or O(key_size) replaces it with a new one, or with O(private_key). Mail is
    signed with the new key immediately, so publish the new record RV(status.dns_record) at once. The role
    C(community.mailcow.rotate_dkim) publishes the new record before it replaces the key.
  - The old key is used until mailcow has created the new one. The new key is created under the domain name in capital letters, which is
    never used for signing, copied over the old key, and then deleted under that name. If a step before the copy fails, the old key
    stays.
  - If the run is killed or the server becomes unreachable right after the copy, the key under the name in capital letters remains, and
    the next run does not find it. mailcow's web interface lists it among the DKIM keys without a domain. It is not used, and the module
    deletes it when it next replaces or deletes the key of the domain.
  - With another O(selector), mailcow keeps the private half of the old key in its Redis, where it is not used.
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
requirements:
  - cryptography (Python library) on the host that runs the module, for O(private_key)
options:
  domain:
    description:
      - Name of the domain or alias domain. Case makes no difference. An international name may be given in Unicode or in punycode.
      - It must exist in mailcow for a new key to be generated. mailcow does not check this for O(private_key) and O(duplicate_from).
      - Keys are kept when their domain is deleted, so with O(state=absent) the domain need not exist.
    type: str
    required: true
  selector:
    description:
      - Selector of the key. It is the first part of the name of its DNS record. Letters, digits, V(-), V(_) and V(.) are allowed.
      - Default on create is V(dkim).
      - A selector with a dot needs mailcow 2025-01 or newer.
    type: str
  key_size:
    description:
      - Size of the key in bits.
      - It cannot be combined with O(private_key), which has a size of its own.
      - Default on create is V(2048).
    type: int
    choices:
      - 1024
      - 2048
      - 3072
      - 4096
  private_key:
    description:
      - A key to import. It must be an RSA key in PEM format without a passphrase.
      - mailcow shows only the public key, so the public keys are compared. This needs the Python library cryptography.
      - A server can refuse an import because of an earlier error of its OpenSSL library, which is unrelated to the key. The module
        checks the key itself, and then repeats the import.
      - mailcow writes the key unencrypted to its API log, which both API keys can read.
      - Default on create is a key that mailcow generates.
    type: str
  duplicate_from:
    description:
      - Name of the domain whose key and selector are copied. It must have a key. An existing key of O(domain) is replaced.
      - Public key and selector are compared.
      - It cannot be combined with O(selector), O(key_size) and O(private_key).
      - Default on create is a key that mailcow generates.
    type: str
  state:
    description:
      - V(present) creates the key or replaces it.
      - V(absent) deletes the key. mailcow does not sign the mail of the domain any more.
    type: str
    choices:
      - present
      - absent
    default: present
seealso:
  - module: community.mailcow.mailcow_dkim_info
  - module: community.mailcow.mailcow_domain
  - module: community.mailcow.mailcow_alias_domain
  - name: mailcow documentation
    description: The manual of mailcow.
    link: https://docs.mailcow.email/
"""

EXAMPLES = r"""
- name: Create a DKIM key of 2048 bits
  community.mailcow.mailcow_dkim:
    domain: example.com
    selector: s2026
    key_size: 2048
  register: result

- name: Show the record to publish
  ansible.builtin.debug:
    msg: '{{ record.name }} {{ record.type }} "{{ record.value }}"'
  vars:
    record: "{{ result.status.dns_record }}"
  when: not ansible_check_mode

- name: Import a key
  community.mailcow.mailcow_dkim:
    domain: example.org
    selector: s2026
    private_key: "{{ vault_example_org_dkim_key }}"

- name: Sign the mail of an alias domain with the key of its target
  community.mailcow.mailcow_dkim:
    domain: example.net
    duplicate_from: example.com

- name: Delete the key of a domain
  community.mailcow.mailcow_dkim:
    domain: example.com
    state: absent

- name: Set the connection once for several tasks
  module_defaults:
    group/community.mailcow.mailcow:
      url: https://mail.example.com
      api_key: "{{ vault_mailcow_api_key }}"
  block:
    - name: Ensure that a domain has no key
      community.mailcow.mailcow_domain:
        domain: example.com
        dkim_key_size: 0

    - name: Import the key that is published already
      community.mailcow.mailcow_dkim:
        domain: example.com
        selector: mail
        private_key: "{{ vault_example_com_dkim_key }}"
"""

RETURN = r"""
dkim:
  description:
    - The key as it is now, with the names and units of the options, so it is valid input for the module.
    - The private key is never shown.
    - In check mode, the key as it would be.
  returned: when state=present
  type: dict
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
    duplicate_from:
      description: The domain whose key would be copied.
      returned: in check mode, when the key would be copied
      type: str
      sample: example.com
status:
  description:
    - Read-only values of the key.
    - In check mode, these are the values of the key before the change, and all values are V(null) if there is none.
  returned: when state=present
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
  sample: POST add/dkim
mailcow:
  description: The message IDs of mailcow with their arguments. Never its log, which can contain passwords.
  returned: when mailcow refused a request
  type: list
  elements: str
  sample:
    - dkim_domain_or_sel_invalid example.com
"""

from ..module_utils._kinds.dkim import DKIM
from ..module_utils._module import run
from ..module_utils._tasks.objects import manage


def main() -> None:
    run(manage(DKIM))


if __name__ == "__main__":
    main()
