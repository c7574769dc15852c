# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects of many kinds at once: brings them to their declared state, and deletes undeclared ones of pruned kinds."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue, MailcowError, NameTaken, Refused, TooOld
from .converge import asked_for, converge
from .plan import ALWAYS, Meanwhile, Wanted
from .reading import Existing, alone, by_key, find, listed
from .staying import refuse_none_left
from .ways import TheOnly
from .work import Outcome

if TYPE_CHECKING:
    from .kind import Kind
    from .server import Server

    Found = dict[str, Existing]
    # The objects to delete: {key: name} by kind.
    Doomed = dict[str, dict[str, str]]


@dataclasses.dataclass
class Declared:
    """The declared objects of one kind.

    ``wanted``: the `plan.Wanted`; ``prune``: whether undeclared objects are deleted; ``ignored``: {key: identity} of objects
    that are never changed.
    """

    kind: Kind
    wanted: list[Wanted] = dataclasses.field(default_factory=list)
    prune: bool = False
    ignored: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Change:
    """The result of one object: its kind, its name, and the `converge.Outcome` of each step in order."""

    kind: Kind
    name: str
    outcomes: list[Outcome] = dataclasses.field(default_factory=list)

    @property
    def action(self) -> str:
        """create, update, delete, rename or none."""
        return next((outcome.plan.action for outcome in self.outcomes if outcome.changed), "none")

    @property
    def error(self) -> MailcowError | None:
        """The first error, or None."""
        return next((outcome.error for outcome in self.outcomes if outcome.error), None)

    @property
    def wrote(self) -> bool:
        """Whether something was written."""
        return any(outcome.done for outcome in self.outcomes)

    def difference(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give (before, after): the options that change, in the units of results."""
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        created = self.action == "create"
        for outcome in self.outcomes:
            old, new = outcome.plan.before, outcome.plan.after
            old = {} if created else old
            changing = [option for option in dict(old, **new) if option not in old or option not in new or old[option] != new[option]]
            before.update({option: old[option] for option in changing if option in old})
            after.update({option: new[option] for option in changing if option in new})
        return before, after


def apply(declared: Sequence[Declared], server: Server, scope: Sequence[str] | None = None) -> list[Change]:
    """Bring the server to the declared state, and give a `Change` for each declared or deleted object.

    ``declared``: a `Declared` for each kind, in the order of creation; ``scope``: the domains to which pruning is limited,
    None for all. Raises MailcowError for errors before the first write; later errors are in the changes.
    """
    return _Run(declared, server, scope).apply()


class _Run:
    """One application of a declared state."""

    def __init__(self, declared: Sequence[Declared], server: Server, scope: Sequence[str] | None) -> None:
        self.declared = declared
        self.server = server
        self.scope = scope
        self.meanwhile = Meanwhile(many=True)
        self.found: dict[str, Found] = {}
        self.changes: dict[tuple[str, str], Change] = {}
        # The changes of renamed objects by their new keys: each object is one change.
        self.formerly: dict[tuple[str, str], tuple[str, str]] = {}

    def apply(self) -> list[Change]:
        found = self.server.side_by_side(self._read, self.declared, len(self.declared))
        self.found = dict(zip([declared.kind.name for declared in self.declared], found))
        doomed = {declared.kind.name: self._doomed(declared) for declared in self.declared}
        falling = self._falling(doomed)
        self._refuse_orphans(doomed, falling)
        self._refuse_none_left(doomed)
        self._empty(doomed, falling)
        self._refuse_last(doomed)
        self.meanwhile.going.update(*doomed.values())
        late: list[tuple[Kind, Wanted]] = []
        for declared in self.declared:
            late += self._create_and_change(declared)
        self._set_late(late)
        for declared in reversed(self.declared):
            kind = declared.kind
            absent = [Wanted(identity=name, values=dict(kind.reset or {}), state="absent") for name in doomed[kind.name].values()]
            self._converge(kind, absent, self.found[kind.name])
        if any(change.wrote for change in self.changes.values()):
            self._try_refused_again()
        return list(self.changes.values())

    def _read(self, declared: Declared) -> Found:
        """Give {key: Existing} of declared and ignored objects and, if the kind is pruned, of all objects in scope. Empty if the server is
        too old for the kind, which is reported when an object is created.
        """
        try:
            return self._find(declared)
        except TooOld:
            return {}

    def _find(self, declared: Declared) -> Found:
        kind, key = declared.kind, declared.kind.identity.key
        identities, options = asked_for(kind, declared.wanted)
        options |= {kind.falls_with.option} if kind.falls_with else set()
        found: Found = {}
        if declared.prune:
            found = by_key(kind, listed(kind, self.server, self.scope, options))
            # Objects that belong to the scope by their names would be in the list.
            by_name = kind.belongs is not None and kind.belongs.by_name
            identities = [] if by_name or self.scope is None else identities
        identities = [name for name in [*identities, *declared.ignored.values()] if key(name) not in found]
        found.update(find(kind, identities, options, self.server) if identities else {})
        if kind.identity.numbered:
            self._rename_foreign(declared, found)
        return found

    def _rename_foreign(self, declared: Declared, found: Found) -> None:
        """Identify objects by their parts if their IDs are those of another server, as in an export from there."""
        kind, key = declared.kind, declared.kind.identity.key
        for number, wish in enumerate(declared.wanted):
            if kind.identity.number(wish.identity) is None or wish.state != "present" or key(wish.identity) in found:
                continue
            with contextlib.suppress(InvalidValue):
                identity = kind.identity.given({**wish.options, kind.identity.option: None})
                declared.wanted[number] = dataclasses.replace(wish, identity=identity, chooses=True)
                found.update(find(kind, [identity], wish.values, self.server))
        # On the other server, there were two equal objects; one is sufficient.
        distinct = {repr((key(wish.identity), wish.values, wish.state)): wish for wish in reversed(declared.wanted)}
        declared.wanted[:] = reversed(list(distinct.values()))

    def _doomed(self, declared: Declared) -> dict[str, str]:
        """Give {key: name} of the objects to delete: those declared absent, and undeclared ones in scope."""
        kind, key = declared.kind, declared.kind.identity.key
        names = {key(wish.identity): wish.identity for wish in declared.wanted if wish.state == "absent"}
        if not declared.prune:
            return names
        there = self.found[kind.name]
        stays = {key(name) for wish in declared.wanted for name in (wish.identity, wish.rename_to) if name} | declared.ignored.keys()
        for existing in {id(existing.raw): existing for existing in there.values()}.values():
            keys = kind.identity.keys_of(existing.raw)
            there_by_itself = kind.is_reset(existing.values) or kind.is_permanent(existing.identity)
            if stays.isdisjoint(keys) and self._in_scope(kind, existing) and not there_by_itself:
                names[keys[-1]] = kind.identity.told_apart(existing.identity, existing.item, alone(kind, existing, there))
        return names

    def _in_scope(self, kind: Kind, existing: Existing) -> bool:
        return self.scope is None or kind.scope_of(existing.identity, existing.values) in self.scope

    def _falling(self, doomed: Doomed) -> dict[str, tuple[Kind, str]]:
        """Give {key: (kind, name)} of existing objects that contain others and are deleted."""
        falling: dict[str, tuple[Kind, str]] = {}
        for kind in [declared.kind for declared in self.declared if declared.kind.place]:
            falling.update({key: (kind, name) for key, name in doomed[kind.name].items() if key in self.found[kind.name]})
            scope = [name for other, name in falling.values() if other.is_scope]
            if scope and kind.is_scope and kind.belongs and kind.belongs.needed:
                # mailcow deletes places that belong to a domain together with it (facts-server 2).
                along = listed(kind, self.server, scope)
                falling.update({kind.identity.key(existing.identity): (kind, existing.identity) for existing in along})
        return falling

    def _refuse_orphans(self, doomed: Doomed, falling: Mapping[str, tuple[Kind, str]]) -> None:
        """Raise MailcowError if a declared or ignored object would be deleted together with one to which it belongs."""
        by_name = {declared.kind.name: declared.kind for declared in self.declared}
        for declared in self.declared:
            belongs = declared.kind.belongs
            if belongs is None or not belongs.needed:
                continue
            for wish in self._staying(declared, doomed):
                for name in (belongs.holder(wish.identity, wish.values), belongs.scope_of(wish.identity, wish.values)):
                    key = (name or "").lower()
                    if key in falling:
                        raise _contains(*falling[key], declared.kind, wish.identity)
                    if key in doomed.get(belongs.place, ()):
                        raise _contains(by_name[belongs.place], key, declared.kind, wish.identity)

    def _refuse_none_left(self, doomed: Doomed) -> None:
        """Raise MailcowError if none would be left of a kind of which one is required."""
        for declared in self.declared:
            going = [Wanted(name, {}, "absent") for name in doomed[declared.kind.name].values()]
            try:
                refuse_none_left(declared.kind, [*declared.wanted, *going], self.server)
            except InvalidValue as error:
                raise MailcowError("nothing was done: %s" % error) from error

    def _empty(self, doomed: Doomed, falling: Mapping[str, tuple[Kind, str]]) -> None:
        """Add to the objects to delete those that mailcow requires to be deleted before their domain."""
        scope = [name for kind, name in falling.values() if kind.is_scope]
        for kind in [declared.kind for declared in self.declared if declared.kind.belongs and declared.kind.belongs.gone_first]:
            for existing in listed(kind, self.server, scope) if scope else ():
                key = kind.identity.key(existing.identity)
                self.found[kind.name][key] = existing
                doomed[kind.name][key] = existing.identity

    def _refuse_last(self, doomed: Doomed) -> None:
        """Raise MailcowError if a declared or ignored object would be deleted together with the last of those that it names."""
        for declared in self.declared:
            last, there = declared.kind.falls_with, self.found[declared.kind.name]
            if last is None or not doomed.get(last.kind):
                continue
            going = doomed[last.kind].keys() & self.found[last.kind].keys()
            for wish in self._staying(declared, doomed):
                existing = there.get(declared.kind.identity.key(wish.identity))
                names = wish.values.get(last.option) or (existing.values.get(last.option) if existing else None)
                if names and going.issuperset(name.lower() for name in names):
                    raise MailcowError(
                        "nothing was done: %s would be deleted, and with it the %s %s, which is declared or ignored; set another %s"
                        % (" and ".join(names), declared.kind.title, wish.identity, last.option)
                    )

    def _staying(self, declared: Declared, doomed: Doomed) -> list[Wanted]:
        """Give the `plan.Wanted` of objects that are declared present, and of existing ignored ones."""
        kind, there = declared.kind, self.found[declared.kind.name]
        ignored = [Wanted(there[key].identity, there[key].values) for key in declared.ignored if key in there]
        wishes = [wish for wish in declared.wanted if wish.state == "present"] + ignored
        return [wish for wish in wishes if kind.identity.key(wish.identity) not in doomed[kind.name]]

    def _create_and_change(self, declared: Declared) -> list[tuple[Kind, Wanted]]:
        """Converge the objects that are declared present, and give (kind, remaining wish) of those with late options."""
        kind = declared.kind
        present = [wish for wish in declared.wanted if wish.state == "present"]
        deferred = [self._deferred(kind, wish) for wish in present]
        early = [_only(wish, wish.values.keys() - options) if options else wish for wish, options in zip(present, deferred)]
        outcomes = self._converge(kind, early, self.found[kind.name])
        if self.server.check_mode and isinstance(kind.read, TheOnly):
            self._presume(kind, kind.read.route, outcomes)
        if kind.is_scope:
            self.meanwhile.changing.update(outcome.identity for outcome in outcomes if outcome.changed)
        return [
            (kind, dataclasses.replace(_later(kind, _only(wish, options), outcome), identity=outcome.identity, rename_to=None))
            for wish, options, outcome in zip(present, deferred, outcomes)
            if options and not outcome.error
        ]

    def _presume(self, kind: Kind, route: str, outcomes: Iterable[Outcome]) -> None:
        """In check mode, let later kinds read the settings as they would be by then."""
        for outcome in outcomes:
            edits = [request.body["attr"] for request in outcome.plan.requests if request.path == "edit/" + kind.write.route]
            if outcome.current and edits:
                self.server.presume(dict(outcome.current.raw, **dict(ChainMap(*edits))), route)

    def _deferred(self, kind: Kind, wish: Wanted) -> Collection[str]:
        """Give the options that have to be set after other objects. Options that name no objects are not late."""
        if self.server.check_mode or not kind.late:
            return frozenset()
        return {option for option in kind.late & wish.values.keys() if wish.values[option]}

    def _set_late(self, late: Sequence[tuple[Kind, Wanted]]) -> None:
        """Set the options that other kinds reset, or whose objects must exist."""
        for kind in dict.fromkeys(kind for kind, _wish in late):
            wanted = [wish for other, wish in late if other is kind]
            untouched = not any(change.wrote for change in self.changes.values())
            self._converge(kind, wanted, self.found[kind.name] if untouched else None)

    def _try_refused_again(self) -> None:
        """Retry what mailcow refused, and renames to names that were taken, because this run may have removed the reason since."""
        for declared in self.declared:
            wanted = []
            for wish in declared.wanted:
                change = self.changes.get((declared.kind.name, declared.kind.identity.key(wish.identity)))
                if change and isinstance(change.error, (Refused, NameTaken)) and not change.wrote:
                    change.outcomes.clear()
                    wanted.append(wish)
            self._converge(declared.kind, wanted, None)

    def _converge(self, kind: Kind, wanted: Sequence[Wanted], found: Found | None) -> list[Outcome]:
        try:
            outcomes = converge(kind, wanted, self.server, found, self.meanwhile) if wanted else []
        except MailcowError as error:
            outcomes = [Outcome(wish, error=error) for wish in wanted]
        for wish, outcome in zip(wanted, outcomes):
            key = (kind.name, kind.identity.key(wish.identity))
            key = self.formerly.get(key, key)
            self.changes.setdefault(key, Change(kind, wish.identity)).outcomes.append(outcome)
            if outcome.identity != wish.identity:
                self.formerly[kind.name, kind.identity.key(outcome.identity)] = key
        return outcomes


def _contains(holder: Kind, name: str, kind: Kind, identity: str) -> MailcowError:
    return MailcowError(
        "nothing was done: the %s %s would be deleted, but contains the %s %s, which is declared or ignored"
        % (holder.title, name, kind.title, identity)
    )


def _later(kind: Kind, wish: Wanted, outcome: Outcome) -> Wanted:
    """Give the late wish for a new object. Its values that cannot be read are written once, as on create."""
    created = outcome.plan.action == "create"
    return dataclasses.replace(wish, policies=dict.fromkeys(kind.policies, ALWAYS)) if created else wish


def _only(wish: Wanted, options: Iterable[str]) -> Wanted:
    return dataclasses.replace(wish, values={option: value for option, value in wish.values.items() if option in options})
