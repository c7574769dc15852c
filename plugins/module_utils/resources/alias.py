# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An alias: an address that delivers to others, or throws mail away (facts-mailboxes 12)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag, Request, Text
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Protect, Read, Rename, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.alias import DISCARDED, AliasAddress, Goto

# mailcow checks this in bytes, and only when it creates (facts-mailboxes 12.2).
_COMMENT_BYTES = 160


def _check(situation):
    targets = [target.lower() for target in situation.given.get("goto", [])]
    if situation.identity.lower() in targets:
        raise InvalidValue("goto", "the alias cannot deliver to itself; mailcow would drop that destination, or hide the alias for ever")
    if len(targets) > 1 and not DISCARDED.keys().isdisjoint(targets):
        raise InvalidValue("goto", "an address that discards mail cannot stand among others")
    for option in ("public_comment", "private_comment"):
        if situation.current is None and len(situation.given.get(option, "").encode()) > _COMMENT_BYTES:
            raise InvalidValue(option, "is longer than the %s bytes that mailcow takes" % _COMMENT_BYTES)


def _affected(current, wanted):
    return {target.lower() for values in (current, wanted) for target in values.get("goto", [])} - DISCARDED.keys()


def _rename(current, new, options):
    return Request("edit/alias", {"items": [current.item], "attr": {"address": new}}, current.item)


def _can_rename(old, new, current):
    if new.lower() in [target.lower() for target in current.values["goto"]]:
        raise InvalidValue("rename_to", "%s is a destination of this alias" % new)


ALIAS = Resource(
    kind="alias",
    plural="aliases",
    title="alias",
    identity=AliasAddress("address"),
    item="id",
    # get/alias compares the leading digits of an address with ids: another alias may come back (facts-mailboxes 12.1).
    read=Read(one="alias", scoped="alias/all", other_answer_hides=True),
    add=(Add("alias", join="address"),),
    edit="alias",
    delete="alias",
    parent=("domain", lambda wanted: domain_of(wanted.identity)),
    check=_check,
    domain_of=domain_of,
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
