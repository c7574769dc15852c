# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow's logs (facts-server 19), each of which has its own fields, in a common format without secrets."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Dict

from .._api.errors import BadAnswer, InvalidValue, Refused
from .._api.shape import asked, told, understood
from .._api.times import iso, moment
from .connection import CONNECTION, connect
from .newer import Newer, refuse_newer
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.server import Server

try:
    from zoneinfo import ZoneInfo
except ImportError:
    # Python 3.8
    ZoneInfo = None  # type: ignore[assignment, misc]

LOGS = [
    "acme",
    "api",
    "autodiscover",
    "cron",
    "dovecot",
    "netfilter",
    "postfix",
    "ratelimited",
    "rspamd-history",
    "rspamd-stats",
    "sasl",
    "sogo",
    "ui",
    "watchdog",
]
# The releases of mailcow that introduced some of them.
NEWER = (Newer("log", "2025-03", "cron", lambda log: log == "cron"),)
MASK = "********"
# Not lines, but one set of counters.
_STATS = "rspamd-stats"
# Parts of names of secrets. mailcow itself masks only "pass", and not inside of lists (facts-server 1.5, 19).
_SECRET_NAME = re.compile(r"pass|secret|token|private|credential|(?:^|[_-])key$", re.IGNORECASE)
_SECRET_TEXT = re.compile(r"((?:pass|passwd|password|secret|token)=|given password: )[^\s,;&)]+", re.IGNORECASE)
# Part of the api log: the name of a variable, before its value as JSON.
_VARIABLE = re.compile(r"(?:^|, )(\w+)='")
_JSON = json.JSONDecoder()
_BASE64 = re.compile(r"^base64,(\S+ - )?([A-Za-z0-9+/=\s]+)$")
# The field with the program, and a format for the message of logs without messages; the fields in it also remain in the details.
_PROGRAM = {"autodiscover": "service", "cron": "task", "sasl": "service", "watchdog": "service"}
_MESSAGE = {
    "api": "{method} {uri}",
    "autodiscover": "{user} from {ip} with {ua}",
    "ratelimited": "{from} to {rcpt}: {header_subject}",
    "rspamd-history": "{action}: {sender_smtp} to {rcpt_smtp}: {subject}",
    "sasl": "{username} from {real_rip}",
    "watchdog": "health level {lvl}% ({hpnow}/{hptotal})",
}


def entries(log: str, raws: Iterable[Any], zone: tzinfo = timezone.utc) -> list[dict[str, Any]]:
    """Give the lines of mailcow's answer as entries in the common format. ``zone``: that of the server, for times without one."""
    return [_entry(log, raw, zone) for raw in raws]


def fits(entry: Mapping[str, Any], since: float | None = None, pattern: re.Pattern[str] | None = None) -> bool:
    """Whether an entry is not older than ``since`` and its message matches; one without a time or message does not."""
    return (since is None or (entry["timestamp"] is not None and entry["timestamp"] >= since)) and (
        pattern is None or (entry["message"] is not None and pattern.search(entry["message"]) is not None)
    )


def regex(text: str | None) -> re.Pattern[str] | None:
    """Give the compiled value of the option ``match``, None for None. Raises InvalidValue."""
    try:
        return None if text is None else re.compile(text)
    except re.error as error:
        raise InvalidValue("match", "%r is not a regular expression: %s" % (text, error)) from error


def time_zone(name: str) -> tzinfo:
    """Give the time zone of the option ``timezone``. Raises InvalidValue."""
    if name.upper() == "UTC":
        return timezone.utc
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, TypeError, ValueError) as error:
        raise InvalidValue(
            "timezone", "%r is not a time zone that is known on the host that runs the module, such as Europe/Berlin" % name
        ) from error


def masked(value: Any) -> Any:
    """Give a value of a request with its secrets masked."""
    if isinstance(value, dict):
        return {name: MASK if _secret(name) else masked(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner) for inner in value]
    return _SECRET_TEXT.sub(r"\1" + MASK, value) if isinstance(value, str) else value


