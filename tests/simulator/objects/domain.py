# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains (facts-server 2). The pattern for the other objects: read functions that return rows, one function per route."""

from __future__ import annotations

import json
import typing as t

from .. import datatables, php
from ..call import Call
from ..routes import DATA, add, delete, edit, get, search
from . import dkim, domain_template, ratelimit

MIB = 1048576
TAGGING_LIMIT = 25
SECRETS = ("password", "password2")
SINCE = {"domain_h_name": "2024-02"}
FLAGS = ("active", "gal", "backupmx", "relay_all_recipients", "relay_unknown_only")
SEARCH = datatables.Search(
    "domain",
    (
        datatables.Column(2, "domain"),
        datatables.Column(
            3,
            "aliases",
            order="""SELECT COUNT(*) FROM alias WHERE (alias.domain = x.domain OR alias.domain IN
                  (SELECT alias_domain FROM alias_domain WHERE target_domain = x.domain))
                  AND NOT EXISTS (SELECT 1 FROM mailbox WHERE username = address)""",
        ),
        datatables.Column(4, "mailboxes", order="SELECT COUNT(*) FROM mailbox WHERE mailbox.domain = x.domain AND kind = ''"),
        datatables.Column(
            5, "quota", order="SELECT COALESCE(SUM(mailbox.quota), 0) FROM mailbox WHERE mailbox.domain = x.domain AND kind = ''"
        ),
        datatables.Column(
            6,
            "stats",
            False,
            "SELECT SUM(bytes) FROM mailbox JOIN quota2 ON quota2.username = mailbox.username WHERE mailbox.domain = x.domain",
        ),
        datatables.Column(7, "defquota"),
        datatables.Column(8, "maxquota"),
        datatables.Column(10, "backupmx"),
        datatables.Column(14, "tags", False, None, "LEFT JOIN tags_domain ON tags_domain.domain = x.domain", "tags_domain.tag_name"),
        datatables.Column(15, "active"),
    ),
)


# --- reading


def names(call: Call) -> list[str]:
    """All domains in order of name, or those that carry one of the tags of `?tags=` (a substring of them)."""
    tags = call.query.get("tags", "")
    if php.equals(tags, ""):
        return call.db.column("SELECT domain FROM domain ORDER BY domain")
    found: dict[str, None] = {}
    for tag in php.arg(tags).split(","):
        tagged = call.db.column(
            "SELECT domain FROM tags_domain WHERE tag_name LIKE ? ESCAPE '\\' ORDER BY tag_name, domain", "%%%s%%" % tag
        )
        found.update(dict.fromkeys(tagged))
    return list(found)


def details(call: Call, name: t.Any) -> dict[str, t.Any] | None:
    """What get/domain shows; the name of an alias domain gives its target."""
    domain = php.idn_to_ascii(php.strtolower(php.trim(name)))
    if not call.has_domain(domain):
        return None
    target = call.db.value("SELECT target_domain FROM alias_domain WHERE alias_domain = ?", domain)
    return next(iter(describe(call, [target or domain])), None)


def describe(call: Call, wanted: t.Sequence[t.Any]) -> list[dict[str, t.Any]]:
    """The details of all of these domains that exist, in this order."""
    reader = _Reader(call, wanted)
    return [reader.show(name) for name in wanted if name in reader.rows]


