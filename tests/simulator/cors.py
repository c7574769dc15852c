# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The CORS headers of every answer (facts-server 23)."""

from __future__ import annotations

import re

from . import php
from .state import State

Headers = list[tuple[str, str]]


def _normalise(origin: str) -> str | None:
    origin = php.trim(origin)
    if origin == "*":
        return origin
    if origin and not re.match(r"[a-z][a-z0-9+.-]*://", origin, re.I):
        origin = "https://" + origin
    return origin.lower() if php.valid_origin(origin) else None


def headers(state: State, base_url: str, origin: str | None) -> tuple[Headers, list[str]]:
    """The headers, and the methods that a preflight may ask for."""
    settings = state.redis.hgetall("CORS_SETTINGS")
    origins = [_normalise(piece) for piece in (settings.get("allowed_origins") or base_url).split(",")]
    # "OPTION" is no slip of ours: it is in the default list of the real server.
    methods = (settings.get("allowed_methods") or "GET, POST, PUT, DELETE, OPTION") + ", OPTIONS"
    if not state.since("2026-07a"):
        return _headers_before(settings.get("allowed_origins") or state.config.hostname, methods, origin), methods.split(", ")
    asking = None if origin is None else _normalise(origin)
    allowed = "*" if "*" in origins else asking if asking is not None and asking in origins else None
    result: Headers = []
    if allowed is not None:
        result.append(("Access-Control-Allow-Origin", allowed))
    if allowed != "*":
        result.append(("Vary", "Origin"))
    result.append(("Access-Control-Allow-Methods", methods))
    result.append(("Access-Control-Allow-Headers", "Accept, Content-Type, X-Api-Key, Origin"))
    return result, methods.split(", ")


def _headers_before(origins: str, methods: str, origin: str | None) -> Headers:
    """Before 2026-07a origins are host names, and the first one stands there for who asks from elsewhere (source)."""
    allowed = origins.split(", ")
    shown = "*" if "*" in allowed else origin if origin is not None and origin in allowed else allowed[0]
    return [
        ("Access-Control-Allow-Origin", shown),
        ("Access-Control-Allow-Methods", methods),
        ("Access-Control-Allow-Headers", "Accept, Content-Type, X-Api-Key, Origin"),
    ]
