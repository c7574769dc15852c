# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ways of reading: each knows which GETs return the objects of a kind, one or many.

A way gives mailcow's objects. `reading` matches and interprets them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Optional

from .._api.errors import BadAnswer
from .._api.names import askable
from .._api.shape import asked, name_in, one, rows, understood

if TYPE_CHECKING:
    from .._fields.field import Asks, Raw
    from .identity import Identity

    # Identities by the name of the list that contains them, "" for the list of all.
    Groups = Mapping[str, list[str]]
    # Names of places, None for all.
    Scope = Optional[Sequence[str]]
    Raws = list[Raw]

# Up to this number of objects of one list are read one by one; more are read with the list. A GET of one takes 13 ms, and a list half a
# millisecond or more for each object (facts-server 28.1), whose number is not known before.
FEW = 8


@dataclasses.dataclass(frozen=True)
class Look:
    """Reads objects from the ``server``. ``identity``: that of the kind; ``options``: those whose values are needed; ``title``: the
    plural in messages.
    """

    server: Asks
    identity: Identity
    options: Collection[str] = ()
    title: str = "objects"

    def objects(self, route: str, *segments: str) -> Raws:
        """Give the objects of a list, without those of nulls (facts-mailboxes 1.1). Raises MailcowError."""
        request = asked(route, *segments)
        raws = rows(self.server.ask(route, *segments), request)
        with understood(request):
            return [raw for raw in raws if self.identity.is_there(raw)]

    def at_each(self, places: Iterable[str], route: str, *segments: str) -> Raws:
        """Give the objects of the lists of several places."""
        lists = self.server.each(lambda place: self.objects(route, place, *segments), places, self.title + ": %s lists read")
        return [raw for raws in lists for raw in raws]

    def found(self, find: Callable[[str], Raw | None], names: Iterable[str]) -> Raws:
        """Give the results of ``find`` for the names, without None."""
        return [raw for raw in self.server.each(find, names, self.title + ": %s read") if raw]

    def one(self, route: str, name: str, among: Callable[[Look], Raws], hides: bool = False) -> Raw | None:
        """Give the object with this name, or None. The server may return another one (facts-mailboxes 12.1, facts-server 2);
        ``among`` gives the list to search if this ``hides`` the right one.
        """

        def is_meant(raw: Raw) -> bool:
            return self.identity.key(self.identity.of(raw)) == self.identity.key(name)

        if askable(name):
            raw = one(self.server.ask(route, name), asked(route, name))
            with understood(asked(route, name)):
                if raw is None or is_meant(raw):
                    return raw
            if not hides:
                return None
        return next((raw for raw in among(Look(self.server, self.identity)) if is_meant(raw)), None)


@dataclasses.dataclass(frozen=True)
class Places:
    """The names of places, each of which has a list. ``one``: GET route of a place; ``lists``: (route, key) of the lists of all places."""

    one: str
    lists: tuple[tuple[str, str], ...]

    def names(self, server: Asks) -> list[str]:
        """Give the names of all."""
        return [name_in(raw, key, asked(route)) for route, key in self.lists for raw in rows(server.ask(route), asked(route))]

    def that_exist(self, names: Sequence[str], server: Asks) -> list[str]:
        """Give the names that exist on the server."""
        if len(names) <= FEW:
            return [name for name, found in zip(names, server.each(lambda name: server.ask(self.one, name), names)) if found]
        return sorted(set(names).intersection(self.names(server)))

    def inside(self, scope: Scope, server: Asks) -> Sequence[str]:
        """Give the names of all, or those of ``scope`` that exist."""
        return self.names(server) if scope is None else self.that_exist(scope, server)


@dataclasses.dataclass(frozen=True)
class Owners:
    """The names of owners, each of which is in one of ``places``. ``route``: the list of the owners in a place, with the keys ``name``
    of an owner's name and ``place`` of its place; ``one``: the GET route of an owner.
    """

    places: Places
    route: str
    name: str
    place: str
    one: str

    def that_exist(self, names: Sequence[str], server: Asks) -> list[str]:
        """Give the names that exist on the server."""
        # For other names, mailcow may return an object of nulls (facts-mailboxes 1.1).
        found = server.each(lambda name: (one(server.ask(self.one, name), asked(self.one, name)) or {}).get(self.name), names)
        return [name for name, known in zip(names, found) if known]

    def inside(self, scope: Scope, server: Asks) -> list[str]:
        """Give the names of all, or of those in the places of ``scope``."""
        places = dict.fromkeys(self.places.inside(scope, server))

        def owners(place: str) -> list[str]:
            request = asked(self.route, place)
            found = rows(server.ask(self.route, place), request)
            # The list of a place that is an alias of another one is that of the other.
            return [name_in(owner, self.name, request) for owner in found if name_in(owner, self.place, request) in places]

        return [name for names in server.each(owners, places) for name in names]


