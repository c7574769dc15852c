# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limits of domains and mailboxes, kept in Redis as "10 / 1s" (facts-server 4, facts-mailboxes 10).

Names are kept in the spelling they came in: a limit of `A.Example` is not one of the domain a.example.
"""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit, get

FRAMES = ("s", "m", "h", "d")


def read(call: Call, name: str) -> t.Any:
    """{"value", "frame"} of a domain or mailbox, False without a limit."""
    stored = call.redis.hget("RL_VALUE", name)
    if not stored:
        return False
    parts = stored.split(" / 1")
    return {"value": parts[0], "frame": parts[1] if len(parts) > 1 else None}


def save(call: Call, name: t.Any, value: t.Any, frame: t.Any, allowed: bool, log: t.Any) -> None:
    """Set or (value 0) remove a limit, and note it. Also used by add/domain, add/alias-domain and add/mailbox."""
    if not php.in_array(frame, FRAMES):
        call.danger("rl_timeframe", log)
        return
    if not allowed:
        call.danger("access_denied", log)
        return
    number = php.intval(value)
    if number == 0:
        call.redis.hdel("RL_VALUE", php.string(name))
    else:
        call.redis.hset("RL_VALUE", php.string(name), "%d / 1%s" % (number, php.string(frame)))
    call.success(["rl_saved", name], log)


@get("rl-domain", "all")
def read_domains(call: Call) -> list[dict[str, t.Any]]:
    """Domains, then alias domains, as far as they have a limit."""
    names = call.db.column("SELECT domain FROM domain ORDER BY domain")
    names += call.db.column("SELECT alias_domain FROM alias_domain ORDER BY target_domain, alias_domain")
    limits = ((name, read(call, name)) for name in names)
    return [{**limit, "domain": name} for name, limit in limits if limit]


@get("rl-domain")
def read_domain(call: Call) -> t.Any:
    return read(call, call.object) if call.object is not None and call.has_domain(call.object) else False


@edit("rl-domain", key="object", log=("ratelimit", "edit", "domain", DATA))
def change_domains(call: Call) -> None:
    for name in call.items:
        # the frame is looked at first: a name of a wrong type is no exception while the frame is wrong
        allowed = php.in_array(call.data.get("rl_frame"), FRAMES) and call.has_domain(name)
        save(call, name, call.data.get("rl_value"), call.data.get("rl_frame"), allowed, call.log)
