# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A recipient map: mail for one address or domain goes to another (facts-server 11)."""

from __future__ import annotations

from typing import Any, ClassVar

from .._api.names import domain_of
from .._engine.identity import ByParts
from .._engine.kind import In, Kind, Write, shows
from .._engine.ways import Table
from .._fields.mail import AddressOrDomain
from .._fields.plain import Flag


class Target(AddressOrDomain):
    """The destination, which can be a domain since 2025-02."""

    new: ClassVar[tuple[str, str] | None] = ("a domain", "2025-02")

    def is_new(self, value: Any) -> bool:
        return bool(value.startswith("@"))


_OLD = AddressOrDomain("recipient_map_old", required_on_create=True)

RECIPIENT_MAP = Kind(
    name="recipient_map",
    plural="recipient_maps",
    title="recipient map",
    identity=ByParts("id", parts=(_OLD,)),
    read=Table("recipient_map/all"),
    write=Write("recipient_map"),
    belongs=In("domain", lambda address: domain_of(address).lower(), option="recipient_map_old", needed=False),
    fields=(
        _OLD,
        Target("recipient_map_new", required_on_create=True),
        Flag("active", default=True),
    ),
    status=shows("id", "created", "modified"),
)
