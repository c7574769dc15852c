# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers that mailcow hands mail to, and how it signs in there (facts-server 13 and 14)."""

from __future__ import annotations

import re
from typing import Any

from .._api.names import domain_name
from .plain import Secret, Text


def host(value: object) -> str:
    """Give a server as it is compared: lower case and punycode, be it in brackets, with a port, or after a dot."""
    text = str(value).strip().lower()
    return text if text.isascii() else re.sub(r"[^\[\]:.][^\[\]:]*", lambda match: domain_name(match[0]), text)


def unescaped(value: str) -> str:
    """Give a text of mailcow's without the backslashes before its colons."""
    # mailcow puts a backslash before a colon when it creates, and none when it changes (facts-server 13 and 14).
    return re.sub(r"\\+:", ":", value)


class Host(Text):
    """A server, with or without port. mailcow takes anything and keeps its case."""

    def canonical(self, value: Any) -> Any:
        text = host(value)
        if not text or re.search(r"\s", text):
            raise ValueError("%r is not a server" % value)
        return text

    def from_server(self, value: Any) -> Any:
        return str(value)

    def same(self, current: str, wanted: str) -> bool:
        return current.lower() == wanted.lower()


class UserName(Text):
    """A user name; mailcow may have put backslashes before its colons."""

    def canonical(self, value: Any) -> Any:
        return unescaped(str(value).strip())


class Credential(Secret):
    """A password that mailcow shows. When it creates, mailcow puts backslashes before colons, which spoils them; then
    the value that is there afterwards is another, and the engine sets it once more by an edit, which does not.
    """

    def canonical(self, value: Any) -> Any:
        return str(value).strip()

    def from_server(self, value: Any) -> Any:
        return str(value)
