# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A BCC map: a copy of the mail of an address or a domain goes to another address (facts-server 12)."""

from __future__ import annotations

from typing import Any

from .._api.errors import InvalidValue
from .._api.names import domain_of
from .._engine.identity import ByParts
from .._engine.kind import In, Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.mail import Address, AddressOrDomain
from .._fields.plain import Choice, Flag


class LocalDestination(AddressOrDomain):
    """An address or a domain; mailcow requires domains without an @ (facts-server 12)."""

    def to_server(self, value: Any) -> Any:
        return value.lstrip("@")


_LOCAL_DEST = LocalDestination("local_dest", required_on_create=True, on_edit=False)
_TYPE = Choice("type", choices=("sender", "rcpt"), required_on_create=True)


def _check(situation: Situation) -> None:
    given, current = situation.given, situation.current
    if current and "local_dest" in given and not _LOCAL_DEST.same(current["local_dest"], given["local_dest"]):
        raise InvalidValue("local_dest", "mailcow cannot change it; delete the BCC map and create a new one")


BCC_MAP = Kind(
    name="bcc_map",
    plural="bcc_maps",
    title="BCC map",
    identity=ByParts("id", parts=(_LOCAL_DEST, _TYPE)),
    read=Table("bcc/all"),
    write=Write("bcc"),
    belongs=In("domain", lambda address: domain_of(address).lower(), option="local_dest", needed=False),
    check=_check,
    fields=(
        _LOCAL_DEST,
        _TYPE,
        Address("bcc_dest", required_on_create=True),
        Flag("active", default=True),
    ),
    status=shows("id", "created", "modified"),
)
