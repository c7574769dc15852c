# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains (facts-server 2). The pattern for the other objects: read functions that return rows, one function per route."""

from __future__ import annotations

import json
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add, delete, edit, get, search
from . import dkim, ratelimit

MIB = 1048576
TAGGING_LIMIT = 25


def names(call: Call) -> list[str]:
    """All domains in order of name, or those that carry one of the tags of `?tags=` (a substring of them)."""
    tags = php.arg(call.query.get("tags", ""))
    if not tags:
        return call.db.column("SELECT domain FROM domain ORDER BY domain")
    found: dict[str, None] = {}
    for tag in tags.split(","):
        found.update(dict.fromkeys(call.db.column("SELECT DISTINCT domain FROM tags_domain WHERE tag_name LIKE ?", "%" + tag + "%")))
    return list(found)


def details(call: Call, name: t.Any) -> dict[str, t.Any] | None:
    """What get/domain shows; the name of an alias domain gives its target."""
    domain = php.idn_to_ascii(php.strtolower(php.trim(name)))
    if not call.has_domain(domain):
        return None
    target = call.db.value("SELECT target_domain FROM alias_domain WHERE alias_domain = ?", domain)
    domain = target or domain
    row = call.db.get("domain", domain=domain)
    if row is None:
        return None
    boxes = call.db.one("SELECT COUNT(*) AS number, COALESCE(SUM(quota), 0) AS quota FROM mailbox WHERE kind = '' AND domain = ?", domain)
    used = call.db.one("""SELECT SUM(bytes) AS bytes, SUM(messages) AS messages FROM quota2
                       WHERE username IN (SELECT username FROM mailbox WHERE domain = ?)""", domain)
    aliases = call.db.value("""SELECT COUNT(*) FROM alias
                            WHERE (domain = ?1 OR domain IN (SELECT alias_domain FROM alias_domain WHERE target_domain = ?1))
                            AND address NOT IN (SELECT username FROM mailbox)""", domain)
    free = min(row["quota"] * MIB - boxes["quota"], row["maxquota"] * MIB)
    admins = call.db.column("SELECT username FROM domain_admins WHERE domain = ? ORDER BY id", domain)
    tags = call.db.column("SELECT tag_name FROM tags_domain WHERE domain = ? ORDER BY tag_name", domain)
    data = {
        "max_new_mailbox_quota": free,
        "def_new_mailbox_quota": min(free, row["defquota"] * MIB),
        "quota_used_in_domain": str(boxes["quota"]),
        "bytes_total": str(used["bytes"]) if used["bytes"] else 0,
        "msgs_total": str(used["messages"]) if used["messages"] else 0,
        "mboxes_in_domain": boxes["number"],
        "mboxes_left": row["mailboxes"] - boxes["number"],
        "domain_name": row["domain"],
        "domain_h_name": php.idn_to_utf8(row["domain"]),
        "description": row["description"],
        "max_num_aliases_for_domain": row["aliases"],
        "max_num_mboxes_for_domain": row["mailboxes"],
        "def_quota_for_mbox": row["defquota"] * MIB,
        "max_quota_for_mbox": row["maxquota"] * MIB,
        "max_quota_for_domain": row["quota"] * MIB,
        "relayhost": row["relayhost"],
        "rl": ratelimit.read(call, domain),
        "created": row["created"],
        "modified": row["modified"],
        "aliases_in_domain": aliases,
        "aliases_left": row["aliases"] - aliases,
        "domain_admins": ", ".join(admins) or "-",
    }
    for flag in ("backupmx", "gal", "active", "relay_all_recipients", "relay_unknown_only"):
        data[flag] = data[flag + "_int"] = row[flag]
    if tags:
        data["tags"] = tags
    return data


@get("domain", "all")
def read_all(call: Call) -> t.Any:
    return [data for data in (details(call, name) for name in names(call)) if data]


@get("domain")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


def add_tags(call: Call, domain: str, tags: t.Any) -> None:
    """Add tags; one that is there already is an exception (the ones before it stay). Up to 26 a call (facts-server 2, Tags)."""
    for index, tag in enumerate(php.array(tags)):
        if php.empty(tag):
            continue
        if index > TAGGING_LIMIT:
            call.warning(["tag_limit_exceeded", "limit %d" % TAGGING_LIMIT])
            break
        call.db.insert("tags_domain", domain=domain, tag_name=tag)


def template(call: Call, wanted: t.Any) -> dict[str, t.Any]:
    """The attributes of a domain template, or of the first one."""
    found = None
    if not php.empty(wanted):
        found = call.db.value("SELECT attributes FROM templates WHERE type = 'domain' AND id = ?", wanted)
    return json.loads(found or call.db.value("SELECT attributes FROM templates WHERE type = 'domain' ORDER BY id"))


