# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a real server's API works with and what is not the API itself: Postfix and its queue, Rspamd, netfilter, identity providers.

By default they are as in the recordings (facts-server 31): Postfix is there, the others are not, but for Dovecot before 2026-07a.
DNS is in dns.py.
"""

from __future__ import annotations

import copy
import json
import re
import typing as t
import uuid

from .redis import Redis

STATES = {"postfix": "up", "dovecot": "down", "rspamd": "down", "netfilter": "down", "identity-provider": "down", "pushover": "down"}
UNREACHABLE = "Curl: Couldn't connect to server"

# What Dovecot runs for each mail that is delivered, before and after the filters of its mailbox.
SCRIPTS = {
    "prefilter": "# nothing\n",
    "postfilter": 'require "fileinto";\nif header :contains "X-Spam-Flag" "YES" {\n  fileinto "Junk";\n}\n',
}

# The mail that lies in the recorded queue, as Postfix lists it.
QUEUED: dict[str, t.Any] = {
    "queue_name": "deferred", "queue_id": "4fXyZ10abc", "arrival_time": 1782900000, "message_size": 1848, "forced_expire": False,
    "sender": "sender@example.org",
    "recipients": [{"address": "recipient@example.net", "delay_reason": "connect to example.net[192.0.2.1]:25: Connection timed out"}],
}  # fmt: skip

RSPAMD_STAT: dict[str, t.Any] = {
    "version": "3.13.1", "uptime": 1, "read_only": False, "scanned": 0, "learned": 0, "spam_count": 0, "ham_count": 0,
    "actions": {"reject": 0, "soft reject": 0, "rewrite subject": 0, "add header": 0, "greylist": 0, "no action": 0},
}  # fmt: skip

# What the netfilter container writes where it finds nothing.
NETFILTER_OPTIONS = {
    "ban_time": 1800, "max_ban_time": 10000, "ban_time_increment": True, "max_attempts": 10, "retry_window": 600, "netban_ipv4": 32,
    "netban_ipv6": 128, "manage_external": 0,
}  # fmt: skip
NETFILTER_REGEX = {
    "1": r"mailcow UI: Invalid password for .+ by ([0-9a-f\.:]+)",
    "2": r"imap-login: .+ \(auth failed\).+ rip=([0-9a-f\.:]+)",
}


class Services:
    """The services of one server. `states`: name -> up or down; Postfix may also refuse each mail, with an SMTP reply."""

    def __init__(self, redis: Redis, states: dict[str, str] | None = None) -> None:
        self.redis = redis
        self.states = dict(STATES)
        self.queue = [copy.deepcopy(QUEUED)]
        self.scripts = dict(SCRIPTS)
        self.owners_scripts: dict[str, str] = {}  # the active one that the owner of a mailbox has made, by mailbox
        self.containers: dict[str, str] = {}  # the state that Docker names, where it is not running
        for name, state in (states or {}).items():
            self.set(name, state)

    def set(self, name: str, state: str) -> None:
        """Start or stop a service; ValueError for a name or a state that there is not."""
        if name not in STATES:
            raise ValueError("a service is one of %s, not %r" % (", ".join(STATES), name))
        if state not in ("up", "down") and not (name == "postfix" and re.fullmatch(r"[45][0-9]{2} .+", state)):
            raise ValueError("%s is up or down%s, not %r" % (name, ", or an SMTP reply" if name == "postfix" else "", state))
        self.states[name] = state
        if name == "netfilter":
            self.restart_netfilter()

    def up(self, name: str) -> bool:
        """Whether that service answers."""
        return self.states[name] == "up"

    # --- Postfix
    def refusal(self) -> str | None:
        """Why a mail cannot be handed to Postfix, as mailcow's own SMTP dialogue words it; None if it can."""
        state = self.states["postfix"]
        if state == "up":
            return None
        return "Cannot connect to Postfix" if state == "down" else "Postfix returned SMTP code %s\r\n, expected 250" % state

    def queue_mail(self, mail: dict[str, t.Any]) -> None:
        """Put a mail into the queue; what is not given is as in the recorded one."""
        self.queue.append({**copy.deepcopy(QUEUED), **mail})

    def queue_command(self, task: t.Any, ids: t.Sequence[t.Any] = ()) -> None:
        """Run a command on the queue. What is sent again cannot be delivered any more than before, and stays.

        The container between silently drops ids that are not hexadecimal, as Postfix's long ones and the recorded one (source).
        """
        ids = [name for name in ids if re.match("[0-9a-fA-F]+$", str(name))]
        if task == "super_delete":
            self.queue = []
        elif task == "delete":
            self.queue = [mail for mail in self.queue if mail["queue_id"] not in ids]
        elif task in ("hold", "unhold"):
            for mail in self.queue:
                if mail["queue_id"] in ids:
                    mail["queue_name"] = "hold" if task == "hold" else "deferred"

    # --- Rspamd
    def learn_error(self) -> str | None:
        """Why Rspamd cannot learn a mail."""
        return None if self.up("rspamd") else UNREACHABLE

    def rspamd_stat(self) -> dict[str, t.Any] | None:
        """Rspamd's counters: of a server that has seen no mail yet."""
        return RSPAMD_STAT if self.up("rspamd") else None

    # --- netfilter
    def restart_netfilter(self) -> None:
        """The container, where it runs, fills in what is missing in Redis."""
        if not self.up("netfilter"):
            return
        if not self.redis.exists("F2B_OPTIONS"):
            self.redis.set("F2B_OPTIONS", json.dumps({**NETFILTER_OPTIONS, "banlist_id": str(uuid.uuid4())}))
        if not self.redis.exists("F2B_REGEX"):
            self.redis.set("F2B_REGEX", json.dumps(NETFILTER_REGEX))
