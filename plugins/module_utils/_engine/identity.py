# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How objects of a kind are told apart: by a name of their own, by several of their values or a number, or because there
is only one.

An identity is a text that a person can read. Whoever needs to know more about it asks the `Identity` of the kind.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._fields.field import MISSING, Field

if TYPE_CHECKING:
    from .._fields.field import Body, Raw, Spec


class Name(str):
    """An identity made of several values. ``place``: the name of the list that the object stands in. ``number``:
    mailcow's own number of the object, where that and not the text says which one is meant, else None.
    """

    place: str | None = None
    number: Any = None

    @classmethod
    def of(cls, values: Iterable[Any], place: str | None = None, number: Any = None) -> Name:
        """Make the identity that is read as these values; empty ones are left out."""
        name = cls(" ".join(str(value) for value in values if value not in ("", None)))
        name.place = place
        name.number = number
        return name


class Identity:
    """What tells the objects of a kind apart. ``option`` names one; ``item`` is the key of mailcow's object by which edit
    and delete name it, None where that is the identity.
    """

    option: str = ""
    item: str | None = None
    # The fields that tell objects apart together and stand among the object's own.
    parts: tuple[Field, ...] = ()
    # Whether objects have a number, because several may have the same identity.
    numbered = False
    # Whether the option has to be given.
    needed = False

    @property
    def naming(self) -> list[str]:
        """The options that identify an object for a person."""
        return [part.option for part in self.parts] or [self.option]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that it adds to those of the object."""
        return ()

    def argument_spec(self) -> Spec:
        """Give the module option that names an object, with its specification."""
        return {}

    def given(self, params: Mapping[str, Any]) -> str:
        """Give the identity that is wanted by module parameters. Raises InvalidValue."""
        raise NotImplementedError

    def renamed(self, name: str) -> str:
        """Give the identity for a new name. Raises ValueError."""
        raise NotImplementedError

    def of(self, raw: Raw) -> str:
        """Give the identity of mailcow's object; "" for the objects full of nulls that some GETs answer with
        (facts-mailboxes 1.1). Raises KeyError for one that does not say what it is.
        """
        raise NotImplementedError

    def key(self, identity: str) -> str:
        """Give the form in which identities are equal or not: mailcow compares without case."""
        return identity.lower()

    def keys_of(self, raw: Raw) -> list[str]:
        """Give the keys under which mailcow's object can be asked for; the last one is of no other object."""
        return [self.key(self.of(raw))]

    def is_there(self, raw: Raw) -> bool:
        """Whether an answer is an object."""
        return bool(self.of(raw))

    def item_of(self, raw: Raw) -> Any:
        """Give what edit and delete call the object."""
        return raw[self.item] if self.item else self.of(raw)

    def number(self, identity: str) -> Any:
        """Give mailcow's number of the object when that is what identifies it, else None."""
        return None

    def place_in(self, values: Mapping[str, Any]) -> str | None:
        """Give the name of the list that objects with these values stand in, None when there is a list of all."""
        return None

    def told_apart(self, identity: str, item: Any, alone: bool) -> str:
        """Give the identity of an object that is there so that it means this one only. ``item``: what edit and delete
        call it; ``alone``: whether no other has the same identity.
        """
        return identity

    def body(self, identity: str) -> Body:
        """Give the attributes of an add that say it."""
        return {}

    def show(self, identity: str) -> dict[str, Any]:
        """Give the options that say it, as results show them."""
        return {}


class ByName(Identity):
    """A name of its own, which is ``field``."""

    def __init__(self, field: Field, item: str | None = None) -> None:
        self.field = field
        self.option = field.option
        self.item = item
        self.needed = field.needed

    @property
    def fields(self) -> tuple[Field, ...]:
        return (self.field,)

    def argument_spec(self) -> Spec:
        return self.field.argument_spec()

    def given(self, params: Mapping[str, Any]) -> str:
        return str(self.field.given(params))

    def renamed(self, name: str) -> str:
        return str(self.field.canonical(name))

    def of(self, raw: Raw) -> str:
        return str(_told(self.field, raw) or "")

    def body(self, identity: str) -> Body:
        return self.field.body(identity)

    def show(self, identity: str) -> dict[str, Any]:
        return self.field.show(identity)