@add("domain", log=("mailbox", "add", "domain", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    defaults = template(call, body.get("template"))

    def number(name: str, default: t.Any) -> int:
        return php.intval(body[name]) if php.isset(body, name) else default

    domain = php.idn_to_ascii(php.strtolower(php.trim(body.get("domain"))))
    values = {
        "description": domain if php.empty(body.get("description")) else body["description"],
        "aliases": number("aliases", defaults["max_num_aliases_for_domain"]),
        "mailboxes": number("mailboxes", defaults["max_num_mboxes_for_domain"]),
        "defquota": number("defquota", defaults["def_quota_for_mbox"] // MIB),
        "maxquota": number("maxquota", defaults["max_quota_for_mbox"] // MIB),
        "quota": number("quota", defaults["max_quota_for_domain"] // MIB),
    }
    if values["defquota"] > values["maxquota"]:
        return call.danger("mailbox_defquota_exceeds_mailbox_maxquota")
    if values["maxquota"] > values["quota"]:
        return call.danger("mailbox_quota_exceeds_domain_quota")
    if values["defquota"] == 0:
        return call.danger("defquota_empty")
    if values["maxquota"] == 0:
        return call.danger("maxquota_empty")
    for flag in ("active", "gal", "backupmx", "relay_all_recipients", "relay_unknown_only"):
        values[flag] = number(flag, defaults[flag])
    if values["relay_unknown_only"] == 1:
        values["relay_all_recipients"] = 1
    if values["relay_all_recipients"] == 1:
        values["backupmx"] = 1
    if not php.is_valid_domain_name(domain):
        return call.danger("domain_invalid")
    if call.has_domain(domain):
        return call.danger(["domain_exists", php.htmlspecialchars(domain)])
    if domain == call.config.hostname:
        return call.danger("domain_cannot_match_hostname")

    call.db.execute("DELETE FROM sender_acl WHERE external = 1 AND send_as LIKE ?", "%@" + domain)
    call.db.insert("domain", values, domain=domain)
    add_tags(call, domain, body["tags"] if php.isset(body, "tags") else defaults["tags"])
    call.redis.hset("DOMAIN_MAP", domain, 1)

    rl_value = number("rl_value", defaults["rl_value"])
    rl_frame = body["rl_frame"] if php.isset(body, "rl_frame") else defaults["rl_frame"]
    if not php.empty(rl_value) and not php.empty(rl_frame):
        ratelimit.save(call, domain, rl_value, rl_frame, True,
                       ["ratelimit", "edit", "domain", {"rl_value": rl_value, "rl_frame": rl_frame, "object": domain}])
    key_size = number("key_size", defaults["key_size"])
    selector = body["dkim_selector"] if php.isset(body, "dkim_selector") else defaults["dkim_selector"]
    if not php.empty(key_size) and not php.empty(selector):
        if call.redis.hget("DKIM_SELECTORS", domain):
            call.success("domain_add_dkim_available")
        else:
            dkim.generate(call, domain, key_size, selector,
                          ["dkim", "add", {"key_size": key_size, "dkim_selector": selector, "domains": domain}])
    return call.success(["domain_added", php.htmlspecialchars(domain)])


@edit("domain", key="domain", log=("mailbox", "edit", "domain", DATA, None), mask=("password", "password2"))
def change(call: Call) -> None:
    for item in call.items:
        domain = php.idn_to_ascii(item)
        now = details(call, domain) if php.is_valid_domain_name(domain) else None
        if now is None:
            call.danger("domain_invalid")
            continue
        values = _changed(call.data, now)
        problem = _problem(call, domain, values)
        if problem:
            call.danger(problem)
            continue
        call.db.update("domain", values, domain=domain)
        if php.is_array(call.data.get("tags")):
            add_tags(call, domain, call.data["tags"])
        call.success(["domain_modified", php.htmlspecialchars(domain)])


def _changed(data: dict[str, t.Any], now: dict[str, t.Any]) -> dict[str, t.Any]:
    """The row after the edit. Each field has its own idea of what counts as given (facts-server 2, "omitted on edit")."""
    values: dict[str, t.Any] = {}
    for flag in ("active", "backupmx", "gal", "relay_all_recipients", "relay_unknown_only", "relayhost"):
        values[flag] = php.intval(data[flag]) if php.isset(data, flag) else now[flag]
    for name, shown, unit in (("mailboxes", "max_num_mboxes_for_domain", 1), ("defquota", "def_quota_for_mbox", MIB)):
        given = php.isset(data, name) and not php.equals(data[name], "")
        values[name] = php.intval(data[name]) if given else now[shown] // unit
    for name, shown, unit in (("aliases", "max_num_aliases_for_domain", 1), ("maxquota", "max_quota_for_mbox", MIB),
                              ("quota", "max_quota_for_domain", MIB)):
        values[name] = now[shown] // unit if php.empty(data.get(name)) else data[name]
    values["description"] = now["description"] if php.empty(data.get("description")) else data["description"]
    if values["relay_unknown_only"] == 1:
        values["relay_all_recipients"] = 1
    if values["relay_all_recipients"] == 1:
        values["backupmx"] = 1
    return values


def _problem(call: Call, domain: str, values: dict[str, t.Any]) -> t.Any:
    """What forbids the edit, None if nothing."""
    used = call.db.one("""SELECT COUNT(*) AS number, MAX(COALESCE(ROUND(quota / 1048576.0), 0)) AS biggest,
                       COALESCE(ROUND(SUM(quota) / 1048576.0), 0) AS quota FROM mailbox WHERE kind = '' AND domain = ?""", domain)
    aliases = call.db.value("SELECT COUNT(*) FROM alias WHERE domain = ? AND address NOT IN (SELECT username FROM mailbox)", domain)
    if php.greater(values["defquota"], values["maxquota"]):
        return "mailbox_defquota_exceeds_mailbox_maxquota"
    if values["defquota"] == 0:
        return "defquota_empty"
    if php.greater(values["maxquota"], values["quota"]):
        return "mailbox_quota_exceeds_domain_quota"
    if php.greater(used["biggest"] or 0, values["maxquota"]):
        return ["max_quota_in_use", str(int(used["biggest"]))]
    if php.greater(used["quota"], values["quota"]):
        return ["domain_quota_m_in_use", str(int(used["quota"]))]
    if used["number"] > values["mailboxes"]:
        return ["mailboxes_in_use", used["number"]]
    if php.greater(aliases, values["aliases"]):
        return ["aliases_in_use", aliases]
    return None


@delete("domain", key="domain", log=("mailbox", "delete", "domain", DATA, None))
def remove(call: Call) -> None:
    for item in call.items:
        if not php.is_valid_domain_name(item):
            call.danger("domain_invalid")
            continue
        domain = php.idn_to_ascii(php.strtolower(php.trim(item)))
        if call.db.exists("mailbox", domain=domain):
            call.danger(["domain_not_empty", domain])
            continue
        for table, column in (("domain", "domain"), ("domain_admins", "domain"), ("alias", "domain"), ("alias_domain", "target_domain"),
                              ("filterconf", "object"), ("bcc_maps", "local_dest"), ("mta_sts", "domain")):
            call.db.delete(table, **{column: domain})
        for table, column in (("sender_acl", "logged_in_as"), ("quota2", "username"), ("pushover", "username"),
                              ("quota2replica", "username"), ("spamalias", "address")):
            call.db.execute("DELETE FROM %s WHERE %s LIKE ?" % (table, column), "%@" + domain)
        call.db.execute("DELETE FROM admin WHERE superadmin = 0 AND username NOT IN (SELECT username FROM domain_admins)")
        call.db.execute("DELETE FROM da_acl WHERE username NOT IN (SELECT username FROM domain_admins)")
        call.redis.hdel("DOMAIN_MAP", domain)
        call.redis.hdel("RL_VALUE", domain)
        call.success(["domain_removed", php.htmlspecialchars(domain)])


@delete("domain", "tag", key="tags", log=("mailbox", "delete", "tags_domain", DATA, None))
def remove_tags(call: Call) -> t.Any:
    if not php.is_valid_domain_name(call.extra):
        call.danger("domain_invalid")
        return call.failed()
    if not call.has_domain(call.extra):
        return call.danger("access_denied")
    if not call.items:
        return call.failed()
    for tag in call.items:
        call.db.delete("tags_domain", domain=call.extra, tag_name=tag)
    return call.success(["domain_modified", call.extra])


@search("domain")
def find(call: Call) -> t.Any:
    """Only paging so far; filters and order are to come (facts-server 3)."""
    body = call.body if isinstance(call.body, dict) else {}
    found = call.db.column("SELECT domain FROM domain ORDER BY domain")
    start, length = php.intval(body.get("start")), php.intval(body.get("length", -1))
    page = found if length == -1 else found[start:start + length]
    return {"draw": php.intval(body.get("draw")), "recordsTotal": len(found), "recordsFiltered": len(found),
            "data": [details(call, name) for name in page]}
