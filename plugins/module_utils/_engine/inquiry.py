# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what a plan needs to know about other objects, and rejects what they make impossible.

mailcow itself rejects existing names and the deletion of objects that are not empty, before it does anything else. So only check
mode, which has to predict this, reads the other objects.
"""

from __future__ import annotations

import dataclasses
from collections import ChainMap
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue, NameTaken
from .._api.messages import NOT_ASKED, create_first, some
from .._api.names import askable
from .._fields.field import MISSING
from .reading import select
from .staying import refuse_none_left

if TYPE_CHECKING:
    from .._fields.field import Raw
    from .kind import Kind
    from .plan import Meanwhile, Plan, Wanted
    from .reading import Existing
    from .server import Server


@dataclasses.dataclass(frozen=True)
class Known:
    """``values``: the wanted values, including those that depend on others; ``holder``: mailcow's object that will contain a new one,
    None if there is none; ``lacks``: what has to be done about this first, as a sentence, else None; ``warnings``: sentences about a
    new one; ``maybe_made``: whether an earlier task may create the missing object, because nothing is written in check mode.
    """

    values: dict[str, Any]
    holder: Raw | None = None
    lacks: str | None = None
    warnings: tuple[str, ...] = ()
    maybe_made: bool = False


def inquire(kind: Kind, wanted: Wanted, current: Existing | None, server: Server, meanwhile: Meanwhile | None = None) -> Known:
    """Give what the plan of one object needs to know. ``current``: the existing object. Raises MailcowError."""
    many = meanwhile is not None and meanwhile.many
    if not many:
        refuse_none_left(kind, [wanted], server)
    if wanted.state == "absent" and kind.reset is None:
        if current and server.check_mode and not many:
            _refuse_full(kind, current, server)
        return Known({}, warnings=tuple(kind.leaves(current.identity, server)) if current and kind.leaves else ())
    there = current.values if current else {}
    values = dict(wanted.values)
    for field in kind.managed(values):
        if field.source and not askable(wanted.identity):
            raise InvalidValue(field.option, NOT_ASKED)
        if current is None or field.on_edit:
            values[field.option] = field.resolve(values[field.option], there.get(field.option, MISSING), wanted.identity, server)
    # For many objects, the whole declared state is known.
    losers = () if many else _losers(kind, values, current, server)
    if current or not kind.write.add_for(values) or kind.identity.number(wanted.identity) is not None:
        return Known(values, warnings=tuple(losers))
    _refuse_name(kind, wanted.identity, server)
    going = meanwhile.going if meanwhile else ()
    holder, lacks = _holder(kind, wanted, server, going)
    if server.check_mode:
        _refuse_clash(kind, kind.identity.option, wanted.identity, holder, server, many, going)
    warnings = kind.cautions(wanted.identity, wanted.options, server) if kind.cautions else ()
    return Known(values, holder, lacks, (*warnings, *losers), maybe_made=server.check_mode and not many)


def examine(kind: Kind, plan: Plan, current: Existing | None, values: Mapping[str, Any], server: Server) -> None:
    """Raise InvalidValue if a plan would write what the settings of the server do not allow. Called only in check mode, because
    otherwise mailcow rejects it itself.
    """
    written = values if plan.action == "create" else plan.edited
    merged = ChainMap(dict(values), current.values if current else {})  # type: ignore[arg-type]  # only read
    for field in kind.managed(option for option in values if option in written):
        field.examine(values[field.option], merged, server)


def _losers(kind: Kind, values: Mapping[str, Any], current: Existing | None, server: Server) -> list[str]:
    """Give a warning for each object that loses a flag that only one of them can have, because this one gets it."""
    single = kind.one_among
    if single is None:
        return []
    there: Mapping[str, Any] = current.values if current else {single.option: kind.by_option[single.option].default}
    merged: Mapping[str, Any] = ChainMap(dict(values), there)  # type: ignore[arg-type]  # only read
    group = single.group(merged)
    has_it = current is not None and bool(there.get(single.option)) and single.group(there) == group
    if group is None or has_it or not merged.get(single.option):
        return []
    siblings = select(kind, server, dict(zip(single.among, group)), None, [single.option])
    others = [one for one in siblings if one.values.get(single.option) and not (current and one.item == current.item)]
    told = "the %s %s loses %s, because only one with the same %s can have it"
    return [told % (kind.title, one.identity, single.option, " and ".join(single.among)) for one in others]


def refuse_taken(kind: Kind, name: str, server: Server, meanwhile: Meanwhile | None = None) -> None:
    """Raise InvalidValue if an object cannot be renamed to ``name``, because it is not valid, or NameTaken if another kind of object
    has it. mailcow detects some of this only halfway, so it is checked in every run.
    """
    try:
        _refuse_name(kind, name, server)
    except InvalidValue as error:
        raise InvalidValue("rename_to", str(error).partition(": ")[2]) from error
    # When writing, those that are deleted are still there.
    going = meanwhile.going if meanwhile and server.check_mode else ()
    _refuse_clash(kind, "rename_to", name, _holder_of(kind, name, {}, server)[1], server, going=going)


def _refuse_name(kind: Kind, name: str, server: Server) -> None:
    for field in kind.identity.fields:
        field.resolve(name, MISSING, name, server)


def _refuse_clash(
    kind: Kind, option: str, name: str, holder: Raw | None, server: Server, many: bool = False, going: Collection[str] = ()
) -> None:
    """Raise NameTaken if other objects clash with a name, except those that are deleted (``going``)."""
    belongs = kind.belongs
    if not kind.clashes or (belongs and belongs.needed and belongs.by_name and holder is None):
        # An object that does not exist yet is empty.
        return
    for others, taken in kind.clashes(name, holder):
        if taken.lower() not in going and others.has(taken, kind.place_of(taken), server, many):
            article = "an" if others.title[0] in "aeiou" else "a"
            raise NameTaken(option, "there is already %s %s %s; a name cannot be used twice" % (article, others.title, taken))


def _refuse_full(kind: Kind, current: Existing, server: Server) -> None:
    """Raise InvalidValue if an object cannot be deleted because it still contains others."""
    held = ["%s %s" % (others.title, name) for others in kind.holds for name in others.inside(current.identity, server)]
    if held:
        raise InvalidValue(
            None,
            "it still contains objects that have to be deleted first, unless an earlier task deletes them (check mode cannot tell): "
            "%s" % some(held),
        )


def _holder_of(kind: Kind, identity: str, values: Mapping[str, Any], server: Server) -> tuple[str | None, Raw | None]:
    """Give (name, mailcow's object) of the object to which another one must belong, None for what does not exist."""
    belongs = kind.belongs
    name = belongs.holder(identity, values) if belongs and belongs.needed else None
    # Kinds that contain others have the name of their GET route.
    return name, server.ask(belongs.place, name) if belongs and name is not None else None


def _holder(kind: Kind, wanted: Wanted, server: Server, going: Collection[str]) -> tuple[Raw | None, str | None]:
    # One that this run deletes does not matter: what mailcow refuses because of it is tried again afterwards.
    namesake = None if kind.identity.key(wanted.identity) in going else kind.read.namesake(wanted.identity, server)
    # Another run may have created it since it was read.
    other = kind.identity.of(namesake) if namesake else ""
    if namesake and other and kind.identity.key(other) != kind.identity.key(wanted.identity):
        raise InvalidValue(kind.identity.option, "%s %s" % (wanted.identity, (kind.read.another or "").format(**namesake)))
    name, holder = _holder_of(kind, wanted.identity, wanted.values, server)
    # In check mode, an earlier task would have created it.
    missing = name is not None and holder is None and not server.check_mode
    return holder, create_first(kind.belongs.place, name) if missing and kind.belongs and name else None