class _Reader:
    """What the details of some domains need, gathered with one query for each kind of thing."""

    def __init__(self, call: Call, wanted: t.Sequence[t.Any]) -> None:
        self.call = call
        self.wanted = json.dumps(list(wanted))
        self.rows = self._by("domain", "SELECT * FROM domain WHERE domain IN (SELECT value FROM json_each(?))")
        self.boxes = self._by(
            "domain",
            """SELECT domain, COUNT(*) AS number, SUM(quota) AS quota FROM mailbox
                              WHERE kind = '' AND domain IN (SELECT value FROM json_each(?)) GROUP BY domain""",
        )
        self.used = self._by(
            "domain",
            """SELECT mailbox.domain, SUM(bytes) AS bytes, SUM(messages) AS messages
                             FROM mailbox JOIN quota2 ON quota2.username = mailbox.username
                             WHERE mailbox.domain IN (SELECT value FROM json_each(?)) GROUP BY mailbox.domain""",
        )
        self.aliases = self._by(
            "target",
            """WITH wanted (name, target) AS (SELECT value, value FROM json_each(?1) UNION
                                SELECT alias_domain, target_domain FROM alias_domain
                                WHERE target_domain IN (SELECT value FROM json_each(?1)))
                                SELECT wanted.target, COUNT(*) AS number FROM wanted JOIN alias ON alias.domain = wanted.name
                                WHERE NOT EXISTS (SELECT 1 FROM mailbox WHERE username = alias.address) GROUP BY wanted.target""",
        )
        self.admins = self._lists("SELECT domain, username FROM domain_admins WHERE domain IN (SELECT value FROM json_each(?)) ORDER BY id")
        self.tags = self._lists("""SELECT domain, tag_name FROM tags_domain WHERE domain IN (SELECT value FROM json_each(?))
                                ORDER BY UPPER(tag_name)""")

    def _by(self, key: str, sql: str) -> dict[str, dict[str, t.Any]]:
        return {row[key].lower(): row for row in self.call.db.all(sql, self.wanted)}

    def _lists(self, sql: str) -> dict[str, list[str]]:
        result: dict[str, list[str]] = {}
        for row in self.call.db.all(sql, self.wanted):
            domain, value = row.values()
            result.setdefault(domain.lower(), []).append(value)
        return result

    def show(self, name: str) -> dict[str, t.Any]:
        row = self.rows[name]
        boxes = self.boxes.get(name, {"number": 0, "quota": 0})
        used = self.used.get(name, {"bytes": 0, "messages": 0})
        aliases = self.aliases.get(name, {"number": 0})["number"]
        free = min(row["quota"] * MIB - boxes["quota"], row["maxquota"] * MIB)
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
            "rl": ratelimit.read(self.call, row["domain"]),
            "created": row["created"],
            "modified": row["modified"],
            "aliases_in_domain": aliases,
            "aliases_left": row["aliases"] - aliases,
            "domain_admins": ", ".join(self.admins.get(name, [])) or "-",
        }
        for flag in FLAGS:
            data[flag] = data[flag + "_int"] = row[flag]
        if name in self.tags:
            data["tags"] = self.tags[name]
        return self.call.shown(data, SINCE)


@get("domain", "all")
def read_all(call: Call) -> t.Any:
    return describe(call, names(call))


@get("domain")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


@search("domain")
def find(call: Call) -> t.Any:
    return SEARCH.run(call, lambda found: describe(call, found))


# --- writing


def add_tags(call: Call, domain: t.Any, tags: t.Any) -> None:
    """Add tags; one that is there already is an exception (the ones before it stay). Up to 26 a call (facts-server 2, "Tags")."""
    for index, tag in tags.items() if isinstance(tags, dict) else enumerate(php.array(tags)):
        if php.empty(tag):
            continue
        if php.greater(index, TAGGING_LIMIT):
            call.warning(["tag_limit_exceeded", "limit %d" % TAGGING_LIMIT])
            break
        call.db.insert("tags_domain", domain=domain, tag_name=tag)


def imply_relay(values: dict[str, t.Any]) -> None:
    """Relaying of any kind makes a domain a relay domain, and relaying unknown addresses only is relaying all."""
    if values["relay_unknown_only"] == 1:
        values["relay_all_recipients"] = 1
    if values["relay_all_recipients"] == 1:
        values["backupmx"] = 1


