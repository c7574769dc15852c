# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Administrators, and what they share with domain administrators: both are rows of one table (facts-server 7, 6)."""

from __future__ import annotations

import json
import re
import typing as t

from .. import passwords, php
from ..call import Call
from ..routes import DATA, add, delete, edit, get

SECRETS = ("password", "password2")
SINCE = {"attributes": "2026-03"}
NO_FLAGS = {"force_tfa": "0", "force_pw_update": "0"}


def valid_name(value: t.Any) -> bool:
    """Letters, digits and `_.-`, with a letter or digit among them; a list is no name."""
    return not php.is_array(value) and php.ctype_alnum(re.sub(r"[_.-]", "", php.string(value)))


def shown(call: Call, row: dict[str, t.Any]) -> dict[str, t.Any]:
    """A row of name, created, active, attributes and tfa_active as the API shows it."""
    tfa = row["tfa_active"] or 0
    attributes = json.loads(row["attributes"]) if row["attributes"] else None
    data = {
        "username": row["username"], "tfa_active": tfa, "tfa_active_int": tfa, "active": row["active"], "active_int": row["active"],
        "created": row["created"], "attributes": NO_FLAGS if attributes is None else attributes,
    }  # fmt: skip
    return call.shown(data, SINCE)


def update(call: Call, username: t.Any, new_name: t.Any, active: t.Any) -> bool:
    """Change the row of an administrator of either kind; False where the password is refused (which is noted).

    The flags that are not given are reset. A name that is taken is an exception.
    """
    data = call.data
    values = {"username": new_name, "active": active}
    if not php.empty(data.get("password")):
        if not passwords.acceptable(call, data["password"], data.get("password2")):
            return False
        values["password"] = passwords.stored(data["password"])
    for row in call.db.all("SELECT attributes FROM admin WHERE username = ?", username):
        flags = {name: "1" if php.intval(data.get(name)) else "0" for name in NO_FLAGS}
        call.db.update("admin", {**values, "attributes": json.dumps({**json.loads(row["attributes"] or "{}"), **flags})}, username=username)
    if php.isset(data, "disable_tfa"):
        call.db.update("tfa", {"active": 0}, username=username)
    else:
        call.db.update("tfa", {"username": new_name}, username=username)
    return True


def drop(call: Call, username: t.Any, *tables: str) -> None:
    for table in (*tables, "tfa", "fido2"):
        call.db.delete(table, username=username)


def details(call: Call, username: t.Any) -> dict[str, t.Any] | None:
    row = call.db.one(
        """SELECT admin.username, admin.created, admin.active, admin.attributes, tfa.active AS tfa_active
                      FROM admin LEFT JOIN tfa ON tfa.username = admin.username
                      WHERE admin.username = ? AND superadmin = 1""",
        username,
    )
    return shown(call, row) if row else None


@get("admin", "all")
def read_all(call: Call) -> t.Any:
    names = call.db.column("SELECT username FROM admin WHERE superadmin = 1 ORDER BY UPPER(username)")
    return [details(call, name) for name in names]


@get("admin")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


@add("admin", log=("admin", "add", DATA), mask=SECRETS, anonymous="handler")
def create(call: Call) -> t.Any:
    if not call.admin:
        return call.danger("access_denied", ["admin", "add", None])
    body = call.body
    username = php.strtolower(php.trim(body.get("username")))
    if not valid_name(username) or php.empty(username):
        return call.danger(["username_invalid", username])
    if call.db.exists("admin", username=username) or call.db.exists("domain_admins", username=username):
        return call.danger(["object_exists", php.htmlspecialchars(username)])
    if not passwords.acceptable(call, body.get("password"), body.get("password2")):
        return call.failed()
    call.db.insert(
        "admin", username=username, password=passwords.stored(body["password"]), superadmin=1, active=php.intval(body.get("active"))
    )
    return call.success(["admin_added", php.htmlspecialchars(username)])


@edit("admin", key="username", log=("admin", "edit", DATA), mask=SECRETS)
def change(call: Call) -> t.Any:
    data = call.data
    for username in call.items:
        now = details(call, username)
        if now is None:
            call.danger("access_denied")
            continue
        active = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        new_name = now["username"] if php.empty(data.get("username_new")) else data["username_new"]
        if active == 0 and call.db.value("SELECT SUM(active) FROM admin WHERE superadmin = 1") == 1:
            # also when the one that is left is another one
            call.warning("no_active_admin")
            continue
        if not valid_name(new_name) or (not php.equals(new_name, username) and details(call, new_name)):
            call.danger(["username_invalid", new_name])
            continue
        if not update(call, username, new_name, active):
            return call.failed()
        call.success(["admin_modified", php.htmlspecialchars(username)])
    return True


@delete("admin", key="username", log=("admin", "delete", DATA))
def remove(call: Call) -> None:
    for username in call.items:
        if php.equals(username, "API"):
            # the name under which a key works
            call.warning("cannot_delete_self")
        elif details(call, username) is None:
            call.danger(["username_invalid", username])
        else:
            drop(call, username, "admin", "domain_admins")
            call.success(["admin_removed", php.htmlspecialchars(username)])
