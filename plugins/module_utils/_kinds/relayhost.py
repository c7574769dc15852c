# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A relay host: a server to which outgoing mail of domains or mailboxes is sent (facts-server 13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .._engine.identity import ByParts
from .._engine.kind import Kind, Write, shows
from .._engine.ways import Table
from .._fields.plain import Flag
from .._fields.servers import Credential, Host, UserName

if TYPE_CHECKING:
    from .._fields.field import Raw


_HOSTNAME = Host("hostname", required_on_create=True)
_USERNAME = UserName("username")


def _names(key: str) -> Callable[[Raw], list[str]]:
    return lambda raw: [name for name in raw[key].split(", ") if name]


RELAYHOST = Kind(
    name="relayhost",
    plural="relayhosts",
    title="relay host",
    identity=ByParts("id", parts=(_HOSTNAME, _USERNAME), optional=("username",)),
    read=Table("relayhost/all"),
    write=Write("relayhost", unique=False),
    fields=(
        _HOSTNAME,
        _USERNAME,
        Credential("password"),
        # mailcow ignores it on add; new relay hosts are active.
        Flag("active", on_add=False),
    ),
    status=dict(shows("id"), used_by_domains=_names("used_by_domains"), used_by_mailboxes=_names("used_by_mailboxes")),
)
