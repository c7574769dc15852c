# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An app password: an additional password of a mailbox for some protocols (facts-mailboxes 17)."""

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
# How mailcow escapes characters in names.
_ESCAPED = re.compile("&(?:amp|lt|gt|quot|#0?39);")
# The size of the column of the name, which is stored with escapes.
_NAME_LENGTH = 255
# mailcow treats passwords that begin with these as hashes, and stores them unchanged (facts-mailboxes 1.4).
_HASH = re.compile(
    r"\{(?:ARGON2I|ARGON2ID|BLF-CRYPT|CLEAR|CLEARTEXT|CRYPT|DES-CRYPT|LDAP-MD5|MD5|MD5-CRYPT|PBKDF2|PLAIN|PLAIN-MD4|PLAIN-MD5|PLAIN-TRUNC"
    r"|SHA|SHA1|SHA256|SHA256-CRYPT|SHA512|SHA512-CRYPT|SMD5|SSHA|SSHA256|SSHA512)\}",
    re.IGNORECASE,
)
# The schemes besides bcrypt that mailcow can be configured to use.
_SALTED = {"SSHA": "sha1", "SSHA256": "sha256", "SSHA512": "sha512"}
# bcrypt ignores further bytes.
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
    """The protocols of a password, each of which mailcow returns as a flag."""

    def parse(self, raw: Raw) -> Any:
        return [name for name in self.choices if int(raw[name] or 0)]

    def show(self, value: Any) -> dict[str, Any]:
        return {} if value is MISSING else {self.option: list(value)}


@dataclasses.dataclass(frozen=True)
class HashedPassword(AccountPassword):
    """A password whose hash mailcow returns. The wanted password is verified against it, if possible.
    ``write_on_edit``: its name in edits.
    """

    write_on_edit: str = "app_passwd"

    def from_server(self, value: Any) -> Any:
        return str(value)

    def same(self, current: Any, wanted: Any) -> bool:
        # If unknown, they count as equal, and the policy decides.
        return matches(current, wanted) is not False

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        return ({}, []) if attempt else (dataclasses.replace(self, write=self.write_on_edit).body(wanted), [])

    def undecided(self, current: Any, wanted: Any) -> bool:
        return current is MISSING or matches(current, wanted) is None

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        # Older releases do not apply the password policy to app passwords (versions).
        if not server.lacks("2025-09c"):
            super().examine(wanted, merged, server)


@functools.lru_cache(maxsize=None)
def matches(stored: str, password: str) -> bool | None:
    """Whether ``password`` matches a hash such as ``{BLF-CRYPT}$2y$…``; None if it cannot be verified here."""
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
        # Not a hash of this scheme, or one that the library does not support.
        return None
    return None


# Each edit sends both: the owner because mailcow requires it, the name because it would otherwise be escaped again.
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