@add("domain", log=("mailbox", "add", "domain", DATA, None), mask=SECRETS)
def create(call: Call) -> t.Any:
    body = call.body
    defaults = domain_template.defaults(call, body.get("template"))

    def number(name: str, default: t.Any) -> t.Any:
        return php.intval(body[name]) if php.isset(body, name) else default

    domain = php.idn_to_ascii(php.strtolower(php.trim(body.get("domain"))))
    values = {
        "description": domain if php.empty(body.get("description")) else body["description"],
        "aliases": number("aliases", defaults["max_num_aliases_for_domain"]),
        "mailboxes": number("mailboxes", defaults["max_num_mboxes_for_domain"]),
        "defquota": number("defquota", defaults["def_quota_for_mbox"] / MIB),
        "maxquota": number("maxquota", defaults["max_quota_for_mbox"] / MIB),
        "quota": number("quota", defaults["max_quota_for_domain"] / MIB),
    }
    if values["defquota"] > values["maxquota"]:
        return call.danger("mailbox_defquota_exceeds_mailbox_maxquota")
    if values["maxquota"] > values["quota"]:
        return call.danger("mailbox_quota_exceeds_domain_quota")
    if values["defquota"] == 0:
        return call.danger("defquota_empty")
    if values["maxquota"] == 0:
        return call.danger("maxquota_empty")
    for flag in FLAGS:
        values[flag] = number(flag, defaults[flag])
    imply_relay(values)
    if not php.is_valid_domain_name(domain):
        return call.danger("domain_invalid")
    if call.has_domain(domain):
        return call.danger(["domain_exists", php.htmlspecialchars(domain)])
    if domain == call.config.hostname:
        return call.danger("domain_cannot_match_hostname")

    call.db.execute("DELETE FROM sender_acl WHERE external = 1 AND send_as LIKE ?", "%%@%s" % domain)
    call.db.insert("domain", values, domain=domain)
    tags = defaults["tags"] if php.is_array(defaults["tags"]) else []
    add_tags(call, domain, body["tags"] if php.isset(body, "tags") else tags)
    call.redis.hset("DOMAIN_MAP", domain, 1)
    _limit(call, domain, defaults)
    _key(call, domain, defaults)
    if php.intval(body.get("restart_sogo")) != 0 and call.config.docker_down:
        return call.warning("domain_added_sogo_failed")
    return call.success(["domain_added", php.htmlspecialchars(domain)])


def _limit(call: Call, domain: t.Any, defaults: dict[str, t.Any]) -> None:
    body = call.body
    value = php.intval(body["rl_value"]) if php.isset(body, "rl_value") else defaults["rl_value"]
    frame = body["rl_frame"] if php.isset(body, "rl_frame") else defaults["rl_frame"]
    if not php.empty(value) and not php.empty(frame):
        log = ["ratelimit", "edit", "domain", {"rl_value": value, "rl_frame": frame, "object": domain}]
        ratelimit.save(call, domain, value, frame, True, log)


def _key(call: Call, domain: t.Any, defaults: dict[str, t.Any]) -> None:
    """A DKIM key, unless one is there from before."""
    body = call.body
    size = php.intval(body["key_size"]) if php.isset(body, "key_size") else defaults["key_size"]
    selector = body["dkim_selector"] if php.isset(body, "dkim_selector") else defaults["dkim_selector"]
    if php.empty(size) or php.empty(selector):
        return
    if not php.empty(call.redis.hget("DKIM_SELECTORS", domain)):
        call.success("domain_add_dkim_available")
        return
    dkim.generate(call, domain, size, selector, ["dkim", "add", {"key_size": size, "dkim_selector": selector, "domains": domain}])


