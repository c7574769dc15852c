# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a DKIM key has (facts-server 5)."""

from __future__ import annotations

import base64
import re

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Domain, Field, NumberChoice

try:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
except ImportError:
    serialization = None


class KeySize(NumberChoice):
    """The size of a key in bits, which mailcow guesses from the public key and may show as ">= 8192"."""

    def from_server(self, value):
        return int(re.sub(r"\D", "", str(value)) or 0)


class PrivateKey(Field):
    """A key made elsewhere. The API shows only its public half, so that is what is compared."""

    @property
    def secret(self):
        return True

    def details(self):
        return {"no_log": True}

    def canonical(self, value):
        if serialization is None:
            raise ValueError("the Python library cryptography is needed to compare it with the key on the server")
        try:
            key = serialization.load_pem_private_key(value.strip().encode(), password=None)
        except TypeError as error:
            raise ValueError("is encrypted; mailcow takes only keys without a passphrase") from error
        except ValueError as error:
            raise ValueError("is not a private key in PEM form") from error
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("is not an RSA key; mailcow publishes every key as k=rsa")
        public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return value.strip(), base64.b64encode(public).decode("ascii")

    def from_server(self, value):
        return None, value

    def same(self, current, wanted):
        return current[1] == wanted[1]

    def to_server(self, value):
        return value[0]


class Source(Domain):
    """The domain whose key is copied; the same when public key and selector are."""

    def parse(self, raw):
        return None, (raw.get("pubkey"), raw.get("dkim_selector"))

    def resolve(self, wanted, current, identity, reader):
        key = reader.get("dkim", wanted)
        if key is None and not reader.check_mode:
            raise InvalidValue(self.option, "the domain %s has no DKIM key that could be copied" % wanted)
        return wanted, (key["pubkey"], key["dkim_selector"]) if key else None

    def same(self, current, wanted):
        return current[1] == wanted[1]

    def to_server(self, value):
        return value[0]

    def show(self, value):
        return {self.option: value[0]} if value is not MISSING and value[0] else {}
