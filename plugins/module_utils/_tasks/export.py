# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of mailcow_config_info: shows what there is, in the shape that mailcow_config takes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import TooOld
from .._api.names import domain_names
from .._api.shape import understood
from .._engine.reading import alone, by_key, listed
from .._kinds._order import KINDS
from .connection import CONNECTION, connect
from .declaration import Declaration
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.kind import Kind
    from .._engine.server import Server

# How many values that were left out are told one by one.
_MOST_WARNINGS = 20
# Where a declaration says that something is wrong.
_PLACE = re.compile(r"^config\.\w+\[(\d+)\][\w.]*: ")


def _work(call: Call) -> dict[str, Any]:
    params = call.params
    domains = domain_names(params["domains"])
    server = connect(call, params["concurrency"])
    chosen = [kind for kind in KINDS if params["kinds"] is None or kind.plural in params["kinds"]]
    config, left_out = {}, []
    for kind in chosen:
        # What an older server does not have, it cannot show.
        with contextlib.suppress(TooOld):
            config[kind.plural], told = _declarable(kind, _exported(kind, server, domains, params["details"]))
            left_out += told
    for warning in left_out[:_MOST_WARNINGS]:
        call.warn(warning)
    if len(left_out) > _MOST_WARNINGS:
        call.warn("%d more values are left out in the same way" % (len(left_out) - _MOST_WARNINGS))
    return {"changed": False, "config": config}


def _exported(kind: Kind, server: Server, domains: Sequence[str] | None, details: bool) -> list[dict[str, Any]]:
    found = sorted(listed(kind, server, domains, kind.listed_options(details)), key=lambda existing: kind.identity.key(existing.identity))
    with understood("the %s" % kind.plural):
        objects = [kind.exported(existing.identity, existing.values, server) for existing in found]
    if kind.identity.numbered:
        keyed = by_key(kind, found)
        for existing, shown in zip(found, objects):
            # Only the number tells these apart from others when they are given back.
            if not alone(kind, existing, keyed):
                shown[kind.identity.option] = existing.item
    return objects


def _declarable(kind: Kind, objects: list[dict[str, Any]]) -> tuple[Any, list[str]]:
    """Give what mailcow_config takes of exported objects, in its shape, and a warning about each value that it would refuse: mailcow
    itself takes nearly anything, and one such value must not stand in the way of all others.
    """
    warnings: list[str] = []
    taken: list[dict[str, Any]] = []
    suspects = {int(found[1]) for found in map(_PLACE.match, _wrong(kind, objects)) if found}
    for number, one in enumerate(objects):
        taken += _without_refused(kind, one, warnings) if number in suspects else [one]
    return next(iter(taken), {}) if kind.read.only_one else taken, warnings


def _without_refused(kind: Kind, one: dict[str, Any], warnings: list[str]) -> list[dict[str, Any]]:
    """Give the object without what would be refused of it, as a list that is empty where it cannot be named; adds to ``warnings``."""
    names = {option: one[option] for option in (*kind.identity.naming, kind.identity.option) if option in one}
    title = " ".join([kind.title, *map(str, names.values())])
    told = "%s is left out, because mailcow_config would refuse it: %s"
    if wrong := _wrong(kind, [names]):
        warnings += [told % (title, _PLACE.sub("", said)) for said in wrong]
        return []
    refused = {option: _wrong(kind, [dict(names, **{option: value})]) for option, value in one.items()}
    warnings += [told % ("%s: %s" % (title, option), _PLACE.sub("", said)) for option, wrong in refused.items() for said in wrong]
    return [{option: value for option, value in one.items() if not refused[option]}]


def _wrong(kind: Kind, objects: list[dict[str, Any]]) -> list[str]:
    return Declaration({kind.plural: objects}).errors


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
