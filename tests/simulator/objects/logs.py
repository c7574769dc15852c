# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""get/logs (facts-server 19). The history of Rspamd is always empty, its counters are those of ../services.py."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..routes import get

LINES = 1000
LISTS = {
    "acme": "ACME_LOG",
    "api": "API_LOG",
    "autodiscover": "AUTODISCOVER_LOG",
    "cron": "CRON_LOG",
    "dovecot": "DOVECOT_MAILLOG",
    "netfilter": "NETFILTER_LOG",
    "postfix": "POSTFIX_MAILLOG",
    "ratelimited": "RL_LOG",
    "sogo": "SOGO_LOG",
    "watchdog": "WATCHDOG_LOG",
}
TABLES = {"ui": ("logs", "id"), "sasl": ("sasl_log", "datetime")}


def wanted(extra: str | None) -> tuple[int, int] | None:
    """First (counted from 0) and last line asked for; None where the count makes no sense."""
    if extra is None:
        return 0, LINES - 1
    count = re.sub(r"[^\d-]", "", extra)
    if php.is_numeric(count) and int(count) >= 1:
        return 0, int(count) - 1
    first, last = (php.intval(part) for part in (count.split("-") + [""])[:2])
    return (first - 1, last - 1) if 1 <= first <= last else None


@get("logs", *LISTS, *TABLES, "rspamd-history", "rspamd-stats")
def read(call: Call) -> t.Any:
    name = t.cast(str, call.object)
    if name == "rspamd-stats":
        return call.state.services.rspamd_stat()
    lines = wanted(call.extra)
    if lines is None:
        return None
    if name in LISTS:
        return [php.json_decode(line) for line in call.redis.lrange(LISTS[name], *lines)]
    if name in TABLES:
        # A range is taken for (offset, number of rows) here: 3-5 gives five rows.
        return call.db.all("SELECT * FROM %s ORDER BY %s DESC LIMIT ?, ?" % TABLES[name], lines[0], lines[1] + 1)
    return None
