# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limits that were hit, read from the log of Rspamd's module, and resetting them (facts-server 19 and 20)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue, MailcowError
from .._api.messages import some
from .._api.names import address
from .._api.shape import asked, rows
from .attempt import Unknown, attempt, look
from .connection import CONNECTION, connect
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._engine.server import Server

_ROUTE = ("logs", "ratelimited", "10000")
_HASH = re.compile(r"RL[0-9A-Za-z=]+")


def hits(server: Server) -> dict[str, str]:
    """Give the senders that have hit a limit, by the hash of the limit. Raises MailcowError."""
    found: dict[str, str] = {}
    for line in rows(server.ask(*_ROUTE), asked(*_ROUTE)):
        name = str(line.get("rl_hash") or "")
        if _HASH.fullmatch(name):
            found.setdefault(name, str(line.get("user") or line.get("from") or "").lower())
    return found


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "rate limits", call.params
    users, hashes = _users(params["users"]), params["hashes"]
    if users is None and hashes is None and not params["all"]:
        raise InvalidValue(None, "set users or hashes to reset their rate limits, or set all: true")
    server = connect(call)
    before = hits(server)
    chosen = [name for name, user in before.items() if params["all"] or name in (hashes or ()) or (user and user in (users or ()))]
    result: dict[str, Any] = {"changed": bool(chosen), "reset": [{"hash": name, "user": before[name] or None} for name in chosen]}
    if call.diff:
        result["diff"] = diff(call.title, {name: before[name] for name in chosen}, {})
    return dict(result, **_reset(call.title, server, chosen)) if chosen and not call.check_mode else result


def _users(given: Sequence[str] | None) -> list[str] | None:
    if given is None:
        return None
    try:
        return [address(user).lower() for user in given]
    except ValueError as error:
        raise InvalidValue("users", str(error)) from error


def _reset(title: str, server: Server, chosen: Sequence[str]) -> dict[str, Any]:
    """Reset limits one by one, and give the result, which is a failure if one was not reset. mailcow's answer is the number 1, or empty
    if the limit has expired in the meantime; the log shows the result in both cases.
    """
    for done, name in enumerate(chosen):
        try:
            attempt(server, "delete/rlhash", [name])
        except MailcowError as error:
            if not done:
                raise
            return dict(error.details(), msg="%s: %s" % (title, error))
    try:
        now = look(server, lambda: hits(server))
    except Unknown as error:
        return dict(error.details(), msg="%s: %s" % (title, error))
    left = [name for name in chosen if name in now]
    return {"msg": "%s: mailcow did not reset %s" % (title, some(left)), "changed": len(left) < len(chosen)} if left else {}


RATELIMIT_RESET = Task(
    dict(
        CONNECTION,
        users={"type": "list", "elements": "str"},
        hashes={"type": "list", "elements": "str"},
        all={"type": "bool", "default": False},
    ),
    _work,
)
