# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints a fresh RSA key in several forms as JSON, and keys that no mailcow can use."""

from __future__ import annotations

import base64
import json

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

PKCS1 = serialization.PrivateFormat.TraditionalOpenSSL
PKCS8 = serialization.PrivateFormat.PKCS8
OPEN = serialization.NoEncryption()


def pem(key, form=PKCS8, encryption=OPEN):
    return key.private_bytes(serialization.Encoding.PEM, form, encryption).decode()


key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
forms = {
    "pkcs1": pem(key, PKCS1),
    "pkcs8": pem(key),
    "crlf": "\r\n  " + pem(key).replace("\n", "\r\n"),
    "encrypted": pem(key, encryption=serialization.BestAvailableEncryption(b"secret")),
    "elliptic": pem(ec.generate_private_key(ec.SECP256R1())),
    "public_key": base64.b64encode(public).decode(),
}
print(json.dumps(forms))
