# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""get/last-login and get/reset-last-login (facts-server 27)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import get

# The columns' collation, without case, counts for what is taken out of them as well.
LOGINS = """json_valid(call) AND json_extract(call, '$[0]') = 'check_login' COLLATE NOCASE
         AND json_extract(call, '$[1]') = ? COLLATE NOCASE AND type = 'success'"""
# Whole hours either way, of which MariaDB counts 838 at most: from 35 days on all rows are found.
HOURS = "MIN(838, ABS(strftime('%s', 'now', 'localtime') - strftime('%s', datetime)) / 3600)"


@get("last-login")
def read(call: Call) -> t.Any:
    """Logins by protocol of the last days (`extra`, 7 by default), and the last but one login to the web interface."""
    if php.empty(call.object):
        return php.Raw("")
    rows = []
    if php.is_valid_email(call.object) and call.has_mailbox(call.object):
        days = php.intval(call.extra) if php.intval(call.extra) >= 1 else 7
        rows = call.db.all(
            """SELECT real_rip, datetime, service, app_password, app_passwd.name AS app_password_name
                           FROM sasl_log LEFT JOIN app_passwd ON sasl_log.app_password = app_passwd.id
                           WHERE username = ? AND """
            + HOURS
            + " < ? ORDER BY datetime DESC",
            call.object,
            24 * days,
        )
        for row in rows:
            if php.is_public_ip(row["real_rip"]):
                # Of others the real server asks a service on the internet, which cannot be reached here.
                row["location"] = call.redis.hget("IP_SHORTCOUNTRY", row["real_rip"]) or False
            else:
                row["real_rip"] = "Web/EAS/Internal (%s)" % row["real_rip"]
    ui = call.db.one("SELECT remote, time FROM logs WHERE " + LOGINS + " ORDER BY time DESC LIMIT 1 OFFSET 1", call.object)
    return {"ui": ui or False, "sasl": rows}


@get("reset-last-login")
def reset(call: Call) -> t.Any:
    """A get that deletes, also with the read-only key."""
    if php.empty(call.object):
        return php.Raw("")
    if php.is_valid_email(call.object) and call.has_mailbox(call.object):
        call.db.delete("sasl_log", username=call.object)
    call.db.execute("DELETE FROM logs WHERE " + LOGINS, call.object)
    return True
