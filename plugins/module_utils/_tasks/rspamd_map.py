# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The maps of Rspamd that can be edited in mailcow (facts-server 20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._api.request import Request
from .unseen import Unseen, write

_LISTS = tuple("global_%s_%s" % (what, kind) for what in ("mime_from", "smtp_from", "rcpt") for kind in ("blacklist", "whitelist"))
MAPS = (*_LISTS, "fishy_tlds", "bad_words", "bad_words_de", "bad_languages", "bulk_header", "bad_header", "monitoring_nolog")


def settings(params: Mapping[str, Any]) -> dict[str, Any]:
    """Give a map in mailcow's format."""
    return {"map": params["map"], "content": params["content"].strip()}


def _requests(values: Mapping[str, Any]) -> Iterator[Request]:
    yield Request("edit/rspamd-map", {"items": ["%s.map" % values["map"]], "attr": {"rspamd_map_data": values["content"]}})


RSPAMD_MAP = write(
    Unseen(
        "rspamd_map",
        "Rspamd map",
        {"map": {"type": "str", "required": True, "choices": sorted(MAPS)}, "content": {"type": "str", "required": True}},
        settings,
        _requests,
    )
)
