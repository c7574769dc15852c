# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that mailcow's objects are made of: how each is asked for, read, compared, written and shown.

A field turns what the user gave (`Field.given`) and what mailcow answered (`Field.parse`) into one canonical value, so
that comparing is ``==`` unless a field says otherwise. It never knows which object it stands in.
"""

from __future__ import annotations

import dataclasses
import re

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_name, fold, segment

MIB = 1024 * 1024
# Stands for "was not given" and for "mailcow does not show it"; None is a value in some fields.
MISSING = type("Missing", (), {"__repr__": lambda self: "MISSING", "__bool__": lambda self: False})()
# How a secret shows in results and diffs: that it is there, and whether it changes.
SECRET = "********"


def dig(raw, path):
    """Give the value at a dotted path of nested objects, None when there is none."""
    for key in path.split("."):
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw


def items_of(item):
    """Give what edit and delete call an object as a list; some objects are several entries for mailcow."""
    return list(item) if isinstance(item, (list, tuple)) else [item]


@dataclasses.dataclass(frozen=True)
class Request:
    """One write: ``path`` below /api/v1/ and its ``body``. ``item`` is what an edit or a delete is about, None for an
    add; ``join`` the attribute of an add that takes several, separated by commas, when all others are alike.
    """

    path: str
    body: object
    item: object = None
    join: str | None = None

    def shared(self):
        """Give what must be equal for two requests to be made as one, None when this one stands alone."""
        if self.join:
            return self.path, repr({name: value for name, value in self.body.items() if name != self.join})
        if self.item is None:
            return None
        return self.path, repr(self.body["attr"]) if isinstance(self.body, dict) else None

    def joined(self, others):
        """Give the body of one request that does this one and ``others``, which share what is to be done."""
        requests = [self, *others]
        if self.join:
            return dict(self.body, **{self.join: ",".join(request.body[self.join] for request in requests)})
        items = [item for request in requests for item in items_of(request.item)]
        return dict(self.body, items=items) if isinstance(self.body, dict) else items


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
    set on an existing object; mailcow takes some of them for "not given".
    """

    option: str
    read: str | None = ""
    write: str = ""
    on_add: bool = True
    on_edit: bool = True
    via: str | None = None
    source: tuple | None = None
    default: object = MISSING
    keep: bool = False
    policy: str | None = None
    clearable: bool = True
    late: bool = False
    required: bool = False
    required_on_create: bool = False

    type = "str"
    # What it means when mailcow shows null, or nothing, where the value should be.
    absent = MISSING
    # Whether the option must be given when the field is the identity of an object.
    needed = True
    # Whether a secret is shown to those who ask for it.
    revealable = False

    @property
    def readable(self):
        """Whether the API shows the value, so that it can be compared."""
        return self.read is not None

    @property
    def secret(self):
        """Whether the value must not be seen."""
        return False

    def argument_spec(self):
        """Give the module options of this field with their specifications; never with defaults: what is not given is
        not managed.
        """
        spec = {"type": self.type}
        if self.required:
            spec["required"] = True
        return {self.option: dict(spec, **self.details())}

    def details(self):
        """Give what a kind of field adds to its specification."""
        return {}

    def given(self, params):
        """Give the canonical wanted value from module parameters, MISSING when it was not given. Raises InvalidValue."""
        value = params.get(self.option)
        if value is None:
            return MISSING
        try:
            return self.canonical(value)
        except ValueError as error:
            raise InvalidValue(self.option, str(error)) from error

    def canonical(self, value):
        """Give the canonical form of a value of the option. Raises ValueError with a sentence about the value."""
        return value

    def parse(self, raw):
        """Give the canonical value out of mailcow's object, MISSING when it is not shown there."""
        if self.read is None:
            return MISSING
        value = dig(raw, self.read or self.write or self.option)
        return self.absent if value is None else self.from_server(value)

    def from_server(self, value):
        """Give the canonical value of what mailcow shows."""
        return self.canonical(value)

    def to_server(self, value):
        """Give what is written for a canonical value."""
        return value

    def body(self, value):
        """Give the attributes that set a canonical value."""
        return {self.write or self.option: self.to_server(value)}

    def resolve(self, wanted, current, identity, reader):
        """Give the value to reach, where it depends on what there is: ``current`` (MISSING on create), other objects
        (``reader.get``).

        Raises InvalidValue when it cannot be reached.
        """
        return wanted

    def kept(self, value, attributes):
        """Give the attributes that keep ``value`` in an edit that sets ``attributes`` (only fields with ``keep``)."""
        return self.body(value)

    def same(self, current, wanted):
        """Whether nothing is to be done to get from one canonical value to the other."""
        return current == wanted

    def edits(self, item, current, wanted, attempt):
        """Give (attributes for the edit route, further requests) that lead from ``current`` to ``wanted``.

        ``attempt`` is how often this run has tried already, although mailcow still shows something else.
        Empty on both sides means: there is no other way.
        """
        return ({}, []) if attempt else (self.body(wanted), [])

    def undecided(self, current, wanted):
        """Whether comparing leaves it open if there is something to do, so that the policy decides (only fields with
        ``policy``).
        """
        return True

    def worth_writing(self, value):
        """Whether a value that is written by policy says anything at all."""
        return True

    def reached(self, current, wanted):
        """Give the value that will be there when ``wanted`` has been written over ``current``."""
        return wanted

    def is_empty(self, value):
        """Whether mailcow could take the value for "not given"."""
        return value in ("", "0", 0)

    def show(self, value):
        """Give the options of this field as the result shows them, ready to be given back as input."""
        return {} if value is MISSING else {self.option: value}


