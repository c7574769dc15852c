# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rspamd settings maps (facts-server 21)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

COLUMNS = 'SELECT id, "desc", content, active FROM settingsmap'


@get("rsetting", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all(COLUMNS + " ORDER BY id")


@get("rsetting")
def read_one(call: Call) -> t.Any:
    return call.db.one(COLUMNS + " WHERE id = ?", number(call.object))


@add("rsetting", log=("rsettings", "add", DATA))
def create(call: Call) -> t.Any:
    content = call.body.get("content")
    if php.empty(content):
        return call.danger("map_content_empty")
    # without a description: a null in a column that takes none
    call.db.insert("settingsmap", content=content, desc=call.body.get("desc"), active=php.intval(call.body.get("active")))
    return call.success("settings_map_added")


@edit("rsetting", key="id", log=("rsettings", "edit", DATA))
def change(call: Call) -> None:
    data = call.data
    items = php.array(data.get("id"))
    for item in items:
        now = None if item is None else call.db.get("settingsmap", id=number(item))
        if now is None:
            call.danger(["settings_map_invalid", item])
            continue
        values = {name: now[name] if php.empty(data.get(name)) else data[name] for name in ("content", "desc")}
        values["content"] = php.trim(values["content"])
        values["active"] = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        call.db.update("settingsmap", values, id=number(item, strict=True))
        # every entry names all of the ids
        call.success(["object_modified", php.htmlspecialchars(",".join(map(php.string, items)))])


@delete("rsetting", key="id", log=("rsettings", "delete", DATA))
def remove(call: Call) -> None:
    for item in call.items:
        call.db.delete_id("settingsmap", item)
        call.success(["settings_map_removed", php.htmlspecialchars(item)])
