# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of a module that manages one mailcow object: brings it to the declared state, and returns it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.shape import understood
from .._engine.converge import converge
from .._engine.plan import ALWAYS, Wanted
from .._engine.work import Outcome
from .._fields.field import MISSING
from .connection import CONNECTION, connect
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._engine.kind import Kind, Shows
    from .._engine.reading import Existing
    from .._fields.field import Spec


@functools.lru_cache(maxsize=None)
def manage(kind: Kind) -> Task:
    """Give the task that manages one object of a kind."""
    return Task(dict(CONNECTION, **item_spec(kind)), functools.partial(_work, kind))


def item_spec(kind: Kind) -> Spec:
    """Give the argument spec of one object, without the connection: the options of the single module and of an item in
    bulk.
    """
    needed = {"required": True} if kind.identity.needed else {}
    spec = {option: dict(details, **needed) for option, details in kind.identity.argument_spec().items()}
    for field in kind.fields:
        spec.update(field.argument_spec())
    for policy in kind.policies:
        spec[policy] = {"type": "str", "choices": ["on_create", ALWAYS], "default": "on_create"}
        if policy == "update_password":
            # Because of the name, Ansible would suspect a secret.
            spec[policy]["no_log"] = False
    if kind.rename:
        spec["rename_to"] = {"type": "str"}
        spec.update(kind.rename.options)
    if kind.write.trial:
        spec[kind.write.trial.option] = {"type": "bool", "default": False}
    if kind.removable:
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    return spec


def wanted(kind: Kind, params: Mapping[str, Any]) -> Wanted:
    """Give the `plan.Wanted` of validated parameters. Raises InvalidValue for a value that mailcow cannot store."""
    identity, state = kind.identity.given(params), params.get("state", "present")
    if state == "absent":
        return Wanted(identity, dict(kind.reset or {}), state, options=params)
    named = {kind.by_parameter[name] for name, value in params.items() if value is not None and name in kind.by_parameter}
    given = {field.option: field.given(params) for field in named}
    return Wanted(
        identity,
        values={option: value for option, value in given.items() if value is not MISSING},
        policies={policy: params[policy] for policy in kind.policies},
        rename_to=_new_name(kind, params.get("rename_to")),
        options=params,
    )


def shown_by(shows: Shows, existing: Existing) -> dict[str, Any]:
    """Give the read-only values of an object. Raises MailcowError if mailcow returns them in an unexpected format."""
    with understood(existing.identity):
        return {name: show(existing.raw) for name, show in shows.items()}


def _new_name(kind: Kind, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return kind.identity.renamed(name)
    except ValueError as error:
        raise InvalidValue("rename_to", str(error)) from error


def _work(kind: Kind, call: Call) -> dict[str, Any]:
    call.title = ("%s %s" % (kind.title, call.params.get(kind.identity.option) or "")).strip()
    wish = wanted(kind, call.params)
    if kind.identity.numbered:
        call.title = "%s %s" % (kind.title, wish.identity)
    outcome = converge(kind, [wish], connect(call))[0]
    for warning in outcome.warnings:
        call.warn("%s: %s" % (call.title, warning))
    if outcome.error:
        return dict(outcome.error.details(), changed=bool(outcome.done), msg="%s: %s" % (call.title, outcome.error))
    result: dict[str, Any] = {"changed": outcome.changed}
    if call.diff:
        result["diff"] = diff(call.title, outcome.plan.before, outcome.plan.after)
    return dict(result, **_present(kind, outcome, call.check_mode)) if wish.state == "present" else result


def _present(kind: Kind, outcome: Outcome, check_mode: bool) -> dict[str, Any]:
    """Give the object and its read-only values: as read after the last write, in check mode as they would be."""
    current = outcome.current
    shown = kind.shown(current.identity, current.values) if current else {}
    # A prediction has the same keys as the result of a real run, so that following tasks can use them.
    status = shown_by(kind.status, current) if current else dict.fromkeys([*kind.status, *kind.secrets])
    if check_mode:
        secrets = [field.option for field in kind.fields if field.secret]
        shown.update({option: value for option, value in outcome.plan.after.items() if option not in secrets})
    renewed = any(field.renews for field in kind.managed(outcome.plan.edited))
    if current and (outcome.plan.action == "create" or renewed):
        status.update(dict.fromkeys(kind.secrets) if check_mode else shown_by(kind.secrets, current))
    return {kind.name: shown, "status": status}
