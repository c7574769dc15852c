# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The MTA-STS policy of a domain: which servers take its mail, and only by TLS (facts-server 26). The API never returns it,
but the page that other mail servers read contains it while it is active. So only an active policy is considered to exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .._api.names import domain_name
from .._engine.identity import ByName
from .._engine.kind import Add, In, Kind, Write
from .._engine.ways import PageOfPlace
from .._fields.field import Field
from .._fields.mail import Domain
from .._fields.plain import Choice, Kept, Number
from ._places import DOMAINS, itself

if TYPE_CHECKING:
    from .._fields.field import Raw

# Each edit has to send it.
_VERSION = {"version": "STSv1"}


class Servers(Field):
    """The set of servers that accept mail for a domain; ``*.`` matches the first label of a name."""

    type: ClassVar[str] = "list"
    new: ClassVar[tuple[str, str] | None] = ("*.", "2025-09c")

    def canonical(self, value: Any) -> Any:
        servers = sorted({self._server(str(item).strip()) for item in value})
        if not servers:
            raise ValueError("at least one is required")
        return servers

    def _server(self, text: str) -> str:
        start = "*." if text.startswith("*.") else ""
        return start + domain_name(text[len(start) :])

    def from_server(self, value: Any) -> Any:
        return sorted(str(item).lower() for item in value)

    def to_server(self, value: Any) -> Any:
        return ",".join(value)

    def is_new(self, value: Any) -> bool:
        return any(server.startswith("*.") for server in value)


def parse(text: str) -> Raw | None:
    """Give mailcow's object from its page, None for a page of another server."""
    pairs = [(key.strip(), value.strip()) for key, _colon, value in (line.partition(":") for line in text.splitlines())]
    values = dict(pairs)
    if values.get("version", "").lower() != "stsv1":
        return None
    return dict(values, mx=[value for key, value in pairs if key == "mx" and value])


MTA_STS = Kind(
    name="mta_sts",
    plural="mta_sts",
    title="MTA-STS policy of",
    identity=ByName(Domain("domain")),
    read=PageOfPlace(
        DOMAINS,
        key="domain_name",
        path="/.well-known/mta-sts.txt",
        name="mta-sts.%s",
        parse=parse,
        another="is an alias domain of {domain_name}, whose policy applies to it",
    ),
    write=Write(
        "mta-sts",
        # An inactive policy still exists.
        adds=(Add("mta-sts", fixed=dict(_VERSION, active=1), hidden="1062 Duplicate entry"),),
        ends=dict(_VERSION, active=0),
    ),
    since="2025-09",
    belongs=In("domain", itself),
    fields=(
        Choice("mode", choices=("enforce", "testing", "none"), default="testing"),
        Number("max_age", least=1, most=31536000, default=604800),
        Servers("mx", required_on_create=True),
        Kept("version", keep=True),
    ),
)
