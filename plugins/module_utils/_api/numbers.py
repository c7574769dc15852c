# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers in options. Ansible also accepts infinity and NaN."""

from __future__ import annotations

import math
from typing import Any

from .errors import InvalidValue

# The largest one that mailcow's databases and PHP hold without a loss, unless a value has a limit of its own.
LARGEST = 2**31 - 1


def within(option: str, value: Any, least: float = -LARGEST, most: float = LARGEST) -> Any:
    """Give the number of an option, or None for None. Raises InvalidValue when it is not one of ``least`` to ``most``."""
    if value is None:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidValue(option, "%s is not a usable number" % value)
    if value < least:
        raise InvalidValue(option, "%s is too small; the minimum is %s" % (value, least))
    if value > most:
        raise InvalidValue(option, "%s is too large; the maximum is %s" % (value, most))
    return value
