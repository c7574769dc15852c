# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads the objects of a kind: one, many, or a selection. Each is matched by the identity in the answer."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Mapping

from .._api.errors import BadAnswer, Refused, TooOld
from .._api.names import askable
from .._api.releases import too_old
from .._api.shape import PUZZLED, told, understood
from .._fields.field import MISSING, Field
from .ways import Look

if TYPE_CHECKING:
    from .._fields.field import Raw
    from .kind import Kind
    from .server import Server


class Values(Mapping[str, Any]):
    """The canonical values of one of mailcow's objects by option, each computed when it is first used: most never are.
    ``sourced``: values that are already known; ``lacks``: options that the answer may not contain.
    """

    def __init__(self, kind: Kind, raw: Raw, sourced: dict[str, Any], lacks: Collection[str], server: Server) -> None:
        self._kind = kind
        self._raw = raw
        self._known = sourced
        self._lacks = lacks
        self._server = server

    def __getitem__(self, option: str) -> Any:
        if option not in self._known:
            field = self._kind.by_option[option]
            shown = field.readable and not field.source
            self._known[option] = _value(self._kind, field, self._raw, self._raw, self._server, option in self._lacks) if shown else MISSING
        if self._known[option] is MISSING:
            raise KeyError(option)
        return self._known[option]

    def __iter__(self) -> Iterator[str]:
        return (option for option in self._kind.by_option if self.get(option, MISSING) is not MISSING)

    def __len__(self) -> int:
        return sum(1 for _option in self)


@dataclasses.dataclass(frozen=True)
class Existing:
    """An existing object: its identity, the ``item`` of edit and delete, mailcow's object, and the values of its fields.
    ``twins``: all objects with the same identity, if it does not tell which one is meant.
    """

    identity: str
    item: Any
    raw: Raw
    values: Mapping[str, Any]
    twins: tuple[Existing, ...] = ()


def find(kind: Kind, identities: Iterable[str], options: Collection[str], server: Server) -> dict[str, Existing]:
    """Give {key: Existing} of the identities that exist. ``options``: those whose values are needed.

    Raises MailcowError.
    """
    key = kind.identity.key
    groups: dict[str, list[str]] = {}
    for identity in identities:
        groups.setdefault(kind.place_of(identity), []).append(identity)
    wanted = {key(identity) for members in groups.values() for identity in members}
    try:
        with _understood(kind, server):
            raws = kind.read.find(groups, Look(server, kind.identity, options, kind.plural)) if groups else []
            meant = [raw for raw in raws if wanted.intersection(kind.identity.keys_of(raw))]
            return by_key(kind, _existing(kind, meant, options, server))
    except TooOld as error:
        return by_key(kind, _instead(kind, error))


def listed(kind: Kind, server: Server, scope: Sequence[str] | None = None, options: Collection[str] | None = None) -> list[Existing]:
    """Give all objects, or those that belong to the domains of ``scope``. ``options``: None means all that the lists contain.

    Raises MailcowError.
    """
    if options is None:
        options = [field.option for field in kind.fields if not field.source]
    seen: dict[str, Raw] = {}
    try:
        with _understood(kind, server):
            for raw in kind.read.list(scope, Look(server, kind.identity, options, kind.plural)):
                seen.setdefault(kind.identity.keys_of(raw)[-1], raw)
            return _inside(kind, _existing(kind, seen.values(), options, server), scope)
    except TooOld as error:
        return _inside(kind, _instead(kind, error), scope)


def _instead(kind: Kind, error: TooOld) -> list[Existing]:
    """Give the objects of a server that is too old for the kind: the reset state if it means absence. Otherwise raise the error."""
    if kind.reset is None:
        raise error
    return [Existing(kind.identity.of({}), None, {}, dict(kind.reset))]


def select(kind: Kind, server: Server, params: Mapping[str, Any], scope: Sequence[str] | None, options: Collection[str]) -> list[Existing]:
    """Give the objects that parameters select: by identity, by parts of it, by the domains of ``scope``. Raises MailcowError."""
    if kind.identity.parts:
        return _select_by_parts(kind, server, params, scope, options)
    if params.get(kind.identity.option) is None:
        return listed(kind, server, scope, options)
    identity = kind.identity.given(params)
    found = find(kind, kind.read.that_exist([identity], server), options, server)
    return _inside(kind, found.values(), scope)


