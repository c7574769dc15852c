# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is done while something fails: tasks of every sort, and what there has to be before them."""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS

Step = tuple[str, dict[str, t.Any]]
PASSWORD = "Hunter2-hunter2"
DOMAIN: Step = ("mailcow_domain", {"domain": "a.example", "dkim_key_size": 0})
JANE: Step = ("mailcow_mailbox", {"address": "jane@a.example", "password": PASSWORD})
BASE = (DOMAIN, JANE)
_QUARANTINED = (
    "INSERT INTO quarantine (id, qid, subject, score, symbols, action, sender, rcpt, msg, created) "
    "VALUES (%d, 'Q%d', 'x', 15.5, '[]', 'reject', 'spam@bad.example', 'u@a.example', 'x', '2026-07-01 10:00:01')"
)


@dataclasses.dataclass(frozen=True)
class Operation:
    """One task, whose requests are broken.

    ``group``: what it is in the table; ``name``: among all; ``task``, ``options``: of the module; ``before``: the tasks whose
    objects have to be there; ``plants``: what else has, as arguments of `plant`. ``repeats``: whether a second run changes
    nothing; an order to do something is carried out again. ``believes``: whether any JSON may be true, as a line of a log.
    ``leaves``: a name in Redis under which something that nothing uses may be left where the server has gone for good;
    ``sweeps``: the tasks of which each has to take it away then.
    """

    group: str
    name: str
    task: str
    options: dict[str, t.Any]
    before: tuple[Step, ...] = ()
    plants: tuple[tuple[str, str], ...] = ()
    repeats: bool = True
    believes: bool = False
    leaves: str = ""
    sweeps: tuple[Step, ...] = ()


