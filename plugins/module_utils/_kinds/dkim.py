# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The DKIM key of a domain (facts-server 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._engine.identity import ByName
from .._engine.kind import Add, Beside, In, Kind, Situation, Write, shows
from .._engine.ways import OfPlace
from .._fields.field import MISSING, Field
from .._fields.mail import Domain, Selector
from .._fields.plain import NumberChoice
from .._fields.rsa import key_bits, public_half
from ._places import EVERY_DOMAIN, itself

try:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
except ImportError:
    serialization = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from .._fields.field import Asks, Raw


class KeySize(NumberChoice):
    """The size of a key in bits, read from the public key. mailcow's own value is a guess, such as ">= 8192"."""

    def parse(self, raw: Raw) -> Any:
        return key_bits(raw.get("pubkey")) or super().parse(raw)

    def from_server(self, value: Any) -> Any:
        return int(re.sub(r"\D", "", str(value)) or 0)


class PrivateKey(Field):
    """A key that was created elsewhere. The API returns only the public half, which is compared."""

    secret: ClassVar[bool] = True

    def canonical(self, value: Any) -> Any:
        if serialization is None:
            raise ValueError("the Python library cryptography is required to compare it with the key on the server")
        try:
            key = serialization.load_pem_private_key(value.strip().encode(), password=None)
        except TypeError as error:
            raise ValueError("is encrypted; mailcow takes only keys without a passphrase") from error
        except ValueError as error:
            raise ValueError("is not a private key in PEM form") from error
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("is not an RSA key; mailcow publishes every key as k=rsa")
        return value.strip(), public_half(key)

    def from_server(self, value: Any) -> Any:
        return None, value

    def same(self, current: Any, wanted: Any) -> bool:
        return bool(current[1] == wanted[1])

    def to_server(self, value: Any) -> Any:
        return value[0]


class Source(Domain):
    """The domain whose key is copied. Keys are equal if public key and selector are."""

    def parse(self, raw: Raw) -> Any:
        return None, (raw.get("pubkey"), raw.get("dkim_selector"))

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        key = server.ask("dkim", wanted)
        if key is None and not server.check_mode:
            raise InvalidValue(self.option, "the domain %s has no DKIM key to copy" % wanted)
        return wanted, (key["pubkey"], key["dkim_selector"]) if key else None

    def same(self, current: Any, wanted: Any) -> bool:
        return bool(current[1] == wanted[1])

    def to_server(self, value: Any) -> Any:
        return value[0]

    def show(self, value: Any) -> dict[str, Any]:
        return {self.option: value[0]} if value is not MISSING and value[0] else {}


def _check(situation: Situation) -> None:
    given = situation.given
    if "duplicate_from" in given and given.keys() & {"selector", "key_size", "private_key"}:
        raise InvalidValue(
            "duplicate_from", "selector, key_size and private_key cannot be combined with it: everything is copied from the other domain"
        )
    if "private_key" in given and "key_size" in given:
        raise InvalidValue("key_size", "cannot be combined with private_key, which has its own size")
    if "duplicate_from" in given and given["duplicate_from"][0] == situation.identity:
        raise InvalidValue("duplicate_from", "a key cannot be copied from the domain itself")


def dns_record(raw: Raw) -> dict[str, str]:
    """Give the record that publishes a key, with its name, type and value, from mailcow's object."""
    # With SPLIT_DKIM_255, the server returns quoted pieces.
    text = "".join(re.findall(r'"([^"]*)"', raw["dkim_txt"])) or raw["dkim_txt"]
    return {"name": "%s._domainkey.%s" % (raw["dkim_selector"], raw["domain"]), "type": "TXT", "value": text}


DKIM = Kind(
    name="dkim",
    plural="dkim_keys",
    title="DKIM key of",
    identity=ByName(Domain("domain")),
    read=OfPlace(EVERY_DOMAIN, "dkim"),
    write=Write(
        "dkim",
        adds=(
            Add("dkim_duplicate", when="duplicate_from", identity="to_domain", takes=("duplicate_from",), overwrites=True),
            # A PHP worker of the server may report an error that is left from an earlier key (facts-server 5).
            Add(
                "dkim_import",
                when="private_key",
                takes=("selector", "private_key"),
                fixed={"overwrite_existing": 1},
                overwrites=True,
                stale="private_key_error",
            ),
            Add("dkim", identity="domains", takes=("selector", "key_size")),
        ),
        edits=False,
        # mailcow accepts A.EXAMPLE for a.example, but would store the key under this name, and never sign with it (facts-server 5).
        beside=Beside(str.upper, copy="dkim_duplicate", source="from_domain", target="to_domain"),
    ),
    belongs=In("domain", itself, needed=False),
    check=_check,
    # A new domain gets a key automatically, unless it is created with this value.
    spares={"domain": {"dkim_key_size": 0}},
    fields=(
        Selector("selector", read="dkim_selector", write="dkim_selector", default="dkim"),
        KeySize("key_size", read="length", default=2048, choices=(1024, 2048, 3072, 4096)),
        PrivateKey("private_key", read="pubkey", write="private_key_file"),
        Source("duplicate_from", write="from_domain"),
    ),
    status=dict(shows(public_key="pubkey"), dns_record=dns_record),
)
