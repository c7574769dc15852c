# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: dkim_key
short_description: Create a DKIM key
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Creates an RSA key on the controller, and the text of the DNS record that publishes it, which is the text that mailcow shows for this
    key.
  - Each use of the filter creates another key. Store the key together with the text, under C(no_log).
options:
  _input:
    description: Size of the key in bits, at least V(1024).
    type: int
    required: true
seealso:
  - module: community.mailcow.mailcow_dkim
"""

EXAMPLES = r"""
- name: Create a key
  ansible.builtin.set_fact:
    key: "{{ 2048 | community.mailcow.dkim_key }}"
  no_log: true

- name: Store it encrypted
  ansible.builtin.copy:
    dest: example.com.key
    mode: "0600"
    content: "{{ key.private_key | ansible.builtin.vault('Barley.Hops.1516') }}"
    decrypt: false
  no_log: true
"""

RETURN = r"""
_value:
  description: The key.
  type: dict
  contains:
    private_key:
      description: The private key, in PEM form (PKCS#8), without a passphrase.
      type: str
    value:
      description: The text of the record.
      type: str
"""

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ..module_utils._fields.rsa import public_half

try:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
except ImportError:
    HAS_CRYPTOGRAPHY = False
else:
    HAS_CRYPTOGRAPHY = True

# Receivers reject shorter keys (RFC 8301, 3.2).
_LEAST_BITS = 1024
_EXPONENT = 65537


def dkim_key(bits: int) -> dict[str, str]:
    """Give a new key of ``bits`` bits, and the text of its record as mailcow writes it (facts-server 5)."""
    if not HAS_CRYPTOGRAPHY:
        raise AnsibleFilterError("dkim_key: the Python library cryptography is required")
    if int(bits) < _LEAST_BITS:
        raise AnsibleFilterError("dkim_key: receivers do not accept a key of %s bits; the minimum is %d" % (bits, _LEAST_BITS))
    key = generate_private_key(_EXPONENT, int(bits))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
    return {"private_key": private, "value": "v=DKIM1;k=rsa;t=s;s=email;p=" + public_half(key)}


class FilterModule:
    """The filter; see DOCUMENTATION."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"dkim_key": dkim_key}