class Text(Field):
    """A text; mailcow's null and the empty text are one."""

    absent = ""

    def canonical(self, value):
        return str(value)


@dataclasses.dataclass(frozen=True)
class Choice(Field):
    """A text out of a fixed list."""

    choices: tuple = ()

    def details(self):
        return {"choices": list(self.choices)}

    def from_server(self, value):
        return str(value)


class Flag(Field):
    """A boolean; mailcow writes and reads 0 and 1, as numbers or as texts."""

    type = "bool"

    def from_server(self, value):
        return str(value) not in ("0", "", "False")

    def to_server(self, value):
        return int(value)

    def is_empty(self, value):
        return False


@dataclasses.dataclass(frozen=True)
class Number(Field):
    """A whole number of at least ``least`` and at most ``most``."""

    least: int = 0
    most: int | None = None

    type = "int"

    def canonical(self, value):
        if value < self.least:
            raise ValueError("%s is too small; the least is %s" % (value, self.least))
        if self.most is not None and value > self.most:
            raise ValueError("%s is too large; the most is %s" % (value, self.most))
        return value

    def from_server(self, value):
        return int(value)


class Mebibytes(Number):
    """A size in MiB, which mailcow takes as MiB and shows as bytes (facts-mailboxes 1.2, facts-server 2)."""

    def from_server(self, value):
        return int(value) // MIB


@dataclasses.dataclass(frozen=True)
class NumberChoice(Number):
    """A whole number out of a fixed list."""

    choices: tuple = ()

    def details(self):
        return {"choices": list(self.choices)}


class Kept(Field):
    """A value that is nobody's option, but that an edit would reset if it were omitted."""

    def argument_spec(self):
        return {}

    def given(self, params):
        return MISSING

    def show(self, value):
        return {}


@dataclasses.dataclass(frozen=True)
class Parts(Field):
    """A set of texts that mailcow keeps as one text; ``separator`` joins them, and everything in ``separators`` parts
    them.
    """

    separator: str = ","
    separators: str = r"[,;\s]+"

    type = "list"
    absent = ()

    def details(self):
        return {"elements": "str"}

    def canonical(self, value):
        return sorted({item.strip() for item in value if item.strip()})

    def from_server(self, value):
        return self.canonical(re.split(self.separators, str(value)))

    def to_server(self, value):
        return self.separator.join(value)


class Domain(Field):
    """The name of a domain."""

    def canonical(self, value):
        return domain_name(value)

    def from_server(self, value):
        return str(value).lower()


class Address(Field):
    """An e-mail address. mailcow compares addresses without case, so case alone is no difference."""

    def canonical(self, value):
        return address(value)

    def from_server(self, value):
        return str(value)

    def same(self, current, wanted):
        return current.lower() == wanted.lower()


class Password(Text):
    """A password that mailcow takes twice and never shows."""

    @property
    def secret(self):
        return True

    def details(self):
        return {"no_log": True}

    def body(self, value):
        name = self.write or self.option
        return {name: value, name + "2": value}

    def show(self, value):
        return {}


class Secret(Text):
    """A text that mailcow shows, and that results show only on demand."""

    revealable = True

    @property
    def secret(self):
        return True

    def details(self):
        return {"no_log": True}

    def show(self, value):
        return {}


@dataclasses.dataclass(frozen=True)
class Choices(Field):
    """A set of texts out of a fixed list, written as a list."""

    choices: tuple = ()

    type = "list"

    def details(self):
        return {"elements": "str", "choices": list(self.choices)}

    def canonical(self, value):
        return sorted(set(value), key=self.choices.index)


