# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How objects of a kind are identified: by a name, by several of their values or an ID, or because there is only one.

An identity is a readable text. The `Identity` of the kind knows what it consists of.
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
    """An identity that consists of several values. ``place``: the name of the list that contains the object. ``number``: mailcow's ID
    of the object if the ID identifies it, not the text; else None.
    """

    place: str | None = None
    number: Any = None

    @classmethod
    def of(cls, values: Iterable[Any], place: str | None = None, number: Any = None) -> Name:
        """Create the identity from these values; empty ones are omitted."""
        name = cls(" ".join(str(value) for value in values if value not in ("", None)))
        name.place = place
        name.number = number
        return name


class Identity:
    """Identifies the objects of a kind. ``option``: the option that names one; ``item``: the key of mailcow's object with which edit
    and delete name it, None if this is the identity.
    """

    option: str = ""
    item: str | None = None
    # The fields of the object that together identify it.
    parts: tuple[Field, ...] = ()
    # Whether objects have an ID, because several can have the same identity.
    numbered = False
    # Whether the option is required.
    needed = False

    @property
    def naming(self) -> list[str]:
        """The options that identify an object for users."""
        return [part.option for part in self.parts] or [self.option]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that it adds to those of the object."""
        return ()

    def argument_spec(self) -> Spec:
        """Give the module option that names an object, with its specification."""
        return {}

    def given(self, params: Mapping[str, Any]) -> str:
        """Give the identity in module parameters. Raises InvalidValue."""
        raise NotImplementedError

    def renamed(self, name: str) -> str:
        """Give the identity for a new name. Raises ValueError."""
        raise NotImplementedError

    def of(self, raw: Raw) -> str:
        """Give the identity of mailcow's object; "" for objects of nulls that some GETs return
        (facts-mailboxes 1.1). Raises KeyError for an object without identity.
        """
        raise NotImplementedError

    def key(self, identity: str) -> str:
        """Give an identity in a form for comparison: mailcow ignores case."""
        return identity.lower()

    def keys_of(self, raw: Raw) -> list[str]:
        """Give the keys with which users can identify mailcow's object; the last one is unique."""
        return [self.key(self.of(raw))]

    def is_there(self, raw: Raw) -> bool:
        """Whether an answer is an existing object."""
        return bool(self.of(raw))

    def item_of(self, raw: Raw) -> Any:
        """Give the item with which edit and delete name the object."""
        return raw[self.item] if self.item else self.of(raw)

    def number(self, identity: str) -> Any:
        """Give mailcow's ID of the object if it identifies it, else None."""
        return None

    def place_in(self, values: Mapping[str, Any]) -> str | None:
        """Give the name of the list that contains objects with these values, None if there is a list of all."""
        return None

    def told_apart(self, identity: str, item: Any, alone: bool) -> str:
        """Give the identity of an existing object that means only this one. ``item``: the one of edit and delete;
        ``alone``: whether no other object has the same identity.
        """
        return identity

    def body(self, identity: str) -> Body:
        """Give the attributes of an add that contain the identity."""
        return {}

    def show(self, identity: str) -> dict[str, Any]:
        """Give the options that contain the identity, for results."""
        return {}


class ByName(Identity):
    """A name, which is ``field``."""

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
    """Several values of the object together, or its ID, which is set with ``option`` if several objects match.

    ``parts``: the fields, which are also fields of the object; ``lacking``: the value of parts that can be omitted, by option, or a
    function of the others; ``place``: the option of the part that names the list with the object, if there is no list of all;
    ``optional``: options of parts that are compared only if they are specified; ``type``: Ansible's type of the ID.
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
        """Give the identity of mailcow's object without the optional parts."""
        return self._name({part.option: _told(part, raw) for part in self.parts if part.option not in self.optional})

    def key(self, identity: str) -> str:
        number = self.number(identity)
        return identity.lower() if number is None else _number_key(number)

    def keys_of(self, raw: Raw) -> list[str]:
        keys = [self.key(self.of(raw))] + ([self.key(self.short(raw))] if self.optional else [])
        return keys + [_number_key(raw[self.item or ""])]

    def is_there(self, raw: Raw) -> bool:
        # An object with an ID exists, even if it has no other values.
        return bool(self.of(raw)) or raw.get(self.item or "") is not None

    def number(self, identity: str) -> Any:
        return getattr(identity, "number", None)

    def told_apart(self, identity: str, item: Any, alone: bool) -> str:
        return Name.of([identity] if alone else [identity, "#%s" % item], getattr(identity, "place", None), item)

    def place_in(self, values: Mapping[str, Any]) -> str | None:
        return values.get(self.place) if self.place else None

    def _name(self, values: Mapping[str, Any]) -> Name:
        # An empty optional part is not the same as one that is not specified.
        values = {option: "without %s" % option if value == "" and option in self.optional else value for option, value in values.items()}
        return Name.of([value for value in values.values() if value is not MISSING], self.place_in(values))


class OnlyOne(Identity):
    """A server has only one object of the kind."""

    def given(self, params: Mapping[str, Any]) -> str:
        return Name("of the server")

    def of(self, raw: Raw) -> str:
        return Name("of the server")


def _told(field: Field, raw: Raw) -> Any:
    """Give the value that identifies an object."""
    value = field.parse(raw)
    if value is MISSING and field.shown_in(raw) is MISSING:
        raise KeyError(field.option)
    return value


def _number_key(number: Any) -> str:
    # Some IDs are addresses or names, whose case mailcow ignores.
    return "#%s" % str(number).lower()
