# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings that mailcow never returns. They cannot be compared, so each run writes them, and reports a change."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue, MailcowError
from .._api.names import address
from .connection import CONNECTION, connect
from .newer import Newer, refuse_newer
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._api.request import Request
    from .._fields.field import Spec


@dataclasses.dataclass(frozen=True)
class Unseen:
    """Settings that mailcow never returns. ``name``: their key in the result; ``title``: their name in messages; ``spec``: the options.

    ``settings``: gives them in mailcow's format from validated options. Raises InvalidValue for values that it would silently replace.
    ``requests``: gives the edits, each of which replaces a whole group of settings. ``newer``: those that some servers do not have.
    """

    name: str
    title: str
    spec: Spec
    settings: Callable[[Mapping[str, Any]], dict[str, Any]]
    requests: Callable[[Mapping[str, Any]], Iterable[Request]]
    newer: tuple[Newer, ...] = ()


def write(unseen: Unseen) -> Task:
    """Give the task that writes the settings."""
    return Task(dict(CONNECTION, **unseen.spec), functools.partial(_work, unseen))


def sender(option: str, value: str) -> str:
    """Give the sender's address, "" for none. Raises InvalidValue for what mailcow would treat as none."""
    if not value.strip():
        return ""
    try:
        return address(value)
    except ValueError as error:
        raise InvalidValue(option, str(error)) from error


def _work(unseen: Unseen, call: Call) -> dict[str, Any]:
    call.title = unseen.title
    settings = unseen.settings(call.params)
    requests = list(unseen.requests(settings))
    server = connect(call)
    refuse_newer(unseen.newer, settings, server)
    done: list[str] = []
    for request in [] if call.check_mode else requests:
        try:
            server.write(request.path, request.body)
        except MailcowError as error:
            if not done:
                raise
            error.add("Done before that: %s" % ", ".join(done))
            return dict(error.details(), changed=True, msg="%s: %s" % (unseen.title, error))
        done.append(request.path)
    result: dict[str, Any] = {"changed": bool(requests), unseen.name: settings}
    if call.diff:
        result["diff"] = diff(unseen.title, {}, settings, was="unknown to mailcow's API")
    return result
