# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An alias: an address that delivers to others, or discards mail (facts-mailboxes 12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.names import address, domain_name, domain_of, split_address
from .._api.request import Request
from .._engine.identity import ByName
from .._engine.kind import FallsWith, In, Kind, Protect, Rename, Situation, Write, shows
from .._engine.ways import InPlaces
from .._fields.field import MISSING, Field
from .._fields.mail import Address, refuse_wildcards
from .._fields.plain import Flag, Text
from ._places import EVERY_DOMAIN, MAILBOX_NAMES, target_of

if TYPE_CHECKING:
    from .._engine.kind import Others
    from .._engine.reading import Existing
    from .._fields.field import Asks, Body, Raw, Spec

# The destinations that the API returns for the three ways to discard mail, by option.
DISCARDING = {"goto_null": "null@localhost", "goto_spam": "spam@localhost", "goto_ham": "ham@localhost"}
DISCARDED = {target: option for option, target in DISCARDING.items()}


class AliasAddress(Address):
    """The address of an alias; ``@example.com`` is the catch-all of a domain."""

    def canonical(self, value: Any) -> Any:
        text = str(value).strip()
        return "@" + domain_name(text[1:]) if text.startswith("@") else address(text)


class Goto(Field):
    """The destinations: a set of addresses, or one of the three ways to discard mail, each with an option of its own."""

    type: ClassVar[str] = "list"

    def argument_spec(self) -> Spec:
        return dict({option: {"type": "bool"} for option in DISCARDING}, goto={"type": "list", "elements": "str"})

    def given(self, params: Mapping[str, Any]) -> Any:
        ways = [option for option in DISCARDING if params.get(option)]
        if len(ways) > 1 or (ways and params.get("goto")):
            raise InvalidValue("goto", "set either goto or one of goto_null, goto_spam and goto_ham, not several of them")
        if ways:
            return [DISCARDING[ways[0]]]
        if params.get("goto") == []:
            raise InvalidValue("goto", "an alias needs at least one destination, or one of goto_null, goto_spam and goto_ham")
        return super().given(params)

    def canonical(self, value: Any) -> Any:
        targets: dict[str, str] = {}
        for item in value:
            target = str(item).strip().lower()
            target = target if target in DISCARDED else address(item)
            targets.setdefault(target.lower(), target)
        return list(targets.values())

    def from_server(self, value: Any) -> Any:
        return [target for target in str(value).split(",") if target]

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        refuse_wildcards(self.option, wanted, () if current is MISSING else current)
        return wanted

    def same(self, current: Any, wanted: Any) -> bool:
        return {target.lower() for target in current} == {target.lower() for target in wanted}

    def body(self, value: Any) -> Body:
        option = DISCARDED.get(value[0]) if value else None
        return {option: 1} if option else {"goto": ",".join(value)}

    def kept(self, value: Any, attributes: Body) -> Body:
        # Each edit of a discarding alias has to send how it discards (facts-mailboxes 12.4).
        discards = value and value[0] in DISCARDED
        return self.body(value) if discards and not attributes.keys() & {"goto", *DISCARDING} else {}

    def show(self, value: Any) -> dict[str, Any]:
        if value is MISSING:
            return {}
        option = DISCARDED.get(value[0]) if value else None
        return {"goto": [], option: True} if option else {"goto": list(value)}


class Comment(Text):
    """A comment. An add rejects one of more than 160 bytes, and an edit does not (facts-mailboxes 12.2)."""

    def added(self, value: Any, identity: str) -> Body:
        return self.body(value) if len(value.encode()) <= 160 else {}


def _check(situation: Situation) -> None:
    given, current = situation.given, situation.current or {}
    targets = [target.lower() for target in situation.merged.get("goto", ())]
    changed = [option for option, value in given.items() if option != "goto" and current.get(option) != value]
    # mailcow makes one whose last target is itself, and with the next change drops that and reports an error (facts-mailboxes 12.4).
    if situation.identity.lower() in targets and (changed or set(targets) != {target.lower() for target in current.get("goto", ())}):
        raise InvalidValue(
            "goto",
            "the alias cannot deliver to itself; with any change mailcow would drop this destination, or permanently hide the alias. "
            "Set goto without it",
        )
    if "goto" in given and len(targets) > 1 and not DISCARDED.keys().isdisjoint(targets):
        raise InvalidValue("goto", "an address that discards mail cannot be combined with others")
    if situation.holder and situation.firm and int(situation.holder["aliases_left"]) <= 0:
        raise InvalidValue(
            "address",
            "the domain %s has reached its maximum number of aliases; raise aliases of the domain" % target_of(situation.holder),
        )


def _clashes(identity: str, holder: Raw | None) -> Iterable[tuple[Others, str]]:
    local, domain = split_address(identity)
    # In an alias domain it would hide the mailbox of the target (facts-mailboxes 12.3).
    domains = {domain, target_of(holder) if holder else domain}
    return [(MAILBOX_NAMES, "%s@%s" % (local, name)) for name in sorted(domains)] if local else ()


def _affected(current: Mapping[str, Any], wanted: Mapping[str, Any]) -> Collection[str]:
    return {target.lower() for values in (current, wanted) for target in values.get("goto", [])} - DISCARDED.keys()


def _rename(current: Existing, new: str, options: Mapping[str, Any]) -> Request:
    return Request("edit/alias", {"items": [current.item], "attr": {"address": new}}, current.item)


def _can_rename(old: str, new: str, current: Existing) -> None:
    if new.lower() in [target.lower() for target in current.values["goto"]]:
        raise InvalidValue("rename_to", "%s is a destination of this alias" % new)


ALIAS = Kind(
    name="alias",
    plural="aliases",
    title="alias",
    identity=ByName(AliasAddress("address"), item="id"),
    # get/alias compares the leading digits of an address with ids: another alias may come back (facts-mailboxes 12.1).
    read=InPlaces(EVERY_DOMAIN, "alias/all", one="alias", hides=True),
    write=Write("alias", join="address"),
    belongs=In("domain", domain_of),
    check=_check,
    clashes=_clashes,
    rename=Rename(request=_rename, check=_can_rename),
    # Any edit of an alias deletes the sender_acl entry of its address from its targets (facts-mailboxes 1.7).
    protect=Protect(affected=_affected, read="mailbox", value="sender_acl", write="mailbox", shown_since="2026-07a"),
    # facts-mailboxes 1.8
    falls_with=FallsWith("mailbox", "goto"),
    fields=(
        Goto("goto", required_on_create=True, keep=True),
        Flag("active", default=True),
        Flag("sogo_visible", default=True),
        Flag("sender_allowed", default=True, since="2026-01", before=True),
        Flag("internal", since="2025-09", before=False),
        Comment("public_comment"),
        Comment("private_comment"),
    ),
    status=dict(
        shows("id", "created", "modified"),
        is_catch_all=lambda raw: bool(raw["is_catch_all"]),
        in_primary_domain=lambda raw: raw["in_primary_domain"] or None,
    ),
)
