# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An alias: an address that delivers to others, or throws mail away (facts-mailboxes 12)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import (
    MISSING,
    Address,
    Field,
    Flag,
    Request,
    Text,
)
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_name, split_address
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Protect, Read, Rename, Resource, shows

# What the API shows for the three ways to discard, by the option that asks for them.
_DISCARDING = {"goto_null": "null@localhost", "goto_spam": "spam@localhost", "goto_ham": "ham@localhost"}
_OPTIONS = {target: option for option, target in _DISCARDING.items()}
# mailcow checks this in bytes, and only when it creates (facts-mailboxes 12.2).
_COMMENT_BYTES = 160


class AliasAddress(Address):
    """The address of an alias; ``@example.com`` is the catch-all of a domain."""

    def canonical(self, value):
        text = str(value).strip()
        return "@" + domain_name(text[1:]) if text.startswith("@") else address(text)


class Goto(Field):
    """Where mail goes: a set of addresses, or one of the three ways to discard it, each with an option of its own."""

    type = "list"

    def argument_spec(self):
        return dict({option: {"type": "bool"} for option in _DISCARDING}, goto={"type": "list", "elements": "str"})

    def given(self, params):
        ways = [option for option in _DISCARDING if params.get(option)]
        if len(ways) > 1 or (ways and params.get("goto")):
            raise InvalidValue("goto", "give either goto or one of goto_null, goto_spam and goto_ham, not several of them")
        if ways:
            return [_DISCARDING[ways[0]]]
        if params.get("goto") == []:
            raise InvalidValue("goto", "an alias needs at least one destination, or one of goto_null, goto_spam and goto_ham")
        return super().given(params)

    def canonical(self, value):
        targets = {}
        for item in value:
            target = str(item).strip().lower()
            target = target if target in _OPTIONS else address(item)
            targets.setdefault(target.lower(), target)
        return list(targets.values())

    def from_server(self, value):
        return [target for target in str(value).split(",") if target]

    def same(self, current, wanted):
        return {target.lower() for target in current} == {target.lower() for target in wanted}

    def body(self, value):
        option = _OPTIONS.get(value[0]) if value else None
        return {option: 1} if option else {"goto": ",".join(value)}

    def kept(self, value, attributes):
        # A discarding alias can only be edited when its way is sent again (facts-mailboxes 12.4).
        discards = value and value[0] in _OPTIONS
        return self.body(value) if discards and not attributes.keys() & {"goto", *_DISCARDING} else {}

    def show(self, value):
        if value is MISSING:
            return {}
        option = _OPTIONS.get(value[0]) if value else None
        return {"goto": [], option: True} if option else {"goto": list(value)}


def _check(situation):
    targets = [target.lower() for target in situation.given.get("goto", [])]
    if situation.identity.lower() in targets:
        raise InvalidValue("goto", "the alias cannot deliver to itself; mailcow would drop that destination, or hide the alias for ever")
    if len(targets) > 1 and not _OPTIONS.keys().isdisjoint(targets):
        raise InvalidValue("goto", "an address that discards mail cannot stand among others")
    for option in ("public_comment", "private_comment"):
        if situation.current is None and len(situation.given.get(option, "").encode()) > _COMMENT_BYTES:
            raise InvalidValue(option, "is longer than the %s bytes that mailcow takes" % _COMMENT_BYTES)


def _affected(current, wanted):
    return {target.lower() for values in (current, wanted) for target in values.get("goto", [])} - _OPTIONS.keys()


def _rename(current, new, options):
    return Request("edit/alias", {"items": [current.item], "attr": {"address": new}}, current.item)


def _can_rename(old, new, current):
    if new.lower() in [target.lower() for target in current.values["goto"]]:
        raise InvalidValue("rename_to", "%s is a destination of this alias" % new)


def _domain(identity):
    return split_address(identity)[1]


ALIAS = Resource(
    kind="alias",
    plural="aliases",
    title="alias",
    identity=AliasAddress("address"),
    item="id",
    # get/alias compares the leading digits of an address with ids: another alias may come back (facts-mailboxes 12.1).
    read=Read(one="alias", scoped="alias/all", other_answer_hides=True),
    add=(Add("alias"),),
    edit="alias",
    delete="alias",
    parent=("domain", lambda wanted: _domain(wanted.identity)),
    check=_check,
    domain_of=_domain,
    rename=Rename(request=_rename, check=_can_rename),
    # Any edit of an alias deletes the sender_acl entry of its address from its targets (facts-mailboxes 1.7).
    protect=Protect(affected=_affected, read="mailbox", value="sender_acl", write="mailbox"),
    fields=(
        Goto("goto", required_on_create=True, keep=True),
        Flag("active", default=True),
        Flag("sogo_visible", default=True),
        Flag("sender_allowed", default=True),
        Flag("internal"),
        Text("public_comment"),
        Text("private_comment"),
    ),
    status=dict(
        shows("id", "created", "modified"),
        is_catch_all=lambda raw: bool(raw["is_catch_all"]),
        in_primary_domain=lambda raw: raw["in_primary_domain"] or None,
    ),
)