@dataclasses.dataclass(frozen=True)
class Tags(Field):
    """Tags: a set without case. mailcow's edit only adds, and fails on a tag that is there; ``remove`` is the route
    that takes them off.

    At most 26 are stored by one request, the rest is dropped with a warning (facts-mailboxes 1.6, facts-server 2).
    """

    remove: str = ""

    type = "list"
    absent = ()
    chunk = 25

    def details(self):
        return {"elements": "str"}

    def canonical(self, value):
        by_fold = {fold(tag): str(tag).strip() for tag in reversed(value) if str(tag).strip()}
        return sorted(by_fold.values(), key=fold)

    def from_server(self, value):
        # As stored, blanks included: it has to be named exactly to be taken off.
        return sorted(value, key=fold)

    def same(self, current, wanted):
        return {fold(tag) for tag in current} == {fold(tag) for tag in wanted}

    def worth_writing(self, value):
        """Whether a value that is written by policy says anything at all."""
        return True

    def reached(self, current, wanted):
        # A tag that stays keeps its spelling.
        spelling = {fold(tag): tag for tag in current}
        return [spelling.get(fold(tag), tag) for tag in wanted]

    def body(self, value):
        # What does not fit into the add follows as an edit, because it is found missing when the object is read again.
        return {"tags": value[: self.chunk]}

    def edits(self, item, current, wanted, attempt):
        if attempt > len(wanted) // self.chunk + 1:
            return {}, []
        there = {fold(tag) for tag in current}
        wished = {fold(tag) for tag in wanted}
        missing = [tag for tag in wanted if fold(tag) not in there]
        surplus = [tag for tag in current if fold(tag) not in wished]
        attributes = {"tags": missing[: self.chunk]} if missing else {}
        requests = [Request("delete/%s/%s" % (self.remove, segment(item)), surplus)] if surplus else []
        return attributes, requests


@dataclasses.dataclass(frozen=True)
class RateLimit(Field):
    """How many messages may be sent in a time frame; None is no limit. ``scope`` is where an inherited limit says so.

    A mailbox shows the limit of its domain when it has none of its own (facts-mailboxes 1.2: ``rl_scope``).
    """

    scope: str = ""

    type = "dict"
    frames = ("s", "m", "h", "d")

    def details(self):
        return {
            "options": {
                "value": {"type": "int", "required": True},
                "frame": {"type": "str", "choices": list(self.frames), "default": "s"},
            }
        }

    def canonical(self, value):
        if value["value"] < 0:
            raise ValueError("value cannot be negative; 0 takes the limit off")
        return (value["value"], value.get("frame") or "s") if value["value"] else None

    def parse(self, raw):
        limit = raw.get("rl")
        if limit is None:
            return MISSING
        if not limit or (self.scope and raw.get("rl_scope") != self.scope):
            return None
        return int(limit["value"]), limit["frame"]

    def body(self, value):
        # The frame is needed even to take a limit off (facts-server 4).
        amount, frame = value or (0, "s")
        return {"rl_value": amount, "rl_frame": frame}

    def is_empty(self, value):
        return False

    def show(self, value):
        if value is MISSING:
            return {}
        return {self.option: {"value": value[0], "frame": value[1]} if value else {"value": 0, "frame": "s"}}


@dataclasses.dataclass(frozen=True)
class Template(Field):
    """A template that a new object takes its defaults from, by name or id. ``templates`` is the GET route that lists
    them, as segments.

    mailcow takes an id, and falls back silently to its default template when there is none such (facts-mailboxes 1.2),
    so the name is looked up.
    """

    templates: tuple = ()

    def given(self, params):
        value = params.get(self.option)
        return MISSING if value is None else str(value).strip()

    def resolve(self, wanted, current, identity, reader):
        templates = reader.get(*self.templates) or []
        for template in templates:
            if wanted == str(template["id"]) or fold(wanted) == fold(template["template"]):
                return template["id"]
        names = ", ".join(sorted(template["template"] for template in templates)) or "none"
        raise InvalidValue(self.option, "there is no template %r on the server; there are: %s" % (wanted, names))

    def show(self, value):
        return {}


SAFE_SELECTOR = re.compile(r"^[a-z0-9][a-z0-9_.-]*$", re.IGNORECASE)


class Selector(Text):
    """A DKIM selector."""

    def canonical(self, value):
        selector = str(value).strip()
        if not SAFE_SELECTOR.match(selector):
            raise ValueError("%r is not a DKIM selector: use letters, digits, '-', '_' and '.'" % value)
        return selector
