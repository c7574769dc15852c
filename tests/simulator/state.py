# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server is made of: configuration, database, Redis and PHP sessions; and what is in them when it is new.

The keys of a server that is given none are here, and nowhere else.
"""

from __future__ import annotations

import dataclasses
import json
import secrets
import typing as t
from collections import Counter, OrderedDict

from . import db as database
from . import keys
from .dns import Dns
from .imapsync import Accounts
from .redis import Redis
from .releases import NEWEST, OLDEST, release
from .services import Services

RW_KEY = "RW0000-111111-222222-333333-444444"
RO_KEY = "RO0000-111111-222222-333333-444444"
INSTALLED = "2026-11-22 07:49:15"  # when the recorded server's own rows were made; no part of a run, so it does not change
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclasses.dataclass
class Config:
    """How the simulated server is set up (see __main__ for the command line)."""

    hostname: str = "mail.example.com"
    version: str = NEWEST
    rw_key: str = RW_KEY
    ro_key: str = RO_KEY
    allow_from: str = "127.0.0.1,::1"
    https: bool = False
    seed: str = ""
    docker_down: bool = False  # Docker's API does not answer: nothing can be restarted or moved away
    openssl_queues: int = 0  # PHP workers whose queue of old OpenSSL errors add/dkim_import meets; 0: none of that
    services: dict[str, str] = dataclasses.field(default_factory=dict)  # those that are not as usual: see services.py
    dns: dict[str, list[str]] = dataclasses.field(default_factory=dict)  # names besides those of dns.py


@dataclasses.dataclass
class Session:
    """A PHP session. Without a cookie each request has a new one (facts-server 1.4)."""

    id: str
    access: str | None = None  # None: nobody, "rw" or "ro": the API as administrator
    returns: list[dict[str, t.Any]] = dataclasses.field(default_factory=list)


DOMAIN_TEMPLATE = {
    "tags": [],
    "max_num_aliases_for_domain": 400,
    "max_num_mboxes_for_domain": 10,
    "def_quota_for_mbox": 3072 * 1048576,
    "max_quota_for_mbox": 10240 * 1048576,
    "max_quota_for_domain": 10240 * 1048576,
    "rl_frame": "s",
    "rl_value": "",
    "active": 1,
    "gal": 1,
    "backupmx": 0,
    "relay_all_recipients": 0,
    "relay_unknown_only": 0,
    "dkim_selector": "dkim",
    "key_size": 2048,
}
MAILBOX_TEMPLATE = {
    "tags": [],
    "quota": 0,
    "quarantine_notification": "hourly",
    "quarantine_category": "reject",
    "rl_frame": "s",
    "rl_value": "",
    "force_pw_update": 0,
    "force_tfa": 0,
    "sogo_access": 1,
    "active": 1,
    "tls_enforce_in": 0,
    "tls_enforce_out": 0,
    "imap_access": 1,
    "pop3_access": 1,
    "smtp_access": 1,
    "sieve_access": 1,
    "eas_access": 1,
    "dav_access": 1,
    "acl_spam_alias": 1,
    "acl_tls_policy": 1,
    "acl_spam_score": 1,
    "acl_spam_policy": 1,
    "acl_delimiter_action": 1,
    "acl_syncjobs": 0,
    "acl_eas_reset": 1,
    "acl_sogo_profile_reset": 0,
    "acl_pushover": 1,
    "acl_quarantine": 1,
    "acl_quarantine_attachments": 1,
    "acl_quarantine_notification": 1,
    "acl_quarantine_category": 1,
    "acl_app_passwds": 1,
}


TEMPLATE_SINCE = {"force_tfa": "2026-03", "eas_access": "2026-07a", "dav_access": "2026-07a"}


class State:
    """One server's memory. A reset makes a new one."""

    SESSIONS = 10000

    def __init__(self, config: Config) -> None:
        self.config = config
        self.release = release(config.version)
        self.db = database.Database()
        self.redis = Redis()
        self.sessions: OrderedDict[str, Session] = OrderedDict()
        self.key_numbers: Counter[int] = Counter()
        self.openssl = keys.ErrorQueues(config.openssl_queues)
        self.services = Services(self.redis, {"dovecot": "down" if self.since("2026-07a") else "up", **config.services})
        self.accounts = Accounts()
        self.dns = Dns(config.dns)
        self.redis.set("Q_RELEASE_FORMAT", "raw")
        self.db.insert(
            "admin",
            username="admin",
            password="{SSHA256}none",
            superadmin=1,
            created=INSTALLED,
            modified=database.now(),
            attributes='{"force_tfa": "0", "force_pw_update": "0"}',
        )
        for access, key in (("rw", config.rw_key), ("ro", config.ro_key)):
            self.db.insert("api", api_key=key, access=access, allow_from=config.allow_from, created=INSTALLED)
        for kind, attributes in (("domain", DOMAIN_TEMPLATE), ("mailbox", MAILBOX_TEMPLATE)):
            known = {name: value for name, value in attributes.items() if self.since(TEMPLATE_SINCE.get(name, OLDEST))}
            self.db.insert("templates", type=kind, template="Default", attributes=json.dumps(known), created=INSTALLED)

    def since(self, tag: str) -> bool:
        """Whether this server is of the release that a tag names, or of a newer one."""
        return self.release >= release(tag)

    def session(self, cookie: str | None) -> Session:
        """The session of a cookie; PHP takes any id that a client brings, and makes one where there is none."""
        session_id = cookie or secrets.token_hex(16)
        session = self.sessions.setdefault(session_id, Session(session_id))
        self.sessions.move_to_end(session_id)
        if len(self.sessions) > self.SESSIONS:
            self.sessions.popitem(last=False)
        return session

    def new_key(self, bits: int) -> tuple[str, str] | None:
        """A key pair (see keys.generate) that this server has not given out before."""
        pair = keys.generate(bits, self.key_numbers[bits])
        if pair:
            self.key_numbers[bits] += 1
            self.openssl.note(keys.RANDOM)
        return pair
