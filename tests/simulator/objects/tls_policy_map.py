# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS policy overrides (facts-server 15)."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

# UPPER: the order of the collation, in which [ and _ come after the letters
COLUMNS = "SELECT id, dest, policy, parameters, active, created, modified FROM tls_policy_override"


@get("tls-policy-map", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all(COLUMNS + " ORDER BY UPPER(dest)")


@get("tls-policy-map")
def read_one(call: Call) -> t.Any:
    row = call.db.one(COLUMNS + " WHERE id = ?", php.intval(call.object))
    return {**row, "0": None} if row else None


def problem(dest: t.Any, parameters: t.Any) -> str | None:
    """What is wrong with a destination (checked first) or with the parameters."""
    if php.empty(dest) or php.in_array(dest, (".", "*", "@")):
        return "tls_policy_map_dest_invalid"
    if not php.empty(parameters) and not all(re.search("(.+)=(.+)", part) for part in php.arg(parameters).split(" ")):
        return "tls_policy_map_parameter_invalid"
    return None


def taken(call: Call, dest: t.Any, but: t.Any = None) -> bool:
    """Whether another entry has this destination in the very same spelling; `but` is an id as the client wrote it."""
    found = call.db.column("SELECT id FROM tls_policy_override WHERE dest = ? COLLATE BINARY", dest)
    return any(but is None or not php.equals(known, but) for known in found)


@add("tls-policy-map", log=("tls_policy_maps", "add", DATA, None))
def create(call: Call) -> t.Any:
    body = call.body
    dest = php.idn_to_ascii(php.trim(body.get("dest")))
    policy = php.strtolower(php.trim(body.get("policy")))
    parameters = "" if php.empty(body.get("parameters")) else body["parameters"]
    wrong = problem(dest, parameters)
    if wrong:
        return call.danger(wrong)
    if taken(call, dest):
        return call.danger(["tls_policy_map_entry_exists", php.htmlspecialchars(dest)])
    # a policy that the column does not know is an exception
    call.db.insert("tls_policy_override", dest=dest, policy=policy, parameters=parameters, active=php.intval(body.get("active")))
    return call.success(["tls_policy_map_entry_saved", php.htmlspecialchars(dest)])


@edit("tls-policy-map", key="id", log=("tls_policy_maps", "edit", DATA, None))
def change(call: Call) -> t.Any:
    data = call.data
    for item in call.items:
        now = call.db.get("tls_policy_override", id=php.intval(item))
        if now is None:
            call.danger("access_denied")
            continue
        values = {name: now[name] if php.empty(data.get(name)) else data[name] for name in ("dest", "policy")}
        values["parameters"] = data["parameters"] if php.isset(data, "parameters") else now["parameters"]
        values["active"] = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        wrong = problem(values["dest"], values["parameters"])
        if wrong:
            return call.danger(wrong)
        if taken(call, values["dest"], item):
            # the message of the other kind of map, as on the server
            return call.danger(["recipient_map_entry_exists", php.htmlspecialchars(values["dest"])])
        call.db.update("tls_policy_override", values, id=number(item, strict=True))
        call.success(["tls_policy_map_entry_saved", php.htmlspecialchars(values["dest"])])
    return None


@delete("tls-policy-map", key="id", log=("tls_policy_maps", "delete", DATA, None))
def remove(call: Call) -> t.Any:
    for item in call.items:
        if not php.is_numeric(item):
            return call.failed()
        call.db.delete("tls_policy_override", id=number(item))
        call.success(["tls_policy_map_entry_deleted", php.htmlspecialchars(item)])
    return None
