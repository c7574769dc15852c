# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The declaration of a kind of mailcow objects: the only source of argument spec, reading, comparing, writing, info, bulk and
export. A declaration with contradictions raises ValueError when it is created.
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
    """A required option for a new object is missing. Check mode ignores this if an earlier task may create the object."""


@dataclasses.dataclass(frozen=True)
class Add:
    """One add route. ``when``: the option whose presence selects it. ``identity``: key of the identity in its body,
    None if fields contain it.

    ``takes``: options that it accepts, None for all with on_add. ``fixed``: further attributes. ``overwrites``: whether it
    replaces an existing object, so that no successor is necessary. ``stale``: a message ID that can be left from an earlier
    request, so that repeating the request is useful. ``hidden``: mailcow's message if there is an object that it does not return,
    so that an edit does the same.
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
    """How an object that cannot be edited gets a successor (`succession.Succession`). ``name``: function from the identity to another
    name, under which an add creates an object that nothing uses; ``copy``: the add route that copies the object of one name to
    another, replacing it; ``source`` and ``target``: the attributes of its body.
    """

    name: Callable[[str], str]
    copy: str
    source: str
    target: str


@dataclasses.dataclass(frozen=True)
class Trial:
    """How mailcow tests values of an object before they are written. ``option``: the flag with which users request it; ``route``: the edit
    route that accepts the same attributes as that of the object, and rejects those that do not work.
    """

    option: str
    route: str


@dataclasses.dataclass(frozen=True)
class Write:
    """How the objects of a kind are written: below add/, edit/ and delete/ most have the same ``route``.

    ``adds``: the add routes if there are several, () if there is none; ``edits``: whether mailcow can edit objects, not only replace
    them; ``replaces``: whether an edit resets all that it omits, so that each edit sends everything: unspecified values as read,
    and those that cannot be read with their defaults; ``deletes``: whether objects can be deleted; ``ends``: the attributes of an
    edit that does so, if there is no other way; ``unique``: whether mailcow rejects duplicates; ``alone``: whether a request can
    only have one object; ``join``: see `_api.request.Request`; ``trial``: see
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
        """Give the add route for the specified options, None if there is none."""
        adds = (Add(self.route),) if self.adds is None else self.adds
        return next((add for add in adds if add.when is None or add.when in options), None)


@dataclasses.dataclass(frozen=True)
class In:
    """Where the objects of a kind belong.

    ``place``: the kind that contains them (see `Kind.place`); ``of``: function to the name of the container, from the identity, or
    from the value of ``option`` if the identity does not contain it; ``scope``: function from this name to its domain, if it is not
    the name itself. ``needed``: whether mailcow creates an object only if its container exists, and deletes it together with it;
    ``gone_first``: whether the container can be deleted only after the object.
    """

    place: str
    of: Callable[[Any], str | None]
    option: str | None = None
    scope: Callable[[str], str] | None = None
    needed: bool = True
    gone_first: bool = False

    @property
    def by_name(self) -> bool:
        """Whether the identity contains the name."""
        return self.option is None

    def holder(self, identity: str, values: Mapping[str, Any]) -> str | None:
        """Give the name of the container of an object, None if unknown."""
        source = values.get(self.option) if self.option else identity
        return None if source is None else self.of(source)

    def scope_of(self, identity: str, values: Mapping[str, Any]) -> str | None:
        """Give the domain of an object, None if unknown."""
        holder = self.holder(identity, values)
        return self.scope(holder) if self.scope and holder is not None else holder


@dataclasses.dataclass(frozen=True)
class Others:
    """Objects of another kind, of which only the names are relevant.

    ``title``: its name in messages; ``name``: key of the name in mailcow's object; ``all``: GET route of their list; ``place``: key
    of the name of their container; ``lists``: whether there is a list for each container, below ``all``; ``one``: GET route of one,
    if it is cheaper than a list; ``hides``: whether its answer can be another object than the requested one.
    """

    title: str
    name: str
    all: str
    place: str = ""
    lists: bool = False
    one: str | None = None
    hides: bool = False

    def has(self, name: str, place: str, server: Asks, many: bool) -> bool:
        """Whether an object has the name, in the place to which it would belong; ``many``: whether many names are queried. Raises
        MailcowError.
        """
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
        # Some lists contain objects of nulls (facts-mailboxes 1.1).
        return str(raw.get(self.name) or "").lower()


