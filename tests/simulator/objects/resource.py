# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources: rooms, groups and things, which are rows of the table of mailboxes with a kind (facts-mailboxes 18)."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add, delete, edit, get

KINDS = ("location", "group", "thing")
ROWS = """SELECT username AS name, kind, multiple_bookings, name AS description, active, active AS active_int, mailbox.domain, local_part
       FROM mailbox WHERE kind IN ('location', 'group', 'thing') """


def details(call: Call, name: t.Any) -> dict[str, t.Any] | None:
    return call.db.one(ROWS + "AND username = ?", name) if call.has_mailbox(name) else None


@get("resource", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all(ROWS + "AND domain IN (SELECT domain FROM domain) ORDER BY domain, username")


@get("resource")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


@add("resource", log=("mailbox", "add", "resource", DATA, None), mask=("password", "password2"), anonymous="handler")
def create(call: Call) -> t.Any:
    body = call.body
    domain = php.idn_to_ascii(php.strtolower(php.trim(body.get("domain"))))
    description, kind = body.get("description"), body.get("kind")
    local = re.sub(r"[^0-9a-zA-Z]", "", php.arg(description))
    name = "%s@%s" % (local, domain or "")
    if not php.is_valid_email(name):
        return call.danger("resource_invalid")
    if php.empty(description):
        return call.danger("description_invalid")
    if not php.in_array(kind, KINDS):
        return call.danger("resource_invalid")
    if not php.is_valid_domain_name(domain):
        return call.danger("domain_invalid")
    if not call.has_domain(domain):
        return call.danger("access_denied")
    for table, column, problem in (
        ("mailbox", "username", "object_exists"),
        ("alias", "address", "is_alias"),
        ("spamalias", "address", "is_spam_alias"),
    ):
        if call.db.exists(table, **{column: name}):
            return call.danger([problem, php.htmlspecialchars(name)])
    if not call.db.exists("domain", domain=domain):
        return call.danger(["domain_not_found", php.htmlspecialchars(domain)])
    call.db.insert(
        "mailbox",
        username=name,
        password="RESOURCE",
        name=description,
        quota=0,
        local_part=local,
        domain=domain,
        active=php.intval(body.get("active")),
        multiple_bookings=max(-1, php.intval(body.get("multiple_bookings"))),
        kind=kind,
    )
    return call.success(["resource_added", php.htmlspecialchars(name)])


@edit("resource", key="name", log=("mailbox", "edit", "resource", DATA, None), mask=("password", "password2"))
def change(call: Call) -> None:
    data = call.data
    for name in call.items:
        now = details(call, name)
        if now is None or not php.is_valid_email(name):
            call.danger(["resource_invalid", php.htmlspecialchars(name)])
            continue
        values = {
            column: php.intval(data[column]) if php.isset(data, column) else now[column] for column in ("active", "multiple_bookings")
        }
        values["multiple_bookings"] = max(-1, values["multiple_bookings"])
        values["name"] = now["description"] if php.empty(data.get("description")) else data["description"]
        values["kind"] = now["kind"] if php.empty(data.get("kind")) else data["kind"]
        if php.empty(values["name"]):
            call.danger(["description_invalid", php.htmlspecialchars(name)])
        elif not php.in_array(values["kind"], KINDS):
            call.danger(["resource_invalid", php.htmlspecialchars(name)])
        else:
            call.db.update("mailbox", values, username=name)
            call.success(["resource_modified", php.htmlspecialchars(name)])


@delete("resource", key="name", log=("mailbox", "delete", "resource", DATA, None))
def remove(call: Call) -> None:
    """Does not look at the kind: a mailbox's row goes as well, and its aliases stay (facts-mailboxes 18)."""
    for name in call.items:
        if not php.is_valid_email(name) or not call.has_mailbox(name):
            call.danger("access_denied")
            continue
        call.db.delete("mailbox", username=name)
        call.db.delete("sogo_user_profile", c_uid=name)
        call.success(["resource_removed", php.htmlspecialchars(name)])
