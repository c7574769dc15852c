# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rspamd's counters and mailcow's global maps for it (facts-server 20)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import edit, get

MAPS = tuple(
    name + ".map"
    for name in (
        *("global_%s_%s" % (what, kind) for what in ("mime_from", "smtp_from", "rcpt") for kind in ("blacklist", "whitelist")),
        "fishy_tlds", "bad_words", "bad_words_de", "bad_languages", "bulk_header", "bad_header", "monitoring_nolog",
    )
)  # fmt: skip


@get("rspamd", "actions")
def read_actions(call: Call) -> t.Any:
    """How often each action was taken; greylisting counts as a soft reject."""
    stat = call.state.services.rspamd_stat()
    if stat is None:
        return None
    actions = dict(stat["actions"])
    actions["soft reject"] += actions.pop("greylist")
    return [[action, count] for action, count in actions.items()]


@edit("rspamd-map", key="map", log=("rspamd_maps", "edit", "-"))
def change(call: Call) -> None:
    """Answered as done whether there is a file or not; there are none here, as in the recordings."""
    items = php.array(call.data.get("map"))
    for item in items:
        if not php.in_array(item, MAPS):
            call.danger(["global_map_invalid", item])
    for item in items:
        if php.in_array(item, MAPS):
            call.success(["object_modified", php.htmlspecialchars(item)])
