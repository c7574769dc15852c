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

# Maximum number of failures, changes and warnings in a failure, so that it fits on a screen.
_SHOWN = 20
_COUNTED = {"create": "created", "update": "updated", "rename": "updated", "delete": "deleted", "none": "unchanged"}


def _work(call: Call) -> dict[str, Any]:
    params = call.params
    domains = domain_names(params["domains"])
    declaration = Declaration(params["config"], params["prune"], domains, params["allow_empty"])
    call.secrets |= declaration.secrets
    declaration.check()
    changes = apply(declaration.declared, connect(call, params["concurrency"]), domains)
    result = _result(changes, declaration.declared)
    _warn(call, changes)
    if result["failures"]:
        result = _failed(result, call.diff)
    return dict(result, diff=_diff(changes)) if call.diff else result


def _warn(call: Call, changes: list[Change]) -> None:
    texts = [
        "%s %s: %s" % (change.kind.title, change.name, text)
        for change in changes
        for outcome in change.outcomes
        for text in outcome.warnings
    ]
    for text in texts[:_SHOWN]:
        call.warn(text)
    if len(texts) > _SHOWN:
        call.warn("there are %d more warnings" % (len(texts) - _SHOWN))


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
            # Not the complete objects, which are in `changes` of the result.
            old = {option: old[option] for option in change.kind.identity.naming if option in old}
        if change.action != "create":
            before.setdefault(change.kind.plural, {})[change.name] = old
        if change.action != "delete":
            after.setdefault(change.kind.plural, {})[change.name] = new
    return {"before": before, "after": after}


def _failed(result: dict[str, Any], whole: bool) -> dict[str, Any]:
    """Give the result as a failure, with numbers in the message. If not ``whole``, it is truncated to fit on a screen."""
    failures, changes = result["failures"], result["changes"]
    total = sum(sum(counts.values()) for counts in result["summary"].values())
    first = "%s %s: %s" % (failures[0]["kind"], failures[0]["name"], failures[0]["msg"])
    if len(failures) == 1:
        msg = "1 of %d objects failed: %s" % (total, first)
    else:
        msg = "%d of %d objects failed; all others are as declared. Run the task again after correcting them. The first: %s" % (
            len(failures),
            total,
            first,
        )
    if whole:
        return dict(result, msg=msg)
    cut = ["the first %d of %d %s" % (_SHOWN, len(result[key]), key) for key in ("failures", "changes") if len(result[key]) > _SHOWN]
    if cut:
        msg += ". This result contains only %s; diff mode returns all" % " and ".join(cut)
    brief = [{key: change[key] for key in ("kind", "name", "action")} for change in changes[:_SHOWN]]
    return dict(result, changes=brief, failures=failures[:_SHOWN], msg=msg)


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
