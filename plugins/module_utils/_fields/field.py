# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A value of a mailcow object: how it is specified, read, compared, written and returned.

A field converts the user's value (`Field.given`) and mailcow's value (`Field.parse`) to the same canonical value, so that they are
compared with ``==`` unless a field overrides this. It does not know to which object it belongs.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from .._api.errors import InvalidValue

if TYPE_CHECKING:
    from .._api.request import Request

    # mailcow's object, attributes of a request, and an argument spec, each a dict by name.
    Raw = Mapping[str, Any]
    Body = dict[str, Any]
    Spec = dict[str, dict[str, Any]]


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


# Means "not specified by the user" and "not returned by mailcow"; None is a value of some fields.
MISSING = _Missing()
# How secrets are displayed in results and diffs: that they exist, and whether they change.
SECRET = "********"


class Asks(Protocol):
    """The queries that a field may send to the server (see `_engine.server.Server`)."""

    check_mode: bool

    def ask(self, route: str, *segments: str) -> Any:
        """Give the answer to a GET, None if it is empty."""

    def page(self, path: str, host: str) -> str | None:
        """Give the text of a public page under another name of the server, None if there is none."""

    def lacks(self, release: str) -> bool:
        """Whether the server is older than a release of mailcow."""

    def askable(self, names: Iterable[str], what: str) -> list[str]:
        """Give the names that mailcow's API accepts, with a warning that ``what`` belongs to the others is left out."""

    def each(self, function: Callable[[Any], Any], values: Iterable[Any], form: str = "") -> list[Any]:
        """Give [function(value) for value in values]; ``form``: the sentence about the progress."""


def _canonical(said: Any) -> Any:
    """Give a value of a declaration; in it, () is an empty list, because it is immutable."""
    return [] if said == () else said


def dig(raw: Any, path: Sequence[str]) -> Any:
    """Give the value at a path of nested objects, MISSING when there is none."""
    for key in path:
        raw = raw.get(key, MISSING) if isinstance(raw, dict) else MISSING
    return raw


