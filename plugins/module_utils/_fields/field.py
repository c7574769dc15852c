# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a value of a mailcow object is: how it is asked for, read, compared, written and shown.

A field turns what the user gave (`Field.given`) and what mailcow answered (`Field.parse`) into one canonical value, so
that comparing is ``==`` unless a field says otherwise. It never knows which object it stands in.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from .._api.errors import InvalidValue

if TYPE_CHECKING:
    from .._api.request import Request

    # mailcow's object, attributes of a request, and an argument spec, by name.
    Raw = Mapping[str, Any]
    Body = dict[str, Any]
    Spec = dict[str, dict[str, Any]]


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


# Stands for "was not given" and for "mailcow does not show it"; None is a value in some fields.
MISSING = _Missing()
# How a secret shows in results and diffs: that it is there, and whether it changes.
SECRET = "********"


class Asks(Protocol):
    """What a field may ask of the server (see `_engine.server.Server`)."""

    check_mode: bool

    def ask(self, route: str, *segments: str) -> Any:
        """Give the answer to a GET, None where there is nothing."""

    def page(self, path: str, host: str) -> str | None:
        """Give the text of a public page under another name of the server, None where there is none."""

    def lacks(self, release: str) -> bool:
        """Whether the server is older than a release of mailcow."""

    def askable(self, names: Iterable[str], what: str) -> list[str]:
        """Give the names that mailcow can be asked about, with a warning that ``what`` belongs to the others is left out."""

    def each(self, function: Callable[[Any], Any], values: Iterable[Any], form: str = "") -> list[Any]:
        """Give [function(value) for value in values]; ``form`` says what is done, for those who want to know how far it is."""


def _canonical(said: Any) -> Any:
    """Give a value that a declaration says; () is an empty list there, because nobody can change it."""
    return [] if said == () else said


def dig(raw: Any, path: Sequence[str]) -> Any:
    """Give the value at a path of nested objects, MISSING when there is none."""
    for key in path:
        raw = raw.get(key, MISSING) if isinstance(raw, dict) else MISSING
    return raw


@dataclasses.dataclass(frozen=True)
class Older:
    """What is different about a field on servers ``before`` a release: other values of its ``attributes``."""

    before: str
    attributes: Mapping[str, Any] = dataclasses.field(hash=False)


