# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a kind of mailcow object is declared: the single source of argument spec, reading, comparing, writing, info, bulk
and export. What contradicts itself raises ValueError when it is built.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import askable
from .._api.releases import is_before
from .._fields.field import MISSING, Field, dig
from .contradictions import contradictions

if TYPE_CHECKING:
    from .._api.request import Request
    from .._fields.field import Asks, Raw
    from .identity import Identity
    from .reading import Existing
    from .ways import Way

    # Read-only values of results, by name.
    Shows = Mapping[str, Callable[[Raw], Any]]


class Needed(InvalidValue):
    """An option without which an object cannot be created. Check mode forgives it where an earlier task may have made the object."""


@dataclasses.dataclass(frozen=True)
class Add:
    """One add route. ``when``: the option whose presence chooses it. ``identity``: name of the identity in its body,
    None when fields hold it.

    ``takes``: options it takes, None for all that are on_add. ``fixed``: further attributes. ``overwrites``: whether it
    replaces what is there, so that no successor need be made beside it. ``stale``: a message id that a server may answer
    with for reasons of its own, so that the same request is worth repeating. ``hidden``: what mailcow says where there is one
    that it does not show, so that an edit does the same.
    """

    route: str
    when: str | None = None
    identity: str | None = None
    takes: tuple[str, ...] | None = None
    fixed: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    overwrites: bool = False
    stale: str | None = None
    hidden: str | None = None


@dataclasses.dataclass(frozen=True)
class Beside:
    """How what cannot be edited gets a successor (`succession.Succession`). ``name``: function that gives, from the identity, another
    name under which an add makes one that nothing uses; ``copy``: the add route that gives one name what another one has, whatever it
    has; ``source`` and ``target``: the attributes of its body.
    """

    name: Callable[[str], str]
    copy: str
    source: str
    target: str


@dataclasses.dataclass(frozen=True)
class Trial:
    """How mailcow tries what an object is to be before it is written. ``option``: the flag by which users ask for it; ``route``: the
    edit route that takes what the object's own takes, and refuses what does not work.
    """

    option: str
    route: str


@dataclasses.dataclass(frozen=True)
class Write:
    """How the objects of a kind are written: below add/, edit/ and delete/ most have the same ``route``.

    ``adds``: the add routes where there are several, () where there is none; ``edits``: whether mailcow can change one, and
    not only replace it; ``replaces``: whether an edit resets all that it omits, so that each one sends everything, what is not
    given as it was read, and what shows nothing with its default; ``deletes``: whether one can be deleted; ``ends``: the
    attributes of an edit that does so, where there is no other way; ``unique``: whether mailcow refuses to make the same one
    twice; ``alone``: whether a request can only be about one of them; ``join``: see `_api.request.Request`; ``trial``: see
    `Trial`; ``beside``: see `Beside`.
    """

    route: str
    adds: tuple[Add, ...] | None = None
    edits: bool = True
    replaces: bool = False
    deletes: bool = True
    ends: Mapping[str, Any] | None = None
    unique: bool = True
    alone: bool = False
    join: str | None = None
    trial: Trial | None = None
    beside: Beside | None = None

    def add_for(self, options: Collection[str]) -> Add | None:
        """Give the add route for the given options, None when there is none at all."""
        adds = (Add(self.route),) if self.adds is None else self.adds
        return next((add for add in adds if add.when is None or add.when in options), None)


@dataclasses.dataclass(frozen=True)
class In:
    """Where the objects of a kind belong.

    ``place``: what holds them (see `Kind.place`); ``of``: function that gives the name of it, from the identity, or from
    the value of ``option`` where the identity does not tell; ``scope``: function that gives the domain of that name, where
    it is not the name itself. ``needed``: whether mailcow creates one only where that is there, and deletes it along;
    ``gone_first``: whether that can only be deleted after it.
    """

    place: str
    of: Callable[[Any], str | None]
    option: str | None = None
    scope: Callable[[str], str] | None = None
    needed: bool = True
    gone_first: bool = False

    @property
    def by_name(self) -> bool:
        """Whether the identity tells."""
        return self.option is None

    def holder(self, identity: str, values: Mapping[str, Any]) -> str | None:
        """Give the name of what holds an object, None when that cannot be told."""
        source = values.get(self.option) if self.option else identity
        return None if source is None else self.of(source)

    def scope_of(self, identity: str, values: Mapping[str, Any]) -> str | None:
        """Give the domain that an object belongs to, None when that cannot be told."""
        holder = self.holder(identity, values)
        return self.scope(holder) if self.scope and holder is not None else holder