def _changes() -> t.Iterator[Operation]:
    """Objects of the kinds that differ from each other in how they are read, told apart and written."""
    domain = {"domain": "a.example", "description": "A", "rate_limit": {"value": 5, "frame": "h"}, "tags": ["gold"], "dkim_key_size": 1024}
    jane = {**JANE[1], "quota": 10, "rate_limit": {"value": 5, "frame": "h"}, "tags": ["staff"], "spam_score": {"low": 5, "high": 10}}
    alias = {"address": "info@a.example", "goto": ["jane@a.example"], "public_comment": "x"}
    relay = {"hostname": "smtp.example:587", "username": "a", "password": "Secret-2-secret", "active": False}
    app = {"username": "jane@a.example", "app_name": "Phone", "password": "Secret-4-secret", "protocols": ["imap_access"]}
    dkim = {"domain": "a.example", "selector": "two", "key_size": 1024}
    policy = {"domain": "a.example", "allow": ["*@good.example", "*@x.example"], "block": ["*@bad.example"]}
    client = {"redirect_uri": "https://app.example/callback"}
    shop = {"username": "jane@a.example", "description": "Shop", "permanent": True}
    away = {"username": "jane@a.example", "filter_type": "prefilter", "script_desc": "Away", "script_data": "keep;"}
    template = {"template": "Staff", "quota": 7, "tags": ["staff"], "protocol_access": ["imap"]}
    mta_sts = {"domain": "a.example", "mode": "enforce", "mx": ["mail.example"]}
    admin = {"username": "root-a", "password": PASSWORD, "force_tfa": True}
    rules = {"description": "Postmaster", "content": "want_spam = yes;"}
    protected = ("mailcow_mailbox", {"address": "joe@a.example", "password": PASSWORD, "sender_acl": ["info@a.example"]})
    swept = tuple(("mailcow_dkim", {"domain": "a.example", **further}) for further in ({"selector": "four"}, {"state": "absent"}))
    left: dict[str, t.Any] = {"dkim": {"leaves": "A.EXAMPLE", "sweeps": swept}}
    for name, options, base, change in (
        ("domain", domain, (), {"description": "B", "rate_limit": {"value": 6, "frame": "m"}, "tags": ["x"]}),
        ("mailbox", jane, (DOMAIN,), {"quota": 20, "rate_limit": {"value": 6, "frame": "m"}, "spam_score": {"default": True}}),
        ("alias", alias, BASE, {"goto": ["x@elsewhere.example"]}),
        ("relayhost", relay, (), {"password": "Secret-3-secret", "active": True}),
        ("app_password", app, BASE, {"protocols": ["smtp_access"], "active": False}),
        ("dkim", dkim, (DOMAIN,), {"selector": "three"}),
        ("domain_policy", policy, (DOMAIN,), {"allow": ["*@good.example", "*@y.example"], "block": []}),
        ("oauth2_client", client, (), None),
        ("time_limited_alias", shop, BASE, None),
        ("sieve_filter", away, BASE, {"script_data": "stop;", "active": False}),
        ("mailbox_template", template, (), {"quota": 8, "acl": []}),
        ("admin", admin, (), {"force_pw_update": True}),
        ("rspamd_setting", rules, (), {"content": "want_spam = no;", "active": False}),
        ("mta_sts", mta_sts, (DOMAIN,), {"mode": "none", "max_age": 60}),
    ):
        task = "mailcow_%s" % name
        yield Operation("create", "create %s" % name, task, options, base)
        there = (*base, (task, options), *([protected] if name == "alias" else []))
        if change:
            yield Operation("update", "update %s" % name, task, {**options, **change}, there, **left.get(name, {}))
        parts = {"relayhost": 2, "app_password": 2, "time_limited_alias": 2, "sieve_filter": 3}
        naming = {key: options[key] for key in list(options)[: parts.get(name, 1)]}
        yield Operation("delete", "delete %s" % name, task, {**naming, "state": "absent"}, there)
        # That there is no such page is what mailcow itself says where there is no policy.
        if name != "mta_sts":
            yield Operation("info", "info %s" % name, "%s_info" % task, {}, there)
    yield Operation("update", "update fail2ban", "mailcow_fail2ban", {"max_attempts": 7, "blacklist": ["198.51.100.7"]})
    ldap = {"authsource": "ldap", "host": "ldap.example", "basedn": "DC=example", "binddn": "CN=ro", "bindpass": "Secret-5-secret"}
    yield Operation("update", "update identity_provider", "mailcow_identity_provider", ldap)
    tried = {**ldap, "test": True}
    yield Operation("update", "try identity_provider", "mailcow_identity_provider", tried, plants=(("service", "identity-provider up"),))
    gone = {"state": "absent"}
    yield Operation("delete", "delete identity_provider", "mailcow_identity_provider", gone, (("mailcow_identity_provider", ldap),))
    scripts = {"prefilter": "keep;", "postfilter": "stop;"}
    yield Operation("update", "update global_sieve_filter", "mailcow_global_sieve_filter", scripts)


def _many() -> t.Iterator[Operation]:
    """Many objects at once."""
    there = {"domains": [DOMAIN[1]], "mailboxes": [JANE[1]]}
    config = {
        "domains": [{**DOMAIN[1], "description": "new"}, {"domain": "b.example", "dkim_key_size": 1024}],
        "mailboxes": [{**JANE[1], "quota": 7}, *({"address": "%s@a.example" % name, "password": PASSWORD} for name in ("joe", "jim"))],
        "aliases": [{"address": "i%d@a.example" % number, "goto": ["jane@a.example"]} for number in range(3)],
        "relayhosts": [{"hostname": "smtp.example", "username": "a", "password": "Secret-2-secret"}],
        "app_passwords": [{"username": "jane@a.example", "app_name": "Phone", "password": "Secret-4-secret"}],
        "domain_policies": [{"domain": "a.example", "allow": ["*@x.example"], "block": []}],
        "fail2ban": {"max_attempts": 7},
    }
    alone = {"concurrency": 1}
    before = (*BASE, ("mailcow_config", {"config": config}))
    yield Operation("config", "config that creates", "mailcow_config", {"config": config, **alone}, BASE)
    yield Operation("config", "config that finds all as it is", "mailcow_config", {"config": config, **alone}, before)
    prune = ["domains", "mailboxes", "aliases", "relayhosts"]
    less = {"config": {**there, "relayhosts": []}, "prune": prune, "allow_empty": True, **alone}
    yield Operation("config", "config that prunes", "mailcow_config", less, before)
    yield Operation("export", "export of every kind", "mailcow_config_info", {**alone}, before)
    kinds = [kind.plural for kind in KINDS if kind.listed_options(True) != kind.listed_options(False)]
    yield Operation("export", "export in detail", "mailcow_config_info", {"kinds": kinds, "details": True, **alone}, before)