@lru_cache(maxsize=1024)
def _secret(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None


def variables(text: str) -> dict[str, Any] | None:
    """Give {name: value} of a request in the API log: ``attr='{JSON}', items='[JSON]'``; None for anything
    else.
    """
    found: dict[str, Any] = {}
    at = 0
    while at < len(text):
        name = _VARIABLE.match(text, at)
        if name is None:
            return None
        at, value = name.end(), None
        try:
            # PHP prints null and false as an empty text.
            if not text.startswith("'", at):
                value, at = _JSON.raw_decode(text, at)
        except ValueError:
            return None
        if not text.startswith("'", at):
            return None
        found[name.group(1)] = value
        at += 1
    return found


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "log", call.params
    if params["count"] < 1:
        raise InvalidValue("count", "must be at least 1")
    since, pattern, zone = moment("since", params["since"]), regex(params["match"]), time_zone(params["timezone"])
    route, count = "logs/" + params["log"], str(params["count"])
    request = asked(route, count)
    answer = _ask(connect(call), params["log"], route, count) or []
    if params["log"] == _STATS:
        answer = [answer] if answer else []
    if not isinstance(answer, list):
        raise BadAnswer("%s: mailcow did not answer with a list of lines, but with %s" % (request, told(answer)), request)
    with understood(request):
        found = entries(params["log"], answer, zone)
    complete = params["log"] == _STATS or len(found) < params["count"] or any(_before(entry, since) for entry in found)
    return {"changed": False, "entries": [entry for entry in found if fits(entry, since, pattern)], "complete": complete}


def _ask(server: Server, log: str, route: str, count: str) -> Any:
    """Give the answer. Raises InvalidValue for a log that the server does not have yet."""
    try:
        return server.ask(route, count)
    except Refused:
        refuse_newer(NEWER, log, server)
        raise


def _before(entry: Mapping[str, Any], since: float | None) -> bool:
    return bool(since is not None and entry["timestamp"] is not None and entry["timestamp"] < since)


class _Fields(Dict[str, Any]):
    """The fields of a line, as texts for a message."""

    def __getitem__(self, name: str) -> Any:
        value = self.get(name)
        return ", ".join(map(str, value)) if isinstance(value, list) else "?" if value is None else value


def _entry(log: str, raw: Any, zone: tzinfo) -> dict[str, Any]:
    # mailcow returns a line that is not JSON as null.
    details = dict(raw) if isinstance(raw, dict) else {}
    if log == _STATS:
        return _shaped(None, None, None, None, details)
    if log == "api":
        details = _request(details)
    elif log == "ui":
        details = _call(details)
    timestamp = _seconds(details, zone)
    program, priority = details.pop(_PROGRAM.get(log, "program"), None), details.pop("priority", None)
    message = details.pop("message", None)
    if message is None and raw and log in _MESSAGE:
        message = _MESSAGE[log].format_map(_Fields(details))
    return _shaped(timestamp, priority, program, None if message is None else masked(_decoded(str(message))), details)


def _shaped(timestamp: int | None, priority: Any, program: Any, message: str | None, details: dict[str, Any]) -> dict[str, Any]:
    return {
        "time": iso(timestamp),
        "timestamp": timestamp,
        "priority": priority,
        "program": program,
        "message": message,
        "details": details,
    }


def _seconds(details: dict[str, Any], zone: tzinfo) -> int | None:
    """Give the time of a line in seconds since 1970: a number, a text, or a date in the zone of the server."""
    try:
        if "datetime" in details:
            return int(datetime.fromisoformat(details["datetime"]).replace(tzinfo=zone).timestamp())
        return int(float(details["unix_time"] if "unix_time" in details else details.pop("time")))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _request(line: dict[str, Any]) -> Any:
    """Give a line of the API log with the request as data. If that cannot be parsed, it is masked, because it may contain secrets."""
    data = line.pop("data", None) or ""
    sent = variables(data) if isinstance(data, str) else None
    found = {"data": MASK} if sent is None else dict({"attr": None, "items": None}, **sent)
    return masked(dict(found, **line))


def _call(line: dict[str, Any]) -> dict[str, Any]:
    """Give a line of the UI log with the common names: the call, and mailcow's message."""
    said, called = (_parsed(line.pop(name, None)) for name in ("msg", "call"))
    function = called[0] if isinstance(called, list) and called and isinstance(called[0], str) else None
    words = [str(word) for word in (said if isinstance(said, list) else [said]) if isinstance(word, (str, int, float))]
    kind = line.pop("type", None)
    return dict(masked(line), call=masked(called), priority=kind, program=function, message=" ".join(words) or None)


def _parsed(text: Any) -> Any:
    if text is None:
        return None
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return MASK


def _decoded(message: str) -> str:
    """Decode a message in base64, such as that of a certificate authority."""
    found = _BASE64.match(message)
    try:
        return (found.group(1) or "") + base64.b64decode(found.group(2)).decode("utf-8", "replace") if found else message
    except binascii.Error:
        return message


LOG_INFO = Task(
    dict(
        CONNECTION,
        log={"type": "str", "required": True, "choices": LOGS},
        count={"type": "int", "default": 1000},
        since={"type": "str"},
        match={"type": "str"},
        timezone={"type": "str", "default": "UTC"},
    ),
    _work,
)