@dataclasses.dataclass(frozen=True)
class Others:
    """Objects of another kind, of which only the names matter.

    ``title``: what a person calls one; ``name``: key of the name in mailcow's object; ``all``: GET route of their list;
    ``place``: key of the name of what they belong in; ``lists``: whether there is a list for each of these, below ``all``;
    ``one``: GET route of one, where that is cheaper than a list; ``hides``: whether its answer about another object can hide
    the one that was asked for.
    """

    title: str
    name: str
    all: str
    place: str = ""
    lists: bool = False
    one: str | None = None
    hides: bool = False

    def has(self, name: str, place: str, server: Asks, many: bool) -> bool:
        """Whether one has the name, which would be in that place; ``many``: whether many names are asked for. Raises MailcowError."""
        if self.one and not many and askable(name):
            raw = server.ask(self.one, name)
            if raw is None or self._name(raw) == name.lower():
                return raw is not None
            if not self.hides:
                return False
        return any(self._name(raw) == name.lower() for raw in self._listed(place, server))

    def inside(self, place: str, server: Asks) -> list[str]:
        """Give the names of those in a place that exists. Raises MailcowError."""
        return sorted(self._name(raw) for raw in self._listed(place, server) if str(raw.get(self.place)).lower() == place.lower())

    def _listed(self, place: str, server: Asks) -> Iterable[Raw]:
        return (server.ask(self.all, place) if self.lists else server.ask(self.all)) or ()

    def _name(self, raw: Raw) -> str:
        # Some lists hold objects full of nulls (facts-mailboxes 1.1).
        return str(raw.get(self.name) or "").lower()