def _others() -> t.Iterator[Operation]:
    """The tasks that are about no kind of object."""
    mails = tuple(
        ("mail", json.dumps({"queue_id": name, "queue_name": where}))
        for name, where in (("A1", "deferred"), ("B2", "hold"), ("C3", "active"))
    )
    yield Operation("queue", "queue", "mailcow_queue_info", {}, plants=mails)
    content = {"ids": ["A1"], "content": True}
    yield Operation("queue", "content of the queue", "mailcow_queue_info", content, plants=mails, believes=True)
    for action, ids in (("delete", ["A1", "B2"]), ("hold", ["A1", "C3"]), ("unhold", ["B2"]), ("deliver", ["A1"]), ("flush", None)):
        again = action not in ("deliver", "flush")
        yield Operation("queue", "queue, %s" % action, "mailcow_queue", {"action": action, "ids": ids}, plants=mails, repeats=again)
    messages = (("service", "rspamd up"), *(("sql", _QUARANTINED % (number, number)) for number in range(1, 13)))
    yield Operation("quarantine", "quarantine", "mailcow_quarantine_info", {"sender": "*@bad.example"}, plants=messages)
    for action in ("delete", "release", "learn_spam"):
        yield Operation(
            "quarantine", "quarantine, %s" % action, "mailcow_quarantine_item", {"action": action, "all": True}, plants=messages
        )
    settings = {"retention_size": 5, "max_size": 5}
    yield Operation("quarantine", "quarantine settings", "mailcow_quarantine_settings", settings, repeats=False)
    unseen = {"ip_check": True, "custom_login": {"hide_admin_quicklink": True}, "app_links": []}
    yield Operation("unseen", "look of the web interface", "mailcow_customize", unseen, repeats=False)
    yield Operation("unseen", "CORS", "mailcow_cors", {"allowed_origins": ["https://app.example"]})
    bans = (("redis", "HSET F2B_ACTIVE_BANS 203.0.113.7/32 4000000000"),)
    for state in ("allowed", "banned", "unbanned"):
        ban = {"networks": ["203.0.113.7", "192.0.2.0/24"], "state": state}
        yield Operation("bans", "%s address" % state, "mailcow_fail2ban_ban", ban, plants=bans)
    hit = tuple(
        ("redis", command % name)
        for name in ("one", "two")
        for command in ('LPUSH RL_LOG \'{"rl_hash":"RL%s","user":"jane@a.example"}\'', "HSET RL%s tokens 1")
    )
    yield Operation("rate limits", "rate limits that were hit", "mailcow_ratelimit_reset", {"users": ["jane@a.example"]}, plants=hit)
    names = (
        ("mailcow_domain", {"domain": "b.example"}),
        ("mailcow_alias_domain", {"alias_domain": "c.example", "target_domain": "b.example"}),
    )
    yield Operation("DNS", "DNS", "mailcow_dns_info", {"hostname": "mail.example.com"}, names)
    for log in ("postfix", "ui", "rspamd-history", "rspamd-stats"):
        yield Operation("log", "log %s" % log, "mailcow_log_info", {"log": log}, BASE, believes=True)
    yield Operation("status", "status", "mailcow_status_info", {})
    login = "INSERT INTO sasl_log (service, username, real_rip, datetime) VALUES ('imap', 'jane@a.example', '10.1.2.3', NOW())"
    jane = {"addresses": ["jane@a.example"]}
    yield Operation("mailbox", "logins", "mailcow_login_info", jane, BASE, (("sql", login),))
    reset = {**jane, "reset": ["activesync", "logins"]}
    yield Operation("mailbox", "reset", "mailcow_mailbox_reset", reset, BASE, (("sql", login),), repeats=False)


OPERATIONS = (*_changes(), *_many(), *_others())
GROUPS = tuple(dict.fromkeys(operation.group for operation in OPERATIONS))
