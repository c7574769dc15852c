# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recipient maps (facts-server 11)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

# UPPER: the order of the collation, in which [ and _ come after the letters
COLUMNS = "SELECT id, old_dest AS recipient_map_old, new_dest AS recipient_map_new, active, created, modified FROM recipient_maps"


@get("recipient_map", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all(COLUMNS + " ORDER BY UPPER(old_dest), id")


@get("recipient_map")
def read_one(call: Call) -> t.Any:
    row = call.db.one(COLUMNS + " WHERE id = ?", php.intval(call.object))
    return {**row, "0": None} if row else None


def normalised(value: t.Any) -> str | None:
    """An address as it is, a domain as "@" and punycode; None for anything else. The "@" of a domain is gone before."""
    if php.is_valid_domain_name(value):
        return "@%s" % php.idn_to_ascii(value)
    return value if php.is_valid_email(value) else None


def taken(call: Call, old: str, but: t.Any = None) -> bool:
    """Whether another map is for this address, in the very same spelling; `but` is an id as the client wrote it."""
    found = call.db.column("SELECT id FROM recipient_maps WHERE old_dest = ? COLLATE BINARY", old)
    return any(but is None or not php.equals(known, but) for known in found)


DOMAINS_SINCE = "2025-02"  # as the new side: before, it is an address, and an "@" in front of it stays


def new_side(call: Call, value: str) -> str:
    return value.removeprefix("@") if call.since(DOMAINS_SINCE) else value


def targets(call: Call, old: str, new: str) -> tuple[str, str] | None:
    """Both sides as they are stored; None where one is invalid, which is noted."""
    sides = []
    for value, problem in ((old, "invalid_recipient_map_old"), (new, "invalid_recipient_map_new")):
        side = normalised(value)
        if side is None or (value is new and side != new and not call.since(DOMAINS_SINCE)):
            call.danger([problem, php.htmlspecialchars(value)])
            return None
        sides.append(side)
    return sides[0], sides[1]


@add("recipient_map", log=("recipient_map", "add", DATA, None))
def create(call: Call) -> t.Any:
    old, new = (php.strtolower(php.trim(call.body.get(name))) for name in ("recipient_map_old", "recipient_map_new"))
    sides = targets(call, old.removeprefix("@"), new_side(call, new))
    if sides is None:
        return call.failed()
    if taken(call, sides[0]):
        return call.danger(["recipient_map_entry_exists", php.htmlspecialchars(sides[0])])
    call.db.insert("recipient_maps", old_dest=sides[0], new_dest=sides[1], active=php.intval(call.body.get("active")))
    return call.success(["recipient_map_entry_saved", php.htmlspecialchars(sides[0])])


@edit("recipient_map", key="id", log=("recipient_map", "edit", DATA, None))
def change(call: Call) -> t.Any:
    data = call.data
    for item in call.items:
        now = call.db.get("recipient_maps", id=php.intval(item))
        if now is None:
            call.danger("access_denied")
            continue
        # neither trimmed nor lowered here
        new = php.arg(data.get("recipient_map_new") if not php.empty(data.get("recipient_map_new")) else now["new_dest"])
        old = php.arg(data.get("recipient_map_old") if not php.empty(data.get("recipient_map_old")) else now["old_dest"]).removeprefix("@")
        sides = targets(call, old, new_side(call, new))
        if sides is None:
            continue
        if taken(call, sides[0], item):
            return call.danger(["recipient_map_entry_exists", php.htmlspecialchars(sides[0])])
        active = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        call.db.update("recipient_maps", {"old_dest": sides[0], "new_dest": sides[1], "active": active}, id=number(item, strict=True))
        call.success(["recipient_map_entry_saved", php.htmlspecialchars(sides[0])])
    return None


@delete("recipient_map", key="id", log=("recipient_map", "delete", DATA, None))
def remove(call: Call) -> t.Any:
    for item in call.items:
        if not php.is_numeric(item):
            return call.failed()
        call.db.delete("recipient_maps", id=number(item))
        call.success(["recipient_map_entry_deleted", php.htmlspecialchars(item)])
    return None
