# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Rspamd setting: rules for some messages (facts-server 21)."""

from __future__ import annotations

from typing import Any

from .._api.errors import InvalidValue
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.plain import Flag, Line, Text


class Content(Text):
    """The rules. mailcow trims them on edit, but not on add."""

    def canonical(self, value: Any) -> Any:
        return str(value).strip()


def _check(situation: Situation) -> None:
    if situation.current is not None:
        return
    if not situation.given["description"]:
        raise InvalidValue("description", "without it, the setting cannot be identified")
    if situation.given["content"] in ("", "0"):
        raise InvalidValue("content", "mailcow rejects a setting without content, and treats 0 as none")


# mailcow's response is empty if it is too long.
_DESCRIPTION = Line("description", read="desc", write="desc", required_on_create=True, clearable=False)

RSPAMD_SETTING = Kind(
    name="rspamd_setting",
    plural="rspamd_settings",
    title="Rspamd setting",
    identity=ByParts("id", parts=(_DESCRIPTION,)),
    read=Table("rsetting/all"),
    write=Write("rsetting", unique=False),
    check=_check,
    fields=(
        _DESCRIPTION,
        Content("content", required_on_create=True, clearable=False),
        Flag("active", default=True),
    ),
    status=shows("id"),
)
