# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The features of modules that some servers do not have."""

from __future__ import annotations

from typing import Any

from .._api.releases import is_before
from .._kinds._order import KINDS
from . import cors, customize, logs, notices

# Those of modules that do not manage a kind of object.
FURTHER = {
    "mailcow_cors": cors.NEWER,
    "mailcow_customize": customize.NEWER,
    "mailcow_log_info": logs.NEWER,
    "mailcow_password_reset_notification": notices.PASSWORD_RESET_NEWER,
}


def options_lacking(version: str) -> list[dict[str, Any]]:
    """Give the features of modules that a server of this version does not have."""
    releases = [("mailcow_%s" % kind.name, *release) for kind in KINDS for release in kind.releases()]
    releases += [(module, one.option, one.value, one.release) for module, newer in FURTHER.items() for one in newer]
    return [
        {"module": module, "option": option, "value": value, "since": release}
        for module, option, value, release in releases
        if is_before(version, release)
    ]
