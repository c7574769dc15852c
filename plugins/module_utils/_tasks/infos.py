# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of an info module, which returns the objects of one kind."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from .._api.names import domain_names
from .._engine.reading import select
from .connection import CONNECTION, INFO_CONNECTIONS, connect
from .objects import shown_by
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.kind import Kind
    from .._fields.field import Field, Spec


@functools.lru_cache(maxsize=None)
def info(kind: Kind) -> Task:
    """Give the task that returns the objects of a kind."""
    return Task(dict(CONNECTION, **_spec(kind)), functools.partial(_work, kind))


def _spec(kind: Kind) -> Spec:
    spec = kind.identity.argument_spec()
    for part in kind.identity.parts:
        spec.update(part.argument_spec())
    if kind.secrets or _revealed(kind):
        spec["show_secrets"] = {"type": "bool", "default": False, "no_log": False}
    if kind.in_scope:
        spec["domains"] = {"type": "list", "elements": "str"}
    if kind.listed_options(True) != kind.listed_options(False):
        spec["details"] = {"type": "bool", "default": False}
    return spec


def _revealed(kind: Kind) -> list[Field]:
    """Give the secrets that are returned on request."""
    return [field for field in kind.fields if field.secret and field.readable and field.revealable]


def _work(kind: Kind, call: Call) -> dict[str, Any]:
    call.title = kind.plural
    params = call.params
    show_secrets = params.get("show_secrets")
    secrets = [field.option for field in _revealed(kind)] if show_secrets else []
    status = dict(kind.status, **(kind.secrets if show_secrets else {}))
    server = connect(call, INFO_CONNECTIONS)
    options = kind.listed_options(params.get("details", False)) + secrets
    objects = [
        dict(
            kind.shown(existing.identity, existing.values),
            **{option: existing.values.get(option) for option in secrets},
            status=shown_by(status, existing),
        )
        for existing in select(kind, server, params, domain_names(params.get("domains")), options)
    ]
    return {"changed": False, kind.plural: objects[0] if kind.read.only_one else objects}
