# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Push notifications about new mail by Pushover (facts-mailboxes 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.request import Request
from .field import MISSING, Field

if TYPE_CHECKING:
    from .field import Asks, Body


class Pushover(Field):
    """Push notifications. The API returns only whether they are enabled; everything else is written by policy."""

    type: ClassVar[str] = "dict"

    def details(self) -> dict[str, Any]:
        texts = {name: {"type": "str"} for name in ("senders_regex", "title", "text", "sound")}
        flags = {name: {"type": "bool", "default": False} for name in ("evaluate_x_prio", "only_x_prio", "test")}
        return {
            "options": dict(
                texts,
                **flags,
                active={"type": "bool", "default": True},
                key={"type": "str", "no_log": True},
                token={"type": "str", "no_log": True},
                senders={"type": "list", "elements": "str"},
            )
        }

    def canonical(self, value: Any) -> Any:
        for name in ("key", "token"):
            secret = value.get(name)
            if secret is not None and not (len(secret) == 30 and secret.isascii() and secret.isalnum()):
                raise ValueError("%s must be 30 letters and digits" % name)
        return {name: item for name, item in value.items() if item is not None}

    def from_server(self, value: Any) -> Any:
        return {"active": bool(int(value))}

    def same(self, current: Any, wanted: Any) -> bool:
        return bool(current["active"] == wanted["active"])

    def worth_writing(self, value: Any) -> bool:
        # Without a key, there are no notifications to disable.
        return value["active"] or "key" in value

    def body(self, value: Any) -> Body:
        # Always complete: mailcow resets omitted values, and the first request fails without active (facts-mailboxes 9).
        attributes = {name: int(item) if isinstance(item, bool) else item for name, item in value.items() if name != "test"}
        if "senders" in value:
            attributes["senders"] = ",".join(value["senders"])
        return attributes

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        attributes, requests = super().edits(item, current, wanted, attempt)
        if attributes and wanted.get("test"):
            requests = [Request("edit/pushover-test", {"items": [item], "attr": {}}, item, trial=True)]
        return attributes, requests

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        switched_on = wanted["active"] and (current is MISSING or not current["active"])
        if switched_on and not {"key", "token"} <= wanted.keys():
            raise InvalidValue(self.option, "key and token are required to enable Pushover")
        return wanted

    def show(self, value: Any) -> dict[str, Any]:
        if value is MISSING:
            return {}
        return {self.option: {name: item for name, item in value.items() if name not in ("key", "token", "test")}}
