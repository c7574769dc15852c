# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of mailcow_config: brings a server to the declared state of many objects of many kinds."""

from __future__ import annotations

from typing import Any

from .._api.names import domain_names
from .._engine.bulk import Change, Declared, apply
from .._kinds._order import KINDS
from .connection import CONNECTION, connect
from .declaration import Declaration
from .task import Call, Task

_COUNTED = {"create": "created", "update": "updated", "rename": "updated", "delete": "deleted", "none": "unchanged"}


def _work(call: Call) -> dict[str, Any]:
    params = call.params
    domains = domain_names(params["domains"])
    declaration = Declaration(params["config"], params["prune"], domains, params["allow_empty"])
    call.secrets |= declaration.secrets
    declaration.check()
    changes = apply(declaration.declared, connect(call, params["concurrency"]), domains)
    result = _result(changes, declaration.declared)
    if call.diff:
        result["diff"] = _diff(changes)
    for change in changes:
        for warning in [text for outcome in change.outcomes for text in outcome.warnings]:
            call.warn("%s %s: mailcow warns: %s" % (change.kind.title, change.name, warning))
    if result["failures"]:
        result["msg"] = _failure(result["failures"], len(changes))
    return result


def _result(changes: list[Change], declared: list[Declared]) -> dict[str, Any]:
    summary = {one.kind.plural: dict.fromkeys(["created", "updated", "deleted", "unchanged", "failed"], 0) for one in declared}
    changed, failures = [], []
    for change in changes:
        counts = summary[change.kind.plural]
        if change.error:
            counts["failed"] += 1
            failures.append(dict(kind=change.kind.plural, name=change.name, msg=str(change.error), **change.error.details()))
        else:
            counts[_COUNTED[change.action]] += 1
        if change.action != "none" and (change.wrote or not change.error):
            before, after = change.difference()
            changed.append({"kind": change.kind.plural, "name": change.name, "action": change.action, "before": before, "after": after})
    used = {plural: counts for plural, counts in summary.items() if any(counts.values())}
    return {"changed": bool(changed), "changes": changed, "summary": used, "failures": failures}


def _diff(changes: list[Change]) -> dict[str, Any]:
    """Give one diff of all objects that change, by kind and name, with the options that change."""
    before: dict[str, dict[str, Any]] = {}
    after: dict[str, dict[str, Any]] = {}
    for change in sorted(changes, key=lambda change: change.name):
        if change.action == "none" or (change.error and not change.wrote):
            continue
        old, new = change.difference()
        if change.action == "delete":
            # All of it would be a screenful for each; it stands in the result's changes.
            old = {option: old[option] for option in change.kind.identity.naming if option in old}
        if change.action != "create":
            before.setdefault(change.kind.plural, {})[change.name] = old
        if change.action != "delete":
            after.setdefault(change.kind.plural, {})[change.name] = new
    return {"before": before, "after": after}


def _failure(failures: list[dict[str, Any]], total: int) -> str:
    first = failures[0]
    told = "%s %s: %s" % (first["kind"], first["name"], first["msg"])
    if len(failures) == 1:
        return "1 of %d objects failed: %s" % (total, told)
    return "%d of %d objects failed; all others are as declared, and a second run goes on with these. The first: %s" % (
        len(failures),
        total,
        told,
    )


CONFIG = Task(
    dict(
        CONNECTION,
        config={"type": "dict", "required": True},
        prune={"type": "list", "elements": "str", "choices": [kind.plural for kind in KINDS if kind.removable], "default": []},
        domains={"type": "list", "elements": "str"},
        allow_empty={"type": "bool", "default": False},
        concurrency={"type": "int", "default": 4},
    ),
    _work,
    quiet=True,
)
