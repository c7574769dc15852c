# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only an app password has (facts-mailboxes 17)."""

from __future__ import annotations

import base64
import hashlib
import html

from ansible_collections.community.mailcow.plugins.module_utils._fields import Choices, Password, Text

try:
    import bcrypt
except ImportError:
    bcrypt = None

PROTOCOLS = ("imap_access", "dav_access", "smtp_access", "eas_access", "pop3_access", "sieve_access")


class EscapedName(Text):
    """A name that mailcow escapes for HTML when it is written, and once more when it is read."""

    def from_server(self, value):
        plain = html.unescape(value)
        while plain != value:
            value, plain = plain, html.unescape(plain)
        return plain


class Protocols(Choices):
    """The protocols that a password is for, which mailcow shows as a flag each."""

    def parse(self, raw):
        return [name for name in self.choices if int(raw.get(name) or 0)]


class HashedPassword(Password):
    """A password whose hash mailcow shows. The wanted one is tried against it; where that cannot be done, nothing is known."""

    def from_server(self, value):
        return str(value)

    def same(self, current, wanted):
        # Unknown counts as the same: then update_password decides.
        return matches(current, wanted) is not False


def matches(stored, password):
    """Whether ``password`` is the one of a hash such as ``{BLF-CRYPT}$2y$…``; None when that scheme cannot be checked here."""
    scheme, brace, value = stored.partition("}")
    scheme = scheme.lstrip("{").upper()
    if not brace:
        return None
    secret = password.encode()
    if scheme == "BLF-CRYPT" and bcrypt:
        return bcrypt.checkpw(secret, value.replace("$2y$", "$2b$", 1).encode())
    if scheme in ("SSHA256", "SSHA512", "SSHA"):
        algorithm = hashlib.new({"SSHA256": "sha256", "SSHA512": "sha512", "SSHA": "sha1"}[scheme])
        raw = base64.b64decode(value)
        algorithm.update(secret + raw[algorithm.digest_size :])
        return algorithm.digest() == raw[: algorithm.digest_size]
    return None
