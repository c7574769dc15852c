# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The allow list and the block list of a domain or a mailbox (facts-server 8, facts-mailboxes 19)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.request import Request
from .field import Field

if TYPE_CHECKING:
    from .field import Body, Raw


@dataclasses.dataclass(frozen=True)
class Senders(Field):
    """A set of addresses and patterns. On the server, each is an entry with a number in the list ``write``, which is written with
    ``route``. ``owner``: the key of the owner in requests and in mailcow's object.
    """

    route: str = ""
    owner: str = ""

    type: ClassVar[str] = "list"

    def canonical(self, value: Any) -> Any:
        senders = {str(item).strip().lower() for item in value}
        for sender in senders:
            if not re.match(r"^(?=.*[a-z0-9])[a-z0-9@_.*-]{1,100}$", sender):
                raise ValueError("%r is not a valid sender: use ASCII letters, digits, '@', '_', '.', '-' and '*', 100 at most" % sender)
        return sorted(senders)

    def parse(self, raw: Raw) -> Any:
        # The list of a domain also contains the entries of its mailboxes, and that of a mailbox those of its domain.
        return {entry["value"]: entry["prefid"] for entry in raw[self.read or ""] if entry["object"].lower() == raw[self.owner]}

    def same(self, current: Any, wanted: Any) -> bool:
        return set(current) == set(wanted)

    def reached(self, current: Any, wanted: Any) -> Any:
        return dict.fromkeys(wanted)

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        if attempt:
            return {}, []
        surplus = [number for sender, number in current.items() if sender not in wanted]
        requests = [Request("delete/" + self.route, surplus)] if surplus else []
        return {}, requests + [
            Request("add/" + self.route, {self.owner: item, "object_list": self.write, "object_from": sender})
            for sender in wanted
            if sender not in current
        ]

    def show(self, value: Any) -> dict[str, Any]:
        return {self.option: sorted(value)}


def refuse_both(given: Mapping[str, Any], merged: Mapping[str, Any]) -> None:
    """Raise InvalidValue if a sender would be in both lists, ``allow`` and ``block``. ``given``: the lists that the user manages;
    ``merged``: the lists after the change.
    """
    both = sorted(set(merged["allow"]) & set(merged["block"]))
    if not both:
        return
    senders = ", ".join(both)
    if given.keys() >= {"allow", "block"}:
        raise InvalidValue("allow", "%s cannot be both allowed and blocked" % senders)
    one, other = ("allow", "block") if "allow" in given else ("block", "allow")
    raise InvalidValue(one, "%s is in %s on the server; set both options to move it from one list to the other" % (senders, other))
