# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow's releases in the order of time. A release is a tag such as ``2025-03`` or ``2025-03b``."""

from __future__ import annotations

import re

# The oldest release with which the collection is tested. What it has is considered to exist everywhere.
OLDEST = "2024-01"

_TAG = re.compile(r"^20\d\d-\d\d[a-z]?$", re.ASCII)


def is_release(version: object) -> bool:
    """Whether a version is a release, and not the name of a branch or of a fork."""
    return isinstance(version, str) and _TAG.match(version) is not None


def is_before(version: str | None, release: str) -> bool:
    """Whether a server of this version is older than a release. Unknown versions and those that are not releases count as new."""
    # Tags sort alphabetically.
    return version is not None and is_release(version) and version < release


def too_old(release: str, version: str | None) -> str:
    """Give the end of the sentence that a server does not have something."""
    return "needs mailcow %s or newer, but the server runs %s" % (release, version)