@dataclasses.dataclass(frozen=True)
class Field:
    """One value of a mailcow object.

    ``option``: name of the module option. ``read``: where GET shows it (dotted into nested objects), None when it never
    does. ``write``: its name in request bodies (default: the option). ``on_add``: whether the add route takes it; what
    it ignores is set by an edit right after. ``on_edit``: whether it can be changed later. ``via``: the edit route that
    takes it, when it is not the object's own. ``source``: the GET route, as path segments below get/, that has it for
    an identity, when the object's own has not. ``default``: what a create sends when the option is omitted; MISSING
    leaves it to mailcow. ``keep``: an edit that omits it resets it, so every edit sends it along. ``policy``: the
    option that says when a value that cannot be read is written. ``clearable``: whether an empty value, or 0, can be
    set on an existing object; mailcow takes some of them for "not given". ``late``: whether it names other objects of the
    same run, so that it is set when all of them are there. ``required_on_create``: whether an object cannot be made
    without it.

    ``since``: the release of mailcow that brought it, None for those that every server has that we know. On an older one
    ``before`` is the value that holds, MISSING where none does. ``shown_since``: the release since which GET shows it; an older
    server takes it without showing it, so that the policy decides. ``older``: what an older server does in another way.
    """

    option: str
    read: str | None = ""
    write: str = ""
    on_add: bool = True
    on_edit: bool = True
    via: str | None = None
    source: tuple[str, ...] | None = None
    default: Any = MISSING
    keep: bool = False
    policy: str | None = None
    clearable: bool = True
    late: bool = False
    required_on_create: bool = False
    since: str | None = None
    before: Any = MISSING
    shown_since: str | None = None
    older: Older | None = None

    # Ansible's type of the option.
    type: ClassVar[str] = "str"
    # What it means when mailcow shows null where the value should be; MISSING when that cannot be.
    absent: ClassVar[Any] = MISSING
    # Whether mailcow leaves the key out when there is no value, so that it means the same as null.
    left_out: ClassVar[bool] = False
    # What a person calls the values that are `is_new`, and the release of mailcow that brought them.
    new: ClassVar[tuple[str, str] | None] = None
    # Whether the option must be given when the field is the identity of an object.
    needed: ClassVar[bool] = True
    # Whether the value must not be seen.
    secret: ClassVar[bool] = False
    # Whether a secret is shown to those who ask for it.
    revealable: ClassVar[bool] = False
    # Whether mailcow generates the secrets of the object anew when the value changes, so that the task that does it shows them.
    renews: ClassVar[bool] = False

    @property
    def readable(self) -> bool:
        """Whether the API shows the value, so that it can be compared."""
        return self.read is not None

    def argument_spec(self) -> Spec:
        """Give the module options of this field with their specifications; never with defaults: what is not given is
        not managed.
        """
        spec: dict[str, Any] = {"type": self.type}
        if self.type == "list":
            spec["elements"] = "str"
        if self.secret:
            spec["no_log"] = True
        return {self.option: dict(spec, **self.details())}

    def details(self) -> dict[str, Any]:
        """Give what a kind of field adds to its specification, or says in another way."""
        return {}

    def given(self, params: Mapping[str, Any]) -> Any:
        """Give the canonical wanted value from module parameters, MISSING when it was not given. Raises InvalidValue."""
        value = params.get(self.option)
        if value is None:
            return MISSING
        try:
            return self.canonical(value)
        except ValueError as error:
            raise InvalidValue(self.option, str(error)) from error

    def canonical(self, value: Any) -> Any:
        """Give the canonical form of a value of the option. Raises ValueError with a sentence about the value."""
        return value

    def parse(self, raw: Raw) -> Any:
        """Give the canonical value out of mailcow's object, MISSING when it is not shown there. May raise anything for what no
        such field can be (see `_api.shape.PUZZLED`).
        """
        if self.read is None:
            return MISSING
        value = self.shown_in(raw)
        # Read as something else they would be a value that nobody wrote.
        if (isinstance(value, dict) and self.type != "dict") or (isinstance(value, list) and self.type not in ("dict", "list")):
            raise ValueError("not what it should be made of")
        if value is MISSING and self.since:
            return _canonical(self.before)
        if value is None or (value is MISSING and self.left_out):
            return _canonical(self.absent)
        return MISSING if value is MISSING else self.from_server(value)

    def applies(self, raw: Raw) -> bool:
        """Whether mailcow's object has such a value at all: some depend on what else the object is."""
        return True

    def shown_in(self, raw: Raw) -> Any:
        """Give what mailcow's object has for it, MISSING when the object lacks the key."""
        return MISSING if self.read is None else dig(raw, self._path)

    @functools.cached_property
    def _path(self) -> list[str]:
        return (self.read or self.write or self.option).split(".")

    def needs(self, value: Any) -> str | None:
        """Give the release of mailcow that a value needs, None where every server takes it, or it holds anyway."""
        if self.new and self.is_new(value):
            return self.new[1]
        return None if value == _canonical(self.before) else self.since

    def is_new(self, value: Any) -> bool:
        """Whether a value is one of those that not every server takes that has the option (only fields with ``new``)."""
        return False

    def releases(self) -> dict[str | None, str]:
        """Give the releases of mailcow that brought the option (under None), and some of its values, by what a person calls them."""
        found: dict[str | None, str] = {None: self.since} if self.since else {}
        return dict(found, **{self.new[0]: self.new[1]}) if self.new else found

    def from_server(self, value: Any) -> Any:
        """Give the canonical value of what mailcow shows."""
        return self.canonical(value)

    def to_server(self, value: Any) -> Any:
        """Give what is written for a canonical value."""
        return value

    def body(self, value: Any) -> Body:
        """Give the attributes that set a canonical value."""
        return {self.write or self.option: self.to_server(value)}

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        """Give the value to reach, where it depends on what there is: ``current`` (MISSING on create), other objects
        (``server.ask``).

        Raises InvalidValue when it cannot be reached.
        """
        return wanted

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        """Raise InvalidValue for a value that the settings of the server do not allow. Asked only in check mode, about what would
        be written: else mailcow says so by itself. ``merged``: all values that there will be, by option.
        """

    def kept(self, value: Any, attributes: Body) -> Body:
        """Give the attributes that keep ``value`` in an edit that sets ``attributes`` (only fields with ``keep``)."""
        return self.body(value)

    def same(self, current: Any, wanted: Any) -> bool:
        """Whether nothing is to be done to get from one canonical value to the other."""
        return bool(current == wanted)

    def alike(self, current: Any, wanted: Any) -> bool:
        """Whether both values may come of adds of the same one, be it that one of them was mended meanwhile."""
        return self.same(current, wanted)

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        """Give (attributes for the edit route, further requests) that lead from ``current`` to ``wanted``.

        ``attempt`` is how often this run has tried already, although mailcow still shows something else.
        Empty on both sides means: there is no other way.
        """
        return ({}, []) if attempt else (self.body(wanted), [])

    def undecided(self, current: Any, wanted: Any) -> bool:
        """Whether comparing leaves it open if there is something to do, so that the policy decides (only fields with
        ``policy``).
        """
        return current is MISSING or self.shown_since is None

    def worth_writing(self, value: Any) -> bool:
        """Whether a value that is written by policy says anything at all."""
        return True

    def reached(self, current: Any, wanted: Any) -> Any:
        """Give the value that will be there when ``wanted`` has been written over ``current``."""
        return wanted

    def is_empty(self, value: Any) -> bool:
        """Whether mailcow could take the value for "not given"."""
        return value in ("", "0", 0)

    def show(self, value: Any) -> dict[str, Any]:
        """Give the options of this field as the result shows them, ready to be given back as input."""
        return {} if value is MISSING else {self.option: value}

    def exported(self, value: Any, server: Asks) -> dict[str, Any]:
        """Give the options as `show` does, in a form that means the same on another server. Raises MailcowError."""
        return self.show(value)