@dataclasses.dataclass(frozen=True)
class ByParts(Identity):
    """Several values of the object together, or its number, which ``option`` takes when several match.

    ``parts``: the fields, which also stand among the object's fields; ``lacking``: the value of parts that may be left
    out, by option, or a function of the others; ``place``: the option of the part that names the list in which the object
    stands, when there is no list of all; ``optional``: options of parts that are looked at only when they are given;
    ``type``: Ansible's type of the number.
    """

    option: str
    parts: tuple[Field, ...] = ()
    optional: tuple[str, ...] = ()
    lacking: Mapping[str, str | Callable[[Mapping[str, Any]], str]] = dataclasses.field(default_factory=dict, hash=False)
    place: str | None = None
    type: str = "int"
    item: str | None = "id"

    numbered = True

    def argument_spec(self) -> Spec:
        return {self.option: {"type": self.type}}

    def given(self, params: Mapping[str, Any]) -> str:
        values = {part.option: part.given(params) for part in self.parts}
        if params.get(self.option) is not None:
            if self.place and values[self.place] is MISSING:
                raise InvalidValue(self.place, "is required with %s" % self.option)
            number = params[self.option]
            return Name.of(["#%s" % number], self.place_in(values), number)
        needed = [part.option for part in self.parts if part.option not in self.lacking and part.option not in self.optional]
        if any(values[option] is MISSING for option in needed):
            raise InvalidValue(None, "set %s, or %s" % (" and ".join(needed), self.option))
        for option, stand_in in self.lacking.items():
            if values[option] is MISSING:
                values[option] = stand_in(values) if callable(stand_in) else stand_in
        return self._name(values)

    def of(self, raw: Raw) -> str:
        values = {part.option: _told(part, raw) for part in self.parts}
        return "" if MISSING in values.values() else self._name(values)

    def short(self, raw: Raw) -> str:
        """Give the identity of mailcow's object for those who do not give the optional parts."""
        return self._name({part.option: _told(part, raw) for part in self.parts if part.option not in self.optional})

    def key(self, identity: str) -> str:
        number = self.number(identity)
        return identity.lower() if number is None else _number_key(number)

    def keys_of(self, raw: Raw) -> list[str]:
        keys = [self.key(self.of(raw))] + ([self.key(self.short(raw))] if self.optional else [])
        return keys + [_number_key(raw[self.item or ""])]

    def is_there(self, raw: Raw) -> bool:
        # One with a number is, even if nothing else tells it from others.
        return bool(self.of(raw)) or raw.get(self.item or "") is not None

    def number(self, identity: str) -> Any:
        return getattr(identity, "number", None)

    def told_apart(self, identity: str, item: Any, alone: bool) -> str:
        return Name.of([identity] if alone else [identity, "#%s" % item], getattr(identity, "place", None), item)

    def place_in(self, values: Mapping[str, Any]) -> str | None:
        return values.get(self.place) if self.place else None

    def _name(self, values: Mapping[str, Any]) -> Name:
        # An optional part that is empty is not the same as one that is not given.
        values = {option: "without %s" % option if value == "" and option in self.optional else value for option, value in values.items()}
        return Name.of([value for value in values.values() if value is not MISSING], self.place_in(values))


class OnlyOne(Identity):
    """There is only one on a server."""

    def given(self, params: Mapping[str, Any]) -> str:
        return Name("of the server")

    def of(self, raw: Raw) -> str:
        return Name("of the server")


def _told(field: Field, raw: Raw) -> Any:
    """Give the value by which an object is told from others."""
    value = field.parse(raw)
    if value is MISSING and field.shown_in(raw) is MISSING:
        raise KeyError(field.option)
    return value


def _number_key(number: Any) -> str:
    # Some numbers are addresses or names, which mailcow compares without case.
    return "#%s" % str(number).lower()
