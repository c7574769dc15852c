# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of tasks without a kind that require a newer server; for kinds see `_engine.since`."""

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
    """``option``: None for the whole task; ``release``: of mailcow, which introduced it; ``value``: the only value, or type of values,
    that requires it; ``wanted``: whether settings require it.
    """

    option: str | None
    release: str
    value: str | None = None
    wanted: Callable[[Any], bool] = lambda settings: True


def refuse_newer(newer: Iterable[Newer], settings: Any, server: Server) -> None:
    """Raise InvalidValue for settings that the server does not have. Its version is requested only if settings depend on it."""
    for one in newer:
        if one.wanted(settings) and server.lacks(one.release):
            what = "" if one.value is None else "%s " % one.value
            raise InvalidValue(one.option, what + too_old(one.release, server.version))
