# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a mailcow object is declared: the single source of argument spec, reading, comparing, writing, info, bulk and
export.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping

from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Field, dig
from ansible_collections.community.mailcow.plugins.module_utils._identity import number_of


@dataclasses.dataclass(frozen=True)
class Read:
    """The GET routes of an object, below get/.

    ``one``: route of a single object, asked with the identity. ``all``: route of the list of all. ``scoped``: route of
    the list of one domain. ``reduced``: a cheaper scoped list, whose objects lack the options ``reduced_lacks``.
    ``named_by``: for objects without any list, the (route, key) of the lists whose names they may belong to.
    ``suffix``: further segments of the routes of lists; ``suffix_for``: those instead of them that show an option which
    is not shown otherwise.
    ``lists``: for objects that are nothing but lists of their own, the routes of these, whose answers are mailcow's object
    by route; since an empty list is no answer, such an object is there whatever it belongs to.
    ``other_answer_hides``: whether an answer about another object can hide the one that was asked for, so that the list
    has to be searched. ``other_answer_means``: why an object cannot be made when the route answers about another one, as
    a template of the answer's keys. ``unknown_gives_all``: whether the list of a domain that does not exist is the list
    of all. ``per_mailbox``: whether ``scoped`` is the list of a mailbox and not of a domain. ``combine`` makes mailcow's
    objects of the list's entries where several entries are one object. ``only_one``: whether there is one on a server,
    which ``one`` gives without a name.
    """

    one: str | None = None
    all: str | None = None
    scoped: str | None = None
    reduced: str | None = None
    reduced_lacks: tuple = ()
    named_by: tuple = ()
    lists: tuple = ()
    other_answer_hides: bool = False
    other_answer_means: str | None = None
    unknown_gives_all: bool = False
    per_mailbox: bool = False
    suffix: tuple = ()
    suffix_for: dict = dataclasses.field(default_factory=dict)
    combine: Callable | None = None
    only_one: bool = False

    def route(self, identity):
        """Give the segments of the GET route of a single object."""
        return (self.one,) if self.only_one else (self.one, identity)


@dataclasses.dataclass(frozen=True)
class Add:
    """One add route. ``when``: the option whose presence chooses it. ``identity``: name of the identity in its body,
    None when fields hold it.

    ``takes``: options it takes, None for all that are on_add. ``fixed``: further attributes. ``overwrites``: whether it
    replaces what is there, so that nothing need be deleted before. ``stale``: a message id that a server may answer
    with for reasons of its own, so that the same request is worth repeating. ``join``: see `_fields.Request`.
    """

    route: str
    when: str | None = None
    identity: str | None = None
    takes: tuple | None = None
    fixed: dict = dataclasses.field(default_factory=dict)
    overwrites: bool = False
    stale: str | None = None
    join: str | None = None


@dataclasses.dataclass(frozen=True)
class Rename:
    """The option ``rename_to``. ``request`` makes the `_fields.Request` of (current object, new identity, options).

    ``check`` raises InvalidValue for (old identity, new identity, current object) when mailcow would not do it.
    ``options`` are specifications of further options. ``taken``: (GET route, title) of other objects that may have the new
    name already.
    """

    request: Callable
    check: Callable
    options: dict = dataclasses.field(default_factory=dict)
    taken: tuple = ()


@dataclasses.dataclass(frozen=True)
class Protect:
    """Something of other objects that an edit of this one takes away, and that is put back in the same run.

    ``affected`` gives the identities of those objects from (current values, wanted values); ``read`` is their GET
    route, ``value`` the key in the answer, ``write`` the edit route that sets it under the same name.
    """

    affected: Callable
    read: str
    value: str
    write: str


@dataclasses.dataclass(frozen=True)
class Situation:
    """What `Resource.check` may look at: canonical values by option.

    ``identity``: of the object. ``given``: what the user manages. ``current``: what there is, None when the object is
    to be created. ``merged``: what there will be. ``raw``: mailcow's object. ``parent``: mailcow's object that holds
    this one, None when it was not read. ``firm``: whether what is left in them still holds when it comes to writing;
    ``parent_changes``: whether this run changes the limits of the parent.
    """

    identity: str
    given: dict
    current: Mapping | None
    merged: Mapping
    raw: dict | None
    parent: dict | None
    firm: bool = True
    parent_changes: bool = False