@dataclasses.dataclass(frozen=True)
class OneAmong:
    """A flag, ``option``, that at most one of the objects has that have the same values of the options ``among``: setting it
    takes it off the others.
    """

    option: str
    among: tuple[str, ...]

    def group(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Give what the objects have in common of which one has the flag, None when these values do not tell."""
        return tuple(values[option] for option in self.among) if all(option in values for option in self.among) else None


@dataclasses.dataclass(frozen=True)
class Rename:
    """The option ``rename_to``. ``request`` makes the `_api.request.Request` of (current object, new identity, options).

    ``check`` raises InvalidValue for (old identity, new identity, current object) when mailcow would not do it.
    ``options`` are specifications of further options; ``since``: the release of mailcow that brought it.
    """

    request: Callable[[Existing, str, Mapping[str, Any]], Request]
    check: Callable[[str, str, Existing], None]
    options: Mapping[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    since: str | None = None


@dataclasses.dataclass(frozen=True)
class Protect:
    """Something of other objects that an edit of this one takes away, and that is put back in the same run.

    ``affected`` gives the identities of those objects from (current values, wanted values); ``read`` is their GET
    route, ``value`` the key in the answer, ``write`` the edit route that sets it under the same name. ``shown_since``: the
    release of mailcow since which it can be read.
    """

    affected: Callable[[Mapping[str, Any], Mapping[str, Any]], Collection[str]]
    read: str
    value: str
    write: str
    shown_since: str | None = None


@dataclasses.dataclass(frozen=True)
class Situation:
    """What `Kind.check` may look at: canonical values by option.

    ``identity``: of the object. ``given``: what the user manages. ``current``: what there is, None when the object is
    to be created. ``merged``: what there will be. ``raw``: mailcow's object. ``holder``: mailcow's object that holds
    this one, None when it was not read. ``firm``: whether what is left in them still holds when it comes to writing;
    ``holder_changes``: whether this run changes the limits of the holder.
    """

    identity: str
    given: Mapping[str, Any]
    current: Mapping[str, Any] | None
    merged: Mapping[str, Any]
    raw: Raw | None
    holder: Raw | None
    firm: bool = True
    holder_changes: bool = False


@dataclasses.dataclass(frozen=True, eq=False)
class Kind:
    """One kind of mailcow object.

    ``name``, ``plural``: in results and in bulk. ``title``: what a person calls it. ``identity``: what tells one from
    others. ``read``, ``write``: how it is read and written. ``belongs``: where; ``place``: the word by which others say
    that they belong in such an object. ``status``: read-only values of results as name -> function of mailcow's object;
    ``secrets``: the same, but shown only by the task that made the object and on demand. ``check``: function of a
    `Situation` that raises InvalidValue for what mailcow would refuse or silently ignore, and `Needed` for what is only
    needed to create one. ``clashes``: function of an identity and mailcow's object that holds it, if there is one, that gives
    (`Others`, name) of what must not be there beside it; ``holds``: the `Others` that have to be gone before one can be
    deleted; ``cautions``: function of an identity, the parameters and the server that gives warnings about a new one.
    ``spares``: {kind: values} that keep its creation from making objects of the other kind by itself. ``rename``,
    ``protect``, ``one_among``: see `Rename`, `Protect` and `OneAmong`.
    ``reset``: for what cannot be deleted, the values that stand for its absence. ``permanent``: the identities of those that
    mailcow made itself and never deletes. ``one_stays``: the flag that one object has to have at any time, so that the last one that
    has it is neither deleted nor loses it. ``since``: the release of mailcow that brought such objects.
    """

    name: str
    plural: str
    title: str
    identity: Identity
    read: Way
    write: Write
    fields: tuple[Field, ...]
    belongs: In | None = None
    place: str | None = None
    status: Shows = dataclasses.field(default_factory=dict)
    secrets: Shows = dataclasses.field(default_factory=dict)
    check: Callable[[Situation], None] | None = None
    clashes: Callable[[str, Raw | None], Iterable[tuple[Others, str]]] | None = None
    holds: tuple[Others, ...] = ()
    cautions: Callable[[str, Mapping[str, Any], Asks], Iterable[str]] | None = None
    spares: Mapping[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)
    rename: Rename | None = None
    protect: Protect | None = None
    one_among: OneAmong | None = None
    reset: Mapping[str, Any] | None = None
    permanent: tuple[str, ...] = ()
    one_stays: str | None = None
    since: str | None = None

    def __post_init__(self) -> None:
        wrong = list(contradictions(self))
        if wrong:
            raise ValueError("%s: %s" % (self.name, "; ".join(wrong)))

    @functools.cached_property
    def by_option(self) -> dict[str, Field]:
        """The fields by option."""
        return {field.option: field for field in self.fields}

    @functools.cached_property
    def by_parameter(self) -> dict[str, Field]:
        """The fields by module option; some fields have several."""
        return {name: field for field in self.fields for name in field.argument_spec()}

    def at(self, version: str | None) -> Kind:
        """Give the kind as a server of that version writes it."""
        older = frozenset(field.option for field in self.fields if field.older and is_before(version, field.older.before))
        if older not in self._older:
            fields = [
                dataclasses.replace(field, **field.older.attributes) if field.older and field.option in older else field
                for field in self.fields
            ]
            self._older[older] = dataclasses.replace(self, fields=tuple(fields))
        return self._older[older]

    def releases(self) -> Iterator[tuple[str | None, str | None, str]]:
        """Give (option, value, release of mailcow) of all that not every server has; the option is None for the kind, the value for
        the option.
        """
        if self.since:
            yield None, None, self.since
        if self.rename and self.rename.since:
            yield "rename_to", None, self.rename.since
        for field in self.fields:
            if field.argument_spec():
                yield from ((field.option, value, release) for value, release in field.releases().items())

    @functools.cached_property
    def _older(self) -> dict[frozenset[str], Kind]:
        # By the options that are written in another way.
        return {frozenset(): self}

    @property
    def removable(self) -> bool:
        """Whether there is a way to be rid of an object: its deletion, or the reset of one that is always there."""
        return self.write.deletes or self.reset is not None

    @property
    def is_scope(self) -> bool:
        """Whether its names are those of domains, with which everything in them goes."""
        return self.belongs is not None and self.place == self.belongs.place

    @property
    def in_scope(self) -> bool:
        """Whether its objects belong to domains without being one."""
        return self.belongs is not None and not self.is_scope

    def place_of(self, identity: str) -> str:
        """Give the name of the list that holds the object, "" when its identity does not tell."""
        return (self.belongs.holder(identity, {}) if self.belongs and self.belongs.by_name else None) or ""

    def scope_of(self, identity: str, values: Mapping[str, Any]) -> str | None:
        """Give the domain that an object belongs to, None when it belongs to none or that cannot be told."""
        return self.belongs.scope_of(identity, values) if self.belongs else None

    def managed(self, values: Iterable[str]) -> list[Field]:
        """Give the fields whose options are among ``values``."""
        options = frozenset(values)
        if options not in self._managed:
            self._managed[options] = [field for field in self.fields if field.option in options]
        return self._managed[options]

    @functools.cached_property
    def _managed(self) -> dict[frozenset[str], list[Field]]:
        # Thousands of objects have few combinations of options.
        return {}

    @functools.cached_property
    def late(self) -> frozenset[str]:
        """The options that are set when all other objects are there."""
        return frozenset(field.option for field in self.fields if field.late)

    def listed_options(self, details: bool) -> list[str]:
        """Give the options that a listing shows: those that cost a request for each object only with ``details``, or
        when there are no others; secrets never.
        """
        fields = [field for field in self.fields if not field.secret]
        cheap = [field.option for field in fields if not field.source]
        return cheap if cheap and not details else [field.option for field in fields]

    @functools.cached_property
    def policies(self) -> list[str]:
        """The options that decide when values that cannot be read are written, in a fixed order."""
        return list(dict.fromkeys(field.policy for field in self.fields if field.policy))

    def is_reset(self, values: Mapping[str, Any]) -> bool:
        """Whether an object that cannot be deleted is as its reset leaves it."""
        wanted = self.reset or {}
        return bool(wanted) and all(self.by_option[option].same(values.get(option), value) for option, value in wanted.items())

    def is_permanent(self, identity: str) -> bool:
        """Whether mailcow never deletes the object."""
        return self.identity.key(identity) in map(self.identity.key, self.permanent)

    def shown(self, identity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give the object in option names and units, ready to be given back as input."""
        result = self.identity.show(identity)
        for field in self.fields:
            if not field.secret:
                result.update(field.show(values.get(field.option, MISSING)))
        return result

    def exported(self, identity: str, values: Mapping[str, Any], server: Asks) -> dict[str, Any]:
        """Give the object as `shown` does, in a form that means the same on another server. Raises MailcowError."""
        result = self.identity.show(identity)
        for field in self.fields:
            if not field.secret:
                result.update(field.exported(values.get(field.option, MISSING), server))
        return result


def shows(*keys: str, **renamed: str) -> dict[str, Callable[[Raw], Any]]:
    """Give the ``status`` entries that show mailcow's values as they are: ``shows("created", logins="last_login")``;
    absent ones are None.
    """
    names = dict({key: key for key in keys}, **renamed)
    return {name: functools.partial(_at, key) for name, key in names.items()}


def counts(*keys: str) -> dict[str, Callable[[Raw], Any]]:
    """Give the ``status`` entries for numbers, which mailcow shows as numbers or as texts; absent ones are None."""
    return {key: functools.partial(_number_at, key) for key in keys}


def _at(key: str, raw: Raw) -> Any:
    value = dig(raw, key.split("."))
    return None if value is MISSING else value


def _number_at(key: str, raw: Raw) -> int | None:
    return None if raw.get(key) is None else int(raw[key])
