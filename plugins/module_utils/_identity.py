# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How objects are told apart that have no name of their own: by several of their values, by a number, or because there
is only one.
"""

from __future__ import annotations

import dataclasses

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Field


class Name(str):
    """An identity made of several values, readable for a person. ``place``: the name of the list that the object stands
    in. ``number``: mailcow's own number of the object, where that and not the text says which one is meant, else None.
    """

    place = None
    number = None

    @classmethod
    def of(cls, values, place=None, number=None):
        name = cls(" ".join(str(value) for value in values if value not in ("", None)))
        name.place = place
        name.number = number
        return name


def number_of(identity):
    """Give mailcow's number of the object when that is what identifies it, else None."""
    return getattr(identity, "number", None)


@dataclasses.dataclass(frozen=True)
class Compound(Field):
    """An identity of several fields of the object. ``option`` is the one that names an object by mailcow's number, when
    several match.

    ``parts``: the fields, which also stand among the object's fields; ``lacking``: the value of parts that may be left
    out, by option; ``place``: the option of the part that names the list in which the object stands, when there is no
    list of all; ``optional``: options of parts that are looked at only when they are given.
    """

    parts: tuple = ()
    optional: tuple = ()
    lacking: dict = dataclasses.field(default_factory=dict, hash=False)
    place: str | None = None
    type: str = "int"

    needed = False

    def argument_spec(self):
        return {self.option: {"type": self.type}}

    def given(self, params):
        values = {part.option: part.given(params) for part in self.parts}
        if params.get(self.option) is not None:
            if self.place and values[self.place] is MISSING:
                raise InvalidValue(self.place, "is needed beside %s" % self.option)
            number = params[self.option]
            return Name.of(["#%s" % number], values.get(self.place), number)
        needed = [part.option for part in self.parts if part.option not in self.lacking and part.option not in self.optional]
        if any(values[option] is MISSING for option in needed):
            raise InvalidValue(None, "give %s, or %s" % (" and ".join(needed), self.option))
        for option, stand_in in self.lacking.items():
            if values[option] is MISSING:
                values[option] = stand_in(values) if callable(stand_in) else stand_in
        return self._name(values)

    def parse(self, raw):
        values = {part.option: part.parse(raw) for part in self.parts}
        return MISSING if MISSING in values.values() else self._name(values)

    def short(self, raw):
        """Give the identity of mailcow's object for those who do not give the optional parts."""
        return self._name({part.option: part.parse(raw) for part in self.parts if part.option not in self.optional})

    def _name(self, values):
        # An optional part that is empty is not the same as one that is not given.
        values = {option: "without %s" % option if value == "" and option in self.optional else value for option, value in values.items()}
        return Name.of([value for value in values.values() if value is not MISSING], values.get(self.place))

    def body(self, value):
        # The parts stand among the fields.
        return {}

    def show(self, value):
        return {}


class Singleton(Field):
    """The identity of what there is only one of on a server."""

    needed = False

    def argument_spec(self):
        return {}

    def given(self, params):
        return Name("of the server")

    def parse(self, raw):
        return Name("of the server")

    def show(self, value):
        return {}
