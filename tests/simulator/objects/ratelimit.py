# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limits of domains and mailboxes, kept in Redis as "10 / 1s" (facts-server 4, facts-mailboxes 10)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call

FRAMES = ("s", "m", "h", "d")


def read(call: Call, name: str) -> t.Any:
    """{"value", "frame"} of a domain or mailbox, False without a limit."""
    stored = call.redis.hget("RL_VALUE", name)
    if not stored:
        return False
    value, _unused, frame = stored.partition(" / 1")
    return {"value": value, "frame": frame}


def save(call: Call, name: str, value: t.Any, frame: t.Any, allowed: bool, log: t.Any) -> None:
    """Set or (value 0) remove a limit, and note it. Also used by add/domain, add/alias-domain and add/mailbox."""
    if frame not in FRAMES:
        call.danger("rl_timeframe", log)
        return
    if not allowed:
        call.danger("access_denied", log)
        return
    number = php.intval(value)
    if number == 0:
        call.redis.hdel("RL_VALUE", name)
    else:
        call.redis.hset("RL_VALUE", name, "%d / 1%s" % (number, frame))
    call.success(["rl_saved", name], log)
