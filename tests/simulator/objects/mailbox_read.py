# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading mailboxes (facts-mailboxes 1.1, 1.2). A list is read with a fixed number of queries, however long it is."""

from __future__ import annotations

import datetime
import json
import math
import time
import typing as t

from .. import datatables, php
from ..call import Call
from ..routes import get, search
from . import ratelimit

MIB = 1048576
LOGINS = ("imap", "smtp", "pop3", "SSO")
SINCE = {"last_sso_login": "2024-11", "authsource": "2025-03", "sender_acl": "2026-07a"}
SEARCH = datatables.Search(
    "mailbox",
    (
        datatables.Column(2, "username"),
        datatables.Column(3, "quota"),
        datatables.Column(
            4, "last_mail_login", False, "SELECT MAX(datetime) FROM sasl_log WHERE service <> 'SSO' AND sasl_log.username = x.username"
        ),
        datatables.Column(5, "last_pw_change", False, "json_extract(x.attributes, '$.passwd_update')"),
        datatables.Column(6, "in_use", False, "(SELECT bytes FROM quota2 WHERE quota2.username = x.username) * 1.0 / x.quota"),
        datatables.Column(7, "name"),
        datatables.Column(20, "messages", False, "SELECT messages FROM quota2 WHERE quota2.username = x.username"),
        datatables.Column(23, "tags", False, None, "LEFT JOIN tags_mailbox ON tags_mailbox.username = x.username", "tags_mailbox.tag_name"),
        datatables.Column(24, "active"),
    ),
    "x.kind = ''",
)

# Only rows with all three are found: a resource, or a mailbox without a quota row, shows as nulls (facts-mailboxes 1.1).
ROW = """SELECT m.username, m.name, m.active, m.domain, m.local_part, m.quota, m.created, m.modified, m.authsource, m.attributes,
         m.custom_attributes, quota2.bytes, quota2.messages, domain.backupmx, domain.quota AS domain_quota, domain.maxquota
         FROM mailbox m JOIN quota2 ON quota2.username = m.username JOIN domain ON domain.domain = m.domain
         WHERE m.kind = '' AND m.username IN (SELECT value FROM json_each(?))"""
TAGGED = """SELECT DISTINCT username FROM tags_mailbox WHERE username LIKE ? ESCAPE '\\'
            AND FOLD(tag_name) LIKE FOLD(?) ESCAPE '\\' ORDER BY username"""


def tags_wanted(call: Call) -> list[str] | None:
    """The `tags` of the query string."""
    tags = call.query.get("tags", "")
    return None if php.equals(tags, "") else php.arg(tags).split(",")


def names(call: Call, domain: str, tags: list[str] | None = None) -> list[str]:
    """The mailboxes of a domain; of all domains where it is not known. With tags `domain` is a part of the address."""
    if tags is not None:
        found: dict[str, None] = {}
        for tag in tags:
            found.update(dict.fromkeys(call.db.column(TAGGED, "%" + domain + "%", "%" + tag + "%")))
        return [name for name in found if call.has_domain(name.split("@")[1])]
    if call.has_domain(domain):
        return call.db.column("SELECT username FROM mailbox WHERE kind = '' AND domain = ? ORDER BY username", domain)
    return call.db.column("SELECT username FROM mailbox WHERE kind = '' ORDER BY username")


def details(call: Call, name: t.Any) -> dict[str, t.Any] | None:
    """What get/mailbox/ADDRESS shows; None where there is neither a mailbox nor a resource of that name."""
    return next(iter(describe(call, [php.string(name)])), None)


def describe(call: Call, wanted: list[str], reduced: bool = False) -> list[dict[str, t.Any]]:
    """The details of all that exist, in the order of `wanted`."""
    reader = _Reader(call, wanted)
    if not reduced:
        reader.read_more()
    return [reader.mailbox(name, reduced) for name in wanted if reader.accessible(name)]


