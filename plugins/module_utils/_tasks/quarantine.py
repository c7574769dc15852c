# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The quarantine: selecting messages, and the actions on them (facts-server 18)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from .._api.errors import (
    EmptyAnswer,
    InvalidValue,
    MailcowError,
    OutcomeUnknown,
    Refused,
)
from .._api.messages import explain, some
from .._api.numbers import within
from .._api.shape import asked, one, rows, told, understood
from .._api.times import iso, moment
from .connection import CONNECTION, INFO_CONNECTIONS, connect
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._engine.server import Server
    from .._fields.field import Raw

_ROUTE = "quarantine/all"
FILTERS: dict[str, dict[str, Any]] = {
    "ids": {"type": "list", "elements": "int"},
    "sender": {"type": "str"},
    "recipient": {"type": "str"},
    "subject": {"type": "str"},
    "virus": {"type": "bool"},
    "min_score": {"type": "float"},
    "max_score": {"type": "float"},
    "older_than": {"type": "str"},
    "newer_than": {"type": "str"},
}
# mailcow's name of the action, and the maximum number of messages in a request: they are sent and learned during the request, and the
# answer to a request for N messages repeats their N IDs N times.
_ACTIONS = {"delete": (None, 50), "learn_ham": ("learnham", 10), "learn_spam": ("learnspam", 10), "release": ("release", 10)}
_NOT_LEARNED = ("ham_learn_error", "spam_learn_error", "fuzzy_learn_error")


def messages(answer: Any) -> list[dict[str, Any]]:
    """Give the messages of mailcow's answer by ID, with our names and units. Raises MailcowError for another answer."""
    request = asked(_ROUTE)
    raws = rows(answer, request)
    with understood(request):
        return [_message(raw) for raw in sorted(raws, key=lambda raw: int(raw["id"]))]


def _message(raw: Raw) -> dict[str, Any]:
    score = raw["score"]
    return {
        "id": int(raw["id"]),
        "qid": raw["qid"],
        "sender": _text(raw, "sender"),
        "recipient": _text(raw, "rcpt"),
        "subject": _text(raw, "subject"),
        # Unchanged: null or a number.
        "score": score if score is None or isinstance(score, (int, float)) else float(score),
        # Whether VIRUS_FOUND is one of the symbols.
        "virus": bool(raw["virus_flag"]),
        "action": raw["action"],
        "notified": bool(raw["notified"]),
        "created": iso(raw["created"]),
        "created_timestamp": int(raw["created"]),
    }


def _text(raw: Raw, key: str) -> str | None:
    text = raw[key]
    if text is not None and not isinstance(text, str):
        raise ValueError("%s is %s" % (key, told(text)))
    return text


def filters(params: Mapping[str, Any], now: float | None = None) -> list[Callable[[dict[str, Any]], bool]]:
    """Give the conditions for a message to be selected, as functions. Raises InvalidValue."""
    for option in ("min_score", "max_score"):
        within(option, params[option])
    older, newer = (moment(option, params[option], now) or 0 for option in ("older_than", "newer_than"))
    ids = set(params["ids"] or [])
    tests: dict[str, Callable[[dict[str, Any]], bool]] = {
        "ids": lambda message: message["id"] in ids,
        "sender": lambda message: _like(message["sender"], params["sender"]),
        "recipient": lambda message: _like(message["recipient"], params["recipient"]),
        "subject": lambda message: _like(message["subject"], params["subject"]),
        "virus": lambda message: message["virus"] == params["virus"],
        "min_score": lambda message: message["score"] is not None and message["score"] >= params["min_score"],
        "max_score": lambda message: message["score"] is not None and message["score"] <= params["max_score"],
        "older_than": lambda message: message["created_timestamp"] < older,
        "newer_than": lambda message: message["created_timestamp"] >= newer,
    }
    return [test for option, test in tests.items() if params[option] is not None]


def _like(text: str | None, pattern: str) -> bool:
    return fnmatchcase((text or "").lower(), pattern.lower())


def _chosen(call: Call, connections: int = 1) -> tuple[Server, list[dict[str, Any]]]:
    """Give the server, and the messages that the filters select."""
    tests = filters(call.params)
    server = connect(call, connections)
    return server, [message for message in messages(server.ask(_ROUTE)) if all(test(message) for test in tests)]


def _look(call: Call) -> dict[str, Any]:
    call.title = "quarantine"
    server, chosen = _chosen(call, INFO_CONNECTIONS)
    if call.params["content"]:
        chosen = server.each(lambda message: dict(message, **_content(server, str(message["id"]))), chosen)
    return {"changed": False, "messages": chosen}


