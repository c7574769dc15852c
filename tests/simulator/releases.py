# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow's releases, which are tags such as 2025-03 or 2025-03b, and their order.

A handler asks `call.since("2025-09")` where releases differ, so that each difference stands once, with the release that brought it.
"""

from __future__ import annotations

import functools
import re

OLDEST = "2024-01"
NEWEST = "2026-07a"

# (year, month, letter)
Release = tuple[int, int, str]


@functools.cache
def release(tag: str) -> Release:
    """A tag as something that can be compared. Raises ValueError for what is no tag."""
    match = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])([a-z]?)", tag)
    if not match:
        raise ValueError("%s is no release of mailcow, such as %s" % (tag, NEWEST))
    return int(match.group(1)), int(match.group(2)), match.group(3)


def supported(tag: str) -> str:
    """The tag itself. Raises ValueError where the simulator does not know how that release behaves."""
    if not release(OLDEST) <= release(tag) <= release(NEWEST):
        raise ValueError("the simulator knows the releases from %s to %s, not %s" % (OLDEST, NEWEST, tag))
    return tag
