# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replaces an object that cannot be edited by a successor, which is created under another name and then copied over the object. So the
old object exists until mailcow has created the new one, even if the run is interrupted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from .._api.errors import InvalidValue
from .._api.request import Request

if TYPE_CHECKING:
    from .kind import Kind


@dataclasses.dataclass(frozen=True)
class Succession:
    """The steps to a successor (`kind.Beside`): ``made`` creates it under the other ``name``, and ``put`` copies it over the old object.
    ``gone`` deletes what has the other name: first what a killed run may have left, and in the end the successor.
    """

    name: str
    made: Request
    put: Request
    gone: Request

    @property
    def requests(self) -> list[Request]:
        """All steps, in order. The first one shows whether the server deletes, before there is anything to delete."""
        return [self.gone, self.made, self.put, self.gone]


def other_names(kind: Kind, identity: str) -> list[str]:
    """Give the names under which a killed run may have left a successor."""
    beside = kind.write.beside
    return [name for name in ([beside.name(identity)] if beside else []) if name != identity]


def succession(kind: Kind, identity: str, make: Callable[[str], Request]) -> Succession:
    """Give the `Succession` for the object ``identity``; ``make`` gives the add of the successor under a name.

    Raises InvalidValue if there is no other name.
    """
    beside, names = kind.write.beside, other_names(kind, identity)
    if beside is None or not names:
        raise InvalidValue(None, "mailcow cannot change it, and makes no other one beside it. Delete it first")
    return Succession(
        names[0],
        dataclasses.replace(make(names[0]), aside=True),
        Request("add/" + beside.copy, {beside.source: names[0], beside.target: identity}),
        Request("delete/" + kind.write.route, names, names[0], aside=True),
    )
