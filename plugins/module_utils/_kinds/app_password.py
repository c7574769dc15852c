# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An app password: a further password of a mailbox, for some protocols (facts-mailboxes 17)."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import hashlib
import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._engine.identity import ByParts
from .._engine.kind import Kind, Write, shows
from .._engine.ways import PerOwner
from .._fields.features import AccountPassword
from .._fields.field import MISSING, Older
from .._fields.mail import MailboxName
from .._fields.plain import Choices, Flag, Text
from ._places import IN_MAILBOX, MAILBOXES

try:
    import bcrypt
except ImportError:
    bcrypt = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from .._api.request import Request
    from .._fields.field import Asks, Body, Raw

PROTOCOLS = ("imap_access", "dav_access", "smtp_access", "eas_access", "pop3_access", "sieve_access")
# What mailcow escapes a name to.
_ESCAPED = re.compile("&(?:amp|lt|gt|quot|#0?39);")
# The column of the name, which holds it escaped once.
_NAME_LENGTH = 255
# What a password starts with that mailcow takes for a hash and stores as it is (facts-mailboxes 1.4).
_HASH = re.compile(
    r"\{(?:ARGON2I|ARGON2ID|BLF-CRYPT|CLEAR|CLEARTEXT|CRYPT|DES-CRYPT|LDAP-MD5|MD5|MD5-CRYPT|PBKDF2|PLAIN|PLAIN-MD4|PLAIN-MD5|PLAIN-TRUNC"
    r"|SHA|SHA1|SHA256|SHA256-CRYPT|SHA512|SHA512-CRYPT|SMD5|SSHA|SSHA256|SSHA512)\}",
    re.IGNORECASE,
)
# What mailcow itself makes beside bcrypt, if it is told to.
_SALTED = {"SSHA": "sha1", "SSHA256": "sha256", "SSHA512": "sha512"}
# bcrypt looks at no more.
_BCRYPT_BYTES = 72


class EscapedName(Text):
    """A name that mailcow escapes for HTML each time it is written, and once more when it is read."""

    def canonical(self, value: Any) -> Any:
        name = self.from_server(value)
        if not name:
            raise ValueError("the name cannot be empty")
        if len(html.escape(name)) > _NAME_LENGTH:
            raise ValueError("the name is longer than the %s characters that mailcow can store" % _NAME_LENGTH)
        return name

    def from_server(self, value: Any) -> Any:
        name, before = str(value), None
        while name != before:
            name, before = _ESCAPED.sub(lambda found: html.unescape(found[0]), name), name
        return name.strip()


class Protocols(Choices):
    """The protocols that a password is for, which mailcow shows as a flag each."""

    def parse(self, raw: Raw) -> Any:
        return [name for name in self.choices if int(raw[name] or 0)]

    def show(self, value: Any) -> dict[str, Any]:
        return {} if value is MISSING else {self.option: list(value)}


@dataclasses.dataclass(frozen=True)
class HashedPassword(AccountPassword):
    """A password whose hash mailcow shows. The wanted one is tried against it; where that cannot be done, nothing is known.
    ``write_on_edit``: its name in edits.
    """

    write_on_edit: str = "app_passwd"

    def from_server(self, value: Any) -> Any:
        return str(value)

    def same(self, current: Any, wanted: Any) -> bool:
        # Unknown counts as the same: then the policy decides.
        return matches(current, wanted) is not False

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        return ({}, []) if attempt else (dataclasses.replace(self, write=self.write_on_edit).body(wanted), [])

    def undecided(self, current: Any, wanted: Any) -> bool:
        return current is MISSING or matches(current, wanted) is None

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        # Before that, mailcow asks nothing of an app password (versions).
        if not server.lacks("2025-09c"):
            super().examine(wanted, merged, server)


@functools.lru_cache(maxsize=None)
def matches(stored: str, password: str) -> bool | None:
    """Whether ``password`` is the one of a hash such as ``{BLF-CRYPT}$2y$…``; None when that cannot be told here."""
    if _HASH.match(password):
        return stored == password
    scheme, brace, value = stored.partition("}")
    scheme = scheme.lstrip("{").upper()
    try:
        secret = password.encode()
        if not brace:
            return None
        if scheme == "BLF-CRYPT" and bcrypt:
            return bcrypt.checkpw(secret[:_BCRYPT_BYTES], value.encode())
        if scheme in _SALTED:
            digest, raw = hashlib.new(_SALTED[scheme]), base64.b64decode(value, validate=True)
            digest.update(secret + raw[digest.digest_size :])
            return digest.digest() == raw[: digest.digest_size]
    except (ValueError, binascii.Error):
        # Not a hash of that scheme, or none that the library takes.
        return None
    return None


# Both stand in every edit: the owner because mailcow fails without it, the name because it would be escaped once more.
_USERNAME = MailboxName("username", read="mailbox", keep=True, on_edit=False, required_on_create=True)
_APP_NAME = EscapedName("app_name", read="name", keep=True, required_on_create=True, clearable=False)

APP_PASSWORD = Kind(
    name="app_password",
    plural="app_passwords",
    title="app password",
    identity=ByParts("id", parts=(_USERNAME, _APP_NAME), place="username"),
    read=PerOwner(MAILBOXES, "app-passwd/all"),
    write=Write("app-passwd", unique=False),
    belongs=IN_MAILBOX,
    fields=(
        _USERNAME,
        _APP_NAME,
        HashedPassword(
            "password",
            read="password",
            write="app_passwd",
            policy="update_password",
            required_on_create=True,
            clearable=False,
            older=Older("2025-09c", {"write_on_edit": "password"}),
        ),
        Protocols("protocols", choices=PROTOCOLS, default=PROTOCOLS),
        Flag("active", default=True),
    ),
    status=shows("id", "created", "modified"),
)