def _content(server: Server, number: str) -> dict[str, Any]:
    """Give the content of a message, its origin and Rspamd's symbols; null if it has left the quarantine in the meantime."""
    request = asked("quarantine", number)
    raw = one(server.ask("quarantine", number), request)
    if raw is None:
        return {"content": None, "ip": None, "symbols": None}
    with understood(request):
        return {
            "content": _text(raw, "msg"),
            "ip": _text(raw, "ip"),
            "symbols": [
                {"name": symbol["name"], "score": float(symbol.get("score") or 0), "options": list(map(str, symbol.get("options") or []))}
                for symbol in json.loads(_text(raw, "symbols") or "[]")
            ],
        }


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "quarantine", call.params
    given = [option for option in FILTERS if params[option] is not None]
    if params["all"] and given:
        raise InvalidValue("all", "means every message, so %s cannot be combined with it" % ", ".join(given))
    if not params["all"] and not given:
        raise InvalidValue("all", "specify which messages to %s with ids or another filter, or set all: true" % params["action"])
    server, chosen = _chosen(call)
    numbers = {message["id"] for message in chosen}
    missing = [number for number in params["ids"] or [] if number not in numbers]
    result: dict[str, Any] = {"changed": bool(chosen), "messages": chosen, "missing": missing}
    if chosen and not call.check_mode:
        result.update(_acted(call, server, chosen))
    if call.diff:
        before = {str(message["id"]): "%(sender)s to %(recipient)s: %(subject)s" % message for message in result["messages"]}
        result["diff"] = diff("quarantine", before, {})
    return result


def _acted(call: Call, server: Server, chosen: list[dict[str, Any]]) -> dict[str, Any]:
    """Perform the action on the selected messages, and give the result, which is a failure if it was not done for all of them."""
    action = call.params["action"]
    problems = _send(server, action, [str(message["id"]) for message in chosen])
    counted = Counter(reason for _kind, reason in problems)
    reasons = "; ".join(reason if count == 1 else "%s (%d times)" % (reason, count) for reason, count in counted.items())
    # After a failure, some of it may have been done, which can be read from the quarantine.
    server.forget()
    try:
        there = {message["id"] for message in messages(server.ask(_ROUTE))}
    except MailcowError as error:
        reasons = "; ".join(filter(None, [reasons, str(error)]))
        return {"msg": "quarantine: the outcome is unknown, because the quarantine could not be read: %s" % reasons, "messages": []}
    left = [str(message["id"]) for message in chosen if message["id"] in there]
    done = {"changed": len(left) < len(chosen), "messages": [message for message in chosen if message["id"] not in there]}
    if left:
        return dict(done, msg="quarantine: could not %s %d of %d messages (%s): %s" % (action, len(left), len(chosen), some(left), reasons))
    if action != "release" and any(kind in _NOT_LEARNED for kind, _reason in problems):
        return dict(done, msg="quarantine: the messages have left the quarantine, but not all were learned: %s" % reasons)
    for reason in counted:
        call.warn("quarantine: %s" % reason)
    return done


def _send(server: Server, action: str, numbers: list[str]) -> list[tuple[str, str]]:
    """Perform the action on the messages with these IDs, and give the failures: pairs of mailcow's message ID and a
    sentence. It stops at an error that would affect all further requests.
    """
    name, size = _ACTIONS[action]
    path = "delete/qitem" if name is None else "edit/qitem"
    problems: list[tuple[str, str]] = []
    for start in range(0, len(numbers), size):
        batch = numbers[start : start + size]
        try:
            entries = server.write(path, batch if name is None else {"items": batch, "attr": {"action": name}})
        except Refused as error:
            entries = list(error.entries)
        except (EmptyAnswer, OutcomeUnknown) as error:
            problems.append(("", str(error)))
            break
        except MailcowError as error:
            if not start:
                raise
            problems.append(("", str(error)))
            break
        # A warning means failure here: the message stays (facts-server 1.2).
        problems += [(entry.msg_id, explain(path, entry.msg_id, entry.args)) for entry in entries if entry.type != "success"]
        if all(entry.type != "success" for entry in entries):
            break
    return problems


QUARANTINE_ITEM = Task(
    dict(
        CONNECTION,
        **FILTERS,
        action={"type": "str", "required": True, "choices": sorted(_ACTIONS)},
        all={"type": "bool", "default": False},
    ),
    _work,
)
QUARANTINE_INFO = Task(dict(CONNECTION, **FILTERS, content={"type": "bool", "default": False}), _look)
