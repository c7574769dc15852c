# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Points in time: as seconds since 1970, as ISO 8601 in UTC, and as people write them in options."""

from __future__ import annotations

import re
import time
from datetime import datetime, timezone

from .errors import InvalidValue

_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_AGE = re.compile(r"^(?:[0-9]{1,12}[wdhms])+$")
# The seconds of an age at most.
_OLDEST = 31556952000


def iso(seconds: float | None) -> str | None:
    """Give seconds since 1970 as ISO 8601 in UTC, without fractions; None for None and for what is no time."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def moment(option: str, text: str | None, now: float | None = None) -> float | None:
    """Give the seconds since 1970 of an option's value: an age such as ``1d12h``, before ``now``, or a date and time in
    ISO 8601, in UTC if it names no zone. None for None. Raises InvalidValue for anything else.
    """
    if text is None:
        return None
    given = text.strip()
    if _AGE.match(given):
        age = sum(int(count) * _SECONDS[unit] for count, unit in re.findall(r"(\d+)(\w)", given))
        if age > _OLDEST:
            raise InvalidValue(option, "%r is more than a thousand years" % text)
        return (time.time() if now is None else now) - age
    try:
        # Python before 3.11 does not know Z.
        found = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", given))
    except ValueError as error:
        raise InvalidValue(
            option, "%r is neither an age, such as 30m, 12h, 1d12h or 2w, nor a date and time, such as 2026-07-01T10:00:00Z" % text
        ) from error
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()
