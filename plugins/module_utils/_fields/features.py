# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailcow offers for objects of more than one kind: tags, rate limits, templates. Each is a field of its own sort."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.names import fold, segment
from .._api.request import Request
from .field import MISSING, Field

if TYPE_CHECKING:
    from .field import Asks, Body, Raw


@dataclasses.dataclass(frozen=True)
class Tags(Field):
    """Tags: a set without case. mailcow's edit only adds, and fails on a tag that is there; ``remove`` is the route
    that takes them off.

    At most 26 are stored by one request, the rest is dropped with a warning (facts-mailboxes 1.6, facts-server 2).
    """

    remove: str = ""

    type: ClassVar[str] = "list"
    absent = ()
    chunk = 25

    def details(self) -> dict[str, Any]:
        return {"elements": "str"}

    def canonical(self, value: Any) -> Any:
        by_fold = {fold(tag): str(tag).strip() for tag in reversed(value) if str(tag).strip()}
        return sorted(by_fold.values(), key=fold)

    def from_server(self, value: Any) -> Any:
        # As stored, blanks included: it has to be named exactly to be taken off.
        return sorted(value, key=fold)

    def same(self, current: Any, wanted: Any) -> bool:
        return {fold(tag) for tag in current} == {fold(tag) for tag in wanted}

    def worth_writing(self, value: Any) -> bool:
        """Whether a value that is written by policy says anything at all."""
        return True

    def reached(self, current: Any, wanted: Any) -> Any:
        # A tag that stays keeps its spelling.
        spelling = {fold(tag): tag for tag in current}
        return [spelling.get(fold(tag), tag) for tag in wanted]

    def body(self, value: Any) -> Body:
        # What does not fit into the add follows as an edit, because it is found missing when the object is read again.
        return {"tags": value[: self.chunk]}

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
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

    type: ClassVar[str] = "dict"
    frames = ("s", "m", "h", "d")

    def details(self) -> dict[str, Any]:
        return {
            "options": {
                "value": {"type": "int", "required": True},
                "frame": {"type": "str", "choices": list(self.frames), "default": "s"},
            }
        }

    def canonical(self, value: Any) -> Any:
        if value["value"] < 0:
            raise ValueError("value cannot be negative; 0 takes the limit off")
        return (value["value"], value.get("frame") or "s") if value["value"] else None

    def parse(self, raw: Raw) -> Any:
        limit = raw.get("rl")
        if limit is None:
            return MISSING
        if not limit or (self.scope and raw.get("rl_scope") != self.scope):
            return None
        return int(limit["value"]), limit["frame"]

    def body(self, value: Any) -> Body:
        # The frame is needed even to take a limit off (facts-server 4).
        amount, frame = value or (0, "s")
        return {"rl_value": amount, "rl_frame": frame}

    def is_empty(self, value: Any) -> bool:
        return False

    def show(self, value: Any) -> dict[str, Any]:
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

    templates: tuple[str, ...] = ()

    def given(self, params: Mapping[str, Any]) -> Any:
        value = params.get(self.option)
        return MISSING if value is None else str(value).strip()

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        templates = server.ask(*self.templates) or []
        for template in templates:
            if wanted == str(template["id"]) or fold(wanted) == fold(template["template"]):
                return template["id"]
        names = ", ".join(sorted(template["template"] for template in templates)) or "none"
        raise InvalidValue(self.option, "there is no template %r on the server; there are: %s" % (wanted, names))

    def show(self, value: Any) -> dict[str, Any]:
        return {}
