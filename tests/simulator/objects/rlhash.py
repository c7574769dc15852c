# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""delete/rlhash: forget a rate limit that was hit (facts-server 20). The answer is no list: the number 1, or nothing."""

from __future__ import annotations

import re

from .. import php
from ..call import Call
from ..routes import DATA, delete


@delete("rlhash", log=("ratelimit", "delete", None, DATA))
def remove(call: Call) -> php.Raw:
    """The values of the list are joined to one hash. Log lines with it go also where there is no such hash."""
    name = "".join(map(php.string, call.items))
    if not re.fullmatch(r"RL[0-9A-Za-z=]+", php.trim(name), re.IGNORECASE):
        return php.Raw("")
    for line in call.redis.lrange("RL_LOG", 0, -1):
        if name.lower() in line.lower():
            call.redis.lrem("RL_LOG", line)
    if not isinstance(call.redis.data.get(name), dict):
        return php.Raw("")
    call.redis.delete(name)
    return php.Raw("1")
