# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers to which mailcow delivers mail, and its credentials there (facts-server 13 and 14)."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import domain_name
from .field import MISSING, Field
from .plain import Secret, Text

if TYPE_CHECKING:
    from .field import Asks, Raw


def host(value: object) -> str:
    """Give a server for comparison, in lower case and punycode, also with brackets, a port, or a leading dot."""
    text = str(value).strip().lower()
    return text if text.isascii() else re.sub(r"[^\[\]:.][^\[\]:]*", lambda match: domain_name(match[0]), text)


def unescaped(value: str) -> str:
    """Give a text from mailcow without the backslashes before colons."""
    # mailcow adds backslashes before colons on add, but not on edit (facts-server 13 and 14).
    return re.sub(r"\\+:", ":", value)


class AsWritten(Text):
    """A text that mailcow stores as written, compared without case. Non-ASCII characters are compared in their canonical form if
    they have one (facts-server 13 to 15).
    """

    def from_server(self, value: Any) -> Any:
        text = str(value)
        with contextlib.suppress(ValueError):
            return text if text.isascii() else self.canonical(text)
        return text

    def same(self, current: str, wanted: str) -> bool:
        return current.lower() == wanted.lower()


class Host(AsWritten):
    """A server, with or without port."""

    def canonical(self, value: Any) -> Any:
        text = host(value)
        if not text or re.search(r"\s", text):
            raise ValueError("%r is not a server" % value)
        return text


class UserName(Text):
    """A user name; mailcow may have added backslashes before its colons."""

    def canonical(self, value: Any) -> Any:
        return unescaped(str(value).strip())


class Credential(Secret):
    """A password that mailcow returns. On add, mailcow puts backslashes before colons, which breaks the password. As the value then
    differs, the engine sets it again with an edit, which does not.
    """

    def alike(self, current: str, wanted: str) -> bool:
        return unescaped(current) == unescaped(wanted)

    def canonical(self, value: Any) -> Any:
        return str(value).strip()

    def from_server(self, value: Any) -> Any:
        return str(value)


class RelayHost(Field):
    """The relay host for outgoing mail, 0 for none. mailcow identifies it by its ID, and accepts any number (facts-server 2 and 13).
    Users can also specify its host, or user name and host as in a URL, which remains a text until the server is queried.
    """

    # The GET route of all relay hosts.
    relays = "relayhost/all"

    def canonical(self, value: Any) -> Any:
        text = str(value).strip()
        if not text:
            return 0
        if text.isascii() and text.isdigit():
            return int(text)
        username, at, hostname = text.rpartition("@")
        name = host(hostname)
        if not name or re.search(r"\s", name):
            raise ValueError("%r is not a relay host: set its ID, or its name like smtp.example:587 or user@smtp.example:587" % value)
        return "%s%s%s" % (username, at, name)

    def from_server(self, value: Any) -> Any:
        return int(value or 0)

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if wanted in (0, current):
            return wanted
        relays = server.ask(self.relays) or []
        if isinstance(wanted, int):
            if not any(int(raw["id"]) == wanted for raw in relays):
                raise InvalidValue(self.option, "there is no relay host with the ID %s" % wanted)
            return wanted
        numbers = _called(wanted, relays)
        if len(numbers) > 1:
            told = ", ".join(str(number) for number in numbers)
            raise InvalidValue(self.option, "several relay hosts have the name %s: %s; set the ID of one" % (wanted, told))
        if numbers:
            return numbers[0]
        if not server.check_mode:
            raise InvalidValue(self.option, "there is no relay host %s; create it first with community.mailcow.mailcow_relayhost" % wanted)
        # An earlier task, or this one, would have created it.
        return wanted

    def is_empty(self, value: Any) -> bool:
        return False

    def show(self, value: Any) -> dict[str, Any]:
        return {} if value is MISSING else {self.option: str(value)}

    def exported(self, value: Any, server: Asks) -> dict[str, Any]:
        if not value:
            return self.show(value)
        relays = server.ask(self.relays) or []
        raw = next((raw for raw in relays if int(raw["id"]) == value), None)
        # Another server has other IDs, so the name is preferred if it is unique.
        names = _names(raw) if raw else []
        return self.show(next((name for name in names if _called(self.canonical(name), relays) == [value]), value))


def _names(raw: Raw) -> list[str]:
    """Give the possible names of a relay host, the best first."""
    username, hostname = unescaped(raw["username"]), raw["hostname"].lower()
    return ["%s@%s" % (username, hostname)] if username else [hostname, "@" + hostname]


def _called(name: Any, relays: list[Raw]) -> list[int]:
    """Give the IDs of the relay hosts with this name; without an @, the user name is ignored."""
    username, at, hostname = str(name).rpartition("@")
    return [
        int(raw["id"])
        for raw in relays
        if raw["hostname"].lower() == hostname and (not at or unescaped(raw["username"]).lower() == username.lower())
    ]
