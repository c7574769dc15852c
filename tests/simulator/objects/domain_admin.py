# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domain administrators, their rights, and tokens to log them in (facts-server 6)."""

from __future__ import annotations

import datetime
import secrets
import typing as t

from .. import db as database
from .. import passwords, php, schema
from ..call import Call
from ..routes import DATA, add, delete, edit, get
from . import admin, domain

SECRETS = ("password", "password2", "user_old_pass", "user_new_pass", "user_new_pass2")
TOKEN_SECONDS = 30


def rows(call: Call, username: t.Any = None) -> list[dict[str, t.Any]]:
    """What get/domain-admin shows of one domain administrator, or of all, in order of name.

    A domain administrator is who has a domain; the list leaves out those that are administrators or have no account.
    """
    condition = "d.username IN (SELECT username FROM admin WHERE superadmin <> 1)" if username is None else "d.username = ?1"
    found = call.db.all(
        """SELECT d.username, d.domain, d.created, d.active, admin.attributes, tfa.active AS tfa_active
                        FROM domain_admins AS d LEFT JOIN tfa ON tfa.username = d.username
                        LEFT JOIN admin ON admin.username = d.username WHERE %s ORDER BY UPPER(d.username), d.id"""
        % condition,
        *([] if username is None else [username]),
    )
    names = call.db.column("SELECT domain FROM domain ORDER BY domain")
    result: dict[str, dict[str, t.Any]] = {}
    domains: dict[str, set[str]] = {}
    for row in found:
        key = row["username"].lower()
        result.setdefault(key, row)
        domains.setdefault(key, set()).add(row["domain"].lower())
    answer = []
    for key, row in result.items():
        data = admin.shown(call, row)
        selected = [name for name in names if name in domains[key]]
        if selected:
            data["selected_domains"] = selected
        data["unselected_domains"] = [name for name in names if name not in domains[key]] or ""
        answer.append(data)
    return answer


def details(call: Call, username: t.Any) -> dict[str, t.Any] | None:
    if username is None or not admin.valid_name(username):
        return None
    return next(iter(rows(call, username)), None)


@get("domain-admin", "all")
def read_all(call: Call) -> t.Any:
    return rows(call)


@get("domain-admin")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


def assign(call: Call, username: t.Any, name: t.Any, active: int) -> None:
    call.db.insert("domain_admins", username=username, domain=name, created=database.now(), active=active)


@add("domain-admin", log=("domain_admin", "add", DATA), mask=SECRETS)
def create(call: Call) -> t.Any:
    body = call.body
    username = php.strtolower(php.trim(body.get("username")))
    domains, active = php.array(body.get("domains")), php.intval(body.get("active"))
    if not domains:
        return call.danger("domain_invalid")
    if not admin.valid_name(username) or php.empty(username):
        return call.danger(["username_invalid", username])
    if any(call.db.exists(table, username=username) for table in ("mailbox", "admin", "domain_admins")):
        return call.danger(["object_exists", php.htmlspecialchars(username)])
    if not passwords.acceptable(call, body.get("password"), body.get("password2")):
        return None
    password = passwords.stored(body["password"])
    valid = 0
    for name in domains:
        if not php.is_valid_domain_name(name) or domain.details(call, name) is None:
            call.danger(["domain_invalid", php.htmlspecialchars(name)])
            continue
        valid += 1
        assign(call, username, name, active)
    if valid:
        call.db.insert("admin", username=username, password=password, superadmin=0, active=active)
    # Without a valid domain only this row is made, and a later add of the same name dies of it.
    call.db.insert("da_acl", username=username)
    return call.success(["domain_admin_added", php.htmlspecialchars(username)])


@edit("domain-admin", key="username", log=("domain_admin", "edit", DATA), mask=SECRETS)
def change(call: Call) -> t.Any:
    data = call.data
    for username in call.items:
        now = details(call, username)
        if now is None:
            call.danger("access_denied")
            continue
        active = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        domains = php.array(data.get("domains")) or now.get("selected_domains", [])
        new_name = now["username"] if php.empty(data.get("username_new")) else data["username_new"]
        bad = next((n for n, name in enumerate(domains) if not php.is_valid_domain_name(name) or domain.details(call, name) is None), None)
        if bad is not None:
            call.danger(["domain_invalid", php.htmlspecialchars(domains[bad])])
            continue
        if not admin.valid_name(new_name) or (not php.equals(new_name, username) and details(call, new_name)):
            call.danger(["username_invalid", new_name])
            continue
        call.db.delete("domain_admins", username=username)
        call.db.update("da_acl", {"username": new_name}, username=username)
        for name in domains:
            assign(call, new_name, name, active)
        # the password is looked at only now
        if not admin.update(call, username, new_name, active):
            return call.failed()
        call.success(["domain_admin_modified", php.htmlspecialchars(username)])
    return True


@delete("domain-admin", key="username", log=("domain_admin", "delete", DATA))
def remove(call: Call) -> None:
    for username in call.items:
        if details(call, username) is None:
            call.danger(["username_invalid", username])
            continue
        admin.drop(call, username, "domain_admins", "admin", "da_acl")
        call.success(["domain_admin_removed", php.htmlspecialchars(username)])


@edit("da-acl", key="username", log=("acl", "edit", "domainadmin", DATA))
def change_rights(call: Call) -> None:
    """Switch the rights that are named on, and all others off; the row is enough, there need be no domain administrator."""
    rights = [name for name in schema.TABLES["da_acl"].columns if name != "username"]
    for username in call.items:
        named = {php.arg(name) for name in php.array(call.data.get("da_acl"))}
        if not call.db.exists("da_acl", username=username):
            call.danger("Cannot determine current ACL")
            continue
        call.db.update("da_acl", {name: int(name in named) for name in rights}, username=username)
        call.success(["acl_saved", username])


@add("sso", "domain-admin", log=("domain_admin_sso", "issue", DATA))
def issue_token(call: Call) -> t.Any:
    username = call.body.get("username")
    if not call.db.exists("domain_admins", username=username):
        return call.danger(["object_doesnt_exist", php.htmlspecialchars(username)])
    token = "-".join(secrets.token_hex(3).upper() for _unused in range(5))
    call.db.insert("da_sso", username=username, token=token)
    call.db.execute("DELETE FROM da_sso WHERE created < ?", database.now(-datetime.timedelta(seconds=TOKEN_SECONDS)))
    return call.json({"token": token})
