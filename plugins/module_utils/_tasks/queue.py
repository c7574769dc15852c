# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mail queue of Postfix: reading it, and the actions on it (facts-server 17)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import BadAnswer, EmptyAnswer, InvalidValue, MailcowError
from .._api.messages import some
from .._api.shape import asked, name_in, rows, told, understood
from .._api.times import iso
from .attempt import leaves_open
from .connection import CONNECTION, INFO_CONNECTIONS, connect
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._engine.server import Server

_ROUTE = "mailq/all"
# mailcow runs a shell command with all of them, which Linux limits to 128 KiB.
_BATCH = 5000
# mailcow's container for Docker's API silently drops all but short queue IDs (container_post__exec__mailq__delete in its source).
_USABLE = re.compile(r"^[0-9a-fA-F]+$")
_DROPPED = ". It supports only hexadecimal queue IDs, which Postfix uses unless enable_long_queue_ids is set"
# postcat's output instead of the message if there is none (facts-server 17).
_NO_MESSAGE = ("postcat: ", "err: ")
_WHOLE = re.compile(r"^\*\*\* .*^\*\*\* MESSAGE FILE END[^*\n]*\*\*\*\s*\Z", re.DOTALL | re.MULTILINE)
_RECIPIENT = re.compile(r"^(?P<address>.*?)(?: \((?P<reason>.*)\))?$", re.DOTALL)
# The queues whose messages an action affects, and the queue in which they are afterwards (None: the same).
_CONCERNS: dict[str, tuple[Callable[[str], bool], str | None]] = {
    "delete": (lambda queue: True, None),
    "deliver": (lambda queue: queue != "hold", None),
    "flush": (lambda queue: queue == "deferred", None),
    "hold": (lambda queue: queue != "hold", "hold"),
    "unhold": (lambda queue: queue == "hold", "deferred"),
}


def messages(answer: Any) -> list[dict[str, Any]]:
    """Give the messages of mailcow's answer, oldest first, with our names and units. Raises MailcowError for another answer."""
    request = asked(_ROUTE)
    raws = rows(answer, request)
    with understood(request):
        return sorted((_message(raw, request) for raw in raws), key=lambda message: message["arrived_timestamp"])


def _message(raw: dict[str, Any], request: str) -> dict[str, Any]:
    recipients, arrived = raw["recipients"], int(raw["arrival_time"])
    if not isinstance(recipients, list):
        raise TypeError("recipients is %s" % told(recipients))
    return {
        "id": name_in(raw, "queue_id", request),
        "queue": name_in(raw, "queue_name", request),
        "sender": raw["sender"],
        "recipients": [_recipient(recipient) for recipient in recipients],
        "size": raw["message_size"],
        "arrived": iso(arrived),
        "arrived_timestamp": arrived,
        "forced_expire": bool(raw.get("forced_expire")),
    }


def _recipient(text: str) -> dict[str, Any]:
    found = _RECIPIENT.match(text)
    return found.groupdict() if found else {"address": text, "reason": None}


def check(action: str, ids: Sequence[str] | None, everything: bool) -> None:
    """Raise InvalidValue unless it is specified which messages are meant, so that an action never affects all of them by accident."""
    if action == "flush":
        if ids is not None or everything:
            raise InvalidValue("action", "flush applies to the whole queue and takes neither ids nor all; use deliver with ids")
    elif ids is not None and everything:
        raise InvalidValue("all", "set either ids or all, not both")
    elif everything and action != "delete":
        raise InvalidValue("all", "only delete takes it; set ids for %s" % action)
    elif ids is None and not everything:
        raise InvalidValue("ids", "set the messages to %s%s" % (action, ", or set all: true" if action == "delete" else ""))


def _look(call: Call) -> dict[str, Any]:
    call.title = "queue"
    server = connect(call, INFO_CONNECTIONS)
    found, ids = messages(server.ask(_ROUTE)), call.params["ids"]
    chosen = [message for message in found if ids is None or message["id"] in ids]
    if call.params["content"]:
        contents = server.each(lambda message: _content(server, message["id"]), chosen)
        chosen = [dict(message, content=content) for message, content in zip(chosen, contents)]
        unread = [message["id"] for message in chosen if message["content"] is None]
        if unread:
            call.warn("queue: mailcow did not return the content of %s%s" % (some(unread), _why_unread(unread)))
    return {"changed": False, "messages": chosen}


def _content(server: Server, name: str) -> str | None:
    """Give a message as displayed by Postfix, None if it cannot be displayed or has left the queue in the meantime."""
    if not _USABLE.match(name):
        return None
    try:
        text = server.text("postcat", name)
    except EmptyAnswer:
        return None
    if text.startswith(_NO_MESSAGE):
        return None
    if not _WHOLE.search(text):
        raise BadAnswer("%s: mailcow did not answer with a complete message" % asked("postcat", name), asked("postcat", name))
    return text


