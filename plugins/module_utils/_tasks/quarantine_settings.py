# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of the quarantine (facts-server 18)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._api.names import domain_names
from .._api.numbers import LARGEST, within
from .._api.request import Request
from .unseen import Unseen, sender, write

_SPEC: dict[str, dict[str, Any]] = {
    "retention_size": {"type": "int", "required": True},
    "max_size": {"type": "int", "required": True},
    "max_age": {"type": "int", "default": 365},
    "max_score": {"type": "float"},
    "release_format": {"type": "str", "choices": ["attachment", "raw"], "default": "raw"},
    "exclude_domains": {"type": "list", "elements": "str", "default": []},
    "sender": {"type": "str", "default": ""},
    "subject": {"type": "str", "default": ""},
    "bcc": {"type": "str", "default": ""},
    "redirect": {"type": "str", "default": ""},
    "html_tmpl": {"type": "str", "default": ""},
}
_LEAST = {"retention_size": 0, "max_size": 1, "max_age": 1, "max_score": -LARGEST}


def settings(params: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings in mailcow's format. Raises InvalidValue for values that it would silently replace."""
    values = {option: params[option] for option in _SPEC}
    for option, least in _LEAST.items():
        within(option, values[option], least)
    for option in ("sender", "bcc", "redirect"):
        values[option] = sender(option, values[option])
    values["exclude_domains"] = sorted(set(domain_names(values["exclude_domains"], "exclude_domains") or ()))
    return values


def _requests(values: Mapping[str, Any]) -> Iterator[Request]:
    attributes = dict(values, action="settings", max_score="" if values["max_score"] is None else str(values["max_score"]))
    yield Request("edit/quarantine", {"items": [], "attr": attributes})


QUARANTINE_SETTINGS = write(Unseen("quarantine_settings", "quarantine settings", _SPEC, settings, _requests))
