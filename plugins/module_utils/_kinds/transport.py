# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A transport map: the server to which mail for a destination is sent (facts-server 14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import address
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.field import MISSING
from .._fields.mail import refuse_wildcards
from .._fields.plain import Flag
from .._fields.servers import AsWritten, Credential, Host, UserName, host, unescaped

if TYPE_CHECKING:
    from .._fields.field import Asks, Body, Raw

_NUMBER = re.compile(r"^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*)$")
# The characters of a destination that is not a regular expression.
_PLAIN = re.compile(r"^[\w.@-]+$")


class Hop(str):
    """A next hop in mailcow's spelling, with the ``username`` and ``password`` of all transport maps that have it."""

    username: str = ""
    password: str = ""

    @classmethod
    def of(cls, raw: Raw) -> Hop:
        hop = cls(raw["nexthop"])
        hop.username, hop.password = unescaped(raw["username"]), raw["password"]
        return hop


class NextHop(Host):
    """A server, with or without port, of a transport map; a bare IP address gets brackets.

    User name and password belong to the next hop: mailcow writes those of a map to all maps with the same next hop, and does not
    create one with another user name (facts-server 14). So a new map with a known next hop gets the existing ones; other wanted
    values follow as a change of all of them.
    """

    def canonical(self, value: Any) -> Any:
        text = super().canonical(value)
        return "[%s]" % text if _NUMBER.match(text) else text

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if current is not MISSING and self.same(current, wanted):
            return wanted
        known = [raw for raw in server.ask("transport/all") or [] if self.same(raw["nexthop"], wanted)]
        return Hop.of(known[0]) if known else wanted

    def body(self, value: Any) -> Body:
        body = super().body(str(value))
        if isinstance(value, Hop):
            body.update(username=value.username, password=value.password)
        return body


class TransportDestination(AsWritten):
    """The destination of a transport map: a domain, a domain with subdomains, an address, ``*``, or a regular expression, which is
    not changed.
    """

    def canonical(self, value: Any) -> Any:
        text = str(value).strip()
        if not text or re.search(r"[\s,;]", text):
            raise ValueError("%r is not a single destination" % value)
        if not _PLAIN.match(text):
            return text
        return address(text).lower() if "@" in text else host(text)

    def same(self, current: Any, wanted: Any) -> bool:
        return current == wanted or (_PLAIN.match(wanted) is not None and current.lower() == wanted)


_DESTINATION = TransportDestination("destination", required_on_create=True)


def _check(situation: Situation) -> None:
    if "destination" in situation.given and not situation.merged.get("is_mx_based"):
        # Otherwise it is a regular expression.
        there = [situation.current["destination"]] if situation.current else []
        refuse_wildcards("destination", [situation.given["destination"]], there)
    nexthop = situation.given.get("nexthop")
    # Other maps already have this next hop.
    hop = nexthop if isinstance(nexthop, Hop) else None
    username = situation.given.get("username", hop.username if hop else situation.merged.get("username"))
    if situation.given.get("password") and not username:
        raise InvalidValue("password", "mailcow drops a password without a username")
    if situation.current is None and hop and ":" in hop.password and "password" not in situation.given:
        # The add writes it to all maps with this next hop, with backslashes before colons.
        raise InvalidValue("password", "is required, because the one that mailcow has for %s contains a colon and would be corrupted" % hop)


TRANSPORT = Kind(
    name="transport",
    plural="transports",
    title="transport map",
    identity=ByParts("id", parts=(_DESTINATION,)),
    read=Table("transport/all"),
    write=Write("transport"),
    check=_check,
    fields=(
        _DESTINATION,
        UserName("username"),
        Credential("password"),
        # After the credentials: an add sends the existing ones of the next hop, and the wanted ones follow as a change.
        NextHop("nexthop", required_on_create=True),
        Flag("is_mx_based"),
        Flag("active", default=True),
    ),
    status=shows("id"),
)