def _why_unread(names: list[str]) -> str:
    return "; they have left the queue in the meantime" if all(_USABLE.match(name) for name in names) else _DROPPED


def _work(call: Call) -> dict[str, Any]:
    call.title = "queue"
    action, everything = call.params["action"], call.params["all"]
    ids = None if call.params["ids"] is None else list(dict.fromkeys(name.strip() for name in call.params["ids"]))
    check(action, ids, everything)
    server = connect(call)
    before = messages(server.ask(_ROUTE))
    concerns, queue = _CONCERNS[action]
    wanted = None if ids is None else set(ids)
    chosen = [message for message in before if concerns(message["queue"]) and (wanted is None or message["id"] in wanted)]
    there = {message["id"] for message in before}
    result: dict[str, Any] = {"changed": bool(chosen), "messages": chosen, "missing": [name for name in ids or [] if name not in there]}
    if action == "deliver" and not all(_USABLE.match(message["id"]) for message in chosen):
        call.warn("queue: mailcow delivers only messages with hexadecimal queue IDs, and silently ignores others")
    if chosen and not call.check_mode:
        result.update(_acted(server, action, chosen, everything))
    if call.diff:
        result["diff"] = _diff(result["messages"], action, queue)
    return result


def _acted(server: Server, action: str, chosen: list[dict[str, Any]], everything: bool) -> dict[str, Any]:
    """Perform the action on the selected messages, and give the result, which is a failure if mailcow did not do it."""
    names = [message["id"] for message in chosen]
    lost, done = "", 0
    try:
        for path, body in _requests(action, names, everything):
            _post(server, path, body)
            done += _BATCH
    except MailcowError as error:
        if leaves_open(error):
            lost = " (%s)" % error
        elif not done:
            raise
        else:
            return dict(error.details(), msg="queue: %s" % error, messages=chosen[:done])
    if action in ("deliver", "flush"):
        # Postfix delivers in the background, and keeps what it cannot deliver.
        return {"msg": "queue: the outcome is unknown%s" % lost, "messages": []} if lost else {}
    # mailcow reports success even if nothing was done, so the queue is read again. Messages that have left it were delivered.
    server.forget()
    try:
        now = {message["id"]: message["queue"] for message in messages(server.ask(_ROUTE))}
    except MailcowError as error:
        return {"msg": "queue: the outcome is unknown, because the queue could not be read: %s" % error, "messages": []}
    left = [name for name in names if name in now and _CONCERNS[action][0](now[name])]
    if not left:
        return {}
    dropped = not all(_USABLE.match(name) for name in left)
    return {
        "msg": "queue: mailcow did not %s %s%s%s" % (action, some(left), lost, _DROPPED if dropped else ""),
        "changed": len(left) < len(names),
        "messages": [message for message in chosen if message["id"] not in left],
    }


def _requests(action: str, names: list[str], everything: bool) -> list[tuple[str, Any]]:
    """Give the path and the body of each request."""
    if action == "flush" or everything:
        return [("edit/mailq", {"items": "all", "attr": {"action": "flush" if action == "flush" else "super_delete"}})]
    batches = [names[start : start + _BATCH] for start in range(0, len(names), _BATCH)]
    if action == "delete":
        return [("delete/mailq", batch) for batch in batches]
    return [("edit/mailq", {"items": batch, "attr": {"action": action}}) for batch in batches]


def _post(server: Server, path: str, body: Any) -> None:
    entries = server.write(path, body)
    # mailcow answers "Task completed" if it did nothing.
    if not any(entry.msg_id == "queue_command_success" for entry in entries):
        said = "; ".join(entry.text for entry in entries) or "nothing"
        raise EmptyAnswer("POST %s: mailcow did not confirm that it ran the command. It answered: %s" % (path, said), "POST " + path)


def _diff(acted: list[dict[str, Any]], action: str, queue: str | None) -> dict[str, Any]:
    before = {message["id"]: message["queue"] for message in acted}
    after = {} if action == "delete" else {name: queue or was for name, was in before.items()}
    return diff("queue", before, after)


QUEUE = Task(
    dict(
        CONNECTION,
        action={"type": "str", "required": True, "choices": sorted(_CONCERNS)},
        ids={"type": "list", "elements": "str"},
        all={"type": "bool", "default": False},
    ),
    _work,
)
QUEUE_INFO = Task(dict(CONNECTION, ids={"type": "list", "elements": "str"}, content={"type": "bool", "default": False}), _look)
