# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sieve filters of mailboxes (facts-mailboxes 16). At most one of a mailbox and type is active."""

from __future__ import annotations

import typing as t

from .. import php, sieve
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

TYPES = ("postfilter", "prefilter")
COLUMNS = "SELECT script_name = 'active' AS active, id, sieve_filters.username, filter_type, script_data, script_desc FROM sieve_filters "


def details(call: Call, wanted: t.Any) -> dict[str, t.Any] | None:
    row = call.db.one(COLUMNS + "WHERE id = ?", number(wanted)) if php.is_numeric(wanted) else None
    return row if row is not None and call.has_mailbox(row["username"]) else None


@get("filters", "all")
def read_all(call: Call) -> t.Any:
    """Domain by domain and mailbox by mailbox; those of resources are not found."""
    return call.db.all(
        COLUMNS
        + """JOIN mailbox ON mailbox.username = sieve_filters.username
        WHERE kind = '' AND domain IN (SELECT domain FROM domain) ORDER BY domain, mailbox.username, id"""
    )


@get("filters")
def read(call: Call) -> t.Any:
    if not php.is_valid_email(call.object) or not call.has_mailbox(call.object):
        return None
    return call.db.all(COLUMNS + "WHERE username = ? ORDER BY id", call.object)


@get("active-user-sieve")
def read_active(call: Call) -> t.Any:
    """The active script of the owner, which Dovecot has (source)."""
    script = call.state.services.owners_scripts.get(str(call.object)) if call.has_mailbox(call.object) else None
    return script and [script]


def deactivate(call: Call, username: str, filter_type: t.Any) -> None:
    call.db.update("sieve_filters", {"script_name": "inactive"}, username=username, filter_type=filter_type)


@add("filter", log=("mailbox", "add", "filter", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    username = body.get("username")
    if not php.is_valid_email(username):
        return call.danger("no_user_defined")
    if not call.has_mailbox(username):
        return call.danger("access_denied")
    values = {name: body.get(name) for name in ("script_data", "script_desc", "filter_type")}
    active = php.intval(body.get("active")) != 0
    if php.empty(values["script_data"]):
        return call.danger("script_empty")
    problem = sieve.problem(php.arg(values["script_data"]))
    if problem is not None:
        return call.danger(["sieve_error", problem])
    if php.empty(values["script_desc"]):
        return call.danger("value_missing")
    if not php.in_array(values["filter_type"], TYPES):
        return call.danger("filter_type")
    if active:
        deactivate(call, username, values["filter_type"])
    call.db.insert("sieve_filters", values, username=username, script_name="active" if active else "inactive")
    return call.success(["mailbox_modified", username])


@edit("filter", key="id", log=("mailbox", "edit", "filter", DATA, None), mask=("password", "password2"))
def change(call: Call) -> None:
    data = call.data
    for item in call.items:
        now = details(call, item)
        if now is None:
            call.danger("access_denied")
            continue
        values = {name: now[name] if php.empty(data.get(name)) else data[name] for name in ("script_desc", "script_data", "filter_type")}
        problem = sieve.problem(php.arg(values["script_data"]))
        if problem is not None:
            call.danger(["sieve_error", problem])
            continue
        if not php.in_array(values["filter_type"], TYPES):
            call.danger("filter_type")
            continue
        # Only 1 is active here, while add/filter takes any number for it.
        active = (php.intval(data["active"]) if php.isset(data, "active") else now["active"]) == 1
        if active:
            deactivate(call, now["username"], values["filter_type"])
        call.db.update("sieve_filters", {**values, "script_name": "active" if active else "inactive"}, id=now["id"])
        call.success(["mailbox_modified", now["username"]])


@delete("filter", key="id", log=("mailbox", "delete", "filter", DATA, None))
def remove(call: Call) -> None:
    for item in call.items:
        if not php.is_numeric(item):
            continue
        row = call.db.get("sieve_filters", id=number(item))
        if row is None or not call.has_mailbox(row["username"]):
            call.danger("access_denied")
            continue
        call.db.delete("sieve_filters", id=row["id"])
        call.success(["delete_filter", item])
