# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan has to know of other objects, asked before it is made. What they rule out is refused here."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.messages import create_first
from .._fields.field import MISSING

if TYPE_CHECKING:
    from .._fields.field import Raw
    from .kind import Kind
    from .plan import Wanted
    from .reading import Existing
    from .server import Server


@dataclasses.dataclass(frozen=True)
class Known:
    """``values``: the wanted values, those that depend on others among them; ``holder``: mailcow's object that will hold a
    new one, None when there is none; ``lacks``: what has to be done about that first, as a sentence, else None.
    """

    values: dict[str, Any]
    holder: Raw | None = None
    lacks: str | None = None


def inquire(kind: Kind, wanted: Wanted, current: Existing | None, server: Server) -> Known:
    """Give what is known for the plan of one object; ``current`` is what there is. Raises MailcowError."""
    if wanted.state == "absent" and kind.reset is None:
        return Known({})
    there = current.values if current else {}
    values = dict(wanted.values)
    for field in kind.managed(values):
        if current is None or field.on_edit:
            values[field.option] = field.resolve(values[field.option], there.get(field.option, MISSING), wanted.identity, server)
    creates = current is None and kind.write.add_for(values) and kind.identity.number(wanted.identity) is None
    return Known(values, *_holder(kind, wanted, server)) if creates else Known(values)


def refuse_taken(kind: Kind, name: str, server: Server) -> None:
    """Raise InvalidValue when another kind of object has the name that one is to be renamed to."""
    for route, title in kind.rename.taken if kind.rename else ():
        if server.ask(route, name):
            raise InvalidValue("rename_to", "there is an %s %s already" % (title, name))


def _holder(kind: Kind, wanted: Wanted, server: Server) -> tuple[Raw | None, str | None]:
    namesake = kind.read.namesake(wanted.identity, server)
    if namesake:
        raise InvalidValue(kind.identity.option, "%s %s" % (wanted.identity, (kind.read.another or "").format(**namesake)))
    name = kind.belongs.holder(wanted.identity, wanted.values) if kind.belongs and kind.belongs.needed else None
    if kind.belongs is None or name is None:
        return None, None
    # Kinds that hold others have the same name as their GET route.
    holder: Raw | None = server.ask(kind.belongs.place, name)
    # In check mode an earlier task would have made it.
    missing = holder is None and not server.check_mode
    return holder, create_first(kind.belongs.place, name) if missing else None