@edit("domain", key="domain", log=("mailbox", "edit", "domain", DATA, None), mask=SECRETS)
def change(call: Call) -> None:
    for item in call.items:
        domain = php.idn_to_ascii(item)
        # The name of an alias domain is checked against its target, and then changes nothing.
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
    """The row after the edit. Each field has its own idea of what counts as given (facts-server 2, "Fields")."""
    values: dict[str, t.Any] = {}
    for flag in (*FLAGS, "relayhost"):
        values[flag] = php.intval(data[flag]) if php.isset(data, flag) else now[flag]
    for name, shown, unit in (("mailboxes", "max_num_mboxes_for_domain", 1), ("defquota", "def_quota_for_mbox", MIB)):
        given = php.isset(data, name) and not php.equals(data[name], "")
        values[name] = php.intval(data[name]) if given else now[shown] // unit
    for name, shown, unit in (
        ("aliases", "max_num_aliases_for_domain", 1),
        ("maxquota", "max_quota_for_mbox", MIB),
        ("quota", "max_quota_for_domain", MIB),
    ):
        values[name] = now[shown] // unit if php.empty(data.get(name)) else data[name]
    values["description"] = now["description"] if php.empty(data.get("description")) else data["description"]
    imply_relay(values)
    return values


def _problem(call: Call, domain: t.Any, values: dict[str, t.Any]) -> t.Any:
    """What forbids the edit, None if nothing. Aliases of alias domains do not count here."""
    used = call.db.one(
        """SELECT COUNT(*) AS number, MAX(ROUND(quota / 1048576.0)) AS biggest, COALESCE(ROUND(SUM(quota) / 1048576.0), 0) AS quota
        FROM mailbox WHERE kind = '' AND domain = ?""",
        domain,
    )
    aliases = call.db.value(
        "SELECT COUNT(*) FROM alias WHERE domain = ? AND NOT EXISTS (SELECT 1 FROM mailbox WHERE username = address)", domain
    )
    if php.greater(values["defquota"], values["maxquota"]):
        return "mailbox_defquota_exceeds_mailbox_maxquota"
    if values["defquota"] == 0:
        return "defquota_empty"
    if php.greater(values["maxquota"], values["quota"]):
        return "mailbox_quota_exceeds_domain_quota"
    if php.equals(values["maxquota"], "0"):
        return "maxquota_empty"
    if used["biggest"] is not None and php.greater(used["biggest"], values["maxquota"]):
        return ["max_quota_in_use", str(int(used["biggest"]))]
    if php.greater(used["quota"], values["quota"]):
        return ["domain_quota_m_in_use", str(int(used["quota"]))]
    if used["number"] > values["mailboxes"]:
        return ["mailboxes_in_use", used["number"]]
    if php.greater(aliases, values["aliases"]):
        return ["aliases_in_use", aliases]
    return None


@delete("domain", key="domain", log=("mailbox", "delete", "domain", DATA, None), mask=SECRETS)
def remove(call: Call) -> None:
    """Also a success where there is no such domain. What stays behind: facts-server 2, "What delete/domain takes along and leaves"."""
    for item in call.items:
        if not php.is_valid_domain_name(item):
            call.danger("domain_invalid")
            continue
        domain = php.idn_to_ascii(php.strtolower(php.trim(item)))
        if call.db.exists("mailbox", domain=domain):
            call.danger(["domain_not_empty", domain])
            continue
        if call.config.docker_down:
            call.warning("Could not move mail storage to garbage collector: ")
        # The BCC maps are looked for without the @ that they are stored with.
        for table, column in (("domain", "domain"), ("domain_admins", "domain"), ("alias", "domain"), ("alias_domain", "target_domain"),
                              ("filterconf", "object"), ("bcc_maps", "local_dest"), ("mta_sts", "domain")):  # fmt: skip
            call.db.delete(table, **{column: domain})
        for table, column in (("sender_acl", "logged_in_as"), ("quota2", "username"), ("pushover", "username"),
                              ("quota2replica", "username"), ("spamalias", "address")):  # fmt: skip
            call.db.execute("DELETE FROM %s WHERE %s LIKE ?" % (table, column), "%%@%s" % domain)
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
