# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Temporary aliases (facts-mailboxes 13)."""

from __future__ import annotations

import random
import re
import time
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

API = "API"  # the name under which an API key works: what "not given" means here
HOUR = 3600
DEFAULT_HOURS = 8760
LONGEST_HOURS = 87600
SINCE = {"description": "2025-01", "permanent": "2025-12"}
CONSONANTS, VOWELS = "bcdfghjklmnprstvwxyz", "aeiou"


@get("time_limited_aliases")
def read(call: Call) -> t.Any:
    name: t.Any = API
    if php.is_valid_email(call.object):
        if not call.has_mailbox(call.object):
            return None
        name = call.object
    rows = call.db.all(
        """SELECT address, goto, description, validity, created, modified, permanent FROM spamalias
        WHERE goto = ? AND (validity >= ? OR permanent <> 0) ORDER BY address""",
        name,
        int(time.time()),
    )
    return [call.shown(row, SINCE) for row in rows]


def readable() -> str:
    """Half a local part: syllables, of a length that is random twice over."""
    length = random.randint(*sorted((random.randint(3, 9), random.randint(3, 9))))
    return "".join(random.choice(CONSONANTS) + random.choice(VOWELS) for _unused in range(length // 2))


def allowed_domains(call: Call, username: t.Any) -> list[t.Any]:
    """The mailbox's domain (null where there is none: so an empty body makes an alias of nothing) and its alias domains."""
    own = call.db.value("SELECT domain FROM mailbox WHERE kind = '' AND username = ?", username)
    aliases = call.db.column(
        """SELECT alias_domain FROM mailbox JOIN alias_domain ON target_domain = domain
        WHERE username = ? ORDER BY alias_domain""",
        username,
    )
    return [own, *aliases]


@add("time_limited_alias", log=("mailbox", "add", "time_limited_alias", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    username: t.Any = API
    if php.is_valid_email(body.get("username")):
        username = body["username"]
        if not call.has_mailbox(username):
            return call.danger("access_denied")
    hours: t.Any = DEFAULT_HOURS
    if php.isset(body, "validity"):
        hours = body["validity"]
        if not php.valid_int(hours, 1, LONGEST_HOURS):
            return call.danger("validity_missing")
        if not call.since("2026-07a"):
            hours = DEFAULT_HOURS  # it is checked, and not used
    domain = body.get("domain")
    if not php.in_array(domain, allowed_domains(call, username)):
        return call.danger("domain_invalid")
    values = {
        "description": body["description"] if php.isset(body, "description") else "" if call.since("2026-07a") else None,
        "permanent": 1 if php.valid_bool(body.get("permanent")) else 0,
    }
    call.db.insert(
        "spamalias",
        call.shown(values, SINCE),
        address="%s.%s@%s" % (readable(), readable(), php.string(domain)),
        goto=username,
        validity=int(time.time()) + php.intval(hours) * HOUR,
    )
    return call.success(["mailbox_modified", username])


@edit("time_limited_alias", key="address", log=("mailbox", "edit", "time_limited_alias", DATA, None), mask=("password", "password2"))
def change(call: Call) -> None:
    data = call.shown(call.data, {"permanent": SINCE["permanent"]})
    for address in call.items:
        if not call.has_mailbox(call.db.value("SELECT goto FROM spamalias WHERE address = ?", address)):
            call.danger("access_denied")
            continue
        if php.empty(data.get("validity")) and php.empty(data.get("permanent")):
            continue
        # Neither of both in a form that the server understands leaves nulls, which the table refuses.
        values: dict[str, t.Any] = {"validity": None, "permanent": None}
        if php.valid_bool(data.get("permanent")):
            values = {"validity": 0, "permanent": 1}
        elif php.isset(data, "validity"):
            values = {"validity": round(int(time.time()) + _factor(data["validity"]) * HOUR), "permanent": 0}
        call.db.update("spamalias", values, address=address)
        # The server names the mailboxes of a variable that it never sets.
        call.success(["mailbox_modified", ""])


def _factor(value: t.Any) -> float:
    """A value that PHP multiplies: a leading number will do, anything else is an exception."""
    if php.is_array(value) or (isinstance(value, str) and not re.match(r"\s*[+-]?\.?[0-9]", value)):
        raise php.PhpException("Unsupported operand types")
    return number(value)


@delete("time_limited_alias", key="address", log=("mailbox", "delete", "time_limited_alias", DATA, None))
def remove(call: Call) -> None:
    for address in call.items:
        goto = call.db.value("SELECT goto FROM spamalias WHERE address = ?", address)
        if not call.has_mailbox(goto):
            call.danger("access_denied")
            continue
        call.db.delete("spamalias", goto=goto, address=address)
        call.success(["mailbox_modified", php.htmlspecialchars(goto)])