@dataclasses.dataclass(frozen=True)
class Older:
    """Other values of ``attributes`` of a field on servers ``before`` a release."""

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

    # The type of the option in the argument spec.
    type: ClassVar[str] = "str"
    # The value if mailcow returns null; MISSING if it never does.
    absent: ClassVar[Any] = MISSING
    # Whether mailcow omits the key if there is no value, which is then the same as null.
    left_out: ClassVar[bool] = False
    # The name for users of the values that are `is_new`, and the release of mailcow that introduced them.
    new: ClassVar[tuple[str, str] | None] = None
    # Whether the option must be given when the field is the identity of an object.
    needed: ClassVar[bool] = True
    # Whether the value is a secret.
    secret: ClassVar[bool] = False
    # Whether a secret is returned on request.
    revealable: ClassVar[bool] = False
    # Whether mailcow generates new secrets of the object if the value changes; the task that changes it returns them.
    renews: ClassVar[bool] = False

    @property
    def readable(self) -> bool:
        """Whether the API returns the value, so that it can be compared."""
        return self.read is not None

    def argument_spec(self) -> Spec:
        """Give the module options of this field with their specifications, but without defaults: what is not specified is
        not managed.
        """
        spec: dict[str, Any] = {"type": self.type}
        if self.type == "list":
            spec["elements"] = "str"
        if self.secret:
            spec["no_log"] = True
        return {self.option: dict(spec, **self.details())}

    def details(self) -> dict[str, Any]:
        """Give what a class of fields adds to the specification, or overrides in it."""
        return {}

    def given(self, params: Mapping[str, Any]) -> Any:
        """Give the canonical value of the module parameters, MISSING if it is not specified. Raises InvalidValue."""
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
        """Give the canonical value in mailcow's object, MISSING if it is not returned. May raise any error for an invalid
        value (see `_api.shape.PUZZLED`).
        """
        if self.read is None:
            return MISSING
        value = self.shown_in(raw)
        # Otherwise, they would be read as a value that nobody has set.
        if (isinstance(value, dict) and self.type != "dict") or (isinstance(value, list) and self.type not in ("dict", "list")):
            raise ValueError("not what it should be made of")
        if value is MISSING and self.since:
            return _canonical(self.before)
        if value is None or (value is MISSING and self.left_out):
            return _canonical(self.absent)
        return MISSING if value is MISSING else self.from_server(value)

    def applies(self, raw: Raw) -> bool:
        """Whether mailcow's object has the value at all: some depend on others."""
        return True

    def shown_in(self, raw: Raw) -> Any:
        """Give mailcow's value, MISSING if the object does not have the key."""
        return MISSING if self.read is None else dig(raw, self._path)

    @functools.cached_property
    def _path(self) -> list[str]:
        return (self.read or self.write or self.option).split(".")

    def needs(self, value: Any) -> str | None:
        """Give the release of mailcow that a value requires, None if every server accepts it or has it anyway."""
        if self.new and self.is_new(value):
            return self.new[1]
        return None if value == _canonical(self.before) else self.since

    def is_new(self, value: Any) -> bool:
        """Whether some servers that have the option do not accept the value (only fields with ``new``)."""
        return False

    def releases(self) -> dict[str | None, str]:
        """Give the releases of mailcow that introduced the option (under None) and some of its values, by their names for users."""
        found: dict[str | None, str] = {None: self.since} if self.since else {}
        return dict(found, **{self.new[0]: self.new[1]}) if self.new else found

    def from_server(self, value: Any) -> Any:
        """Give the canonical value of mailcow's value."""
        return self.canonical(value)

    def to_server(self, value: Any) -> Any:
        """Give mailcow's value of a canonical value."""
        return value

    def body(self, value: Any) -> Body:
        """Give the attributes that set a canonical value."""
        return {self.write or self.option: self.to_server(value)}

    def added(self, value: Any, identity: str) -> Body:
        """Give the attributes that set a canonical value in the add of the object with ``identity`` (only fields with ``on_add``). If
        they set another one, or none, an edit follows.
        """
        return self.body(value)

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        """Give the wanted value if it depends on the current one (``current``, MISSING on create) or on other objects
        (``server.ask``).

        Raises InvalidValue if it is not possible.
        """
        return wanted

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        """Raise InvalidValue for a value that the settings of the server do not allow. Called only in check mode, for values that
        would be written: otherwise, mailcow reports this itself. ``merged``: all values after the change, by option.
        """

    def kept(self, value: Any, attributes: Body) -> Body:
        """Give the attributes that keep ``value`` in an edit that sets ``attributes`` (only fields with ``keep``)."""
        return self.body(value)

    def same(self, current: Any, wanted: Any) -> bool:
        """Whether two canonical values are equal, so that nothing has to be written."""
        return bool(current == wanted)

    def alike(self, current: Any, wanted: Any) -> bool:
        """Whether both values can result from adds of the same value, even if one of them was corrected in the meantime."""
        return self.same(current, wanted)

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        """Give (attributes for the edit route, further requests) that lead from ``current`` to ``wanted``.

        ``attempt``: the number of previous attempts of this run after which mailcow still returned another value.
        Both parts are empty if there is no other way.
        """
        return ({}, []) if attempt else (self.body(wanted), [])

    def undecided(self, current: Any, wanted: Any) -> bool:
        """Whether the comparison cannot decide if there is something to do, so that the policy decides (only fields with
        ``policy``).
        """
        return current is MISSING or self.shown_since is None

    def worth_writing(self, value: Any) -> bool:
        """Whether a value that is written by policy is not empty."""
        return True

    def reached(self, current: Any, wanted: Any) -> Any:
        """Give the value after ``wanted`` has been written over ``current``."""
        return wanted

    def is_empty(self, value: Any) -> bool:
        """Whether mailcow could treat the value as "not specified"."""
        return value in ("", "0", 0)

    def show(self, value: Any) -> dict[str, Any]:
        """Give the options of this field for the result, which can be used as input."""
        return {} if value is MISSING else {self.option: value}

    def exported(self, value: Any, server: Asks) -> dict[str, Any]:
        """Give the options as `show` does, in a form that means the same on another server. Raises MailcowError."""
        return self.show(value)
