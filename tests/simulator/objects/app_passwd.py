# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""App passwords (facts-mailboxes 17). Every call first looks for a `username`; without one it is the API user itself."""

from __future__ import annotations

import typing as t

from .. import passwords, php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

API = "API"
PROTOCOLS = ("imap_access", "dav_access", "smtp_access", "eas_access", "pop3_access", "sieve_access")
SECRETS = ("app_passwd", "app_passwd2")
SECRETS_BEFORE = ("password", "password2")  # of the edit before 2025-09c


def acceptable(call: Call, password: t.Any, repeated: t.Any) -> bool:
    """Whether a password is taken, which is noted where not. Before 2025-09c the policy does not hold for app passwords."""
    if call.since("2025-09c"):
        return passwords.acceptable(call, password, repeated)
    return php.equals(password, repeated) or call.danger("password_mismatch")


def user(call: Call, name: t.Any) -> t.Any:
    """Whose app passwords the call is about; None where that is forbidden."""
    if not php.is_valid_email(name):
        return API
    return name if call.has_mailbox(name) else None


def shown(row: dict[str, t.Any]) -> dict[str, t.Any]:
    """A row as it is read: the name was escaped when it was written, and is once more here."""
    return {**row, "name": escaped(row["name"])}


def escaped(name: t.Any) -> str:
    return php.htmlspecialchars(php.trim(name))


def details(call: Call, wanted: t.Any) -> dict[str, t.Any] | None:
    row = None if wanted is None else call.db.get("app_passwd", id=number(wanted))
    return shown(row) if row is not None and call.has_mailbox(row["mailbox"]) else None


@get("app-passwd", "all")
def read_all(call: Call) -> t.Any:
    name = user(call, call.extra)
    return [] if name is None else [shown(row) for row in call.db.all("SELECT * FROM app_passwd WHERE mailbox = ? ORDER BY id", name)]


@get("app-passwd")
def read_one(call: Call) -> t.Any:
    """Cannot work on the server: it takes the id in the path for an array."""
    if call.object is not None:
        raise php.PhpException("Cannot access offset of type string on string")
    return None


def access(protocols: t.Any) -> dict[str, int]:
    given = php.array(protocols)
    return {name: 1 if php.in_array(name, given) else 0 for name in PROTOCOLS}


@add("app-passwd", log=("app_passwd", "add", DATA), mask=SECRETS)
def create(call: Call) -> t.Any:
    body = call.body
    name = user(call, body.get("username"))
    if name is None:
        return call.danger("access_denied")
    app_name, active = escaped(body.get("app_name")), php.intval(body.get("active"))
    domain = call.db.value("SELECT domain FROM mailbox WHERE kind = '' AND username = ?", name)
    if domain is None:
        return call.danger("access_denied")
    if not acceptable(call, body.get("app_passwd"), body.get("app_passwd2")):
        return call.failed()
    password = passwords.stored(body.get("app_passwd"), readable=True)
    if php.empty(app_name):
        return call.danger("app_name_empty")
    flags = access(body.get("protocols"))
    call.db.insert("app_passwd", flags, name=app_name, mailbox=name, domain=domain, password=password, active=active)
    return call.success("app_passwd_added")


@edit("app-passwd", key="id", log=("app_passwd", "edit", DATA), mask=SECRETS)
def change(call: Call) -> t.Any:
    data = call.data
    name = user(call, data.get("username"))
    if name is None:
        return call.danger("access_denied")
    for item in call.items:
        now = details(call, item)
        if now is None:
            call.danger(["app_passwd_id_invalid", item])
            continue
        values: dict[str, t.Any] = {flag: now[flag] for flag in PROTOCOLS}
        if php.isset(data, "protocols"):
            values = dict(access(data["protocols"]))
        values["active"] = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        # Also the name that is there is escaped again; and the mailbox is set, whoever's the app password was.
        values["name"] = escaped(now["name"] if php.empty(data.get("app_name")) else data["app_name"])
        values["mailbox"] = name
        given = [data.get(secret) for secret in (SECRETS if call.since("2025-09c") else SECRETS_BEFORE)]
        if not any(map(php.empty, given)):
            if not acceptable(call, *given):
                continue
            password = passwords.stored(given[0], readable=True)
            call.db.update("app_passwd", {"password": password}, mailbox=name, id=number(item, strict=True))
        call.db.update("app_passwd", values, id=number(item, strict=True))
        call.success(["object_modified", php.htmlspecialchars(", ".join(map(php.string, call.items)))])
    return True


@delete("app-passwd", key="id", log=("app_passwd", "delete", DATA))
def remove(call: Call) -> t.Any:
    """Stops at the first id that is not there."""
    for item in call.items:
        row = None if item is None else call.db.get("app_passwd", id=number(item))
        if row is None:
            return call.danger("app_passwd_id_invalid")
        if not call.has_mailbox(row["mailbox"]):
            return call.danger("access_denied")
        call.db.delete("app_passwd", id=number(item, strict=True))
        call.success(["app_passwd_removed", php.htmlspecialchars(item)])
    return True