class Way:
    """How the objects of a kind are read."""

    # Whether a server has exactly one object, which always exists.
    only_one = False
    # Whether `find` gives an object for each identity, because mailcow does not return empty ones.
    presumes = False
    # The options that are read only if they are needed.
    lacks: Collection[str] = ()
    # Why the requested object cannot be created if the route of one returns another object, as the end of a sentence.
    another: str | None = None
    # Why a created object may not be returned, as a further sentence.
    unseen = ""

    def find(self, groups: Groups, look: Look) -> Raws:
        """Give mailcow's objects with the identities in ``groups``, and perhaps others. Raises MailcowError."""
        return self.list(None, look)

    def list(self, scope: Scope, look: Look) -> Raws:
        """Give mailcow's objects in the places of ``scope``, and perhaps others. Raises MailcowError."""
        raise NotImplementedError

    def list_of(self, place: str, look: Look) -> Raws:
        """Give mailcow's objects in the list with this name. Raises MailcowError."""
        return self.list(None, look)

    def namesake(self, name: str, server: Asks) -> Raw | None:
        """Give what the server returns for the name of an object that does not exist (see ``another``). Raises MailcowError."""
        return None

    def that_exist(self, names: Sequence[str], server: Asks) -> Sequence[str]:
        """Give the names that can have an object (see ``presumes``). Raises MailcowError."""
        return names


@dataclasses.dataclass(frozen=True)
class TheOnly(Way):
    """The only object on the server, returned by ``route``. ``empty_before``: the release before which the answer is empty if the object
    has never been set.
    """

    route: str
    empty_before: str | None = None

    only_one = True

    def find(self, groups: Groups, look: Look) -> Raws:
        raws = self.list(None, look)
        # In other releases, an empty answer is an error.
        may_be_empty = self.empty_before and not all(raws) and look.server.lacks(self.empty_before)
        return raws if may_be_empty else [raw for raw in raws if raw]

    def list(self, scope: Scope, look: Look) -> Raws:
        return [one(look.server.ask(self.route), asked(self.route)) or {}]


@dataclasses.dataclass(frozen=True)
class Table(Way):
    """One list of all objects. ``combine``: creates the objects from its entries if several entries are one object."""

    route: str
    combine: Callable[[Raws], Raws] | None = None

    def list(self, scope: Scope, look: Look) -> Raws:
        raws = look.objects(self.route)
        with understood(asked(self.route)):
            return self.combine(raws) if self.combine else raws


@dataclasses.dataclass(frozen=True)
class Named(Way):
    """A list of all objects, and a route for one. ``another``: see `Way`, a template with keys of the answer."""

    route: str
    all: str
    another: str | None = None

    def find(self, groups: Groups, look: Look) -> Raws:
        names = [name for members in groups.values() for name in members]
        if len(names) > FEW:
            return self.list(None, look)
        return look.found(lambda name: look.one(self.route, name, lambda look: self.list(None, look)), names)

    def list(self, scope: Scope, look: Look) -> Raws:
        return look.objects(self.all)

    def namesake(self, name: str, server: Asks) -> Raw | None:
        return one(server.ask(self.route, name), asked(self.route, name)) if self.another else None


@dataclasses.dataclass(frozen=True)
class InPlaces(Way):
    """A list for each of ``places``, such as domains, and perhaps a route for ``one``.

    ``reduced``: a cheaper list, whose objects lack the options ``lacks``. ``hides``: whether the answer can be another
    object than the requested one, so that the list has to be searched. ``unknown_gives_all``: whether the
    list of a place that does not exist is the list of all.
    """

    places: Places
    all: str
    one: str | None = None
    reduced: str | None = None
    lacks: tuple[str, ...] = ()
    hides: bool = False
    unknown_gives_all: bool = False

    def find(self, groups: Groups, look: Look) -> Raws:
        listed = [place for place, members in groups.items() if not self.one or len(members) > FEW]
        alone = {name: place for place, members in groups.items() if place not in listed for name in members}

        def find_one(name: str) -> Raw | None:
            return look.one(self.one or "", name, lambda look: self.list([alone[name]], look), self.hides)

        raws = look.found(find_one, alone)
        return raws + self.list(listed, look) if listed else raws

    def list(self, scope: Scope, look: Look) -> Raws:
        places = self.places.inside(scope, look.server) if scope is None or self.unknown_gives_all else scope
        cheap = self.reduced and look.options and not set(self.lacks).intersection(look.options)
        return look.at_each(places, self.reduced if cheap and self.reduced else self.all)