class _Reader:
    """Everything that the details of some mailboxes need, gathered in one query per table. Keys are lower case."""

    def __init__(self, call: Call, wanted: list[str]) -> None:
        self.call = call
        self.wanted = json.dumps(list(dict.fromkeys(wanted)))
        # hasMailboxObjectAccess, once per domain instead of once per row
        domains = self._map("SELECT username AS k, domain AS v FROM mailbox WHERE username IN (SELECT value FROM json_each(?))")
        known = {domain for domain in set(domains.values()) if call.has_domain(domain)}
        self.access = {name for name, domain in domains.items() if domain in known}
        self.rows = {php.strtolower(row["username"]): row for row in call.db.all(ROW, self.wanted)}
        self.tags = self._lists(
            "SELECT username AS k, tag_name AS v FROM tags_mailbox WHERE username IN (SELECT value FROM json_each(?)) ORDER BY tag_name"
        )
        self.logins: dict[str, dict[str, int]] = {}
        for row in call.db.all(
            "SELECT username, service, MAX(datetime) AS last FROM sasl_log "
            "WHERE username IN (SELECT value FROM json_each(?)) GROUP BY username, service",
            self.wanted,
        ):
            seconds = int(datetime.datetime.fromisoformat(row["last"]).timestamp())
            self.logins.setdefault(php.strtolower(row["username"]), {})[row["service"]] = seconds

    def read_more(self) -> None:
        """What the reduced form leaves out."""
        self.sender_acl = self._lists(
            "SELECT logged_in_as AS k, send_as AS v FROM sender_acl WHERE external = 0 "
            "AND logged_in_as IN (SELECT value FROM json_each(?)) ORDER BY id"
        )
        self.pushover = self._map(
            "SELECT username AS k, active AS v FROM pushover WHERE active = 1 AND username IN (SELECT value FROM json_each(?))"
        )
        self.spam_aliases = self._map(
            "SELECT goto AS k, COUNT(*) AS v FROM spamalias WHERE goto IN (SELECT value FROM json_each(?)) "
            "AND (validity >= ? OR permanent <> 0) GROUP BY goto",
            int(time.time()),
        )
        domains = json.dumps(sorted({row["domain"] for row in self.rows.values()}))
        self.in_use = {
            php.strtolower(row["domain"]): row["quota"]
            for row in self.call.db.all(
                "SELECT domain, SUM(quota) AS quota FROM mailbox WHERE kind = '' "
                "AND domain IN (SELECT value FROM json_each(?)) GROUP BY domain",
                domains,
            )
        }

    def _map(self, sql: str, *params: t.Any) -> dict[str, t.Any]:
        return {php.strtolower(row["k"]): row["v"] for row in self.call.db.all(sql, self.wanted, *params)}

    def _lists(self, sql: str) -> dict[str, list[t.Any]]:
        result: dict[str, list[t.Any]] = {}
        for row in self.call.db.all(sql, self.wanted):
            result.setdefault(php.strtolower(row["k"]), []).append(row["v"])
        return result

    def accessible(self, name: str) -> bool:
        return self.call.admin and (php.strtolower(name) in self.access or name == "API")

    def mailbox(self, name: str, reduced: bool) -> dict[str, t.Any]:
        key = php.strtolower(name)
        row = self.rows.get(key, {})
        in_use = _percent(row.get("bytes"), row.get("quota"))
        data: dict[str, t.Any] = {
            "username": row.get("username"),
            "active": row.get("active"),
            "active_int": row.get("active"),
            "domain": row.get("domain"),
            "name": row.get("name"),
            "local_part": row.get("local_part"),
            "quota": row.get("quota"),
            "messages": row.get("messages"),
            "attributes": _decoded(row.get("attributes")),
            "custom_attributes": _decoded(row.get("custom_attributes")),
            "quota_used": php.intval(row.get("bytes")),
            "percent_in_use": in_use,
            "created": row.get("created"),
            "modified": row.get("modified"),
            "authsource": row.get("authsource") or "mailcow",
            "percent_class": _percent_class(in_use),
        }
        logins = self.logins.get(key, {})
        for service in LOGINS:
            data["last_%s_login" % service.lower()] = logins.get(service, 0)
        if not reduced:
            data.update(self._more(name, key, row))
        if key in self.tags:
            data["tags"] = self.tags[key]
        return self.call.shown(data, SINCE)

    def _more(self, name: str, key: str, row: dict[str, t.Any]) -> dict[str, t.Any]:
        others = self.in_use[php.strtolower(row["domain"])] - row["quota"] if row else 0
        # Redis minds the case, so the limit is found only where the address is asked for as it was stored (facts-mailboxes 10).
        limit = ratelimit.read(self.call, name)
        return {
            "max_new_quota": min(row.get("domain_quota", 0) * MIB - others, row.get("maxquota", 0) * MIB),
            "spam_aliases": self.spam_aliases.get(key, 0),
            "pushover_active": 1 if key in self.pushover else 0,
            "rl": limit or (ratelimit.read(self.call, row["domain"]) if row else False),
            "rl_scope": "mailbox" if limit else "domain",
            "is_relayed": row.get("backupmx"),
            "sender_acl": self.sender_acl.get(key, []),
        }


def _decoded(text: str | None) -> t.Any:
    return None if text is None else json.loads(text)


def _percent(used: int | None, quota: int | None) -> t.Any:
    """PHP's round(): to 15 significant digits first, then half away from zero."""
    if not quota:
        return "- "
    percent = float("%.15g" % ((used or 0) / quota * 100))
    return int(math.copysign(math.floor(abs(percent) + 0.5), percent))


def _percent_class(percent: t.Any) -> str:
    if percent == "- ":
        return "info"
    return "danger" if percent >= 90 else "warning" if percent >= 75 else "success"


@get("mailbox", "all", "reduced")
def read_all(call: Call) -> t.Any:
    """The mailboxes of all domains, or of those in the path; one that is not known stands for all mailboxes."""
    domains = call.db.column("SELECT domain FROM domain ORDER BY domain") if php.empty(call.extra) else str(call.extra).split(",")
    tags = tags_wanted(call)
    return describe(call, [name for domain in domains for name in names(call, domain, tags)], call.object == "reduced")


@get("mailbox")
def read_one(call: Call) -> t.Any:
    """One mailbox; with tags the list of those whose address contains the text."""
    tags = tags_wanted(call)
    if tags is None:
        return details(call, call.object)
    found = names(call, "") if call.object is None else names(call, call.object, tags)
    return describe(call, found) or php.Raw("[]")


@search("mailbox")
def find(call: Call) -> t.Any:
    return SEARCH.run(call, lambda found: describe(call, found))
