# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task that is not about a kind of object can do only on a newer server; see `_engine.since` for kinds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.releases import too_old

if TYPE_CHECKING:
    from .._engine.server import Server


@dataclasses.dataclass(frozen=True)
class Newer:
    """``option``: None for all that the task does; ``release``: of mailcow, which brought it; ``value``: the only value, or the kind of
    values, that needs it; ``wanted``: whether settings need it.
    """

    option: str | None
    release: str
    value: str | None = None
    wanted: Callable[[Any], bool] = lambda settings: True


def refuse_newer(newer: Iterable[Newer], settings: Any, server: Server) -> None:
    """Raise InvalidValue for what the server is too old for; its version is asked for only where settings depend on it."""
    for one in newer:
        if one.wanted(settings) and server.lacks(one.release):
            what = "" if one.value is None else "%s " % one.value
            raise InvalidValue(one.option, what + too_old(one.release, server.version))