@dataclasses.dataclass(frozen=True)
class OneAmong:
    """A flag, ``option``, that at most one of the objects with the same values of the options ``among`` can have: setting it removes
    it from the others.
    """

    option: str
    among: tuple[str, ...]

    def group(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Give the common values of the objects of which one has the flag, None if unknown."""
        return tuple(values[option] for option in self.among) if all(option in values for option in self.among) else None


@dataclasses.dataclass(frozen=True)
class Rename:
    """The option ``rename_to``. ``request`` makes the `_api.request.Request` of (current object, new identity, options).

    ``check`` raises InvalidValue for (old identity, new identity, current object) if mailcow would not do it.
    ``options`` are specifications of further options; ``since``: the release of mailcow that introduced it.
    """

    request: Callable[[Existing, str, Mapping[str, Any]], Request]
    check: Callable[[str, str, Existing], None]
    options: Mapping[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    since: str | None = None


@dataclasses.dataclass(frozen=True)
class Protect:
    """A value of other objects that an edit of this one removes, and that is restored in the same run.

    ``affected`` gives the identities of these objects from (current values, wanted values); ``read`` is their GET
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
    """The arguments of `Kind.check`: canonical values by option.

    ``identity``: of the object, after a rename. ``given``: the values that the user manages. ``current``: the existing values, None
    for a new object. ``merged``: the values after the change. ``raw``: mailcow's object. ``holder``: mailcow's object that contains
    this one, None if it was not read. ``firm``: whether remaining limits will be the same when writing; ``holder_changes``: whether
    this run changes the limits of the holder.
    """

    identity: str
    given: Mapping[str, Any]
    current: Mapping[str, Any] | None
    merged: Mapping[str, Any]
    raw: Raw | None
    holder: Raw | None
    firm: bool = True
    holder_changes: bool = False


@dataclasses.dataclass(frozen=True)
class FallsWith:
    """Objects without which mailcow deletes an object: the last one of ``kind`` named in ``option``."""

    kind: str
    option: str


@dataclasses.dataclass(frozen=True, eq=False)
class Kind:
    """A kind of mailcow objects.

    ``name``, ``plural``: in results and in bulk. ``title``: its name in messages. ``identity``: how objects are identified.
    ``read``, ``write``: how they are read and written. ``belongs``: the container; ``place``: the word with which others declare
    that they belong to such an object. ``status``: read-only values of results as name -> function of mailcow's object;
    ``secrets``: the same, but returned only by the task that creates the object and on request. ``check``: function of a
    `Situation` that raises InvalidValue for what mailcow would reject or silently ignore, and `Needed` for missing options that
    only new objects require. ``clashes``: function of an identity and mailcow's object that contains it, if there is one, that gives
    (`Others`, name) of objects that must not exist; ``holds``: the `Others` that have to be deleted before an object can be
    deleted; ``cautions``: function of an identity, the parameters and the server that gives warnings about a new object;
    ``leaves``: function of an identity and the server that gives warnings about what a deletion leaves.
    ``spares``: {kind: values} with which creating an object of that kind does not create one of this kind. ``rename``,
    ``protect``, ``one_among``, ``falls_with``: see `Rename`, `Protect`, `OneAmong` and `FallsWith`.
    ``reset``: for objects that cannot be deleted, the values that mean absence. ``permanent``: the identities of objects that mailcow
    itself created and never deletes. ``one_stays``: the flag that at least one object must have, so that the last one is neither
    deleted nor loses it. ``since``: the release of mailcow that introduced such objects.
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
    leaves: Callable[[str, Asks], Iterable[str]] | None = None
    spares: Mapping[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)
    rename: Rename | None = None
    protect: Protect | None = None
    one_among: OneAmong | None = None
    falls_with: FallsWith | None = None
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
        """Give the kind as it is on a server of this version."""
        older = frozenset(field.option for field in self.fields if field.older and is_before(version, field.older.before))
        if older not in self._older:
            fields = [
                dataclasses.replace(field, **field.older.attributes) if field.older and field.option in older else field
                for field in self.fields
            ]
            self._older[older] = dataclasses.replace(self, fields=tuple(fields))
        return self._older[older]

    def releases(self) -> Iterator[tuple[str | None, str | None, str]]:
        """Give (option, value, release of mailcow) of everything that some servers do not have. The option is None for the kind, and the
        value for the option.
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
        # By the options that older servers write differently.
        return {frozenset(): self}

    @property
    def removable(self) -> bool:
        """Whether an object can be deleted, or reset if it always exists."""
        return self.write.deletes or self.reset is not None

    @property
    def is_scope(self) -> bool:
        """Whether its names are those of domains, whose deletion deletes everything in them."""
        return self.belongs is not None and self.place == self.belongs.place

    @property
    def in_scope(self) -> bool:
        """Whether its objects belong to domains, but are no domains."""
        return self.belongs is not None and not self.is_scope

    def place_of(self, identity: str) -> str:
        """Give the name of the list that contains the object, "" if its identity does not contain it."""
        return (self.belongs.holder(identity, {}) if self.belongs and self.belongs.by_name else None) or ""

    def scope_of(self, identity: str, values: Mapping[str, Any]) -> str | None:
        """Give the domain of an object, None if it has none or this is unknown."""
        return self.belongs.scope_of(identity, values) if self.belongs else None

    def managed(self, values: Iterable[str]) -> list[Field]:
        """Give the fields whose options are among ``values``."""
        options = frozenset(values)
        if options not in self._managed:
            self._managed[options] = [field for field in self.fields if field.option in options]
        return self._managed[options]

    @functools.cached_property
    def _managed(self) -> dict[frozenset[str], list[Field]]:
        # Cached, because thousands of objects have few combinations of options.
        return {}

    @functools.cached_property
    def late(self) -> frozenset[str]:
        """The options that are set when all other objects exist."""
        return frozenset(field.option for field in self.fields if field.late)

    def listed_options(self, details: bool) -> list[str]:
        """Give the options that a list contains, without secrets. Those that require a request for each object are included only with
        ``details``, or if there are no others.
        """
        fields = [field for field in self.fields if not field.secret]
        cheap = [field.option for field in fields if not field.source]
        return cheap if cheap and not details else [field.option for field in fields]

    @functools.cached_property
    def policies(self) -> list[str]:
        """The options that decide when values that cannot be read are written, in a fixed order."""
        return list(dict.fromkeys(field.policy for field in self.fields if field.policy))

    def is_reset(self, values: Mapping[str, Any]) -> bool:
        """Whether an object that cannot be deleted is in its reset state."""
        wanted = self.reset or {}
        return bool(wanted) and all(self.by_option[option].same(values.get(option), value) for option, value in wanted.items())

    def is_permanent(self, identity: str) -> bool:
        """Whether mailcow never deletes the object."""
        return self.identity.key(identity) in map(self.identity.key, self.permanent)

    def shown(self, identity: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give the object in option names and units, which can be used as input."""
        result = self.identity.show(identity)
        for field in self.fields:
            if not field.secret:
                result.update(field.show(values.get(field.option, MISSING)))
        return result

    def exported(self, identity: str, values: Mapping[str, Any], server: Asks) -> dict[str, Any]:
        """Give the object like `shown`, in a form that means the same on another server. Raises MailcowError."""
        result = self.identity.show(identity)
        for field in self.fields:
            if not field.secret:
                result.update(field.exported(values.get(field.option, MISSING), server))
        return result


def shows(*keys: str, **renamed: str) -> dict[str, Callable[[Raw], Any]]:
    """Give ``status`` entries with mailcow's unchanged values: ``shows("created", logins="last_login")``;
    absent ones are None.
    """
    names = dict({key: key for key in keys}, **renamed)
    return {name: functools.partial(_at, key) for name, key in names.items()}


def counts(*keys: str) -> dict[str, Callable[[Raw], Any]]:
    """Give ``status`` entries for numbers, which mailcow returns as numbers or texts; absent ones are None."""
    return {key: functools.partial(_number_at, key) for key in keys}


def _at(key: str, raw: Raw) -> Any:
    value = dig(raw, key.split("."))
    return None if value is MISSING else value


def _number_at(key: str, raw: Raw) -> int | None:
    return None if raw.get(key) is None else int(raw[key])
