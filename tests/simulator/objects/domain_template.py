# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates of domains (facts-mailboxes 3). An edit resets what is not given."""

from __future__ import annotations

import json
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

MIB = 1048576
PROTECTED = "Default"
SECRETS = ("password", "password2")
COUNTS = {"max_num_aliases_for_domain": 400, "max_num_mboxes_for_domain": 10}
SIZES = {"def_quota_for_mbox": 3072, "max_quota_for_mbox": 10240, "max_quota_for_domain": 10240}
FLAGS = {"active": 1, "gal": 1, "backupmx": 0, "relay_all_recipients": 0, "relay_unknown_only": 0, "key_size": 2048}
LIMIT = {"rl_frame": "s", "rl_value": ""}


def _decoded(row: dict[str, t.Any]) -> dict[str, t.Any]:
    return {**row, "attributes": json.loads(row["attributes"])}


def _read_all(call: Call) -> list[dict[str, t.Any]]:
    return [_decoded(row) for row in call.db.all("SELECT * FROM templates WHERE type = 'domain' ORDER BY id")]


def _read(call: Call, wanted: t.Any) -> dict[str, t.Any] | None:
    row = call.db.get("templates", type="domain", id=php.intval(wanted))
    return _decoded(row) if row else None


def defaults(call: Call, wanted: t.Any) -> dict[str, t.Any]:
    """What add/domain takes from a template; the first one where there is none with this id."""
    row = None if php.empty(wanted) else _read(call, wanted)
    return (row and row["attributes"]) or _read_all(call)[0]["attributes"]


@get("domain", "template")
def read(call: Call) -> t.Any:
    """All templates, or the one with the number; a text counts as 0."""
    return _read_all(call) if call.extra in (None, "all") else _read(call, call.extra)


def _attributes(data: dict[str, t.Any], numbers: dict[str, int]) -> dict[str, t.Any]:
    """The attributes but for COUNTS and SIZES, which come in `numbers` (the latter in bytes)."""
    attributes: dict[str, t.Any] = {"tags": data["tags"] if php.isset(data, "tags") else [], **numbers}
    for name, default in LIMIT.items():
        attributes[name] = default if php.empty(data.get(name)) else data[name]
    for flag, default in FLAGS.items():
        attributes[flag] = php.intval(data[flag]) if php.isset(data, flag) else default
    attributes["dkim_selector"] = data["dkim_selector"] if php.isset(data, "dkim_selector") else "dkim"
    return attributes


@add("domain", "template", log=("mailbox", "add", "domain_templates", DATA, None), mask=SECRETS)
def create(call: Call) -> t.Any:
    body = call.body
    name = body.get("template")
    if php.empty(name):
        return call.danger("template_name_invalid")
    if call.db.exists("templates", type="domain", template=name):
        return call.danger(["template_exists", name])
    # 0 counts as not given
    numbers = {
        field: (default if php.empty(body.get(field)) else php.intval(body[field])) * (MIB if field in SIZES else 1)
        for field, default in (*COUNTS.items(), *SIZES.items())
    }
    call.db.insert("templates", type="domain", template=name, attributes=php.json_compact(_attributes(body, numbers)))
    return call.success(["template_added", name])


@edit("domain", "template", key="ids", log=("mailbox", "edit", "domain_templates", DATA, None), mask=SECRETS)
def change(call: Call) -> t.Any:
    """The name goes from one template to the next, and the last one stands in the only success."""
    data = call.data
    name = data.get("template")
    for item in call.items:
        now = None if item is None else _read(call, item)
        if now is None:
            call.danger("template_id_invalid")
            continue
        if name is None or (now["template"] == PROTECTED and not php.equals(name, PROTECTED)):
            name = now["template"]
        numbers = {field: php.intval(data.get(field)) * (MIB if field in SIZES else 1) for field in (*COUNTS, *SIZES)}
        attributes = php.json_compact(_attributes(data, numbers))
        call.db.update("templates", {"template": name, "attributes": attributes}, id=number(item, strict=True))
    return call.success(["template_modified", name])


@delete("domain", "template", key="ids", log=("mailbox", "delete", "domain_templates", DATA, None), mask=SECRETS)
def remove(call: Call) -> t.Any:
    """Only the first one; a success whether it is gone or not."""
    for item in call.items:
        wanted = None if item is None else number(item, strict=True)
        call.db.execute("DELETE FROM templates WHERE id = ? AND type = 'domain' AND template <> ?", wanted, PROTECTED)
        return call.success(["template_removed", php.htmlspecialchars(item)])
    return None
