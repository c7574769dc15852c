# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alias domains (facts-mailboxes 14)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add, delete, edit, get
from . import dkim, ratelimit
from . import domain as domains

ROWS = """SELECT alias_domain, backupmx AS parent_is_backupmx, target_domain, alias_domain.active, alias_domain.active AS active_int,
       alias_domain.created, alias_domain.modified
       FROM alias_domain LEFT JOIN domain ON domain.domain = alias_domain.target_domain """


def shown(call: Call, row: dict[str, t.Any], name: str) -> dict[str, t.Any]:
    """What get/alias-domain shows. The rate limit is looked up by the name as it was asked for, and Redis minds the case."""
    return {**row, "rl": ratelimit.read(call, name)}


def details(call: Call, name: t.Any) -> dict[str, t.Any] | None:
    row = call.db.one(ROWS + "WHERE alias_domain = ?", name)
    if row is None or not call.has_domain(row["target_domain"]):
        return None
    return shown(call, row, name)


@get("alias-domain", "all")
def read_all(call: Call) -> t.Any:
    # A target that is no alias domain's and no longer a domain gives no access.
    known = "WHERE target_domain IN (SELECT domain FROM domain UNION SELECT alias_domain FROM alias_domain) "
    rows = call.db.all(ROWS + known + "ORDER BY target_domain, alias_domain")
    return [shown(call, row, row["alias_domain"]) for row in rows]


@get("alias-domain")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


def converted(name: t.Any) -> str | t.Literal[False]:
    return php.idn_to_ascii(php.strtolower(php.trim(name)))


@add("alias-domain", log=("mailbox", "add", "alias_domain", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    names = [name for name in php.split(body.get("alias_domain")) if not php.empty(name)]
    target = converted(body.get("target_domain"))
    if not php.is_valid_domain_name(target):
        return call.danger("target_domain_invalid")
    if not call.has_domain(target):
        return call.danger("access_denied")
    for item in names:
        name = converted(item)
        if not php.is_valid_domain_name(name):
            # The server trips over its own message (facts-mailboxes 14).
            raise php.PhpException("Undefined constant")
        problem = _problem(call, t.cast(str, name), t.cast(str, target))
        if problem is not None:
            call.danger(problem)
            continue
        call.db.insert("alias_domain", alias_domain=name, target_domain=target, active=php.intval(body.get("active")))
        call.redis.hset("DOMAIN_MAP", name, 1)
        _extras(call, t.cast(str, name))
        call.success(["aliasd_added", php.htmlspecialchars(name)])
    return True


def _problem(call: Call, name: str, target: str) -> t.Any:
    """What forbids a new alias domain, None if nothing."""
    if name == target:
        return ["aliasd_targetd_identical", php.htmlspecialchars(target)]
    row = call.db.get("domain", domain=target)
    if row is None:
        return ["targetd_not_found", php.htmlspecialchars(target)]
    if row["backupmx"] == 1:
        return ["targetd_relay_domain", php.htmlspecialchars(target)]
    if call.db.exists("alias_domain", alias_domain=name) or call.db.exists("domain", domain=name):
        return ["alias_domain_invalid", name]
    return None


def _extras(call: Call, name: str) -> None:
    """The rate limit and the DKIM key that a new alias domain may come with."""
    value, frame = call.body.get("rl_value"), call.body.get("rl_frame")
    if php.intval(value) != 0:
        log = ["ratelimit", "edit", "domain", {"rl_value": value, "rl_frame": frame, "object": name}]
        ratelimit.save(call, name, value, frame, call.has_domain(name), log)
    size, selector = call.body.get("key_size"), call.body.get("dkim_selector")
    if not php.empty(size) and not php.empty(selector):
        if not php.empty(call.redis.hget("DKIM_SELECTORS", name)):
            call.success("domain_add_dkim_available")
        else:
            dkim.generate(call, name, size, selector, ["dkim", "add", {"key_size": size, "dkim_selector": selector, "domains": name}])


@edit("alias-domain", key="alias_domain", log=("mailbox", "edit", "alias_domain", DATA, None), mask=("password", "password2"))
def change(call: Call) -> None:
    for item in call.items:
        name = converted(item)
        now = details(call, name)
        if now is None:
            call.danger(["alias_domain_invalid", php.htmlspecialchars(name)])
            continue
        target = now["target_domain"] if php.empty(call.data.get("target_domain")) else converted(call.data["target_domain"])
        if not php.is_valid_domain_name(target):
            call.danger(["target_domain_invalid", php.htmlspecialchars(target)])
        elif not call.has_domain(target):
            call.danger("access_denied")
        elif domains.details(call, target) is None or details(call, target) is not None:
            call.danger(["target_domain_invalid", php.htmlspecialchars(target)])
        else:
            active = php.intval(call.data["active"]) if php.isset(call.data, "active") else now["active"]
            call.db.update("alias_domain", {"target_domain": target, "active": active}, alias_domain=name)
            call.success(["aliasd_modified", php.htmlspecialchars(name)])


@delete("alias-domain", key="alias_domain", log=("mailbox", "delete", "alias_domain", DATA, None))
def remove(call: Call) -> None:
    """Takes its aliases along; its rate limit and DKIM key stay (facts-mailboxes 14)."""
    for item in call.items:
        if not php.is_valid_domain_name(item):
            call.danger("domain_invalid")
            continue
        if not call.has_domain(call.db.value("SELECT target_domain FROM alias_domain WHERE alias_domain = ?", item)):
            call.danger("access_denied")
            continue
        call.db.delete("alias_domain", alias_domain=item)
        call.db.delete("alias", domain=item)
        call.db.execute("DELETE FROM spamalias WHERE address LIKE ?", "%@" + php.string(item))
        call.db.delete("bcc_maps", local_dest=item)
        call.redis.hdel("DOMAIN_MAP", item)
        call.success(["alias_domain_removed", php.htmlspecialchars(item)])
