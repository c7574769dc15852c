# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow's logs (facts-server 19), each of which has its own fields, as entries of one shape and without secrets."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import datetime, timezone

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._module import connect, run_task
from ansible_collections.community.mailcow.plugins.module_utils._times import iso, moment

try:
    from zoneinfo import ZoneInfo
except ImportError:
    # Python 3.8
    ZoneInfo = None

MASK = "********"
_STATS = "rspamd-stats"
# What the names of secrets have in them. mailcow itself masks "pass" only, and only at the top (facts-server 1.5, 19).
_SECRET_KEY = re.compile(r"pass|secret|token|private|credential|^key$|_key$", re.IGNORECASE)
_SECRET_TEXT = re.compile(r"(?i)\b((?:[a-z_-]*(?:pass(?:word|wd)?|secret|token))=)[^\s,;&]+")
_PART = re.compile(r"(?:^|, )(\w+)='")
_BASE64 = re.compile(r"^base64,(?P<host>\S+ - )?(?P<text>[A-Za-z0-9+/=\s]+)$")
# The fields that become ours, by log: program, priority, and a message made of others where the log has none.
_PROGRAM = {"cron": "task", "watchdog": "service", "autodiscover": "service", "sasl": "service", "ratelimited": "rl_name"}
_MESSAGES = {
    "api": "{method} {uri}",
    "autodiscover": "{user} from {ip} with {ua}",
    "ratelimited": "{from} to {rcpt}",
    "rspamd-history": "{action}: {sender_smtp} to {rcpt_smtp}: {subject}",
    "sasl": "{username} from {real_rip}",
    "watchdog": "health level {lvl}% ({hpnow}/{hptotal})",
}


def run_log_info():
    """Be mailcow_log_info: exit with the entries of a log."""
    spec = {
        "log": {"type": "str", "required": True, "choices": LOGS},
        "count": {"type": "int", "default": 1000},
        "since": {"type": "str"},
        "match": {"type": "str"},
        "timezone": {"type": "str", "default": "UTC"},
    }
    run_task("log", spec, _work)


def _work(module):
    log, count = module.params["log"], module.params["count"]
    if count < 1:
        raise InvalidValue("count", "must be at least 1")
    since, pattern, zone = moment("since", module.params["since"]), regex(module.params["match"]), time_zone(module.params["timezone"])
    raws = connect(module).get("logs", log, str(count)) or []
    found = entries(log, [raws] if log == _STATS and raws else raws, zone)
    shown = [entry for entry in found if fits(entry, since, pattern)]
    reached = len(found) < count or (since is not None and any(entry["timestamp"] is not None and entry["timestamp"] < since for entry in found))
    return {"changed": False, "entries": shown, "complete": log == _STATS or reached}