@dataclasses.dataclass(frozen=True, eq=False)
class Resource:
    """One kind of mailcow object.

    ``kind``, ``plural``: names in results and in bulk. ``title``: what a person calls it. ``identity``: the field that
    identifies one, ``item``: the key of mailcow's object by which edit and delete name it (None: the identity).
    ``edit``: the edit route, None when mailcow can only replace. ``status``: read-only values of results as name ->
    function of mailcow's object. ``parent``: (GET route, function of the identity) of the object that must exist first.
    ``check``: function of a `Situation` that raises InvalidValue for what mailcow would refuse or silently ignore.
    ``domain_of``: the domain an identity belongs to, None when there is no such thing; ``scope``: the same as a
    function of identity and values, where the identity does not tell. ``keeps_parent``: whether the parent can only be
    deleted after it. ``contains``: whether it is a domain, with which others go. ``spares``: {kind: values} that keep its
    creation from making objects of the other kind by itself. ``rename``, ``protect``: see `Rename` and `Protect`.
    ``reset``: for what cannot be deleted, the values that stand for its absence. ``secrets``: like ``status``, but shown
    only by the task that made the object and on demand.
    """

    kind: str
    plural: str
    title: str
    identity: Field
    read: Read
    add: tuple
    edit: str | None
    delete: str | None
    fields: tuple
    item: str | None = None
    status: dict = dataclasses.field(default_factory=dict)
    parent: tuple | None = None
    check: Callable | None = None
    domain_of: Callable | None = None
    scope: Callable | None = None
    keeps_parent: bool = False
    contains: bool = False
    spares: dict = dataclasses.field(default_factory=dict)
    rename: Rename | None = None
    protect: Protect | None = None
    reset: dict | None = None
    secrets: dict = dataclasses.field(default_factory=dict)

    @functools.cached_property
    def by_option(self):
        """The fields by option."""
        return {field.option: field for field in self.fields}

    @functools.cached_property
    def by_parameter(self):
        """The fields by module option; some fields have several."""
        return {name: field for field in self.fields for name in field.argument_spec()}

    def key(self, identity):
        """Give the form in which identities are equal or not: mailcow compares without case."""
        number = number_of(identity)
        return identity.lower() if number is None else _number_key(number)

    @property
    def removable(self):
        """Whether there is a way to be rid of an object: its deletion, or the reset of one that is always there."""
        return bool(self.delete) or self.reset is not None

    @property
    def numbered(self):
        """Whether objects are told apart by mailcow's number, because several may have the same identity."""
        return hasattr(self.identity, "parts")

    @property
    def naming(self):
        """Give the options that identify an object for a person."""
        return [part.option for part in getattr(self.identity, "parts", ())] or [self.identity.option]

    def place_of(self, identity):
        """Give the name of the list that holds the object, None when it is the list of all."""
        place = getattr(identity, "place", None)
        return place or (self.domain_of(identity) if self.domain_of and not self.read.per_mailbox else None)

    def keys_of(self, raw):
        """Give the keys under which mailcow's object can be asked for: its identity, and its number if it has one."""
        keys = [self.key(self.identity_of(raw))]
        if getattr(self.identity, "optional", ()):
            keys.append(self.key(self.identity.short(raw)))
        return keys + [_number_key(raw[self.item])] if self.numbered else keys

    def identity_of(self, raw):
        """Give the identity of mailcow's object; "" for the objects full of nulls that some GETs answer with
        (facts-mailboxes 1.1).
        """
        identity = self.identity.parse(raw)
        return "" if identity is MISSING else identity

    def is_there(self, raw):
        """Whether an answer is an object. One with a number is, even if nothing else tells it from others."""
        return bool(self.identity_of(raw)) or (self.numbered and raw.get(self.item) is not None)

    def item_of(self, raw):
        """Give what edit and delete call the object."""
        return raw[self.item] if self.item else self.identity_of(raw)

    def managed(self, values):
        """Give the fields whose options are among ``values``."""
        options = frozenset(values)
        if options not in self._managed:
            self._managed[options] = [field for field in self.fields if field.option in options]
        return self._managed[options]

    @functools.cached_property
    def _managed(self):
        # Thousands of objects have few combinations of options.
        return {}

    def route_for(self, options):
        """Give the add route for the given options."""
        return next(add for add in self.add if add.when is None or add.when in options)

    @functools.cached_property
    def late(self):
        """The options that are set when all other objects are there."""
        return frozenset(field.option for field in self.fields if field.late)

    def domain(self, identity, values):
        """Give the domain that an object belongs to, None when it belongs to none or that cannot be told."""
        if self.scope:
            return self.scope(identity, values)
        return self.domain_of(identity) if self.domain_of else None

    def listed_options(self, details):
        """Give the options that a listing shows: those that cost a request for each object only with ``details``, or
        when there are no others; secrets never.
        """
        fields = [field for field in self.fields if not field.secret]
        cheap = [field.option for field in fields if not field.source]
        return cheap if cheap and not details else [field.option for field in fields]

    @functools.cached_property
    def policies(self):
        """The options that decide when values that cannot be read are written, in a fixed order."""
        return list(dict.fromkeys(field.policy for field in self.fields if field.policy))

    def is_reset(self, values):
        """Whether an object that cannot be deleted is as its reset leaves it."""
        wanted = self.reset or {}
        return bool(wanted) and all(self.by_option[option].same(values.get(option), value) for option, value in wanted.items())

    def shown(self, identity, values):
        """Give the object in option names and units, ready to be given back as input."""
        result = self.identity.show(identity)
        for field in self.fields:
            if not field.secret:
                result.update(field.show(values.get(field.option, MISSING)))
        return result


def _number_key(number):
    # Some numbers are addresses or names, which mailcow compares without case.
    return "#%s" % str(number).lower()


def shows(*keys, **renamed):
    """Give the ``status`` entries that show mailcow's values as they are: ``shows("created", logins="last_login")``;
    absent ones are None.
    """
    names = dict({key: key for key in keys}, **renamed)
    return {name: (lambda raw, key=key: dig(raw, key)) for name, key in names.items()}


def counts(*keys):
    """Give the ``status`` entries for numbers, which mailcow shows as numbers or as texts; absent ones are None."""
    return {key: (lambda raw, key=key: None if raw.get(key) is None else int(raw[key])) for key in keys}
