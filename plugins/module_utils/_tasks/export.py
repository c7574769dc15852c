# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of mailcow_config_info: exports the existing objects in the format of mailcow_config."""

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

# Maximum number of single warnings about omitted values.
_MOST_WARNINGS = 20
# The place in an error message of a declaration.
_PLACE = re.compile(r"^config\.\w+\[(\d+)\][\w.]*: ")


def _work(call: Call) -> dict[str, Any]:
    params = call.params
    domains = domain_names(params["domains"])
    server = connect(call, params["concurrency"])
    chosen = [kind for kind in KINDS if params["kinds"] is None or kind.plural in params["kinds"]]
    config, left_out = {}, []
    for kind in chosen:
        # An older server cannot return kinds that it does not have.
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
            # When they are used as input, only the ID distinguishes them from others.
            if not alone(kind, existing, keyed):
                shown[kind.identity.option] = existing.item
    return objects


def _declarable(kind: Kind, objects: list[dict[str, Any]]) -> tuple[Any, list[str]]:
    """Give exported objects in the format of mailcow_config, without values that it would reject, and a warning about each of these:
    mailcow accepts nearly anything, and one invalid value must not make the whole export unusable.
    """
    warnings: list[str] = []
    taken: list[dict[str, Any]] = []
    suspects = {int(found[1]) for found in map(_PLACE.match, _wrong(kind, objects)) if found}
    for number, one in enumerate(objects):
        taken += _without_refused(kind, one, warnings) if number in suspects else [one]
    return next(iter(taken), {}) if kind.read.only_one else taken, warnings


def _without_refused(kind: Kind, one: dict[str, Any], warnings: list[str]) -> list[dict[str, Any]]:
    """Give the object without values that would be rejected, as a list, which is empty if its identity would be; adds to ``warnings``."""
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
