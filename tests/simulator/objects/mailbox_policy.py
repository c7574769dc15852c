# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Allow and deny lists of a mailbox (facts-mailboxes 19)."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add, delete, get
from . import mailbox_read

LISTS = {"wl": "whitelist_from", "bl": "blacklist_from"}


def _read(call: Call, option: str) -> list[dict[str, t.Any]]:
    """The entries of the mailbox and of its domain."""
    domain = (mailbox_read.details(call, call.object) or {}).get("domain") if php.is_valid_email(call.object) else None
    return (
        call.db.all(
            "SELECT object, value, prefid FROM filterconf WHERE option = ? AND object IN (?, ?) ORDER BY prefid",
            option,
            call.object,
            domain,
        )
        if domain
        else []
    )


@get("policy_wl_mailbox")
def read_allowed(call: Call) -> t.Any:
    return _read(call, LISTS["wl"])


@get("policy_bl_mailbox")
def read_denied(call: Call) -> t.Any:
    return _read(call, LISTS["bl"])


@add("mailbox-policy", log=("policy", "add", "mailbox", DATA))
def create(call: Call) -> t.Any:
    body = call.body
    username = body.get("username")
    if not call.has_mailbox(username):
        return call.danger("access_denied")
    sender = php.trim(php.strtolower(body.get("object_from")))
    if not php.ctype_alnum(re.sub(r"[@_.*-]", "", sender)):
        return call.danger("policy_list_from_invalid")
    option = next((LISTS[word] for word in ("bl", "wl") if php.equals(body.get("object_list"), word)), None)
    if option is None:
        return call.danger("access_denied")
    if call.db.value("SELECT 1 FROM filterconf WHERE option IN (?, ?) AND object = ? AND value = ?", *LISTS.values(), username, sender):
        return call.danger("policy_list_from_exists")
    call.db.insert("filterconf", object=username, option=option, value=sender)
    return call.success(["mailbox_modified", username])


@delete("mailbox-policy", key="prefid", log=("policy", "delete", "mailbox", DATA))
def remove(call: Call) -> None:
    """By id, whatever kind of entry it is; each success names all ids."""
    for number in call.items:
        owner = call.db.value("SELECT object FROM filterconf WHERE prefid = ?", number) if php.is_numeric(number) else None
        if not call.has_mailbox(owner):
            call.danger("access_denied")
            continue
        call.db.delete("filterconf", prefid=number)
        call.success(["items_deleted", ", ".join(map(php.string, call.items))])