def _select_by_parts(
    kind: Kind, server: Server, params: Mapping[str, Any], scope: Sequence[str] | None, options: Collection[str]
) -> list[Existing]:
    given = {part: part.given(params) for part in kind.identity.parts}
    wanted = {part: value for part, value in given.items() if value is not MISSING}
    place = kind.identity.place_in({part.option: value for part, value in wanted.items()})
    if place is None:
        found = listed(kind, server, scope, options)
    else:
        with _understood(kind, server):
            found = _existing(kind, kind.read.list_of(place, Look(server, kind.identity, options, kind.plural)), options, server)
    number = params.get(kind.identity.option)
    return [
        one
        for one in _inside(kind, found, scope)
        if _has_number(one, number) and all(_alike(part, one.values.get(part.option), value) for part, value in wanted.items())
    ]


def alone(kind: Kind, existing: Existing, found: Mapping[str, Existing]) -> bool:
    """Whether the identity of an object is unique among ``found``, which is given by `by_key`."""
    return bool(existing.identity) and not found[kind.identity.key(existing.identity)].twins


def by_key(kind: Kind, found: Iterable[Existing]) -> dict[str, Existing]:
    """Give {key: Existing} by identity and by ID. Objects with the same identity are twins of each other."""
    groups: dict[str, list[Existing]] = {}
    for existing in found:
        for key in set(kind.identity.keys_of(existing.raw)):
            groups.setdefault(key, []).append(existing)
    return {
        key: members[0] if len(members) == 1 else dataclasses.replace(members[0], twins=tuple(members)) for key, members in groups.items()
    }


def _existing(kind: Kind, raws: Iterable[Raw], options: Collection[str], server: Server) -> list[Existing]:
    sourced = [(field, field.source) for field in kind.fields if field.source and field.option in options]
    lacks = set(kind.read.lacks).difference(options)
    if kind.write.replaces:
        # If edits send everything, missing values have their defaults.
        lacks.update(field.option for field in kind.fields if field.default is not MISSING)

    raws = list(raws)
    for field, _source in sourced:
        server.askable([kind.identity.of(raw) for raw in raws], field.option)

    def existing(raw: Raw) -> Existing:
        identity = kind.identity.of(raw)
        values = {
            field.option: _value(kind, field, server.ask(*source, identity) or {}, raw, server)
            for field, source in sourced
            if askable(identity)
        }
        return Existing(identity, kind.identity.item_of(raw), raw, Values(kind, raw, values, lacks, server))

    return server.each(existing, raws) if sourced else [existing(raw) for raw in raws]


def _value(kind: Kind, field: Field, shown: Any, raw: Raw, server: Server, optional: bool = False) -> Any:
    """Give the value of a field of mailcow's object ``raw``, which mailcow returns in ``shown``; MISSING only if the object does not have
    it, if it is ``optional``, or if the server may be too old to return it. Raises BadAnswer for other missing or invalid values,
    because unknown values would be overwritten.
    """
    if not field.applies(raw):
        return MISSING
    release = field.shown_since or field.since
    # A newer server would return it.
    lost = release is not None and not (optional or field.left_out) and field.shown_in(shown) is MISSING and server.has(release)
    try:
        value = field.parse(shown)
    except PUZZLED:
        what = "an invalid value for %s: %s" % (field.option, told(field.shown_in(shown), field.secret))
    else:
        if not lost and (value is not MISSING or optional or release):
            return value
        what = "no %s" % field.option
    raise BadAnswer("the %s %s: mailcow returns %s" % (kind.title, kind.identity.of(raw), what))


@contextlib.contextmanager
def _understood(kind: Kind, server: Server) -> Iterator[None]:
    plural = kind.plural.replace("_", " ")
    try:
        with understood("reading the %s" % plural):
            yield
    except Refused as error:
        if kind.since and server.lacks(kind.since):
            raise TooOld("reading the %s %s" % (plural, too_old(kind.since, server.version)), error.request) from error
        raise


def _inside(kind: Kind, found: Iterable[Existing], scope: Sequence[str] | None) -> list[Existing]:
    """Give the objects that belong to one of the domains; None means all."""
    if scope is None:
        return list(found)
    wanted = set(scope)
    return [one for one in found if kind.scope_of(one.identity, one.values) in wanted]


def _has_number(one: Existing, number: Any) -> bool:
    """Whether an object has this ID; None matches all."""
    return number is None or str(number).strip().lower() == str(one.item).lower()


def _alike(part: Field, there: Any, wanted: Any) -> bool:
    """Whether two values of a part of an identity are equal; mailcow ignores case."""
    return part.same(there, wanted) or str(there).lower() == str(wanted).lower()
