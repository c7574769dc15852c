# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The antispam policy of a domain: who is always let through, and who never (facts-server 8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.request import Request
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Situation, Write
from .._engine.ways import ListsOfPlace
from .._fields.field import Field
from .._fields.mail import Domain
from ._places import EVERY_DOMAIN, itself

if TYPE_CHECKING:
    from .._fields.field import Body, Raw


class Senders(Field):
    """A set of addresses and patterns. On the server each is an entry with a number, in the list that ``write`` names."""

    type: ClassVar[str] = "list"

    def details(self) -> dict[str, Any]:
        return {"elements": "str"}

    def canonical(self, value: Any) -> Any:
        senders = {str(item).strip().lower() for item in value}
        for sender in senders:
            if not re.match(r"^(?=.*[a-z0-9])[a-z0-9@_.*-]{1,100}$", sender):
                raise ValueError(
                    "%r is not a sender that mailcow takes: use ASCII letters, digits, '@', '_', '.', '-' and '*', 100 at most" % sender
                )
        return sorted(senders)

    def parse(self, raw: Raw) -> Any:
        # The list of a domain also shows the entries of its mailboxes.
        return {entry["value"]: entry["prefid"] for entry in raw[self.read or ""] if entry["object"].lower() == raw["domain"]}

    def same(self, current: Any, wanted: Any) -> bool:
        return set(current) == set(wanted)

    def reached(self, current: Any, wanted: Any) -> Any:
        return dict.fromkeys(wanted)

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        if attempt:
            return {}, []
        surplus = [number for sender, number in current.items() if sender not in wanted]
        requests = [Request("delete/domain-policy", surplus)] if surplus else []
        return {}, requests + [
            Request("add/domain-policy", {"domain": item, "object_list": self.write, "object_from": sender})
            for sender in wanted
            if sender not in current
        ]

    def show(self, value: Any) -> dict[str, Any]:
        return {self.option: sorted(value)}


def _check(situation: Situation) -> None:
    both = sorted(set(situation.merged["allow"]) & set(situation.merged["block"]))
    if not both:
        return
    senders = ", ".join(both)
    if situation.given.keys() >= {"allow", "block"}:
        raise InvalidValue("allow", "%s cannot be both allowed and blocked" % senders)
    given, other = ("allow", "block") if "allow" in situation.given else ("block", "allow")
    raise InvalidValue(given, "%s stands in %s on the server; give both options to move it from one list to the other" % (senders, other))


DOMAIN_POLICY = Kind(
    name="domain_policy",
    plural="domain_policies",
    title="antispam policy of",
    identity=ByName(Domain("domain")),
    read=ListsOfPlace(EVERY_DOMAIN, ("policy_wl_domain", "policy_bl_domain")),
    write=Write("domain-policy", adds=(), deletes=False),
    reset={"allow": [], "block": []},
    belongs=In("domain", itself),
    check=_check,
    fields=(
        Senders("allow", read="policy_wl_domain", write="wl"),
        Senders("block", read="policy_bl_domain", write="bl"),
    ),
)
