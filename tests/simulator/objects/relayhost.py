# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sender-dependent transports (facts-server 13)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

COLUMNS = "SELECT id, hostname, username, password, active, substr(password, 1, 3) || '...' AS password_short FROM relayhosts"
DOMAINS = "SELECT relayhost AS id, domain AS name FROM domain WHERE relayhost <> '0' ORDER BY UPPER(domain)"
MAILBOXES = """SELECT CAST(json_extract(attributes, '$.relayhost') AS TEXT) AS id, username AS name FROM mailbox
            WHERE json_extract(attributes, '$.relayhost') NOT IN ('', '0') ORDER BY UPPER(username)"""


def escape(text: str) -> str:
    return text.replace(":", "\\:")


def users(call: Call, sql: str) -> dict[str, str]:
    """Who uses which relay host: id as text -> names."""
    result: dict[str, list[str]] = {}
    for row in call.db.all(sql):
        result.setdefault(row["id"], []).append(row["name"])
    return {key: ", ".join(names) for key, names in result.items()}


@get("relayhost", "all")
def read_all(call: Call) -> t.Any:
    domains, mailboxes = users(call, DOMAINS), users(call, MAILBOXES)
    rows = call.db.all(COLUMNS + " ORDER BY id")
    for row in rows:
        row["used_by_domains"], row["used_by_mailboxes"] = (names.get(str(row["id"]), "") for names in (domains, mailboxes))
    return rows


@get("relayhost")
def read_one(call: Call) -> t.Any:
    """The id in the path is compared as a number here, and as a text with what its users hold."""
    row = call.db.one(COLUMNS + " WHERE id = ?", number(call.object))
    if row is not None:
        wanted = php.string(call.object)
        row["used_by_domains"], row["used_by_mailboxes"] = (users(call, sql).get(wanted, "") for sql in (DOMAINS, MAILBOXES))
    return row


@add("relayhost", log=("relayhost", "add", DATA))
def create(call: Call) -> t.Any:
    """The password's colons are escaped twice; `active` is not looked at."""
    hostname, username, password = (php.trim(call.body.get(name)) for name in ("hostname", "username", "password"))
    if php.empty(hostname):
        return call.danger(["invalid_host", ""])
    try:
        call.db.insert("relayhosts", hostname=hostname, username=escape(username), password=escape(escape(password)), active="1")
    except php.MysqlError as error:
        return call.danger(error.message())
    return call.success(["relayhost_added", ""])


@edit("relayhost", key="id", log=("relayhost", "edit", DATA))
def change(call: Call) -> None:
    data = call.data
    for item in php.array(data.get("id")):
        now = None if item is None else call.db.get("relayhosts", id=number(item))
        if now is None:
            call.danger(["relayhost_invalid", item])
            continue
        values = {
            "hostname": now["hostname"] if php.empty(data.get("hostname")) else php.trim(data["hostname"]),
            "username": php.trim(data["username"]) if php.isset(data, "username") else now["username"],
            "password": php.trim(data["password"]) if php.isset(data, "password") else now["password"],
            "active": php.intval(data["active"]) if php.isset(data, "active") else now["active"],
        }
        try:
            call.db.update("relayhosts", values, id=number(item, strict=True))
        except php.MysqlError as error:
            call.danger(error.message())
            continue
        call.success(["object_modified", ""])


@delete("relayhost", key="id", log=("relayhost", "delete", DATA))
def remove(call: Call) -> None:
    """Domains fall back to none; mailboxes keep the dead id."""
    for item in call.items:
        try:
            call.db.delete_id("relayhosts", item)
            call.db.update("domain", {"relayhost": "0"}, relayhost=php.string(item))
        except php.MysqlError as error:
            call.danger(error.message())
            continue
        call.success(["relayhost_removed", php.htmlspecialchars(item)])
