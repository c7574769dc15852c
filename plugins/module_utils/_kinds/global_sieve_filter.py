# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Sieve filters of the server, which run for the mail of every mailbox (facts-server 32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._api.request import Request
from .._engine.identity import OnlyOne
from .._engine.kind import Kind, Write
from .._engine.ways import TheOnly
from .._fields.plain import Lines

if TYPE_CHECKING:
    from .._fields.field import Body


class Script(Lines):
    """One of the scripts, each of which has its own request. mailcow returns false if Dovecot does not have the file."""

    def from_server(self, value: Any) -> Any:
        return self.canonical(value or "")

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        if attempt:
            return {}, []
        return {}, [Request("add/global-filter", {"filter_type": self.option, "script_data": wanted})]


GLOBAL_SIEVE_FILTER = Kind(
    name="global_sieve_filter",
    plural="global_sieve_filters",
    title="global Sieve filters",
    identity=OnlyOne(),
    read=TheOnly("global_filters/all"),
    write=Write("global-filter", adds=(), deletes=False),
    fields=(Script("prefilter"), Script("postfilter")),
)
