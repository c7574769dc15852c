# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of mailcow_config_info: shows what there is, in the shape that mailcow_config takes."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import TooOld
from .._api.names import domain_names
from .._api.shape import understood
from .._engine.reading import alone, by_key, listed
from .._kinds._order import KINDS
from .connection import CONNECTION, connect
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.kind import Kind
    from .._engine.server import Server


def _work(call: Call) -> dict[str, Any]:
    params = call.params
    domains = domain_names(params["domains"])
    server = connect(call, params["concurrency"])
    chosen = [kind for kind in KINDS if params["kinds"] is None or kind.plural in params["kinds"]]
    config = {}
    for kind in chosen:
        # What an older server does not have, it cannot show.
        with contextlib.suppress(TooOld):
            config[kind.plural] = _exported(kind, server, domains, params["details"])
    return {"changed": False, "config": config}


def _exported(kind: Kind, server: Server, domains: Sequence[str] | None, details: bool) -> Any:
    found = sorted(listed(kind, server, domains, kind.listed_options(details)), key=lambda existing: kind.identity.key(existing.identity))
    with understood("the %s" % kind.plural):
        objects = [kind.exported(existing.identity, existing.values, server) for existing in found]
    if kind.identity.numbered:
        keyed = by_key(kind, found)
        for existing, shown in zip(found, objects):
            # Only the number tells these apart from others when they are given back.
            if not alone(kind, existing, keyed):
                shown[kind.identity.option] = existing.item
    return next(iter(objects), {}) if kind.read.only_one else objects


EXPORT = Task(
    dict(
        CONNECTION,
        kinds={"type": "list", "elements": "str", "choices": [kind.plural for kind in KINDS]},
        domains={"type": "list", "elements": "str"},
        details={"type": "bool", "default": False},
        concurrency={"type": "int", "default": 4},
    ),
    _work,
)
