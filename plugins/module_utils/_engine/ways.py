# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways of reading: each knows which GETs give the objects of a kind, one or many, and says so to nobody else.

A way gives mailcow's own objects. Which of them were meant, and what is in them, is said by `reading`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .._fields.field import Asks, Raw
    from .identity import Identity

    # Identities by the name of the list that holds them, "" where that is the list of all.
    Groups = Mapping[str, list[str]]
    Raws = list[Raw]

# Up to this many objects of one list are read one by one; more are found in the list. A GET of one costs 13 ms, and a list half a
# millisecond or more for each object that is there (facts-server 28.1), which is not known before.
FEW = 8


class Way:
    """How the objects of a kind are read. Most of the others ask no more than this one does."""

    # Whether there is one object on a server, which is always there.
    only_one = False
    # Whether `find` gives an object for every identity, because an empty one shows as nothing.
    presumes = False
    # The options that the cheap list does not show.
    lacks: tuple[str, ...] = ()
    # What it means when the route of one answers about another object: that the one asked for cannot be made, because …
    another: str | None = None

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        """Give mailcow's objects with the identities in ``groups``, and perhaps others. ``options`` are the ones whose
        values are needed.
        """
        raise NotImplementedError

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        """Give mailcow's objects in the domains of ``scope``, and perhaps others; None is all."""
        raise NotImplementedError

    def list_of(self, place: str, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        """Give mailcow's objects in the list of that name."""
        return self.list(None, identity, options, server)

    def namesake(self, name: str, server: Asks) -> Raw | None:
        """Give what the server has under the name of an object that is not there (see ``another``)."""
        return None


@dataclasses.dataclass(frozen=True)
class Places:
    """Where the names stand that lists are called by. ``one``: GET route of a place; ``lists``: (route, key) of the lists of all."""

    one: str
    lists: tuple[tuple[str, str], ...]

    def names(self, server: Asks) -> list[str]:
        """Give the names of all."""
        return [raw[key] for route, key in self.lists for raw in server.ask(route) or []]

    def that_exist(self, names: Sequence[str], server: Asks) -> list[str]:
        """Give those of the names that the server knows."""
        if len(names) <= FEW:
            return [name for name, found in zip(names, server.each(lambda name: server.ask(self.one, name), names)) if found]
        return sorted(set(names).intersection(self.names(server)))


@dataclasses.dataclass(frozen=True)
class TheOnly(Way):
    """The only one on the server, which ``route`` gives."""

    route: str

    only_one = True

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return [raw for raw in [server.ask(self.route)] if raw]

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return [server.ask(self.route) or {}]


@dataclasses.dataclass(frozen=True)
class Table(Way):
    """One list of all. ``combine`` makes mailcow's objects of its entries, where several entries are one object."""

    route: str
    combine: Callable[[Raws], Raws] | None = None

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return self.list(None, identity, options, server)

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        raws = _objects(server.ask(self.route), identity)
        return self.combine(raws) if self.combine else raws


@dataclasses.dataclass(frozen=True)
class Named(Way):
    """A list of all and a route for one. ``another``: see `Way`, a template of the keys of the answer."""

    one: str
    all: str
    another: str | None = None

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        names = [name for members in groups.values() for name in members]
        if len(names) > FEW:
            return self.list(None, identity, options, server)
        return _found(names, server, lambda name: _one(self.one, name, identity, server, lambda: self.list(None, identity, (), server)))

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return _objects(server.ask(self.all), identity)

    def namesake(self, name: str, server: Asks) -> Raw | None:
        return server.ask(self.one, name) if self.another else None


@dataclasses.dataclass(frozen=True)
class InDomains(Way):
    """A list for each of ``domains``, and perhaps a route for one.

    ``reduced``: a cheaper list, whose objects lack the options ``lacks``. ``hides``: whether an answer about another
    object can hide the one that was asked for, so that the list has to be searched. ``unknown_gives_all``: whether the
    list of a domain that does not exist is the list of all.
    """

    domains: Places
    all: str
    one: str | None = None
    reduced: str | None = None
    lacks: tuple[str, ...] = ()
    hides: bool = False
    unknown_gives_all: bool = False

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        alone: dict[str, str] = {}
        listed = []
        for domain, members in groups.items():
            if self.one and len(members) <= FEW:
                alone.update(dict.fromkeys(members, domain))
            else:
                listed.append(domain)
        raws = _found(alone, server, lambda name: self._one(name, alone[name], identity, server))
        return raws + self.list(listed, identity, options, server) if listed else raws

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        if scope is None:
            scope = self.domains.names(server)
        elif self.unknown_gives_all:
            scope = self.domains.that_exist(scope, server)
        route = self.reduced if self.reduced and options and not set(self.lacks).intersection(options) else self.all
        answers = server.each(lambda domain: server.ask(route, domain), scope)
        return [raw for answer in answers for raw in _objects(answer, identity)]

    def _one(self, name: str, domain: str, identity: Identity, server: Asks) -> Raw | None:
        return _one(self.one or "", name, identity, server, lambda: self.list([domain], identity, (), server), self.hides)


@dataclasses.dataclass(frozen=True)
class InMailboxes(Way):
    """A list for each mailbox, and perhaps one of all.

    ``mailboxes``: the route of the mailboxes of a domain; ``suffix``: further segments of the routes; ``suffix_for``:
    those instead of them that show an option which is not shown otherwise.
    """

    domains: Places
    mailboxes: str
    of: str
    all: str | None = None
    suffix: tuple[str, ...] = ()
    suffix_for: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return self._lists(list(groups), identity, options, server)

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        if self.all and scope is None:
            return _objects(server.ask(self.all, *self._suffix(options)), identity)
        domains = self.domains.names(server) if scope is None else self.domains.that_exist(scope, server)
        answers = server.each(lambda domain: server.ask(self.mailboxes, domain), domains)
        # The list of an alias domain holds the mailboxes of its target.
        places = [mailbox["username"] for answer in answers for mailbox in answer or [] if mailbox["domain"] in set(domains)]
        return self._lists(places, identity, options, server)

    def list_of(self, place: str, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return self._lists([place], identity, options, server)

    def _lists(self, places: Iterable[str], identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        suffix = self._suffix(options)
        answers = server.each(lambda place: server.ask(self.of, place, *suffix), places)
        return [raw for answer in answers for raw in _objects(answer, identity)]

    def _suffix(self, options: Iterable[str]) -> tuple[str, ...]:
        return next((segments for option, segments in self.suffix_for.items() if option in options), self.suffix)


@dataclasses.dataclass(frozen=True)
class OfDomain(Way):
    """A route for each of ``domains``, whose answer does not name it; it compares exactly."""

    domains: Places
    route: str

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        return self.list([name for members in groups.values() for name in members], identity, options, server)

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        def one(name: str) -> Raw | None:
            raw = server.ask(self.route, name)
            return dict(raw, **{identity.option: name}) if raw else None

        return _found(self.domains.names(server) if scope is None else scope, server, one)


@dataclasses.dataclass(frozen=True)
class ListsOfDomain(Way):
    """Nothing but lists of each of ``domains``, which mailcow's object holds by route. As an empty list is no answer, such
    an object is there whatever it belongs to.
    """

    domains: Places
    routes: tuple[str, ...]

    presumes = True

    def find(self, groups: Groups, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        def one(name: str) -> Raw:
            return dict({route: server.ask(route, name) or [] for route in self.routes}, **{identity.option: name})

        return server.each(one, [name for members in groups.values() for name in members])

    def list(self, scope: Sequence[str] | None, identity: Identity, options: Iterable[str], server: Asks) -> Raws:
        names = self.domains.names(server) if scope is None else self.domains.that_exist(scope, server)
        return self.find({"": names}, identity, options, server)


def _one(route: str, name: str, identity: Identity, server: Asks, among: Callable[[], Raws], hides: bool = False) -> Raw | None:
    """Give mailcow's object of that name, or None. The server may answer about another one than was asked for
    (facts-mailboxes 12.1, facts-server 2); ``among`` gives the list to search when that ``hides`` the right one.
    """
    # A slash cannot stand in a path (facts-mailboxes 0.1).
    if "/" not in name:
        raw: Raw | None = server.ask(route, name)
        if raw is None or identity.key(identity.of(raw)) == identity.key(name):
            return raw
        if not hides:
            return None
    return next((raw for raw in among() if identity.key(identity.of(raw)) == identity.key(name)), None)


def _found(names: Iterable[str], server: Asks, one: Callable[[str], Raw | None]) -> Raws:
    return [raw for raw in server.each(one, names) if raw]


def _objects(answer: Any, identity: Identity) -> Raws:
    """Give the objects of a list, without those that are full of nulls (facts-mailboxes 1.1)."""
    return [raw for raw in answer or [] if identity.is_there(raw)]
