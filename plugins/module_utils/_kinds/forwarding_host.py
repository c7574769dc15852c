# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A forwarding host: a server that forwards mail from others, whose mail is accepted (facts-server 9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.names import domain_name, network, network_or_name
from .._api.request import Request
from .._engine.identity import ByName
from .._engine.kind import Kind, Write, shows
from .._engine.ways import Table
from .._fields.field import Field
from .._fields.plain import Flag

if TYPE_CHECKING:
    from .._fields.field import Body, Raw

# mailcow treats anything that matches as an address, including "cafe" and "1".
_LITERAL = re.compile(r"^([0-9a-f:/]+|[0-9./]+)$", re.IGNORECASE)


class HostName(Field):
    """An address, a network, or a name, which mailcow converts to several addresses."""

    def canonical(self, value: Any) -> Any:
        text = str(value).strip()
        try:
            return network(text)
        except ValueError:
            if _LITERAL.match(text):
                raise ValueError("%r is neither an address nor a network, but mailcow would accept it as one" % value) from None
        try:
            return domain_name(text)
        except ValueError:
            raise ValueError("%r is not an address, a network or a hostname" % value) from None

    def from_server(self, value: Any) -> Any:
        return network_or_name(value)


def combine(entries: list[Raw]) -> list[Raw]:
    """Give one object for each original name, with the addresses to which mailcow converted it as ``hosts``."""
    sources: dict[str, dict[str, Any]] = {}
    for entry in entries:
        source = network_or_name(entry["source"])
        known = sources.setdefault(source, {"source": source, "hosts": [], "keep_spam": entry["keep_spam"]})
        known["hosts"].append(str(entry["host"]))
        if known["keep_spam"] != entry["keep_spam"]:
            # Mixed, which equals neither value.
            known["keep_spam"] = None
    return list(sources.values())


class FilterSpam(Flag):
    """Whether mail from the host is filtered: filter_spam on add, and its opposite keep_spam on edit and in responses. None if only
    that of some addresses is.
    """

    absent: ClassVar[Any] = None

    def from_server(self, value: Any) -> Any:
        return value == "no"

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        return ({}, []) if attempt else ({"keep_spam": int(not wanted)}, [])

    def show(self, value: Any) -> dict[str, Any]:
        return {} if value is None else super().show(value)


FORWARDING_HOST = Kind(
    name="forwarding_host",
    plural="forwarding_hosts",
    title="forwarding host",
    identity=ByName(HostName("hostname", read="source"), item="hosts"),
    # mailcow creates an entry for each address of a name.
    read=Table("fwdhost/all", combine=combine),
    write=Write("fwdhost"),
    fields=(FilterSpam("filter_spam", read="keep_spam", default=True),),
    status=shows("hosts"),
)
