# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fill a server with tenants, without going through its API: `domains=100,mailboxes=100,aliases=100` (the latter per domain).

Names are the same each time: tenant001.example, user0001@..., alias0001@... (to the mailbox of the same number).
Seeded domains have no DKIM key. `logs`, `queue` and `quarantine` are so many lines in the logs of Postfix and of the API, messages in
Postfix's queue beside the recorded one, and messages in quarantine, a second apart, the newest at 2026-07-01 10:00:00.
"""

from __future__ import annotations

import datetime
import json

from . import db
from .objects import mailbox
from .releases import OLDEST
from .state import State

MIB = 1048576
NEWEST = 1782900000
ATTRIBUTES = {
    "force_pw_update": "0",
    "force_tfa": "0",
    "tls_enforce_in": "0",
    "tls_enforce_out": "0",
    "sogo_access": "1",
    "imap_access": "1",
    "pop3_access": "1",
    "smtp_access": "1",
    "sieve_access": "1",
    "eas_access": "1",
    "dav_access": "1",
    "relayhost": "0",
    "passwd_update": "",
    "mailbox_format": "maildir:",
    "quarantine_notification": "hourly",
    "quarantine_category": "reject",
    "attribute_hash": "",
}
PASSWORD = "{BLF-CRYPT}$2y$10$seededseededseededseeOseededseededseededseededseededse"


def parse(text: str) -> dict[str, int]:
    """The option's numbers; ValueError for anything else."""
    result = {"domains": 0, "mailboxes": 0, "aliases": 0, "logs": 0, "queue": 0, "quarantine": 0}
    for part in filter(None, text.split(",")):
        name, _unused, number = part.partition("=")
        if name not in result:
            raise ValueError("seed takes %s, not %r" % (", ".join(result), name))
        result[name] = int(number)
    return result


def seed(state: State, text: str) -> None:
    """Fill a new server as the option says. Raises ValueError for what is no such option."""
    counts = parse(text)
    now = db.now()
    names = ["tenant%03d.example" % i for i in range(1, counts["domains"] + 1)]
    users = [["user%04d" % i for i in range(1, counts["mailboxes"] + 1)]] * len(names)
    state.db.many(
        "domain",
        ("domain", "description", "aliases", "mailboxes", "defquota", "maxquota", "quota"),
        [
            (name, name, max(400, counts["aliases"]), max(10, counts["mailboxes"]), 1024, 10240, max(10240, 1024 * counts["mailboxes"]))
            for name in names
        ],
    )
    if names:
        state.redis.hset("DOMAIN_MAP", *[part for name in names for part in (name, "1")])
    since = {**mailbox.FLAGS_SINCE, "attribute_hash": mailbox.HASH_SINCE}
    known = {name: value for name, value in ATTRIBUTES.items() if state.since(since.get(name, OLDEST))}
    attributes = json.dumps({**known, "passwd_update": now})
    mailboxes = [(user + "@" + name, user, name) for name, locals_ in zip(names, users, strict=True) for user in locals_]
    state.db.many(
        "mailbox",
        ("username", "password", "name", "quota", "local_part", "domain", "attributes", "modified"),
        [(username, PASSWORD, local, 1024 * MIB, local, domain, attributes, now) for username, local, domain in mailboxes],
    )
    for table in ("quota2", "quota2replica"):
        state.db.many(table, ("username", "bytes", "messages"), [(username, 0, 0) for username, *_unused in mailboxes])
    state.db.many("user_acl", ("username", "pw_reset"), [(username, 0) for username, *_unused in mailboxes])
    state.db.many("alias", ("address", "goto", "domain"), [(username, username, domain) for username, _unused, domain in mailboxes])
    state.db.many(
        "alias",
        ("address", "goto", "domain"),
        [
            (
                "alias%04d@%s" % (i, name),
                "user%04d@%s" % ((i - 1) % counts["mailboxes"] + 1, name) if counts["mailboxes"] else "postmaster@elsewhere.example",
                name,
            )
            for name in names
            for i in range(1, counts["aliases"] + 1)
        ],
    )
    if counts["logs"]:
        _logs(state, counts["logs"])
    _messages(state, counts)


def _logs(state: State, count: int) -> None:
    times = range(NEWEST, NEWEST - count, -1)
    line = {"priority": "info", "program": "postfix/qmgr"}
    state.redis.rpush(
        "POSTFIX_MAILLOG",
        *[json.dumps({"time": str(time), **line, "message": "%010X: removed" % (time - NEWEST + 2**36)}) for time in times],
    )
    request = {"uri": "/api/v1/edit/identity-provider", "method": "POST", "remote": "192.0.2.1"}
    data = "attr='%s', items='[]'" % json.dumps(
        {"authsource": "ldap", "client_secret": "s3cr3t", "mappers": ["a", {"access_token": "t0k3n"}]}
    )
    state.redis.rpush("API_LOG", *[json.dumps({"time": time, **request, "data": data}) for time in times])


def _messages(state: State, counts: dict[str, int]) -> None:
    for i in range(counts["queue"]):
        state.services.queue_mail(
            {"queue_id": "%010X" % (2**36 + i), "arrival_time": NEWEST - i, "sender": "user%04d@tenant001.example" % i}
        )
    symbols = json.dumps([{"name": "BAYES_SPAM", "score": 5.1, "options": ["99.98%"]}])
    row = {"subject": "You have won", "score": 15.48, "ip": "192.0.2.66", "action": "reject", "symbols": symbols, "fuzzy_hashes": "[]"}
    row.update(rcpt="user0001@tenant001.example", msg="Subject: You have won\r\n\r\nbody", domain="tenant001.example", user="unknown")
    state.db.many(
        "quarantine",
        ("qid", "sender", "created", "qhash", *row),
        [
            (
                "%010X" % (2**36 + i),
                "spam%04d@bad.example" % i,
                str(datetime.datetime.fromtimestamp(NEWEST - i)),
                "%064x" % i,
                *row.values(),
            )
            for i in range(counts["quarantine"])
        ],
    )
