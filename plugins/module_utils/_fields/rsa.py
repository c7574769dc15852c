# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The public half of an RSA key as in the DNS, and its size. mailcow guesses the size from the length of the text; before 2025-03, it
considered 3072 bits to be 2048.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from typing import TYPE_CHECKING

# The library is available if there is a private key.
with contextlib.suppress(ImportError):
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# The types of the nested values in DER, from the outside to the inside.
_SEQUENCE, _BITS, _NUMBER = 0x30, 0x03, 0x02


def public_half(key: RSAPrivateKey) -> str:
    """Give the public half of a key in base64, as in the DNS."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode("ascii")


def key_bits(public: object) -> int | None:
    """Give the size in bits of a public key in base64, as in the DNS; None if it is not an RSA key."""
    try:
        der = base64.b64decode(str(public), validate=True)
        algorithm_and_key = _inside(der, _SEQUENCE)[0]
        key = _inside(_inside(algorithm_and_key, _SEQUENCE)[1], _BITS)[0]
        # The first byte of a bit string is the number of unused bits.
        modulus = _inside(_inside(key[1:], _SEQUENCE)[0], _NUMBER)[0]
    except (binascii.Error, ValueError, IndexError):
        return None
    return int.from_bytes(modulus, "big").bit_length()


def _inside(der: bytes, tag: int) -> tuple[bytes, bytes]:
    """Give (the content of the first value, the rest of the data). Raises ValueError if its type is another one."""
    if der[0] != tag:
        raise ValueError("not an RSA key")
    length, start = der[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(der[2:start], "big")
    return der[start : start + length], der[start + length :]
