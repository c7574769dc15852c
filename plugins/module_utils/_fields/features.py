# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Features of several kinds of objects: passwords that must meet the policy, tags, rate limits, templates, and DKIM keys of new domains."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue, MailcowError
from .._api.names import fold, segment
from .._api.request import Request
from .._api.shape import name_in
from .field import MISSING, Field
from .plain import Password
from .rsa import key_bits

if TYPE_CHECKING:
    from .field import Asks, Body, Raw
# Maximum number of digits of a rate limit.
_DIGITS = 9


# The requirements of the password policy, by setting of the server: their description, and a test of a password.
_RULES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "chars": ("a letter", re.compile("[a-zA-Z]").search),
    "lowerupper": ("a lower case and an upper case letter", re.compile("(?=.*[a-z]).*[A-Z]", re.DOTALL).search),
    "numbers": ("a digit", re.compile("[0-9]").search),
    "special_chars": ("a character that is neither letter nor digit", re.compile("[^a-zA-Z0-9]").search),
}


class AccountPassword(Password):
    """A password that has to meet the password policy of the server (facts-server 22). For mailcow, only those of ASCII are letters
    and digits, and the length is that in bytes.
    """

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        try:
            policy = server.ask("passwordpolicy")
        except MailcowError:
            # This mailcow is too old to return the policy.
            return
        policy = policy if isinstance(policy, dict) else {}
        rules = [rule for setting, rule in _RULES.items() if str(policy.get(setting)) == "1"]
        length = int(policy.get("length") or 0)
        if len(wanted.encode()) < length or not all(meets(wanted) for _told, meets in rules):
            needed = ["%d characters" % length] + [told for told, _meets in rules]
            raise InvalidValue(self.option, "the password policy of the server requires at least: %s" % ", ".join(needed))


class TagList(Field):
    """Tags: a set that ignores case. An edit replaces all of them, as in templates."""

    type: ClassVar[str] = "list"
    absent = ()

    def canonical(self, value: Any) -> Any:
        by_fold = {fold(tag): str(tag).strip() for tag in reversed(value) if str(tag).strip()}
        too_long = [tag for tag in by_fold.values() if len(tag) > 255]
        if too_long:
            raise ValueError("%d characters are too many for a tag; the maximum is 255" % len(too_long[0]))
        return sorted(by_fold.values(), key=fold)


@dataclasses.dataclass(frozen=True)
class Tags(TagList):
    """The tags of a domain or a mailbox. mailcow's edit only adds, and fails on existing tags; ``remove`` is the route
    that deletes tags.

    At most 26 are stored by one request; mailcow drops the rest with a warning (facts-mailboxes 1.6, facts-server 2).
    """

    remove: str = ""

    left_out: ClassVar[bool] = True
    chunk = 25

    def from_server(self, value: Any) -> Any:
        # As stored, including spaces: mailcow deletes only tags that match exactly.
        return sorted(value, key=fold)

    def same(self, current: Any, wanted: Any) -> bool:
        return {fold(tag) for tag in current} == {fold(tag) for tag in wanted}

    def reached(self, current: Any, wanted: Any) -> Any:
        # Existing tags keep their spelling.
        spelling = {fold(tag): tag for tag in current}
        return [spelling.get(fold(tag), tag) for tag in wanted]

    def body(self, value: Any) -> Body:
        # Tags that do not fit into the add follow in an edit, because they are missing when the object is read again.
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
    """The number of messages that may be sent in a time frame; None is no limit. ``scope``: the key that marks an inherited limit.

    mailcow returns the limit of the domain for mailboxes without a limit of their own (facts-mailboxes 1.2: ``rl_scope``).
    """

    scope: str = ""

    type: ClassVar[str] = "raw"
    frames = ("s", "m", "h", "d")

    def canonical(self, value: Any) -> Any:
        limit = self._parts(value)
        if limit is None:
            raise ValueError(
                "%r is not a rate limit: write it like 100/h, with s, m, h or d for the time frame, or as a dictionary with value and "
                "frame; 0 removes the limit" % (value,)
            )
        return limit if limit[0] else None

    def _parts(self, value: Any) -> tuple[int, str] | None:
        """Give (value, frame) of ``100/h``, of a dictionary, or of 0; None for anything else."""
        if isinstance(value, dict):
            if not {"value"} <= value.keys() <= {"value", "frame"}:
                return None
            amount, frame = value["value"], value.get("frame") or "s"
        else:
            amount, slash, frame = (part.strip() for part in str(value).partition("/"))
            frame = frame if slash else "s" if amount == "0" else ""
        amount = str(amount).strip()
        # mailcow cannot handle larger numbers.
        whole = amount.isascii() and amount.isdigit() and len(amount) <= _DIGITS
        return (int(amount), frame) if whole and frame in self.frames else None

    def parse(self, raw: Raw) -> Any:
        limit = raw.get("rl")
        if limit is None:
            return MISSING
        if not limit or (self.scope and name_in(raw, "rl_scope", "the rate limit") != self.scope):
            return None
        if limit["frame"] not in self.frames:
            raise ValueError("not a time frame")
        return int(limit["value"]), limit["frame"]

    def body(self, value: Any) -> Body:
        # The frame is required even to remove a limit (facts-server 4).
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
    """The template with the defaults of a new object, by name or ID. ``templates`` is the GET route that lists
    them, as segments.

    mailcow accepts an ID, and silently uses its default template if there is no template with this ID (facts-mailboxes 1.2),
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
        if server.check_mode:
            # An earlier task, or this one, would have created it.
            return wanted
        names = ", ".join(sorted(template["template"] for template in templates)) or "none"
        raise InvalidValue(self.option, "there is no template %r on the server; there are: %s" % (wanted, names))

    def show(self, value: Any) -> dict[str, Any]:
        return {}


def kept_key(identity: str, options: Mapping[str, Any], server: Asks) -> Iterator[str]:
    """Give a warning if a new domain already has a DKIM key that differs from dkim_selector and dkim_key_size, if these are set: mailcow
    keeps DKIM keys of deleted domains, and does not replace them (facts-server 5).
    """
    selector, size = options.get("dkim_selector"), options.get("dkim_key_size")
    key = server.ask("dkim", identity) if (selector, size) != (None, None) else None
    bits = key and (key_bits(key["pubkey"]) or key["length"])
    if key and (selector not in (None, key["dkim_selector"]) or size not in (None, bits)):
        yield (
            "there is a DKIM key of an earlier domain of this name, with the selector %s and %s bits. mailcow keeps it and ignores "
            "dkim_selector and dkim_key_size; use community.mailcow.mailcow_dkim to replace or delete it" % (key["dkim_selector"], bits)
        )