@dataclasses.dataclass(frozen=True)
class PerOwner(Way):
    """A list for each of ``owners``, and perhaps one of ``all``.

    ``suffix``: further segments of the routes; ``suffix_for``: other segments with which an option is returned that is not
    returned otherwise.
    """

    owners: Owners
    route: str
    all: str | None = None
    suffix: tuple[str, ...] = ()
    suffix_for: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @property
    def lacks(self) -> Collection[str]:  # type: ignore[override]  # nobody sets it
        return self.suffix_for

    def find(self, groups: Groups, look: Look) -> Raws:
        return look.at_each(groups, self.route, *self._suffix(look))

    def list(self, scope: Scope, look: Look) -> Raws:
        if self.all and scope is None:
            return look.objects(self.all, *self._suffix(look))
        owners = look.server.askable(self.owners.inside(scope, look.server), look.title)
        return look.at_each(owners, self.route, *self._suffix(look))

    def list_of(self, place: str, look: Look) -> Raws:
        return look.at_each([place], self.route, *self._suffix(look))

    def _suffix(self, look: Look) -> tuple[str, ...]:
        return next((segments for option, segments in self.suffix_for.items() if option in look.options), self.suffix)


@dataclasses.dataclass(frozen=True)
class OfPlace(Way):
    """A route for each of ``places``, whose answer does not contain the name. It compares names exactly."""

    places: Places
    route: str

    def find(self, groups: Groups, look: Look) -> Raws:
        return self.list([name for members in groups.values() for name in members], look)

    def list(self, scope: Scope, look: Look) -> Raws:
        def of_place(name: str) -> Raw | None:
            raw = one(look.server.ask(self.route, name), asked(self.route, name))
            return dict(raw, **{look.identity.option: name}) if raw else None

        return look.found(of_place, self.places.names(look.server) if scope is None else scope)


@dataclasses.dataclass(frozen=True)
class PageOfPlace(Way):
    """A public page for each of ``places``: ``path`` on the host ``name % place``, which ``parse`` converts to an object. An alias of a
    place has the page of its target; ``key``: that of the target's name. ``another``: see `Way`.
    """

    places: Places
    key: str
    path: str
    name: str
    parse: Callable[[str], Raw | None]
    another: str | None = None

    @property
    def unseen(self) -> str:  # type: ignore[override]  # nobody sets it
        shown = self.name % ("<%s>" % self.places.one)
        return ". It is read from the page %s under the name %s; check that a proxy in front of mailcow passes it on" % (self.path, shown)

    def find(self, groups: Groups, look: Look) -> Raws:
        return self._those([name for members in groups.values() for name in members], look)

    def list(self, scope: Scope, look: Look) -> Raws:
        if scope is not None:
            return self._those(scope, look)
        return look.found(lambda name: self._of_place(name, look), self.places.names(look.server))

    def namesake(self, name: str, server: Asks) -> Raw | None:
        raw = self._place(name, server)
        # With the key of the name of such objects.
        return raw and dict(raw, **{self.places.one: raw.get(self.key)})

    def _place(self, name: str, server: Asks) -> Raw | None:
        return one(server.ask(self.places.one, name), asked(self.places.one, name))

    def _those(self, names: Iterable[str], look: Look) -> Raws:
        return look.found(lambda name: self._of_place(name, look) if self._is_itself(name, look.server) else None, names)

    def _is_itself(self, name: str, server: Asks) -> bool:
        raw = self._place(name, server)
        return raw is not None and name_in(raw, self.key, asked(self.places.one, name)).lower() == name.lower()

    def _of_place(self, name: str, look: Look) -> Raw | None:
        text = look.server.page(self.path, self.name % name)
        raw = None if text is None else self.parse(text)
        if raw is None and text is not None:
            raise BadAnswer("GET %s of %s: the page is not from mailcow%s" % (self.path, self.name % name, self.unseen))
        return dict(raw, **{look.identity.option: name}) if raw else None


@dataclasses.dataclass(frozen=True)
class ListsOfPlace(Way):
    """Only lists for each of ``places``, which the object contains by route. As empty lists are not returned, each place is considered
    to have an object.
    """

    places: Places | Owners
    routes: tuple[str, ...]

    presumes = True

    def that_exist(self, names: Sequence[str], server: Asks) -> Sequence[str]:
        return self.places.that_exist(names, server)

    def find(self, groups: Groups, look: Look) -> Raws:
        def lists(name: str) -> Raw:
            found = {route: rows(look.server.ask(route, name), asked(route, name)) for route in self.routes}
            return dict(found, **{look.identity.option: name})

        return look.found(lists, [name for members in groups.values() for name in members])

    def list(self, scope: Scope, look: Look) -> Raws:
        return self.find({"": look.server.askable(self.places.inside(scope, look.server), look.title)}, look)
