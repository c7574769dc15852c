# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The spam scores of a mailbox (facts-mailboxes 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .field import MISSING, Field

if TYPE_CHECKING:
    from .field import Asks, Raw

# Useful scores are below 100, but the column is a text that holds both (facts-mailboxes 8).
_MOST_SCORE = 100000


class SpamScore(Field):
    """The scores from which on mail is marked as spam (``low``) and rejected (``high``)."""

    type: ClassVar[str] = "dict"

    def details(self) -> dict[str, Any]:
        return {"options": {"low": {"type": "float"}, "high": {"type": "float"}, "default": {"type": "bool", "default": False}}}

    def canonical(self, value: Any) -> Any:
        low, high = value.get("low"), value.get("high")
        if value["default"]:
            if (low, high) != (None, None):
                raise ValueError("set either default or low and high")
            return None
        if low is None or high is None:
            raise ValueError("set both low and high, or default")
        if not all(abs(score) <= _MOST_SCORE for score in (low, high)):
            raise ValueError("low and high must be numbers from -%s to %s" % (_MOST_SCORE, _MOST_SCORE))
        if low >= high:
            raise ValueError("low (%s) must be less than high (%s)" % (low, high))
        return low, high

    def parse(self, raw: Raw) -> Any:
        return tuple(float(part) for part in raw["score"].split(",")) if raw.get("score") else MISSING

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if wanted is not None or current is MISSING:
            return wanted
        # mailcow returns the default of the server for mailboxes without a score, so "default" means the same value.
        default = self.parse(server.ask("spam-score") or {})
        if default is MISSING:
            raise ValueError("a score is missing")
        return current if default == current else None

    def to_server(self, value: Any) -> Any:
        return "default" if value is None else "%s,%s" % tuple(_number(part) for part in value)

    def show(self, value: Any) -> dict[str, Any]:
        if value is MISSING:
            return {}
        return {self.option: {"default": True} if value is None else {"low": value[0], "high": value[1]}}


def _number(value: float) -> str:
    return "%d" % value if value == int(value) else repr(value)
