# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow's releases in the order of time. A release is a tag such as ``2025-03`` or ``2025-03b``."""

from __future__ import annotations

import re

# The oldest one that the collection is tested with. What it has already is no difference.
OLDEST = "2024-01"

_TAG = re.compile(r"^20\d\d-\d\d[a-z]?$", re.ASCII)


def is_release(version: object) -> bool:
    """Whether a version is a release, and not the name of a branch or of somebody's own."""
    return isinstance(version, str) and _TAG.match(version) is not None


def is_before(version: str | None, release: str) -> bool:
    """Whether a server of that version is older than a release. What is no release, or not known, counts as new."""
    # Tags are made to be sorted.
    return version is not None and is_release(version) and version < release


def too_old(release: str, version: str | None) -> str:
    """Give the end of the sentence that something cannot be had on a server."""
    return "needs mailcow %s or newer, but the server runs %s" % (release, version)
