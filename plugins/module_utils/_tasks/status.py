# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state of a server: its version, containers, host and mail storage (facts-server 20), and waiting until it runs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .._api.errors import BadAnswer, ConnectionFailed, EmptyAnswer, KeyRefused, MailcowError, Refused
from .._api.releases import is_before
from .._api.shape import asked, understood
from .._api.stage import duration
from .connection import CONNECTION, connect
from .lacking import options_lacking
from .mask import Mask
from .task import Call, Task

# "df -H": powers of 1000, rounded up.
_SIZE = re.compile(r"^([0-9.]+)([kKMGTPE]?)$")
_FACTORS = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15, "E": 10**18}
_GONE = "this version of mailcow does not support it"


# The containers of all releases since 2024-01. Before 2026-03, mailcow does not return those that have stopped.
_ALL_LISTED = "2026-03"
_STANDARD = (
    "acme",
    "clamd",
    "dockerapi",
    "dovecot",
    "memcached",
    "mysql",
    "netfilter",
    "nginx",
    "ofelia",
    "olefy",
    "php-fpm",
    "postfix",
    "redis",
    "rspamd",
    "sogo",
    "unbound",
    "watchdog",
)


def read(
    get: Callable[..., Any], subsets: Sequence[str], each: Callable[..., Iterable[Any]] = map
) -> tuple[dict[str, Any], dict[str, str]]:
    """Give {subset: answer} and {subset: error}, read with ``get(route, *segments)``.

    ``each(function, values)`` may read concurrently. Raises MailcowError if the server returns none of them.
    """
    # The cheapest request is first, even if it is not wanted: if it fails, all of them would.
    answers = {"version": _ask(get, "version")}
    others = [subset for subset in dict.fromkeys(subsets) if subset != "version"]
    answers.update(zip(others, each(lambda subset: _ask(get, subset), others)))
    if all(isinstance(answer, MailcowError) for answer in answers.values()):
        raise answers["version"]
    found = {subset: answers[subset] for subset in subsets if not isinstance(answers[subset], MailcowError)}
    return found, {subset: _reason(answers[subset]) for subset in subsets if subset not in found}


def lacking(found: Mapping[str, Any], problems: Mapping[str, str], needed: Iterable[str] | None = None) -> list[str]:
    """Give a sentence about each container that is not running. ``needed``: the names of the required containers, None for all that
    are returned; on a server that does not return stopped ones, also for those that each mailcow has.
    """
    if "containers" not in found:
        return ["the state of the containers is unknown: %s" % problems["containers"]]
    containers = found["containers"]
    partial = is_before(found.get("version"), _ALL_LISTED)
    standard = ["%s-mailcow" % name for name in _STANDARD] if partial else []
    names = sorted({*containers, *standard} if needed is None else needed)
    absent = "stopped or missing" if partial else "missing"
    states = {name: containers[name]["state"] if name in containers else absent for name in names}
    return ["%s is %s" % (name, state) for name, state in states.items() if state != "running"]


def until_running(
    attempt: Callable[[float], tuple[Any, list[str]]],
    seconds: float,
    delay: float,
    tell: Callable[[list[str], float], None] = lambda missing, left: None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Any, int]:
    """Call ``attempt(seconds left)`` until nothing is missing, and give its result and the number of attempts. After each attempt,
    ``tell`` is called with what is missing and the remaining seconds.

    ``attempt`` gives a result and the list of what is missing. Raises MailcowError after ``seconds``, and
    immediately if the key is rejected: mailcow bans addresses that keep using a wrong key.
    """
    end, attempts = clock() + seconds, 0
    while True:
        attempts += 1
        try:
            result, missing = attempt(max(end - clock(), 1))
        except (BadAnswer, ConnectionFailed, EmptyAnswer, Refused) as error:
            result, missing = None, [str(error)]
        if not missing:
            return result, attempts
        if clock() + delay >= end:
            raise MailcowError("not running within %d seconds (option timeout; attempts: %d): %s" % (seconds, attempts, "; ".join(missing)))
        tell(missing, end - clock())
        sleep(delay)


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "status", call.params
    if params["delay"] < 1:
        raise MailcowError("delay: must be at least 1 second")
    subsets = list(dict.fromkeys(params["subsets"]))
    if params["until"] is None:
        return dict(_status(call, subsets), attempts=1)
    subsets = list(dict.fromkeys(subsets + ["containers"]))

    def attempt(left: float) -> tuple[dict[str, Any], list[str]]:
        # The loop replaces the retries of the client.
        status = _status(call, subsets, timeout=left, together=True, retry=False)
        return status, status["not_running"]

    def tell(missing: list[str], left: float) -> None:
        # The sentences can contain mailcow's messages.
        call.tell(Mask(call.secrets)("mailcow is not running yet (%s), %s left" % ("; ".join(missing), duration(left))))

    status, attempts = until_running(attempt, params["timeout"], params["delay"], tell)
    return dict(status, attempts=attempts)


def _status(call: Call, subsets: Sequence[str], **options: Any) -> dict[str, Any]:
    """Give the result without the number of attempts."""
    server = connect(call, connections=len(_SUBSETS), **options)
    found, problems = read(server.ask_again, list(dict.fromkeys(["version", *subsets])), server.each)
    if "containers" in subsets:
        found["not_running"] = lacking(found, problems, call.params["containers"])
    if "version" in subsets and "version" in found:
        found["lacks"] = options_lacking(found["version"])
    told = {name: value for name, value in found.items() if name in subsets or name not in _SUBSETS}
    return dict(told, changed=False, problems={subset: why for subset, why in problems.items() if subset in subsets})


def _ask(get: Callable[..., Any], subset: str) -> Any:
    """Give the parsed answer, or the error. An error that would affect all subsets is raised."""
    try:
        route = _ROUTES.get(subset, ("status", subset))
        answer = get(*route)
        with understood(asked(*route)):
            if subset in _LISTS:
                return _LISTS[subset](answer if isinstance(answer, list) else [])
            return _PARSERS[subset](answer if isinstance(answer, dict) else {})
    except MailcowError as error:
        if isinstance(error, KeyRefused) or (subset == "version" and isinstance(error, ConnectionFailed)):
            raise
        return error


def _reason(error: MailcowError) -> str:
    if isinstance(error, (EmptyAnswer, Refused)):
        return "%s (%s)" % (_GONE, error.request)
    if isinstance(error, (BadAnswer, ConnectionFailed)):
        return "mailcow gave no usable answer. It gets this from Docker through its container dockerapi-mailcow (%s)" % error
    return str(error)


def _containers(answer: dict[str, Any]) -> dict[str, Any]:
    """Give {name: state, image and start} of all containers, including stopped ones."""
    if not answer or not all(isinstance(container, dict) for container in answer.values()):
        raise MailcowError("mailcow returned no containers")
    return {
        name: {"state": container.get("state"), "image": container.get("image"), "started_at": _started(container.get("started_at"))}
        for name, container in sorted(answer.items())
    }


def _started(text: Any) -> str | None:
    """Give a time of Docker, which is in UTC, without nanoseconds; None for a container that has never run."""
    found = re.match(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$", str(text))
    return None if found is None or text.startswith("0001-") else found.group(1) + "Z"


def _vmail(answer: dict[str, Any]) -> dict[str, Any]:
    """Give the server's texts and the numbers in them; all are null if Dovecot's container does not answer."""
    percent = re.match(r"^(\d+)%$", str(answer.get("used_percent")))
    numbers = {"used_bytes": _bytes(answer.get("used")), "total_bytes": _bytes(answer.get("total"))}
    if percent is None or None in numbers.values():
        raise MailcowError("mailcow could not get the disk usage from its container dovecot-mailcow")
    strings = {name: answer.get(name) for name in ("disk", "used", "total", "used_percent")}
    return dict(strings, percent=int(percent.group(1)), **numbers)


def _bytes(text: Any) -> int | None:
    found = _SIZE.match(str(text))
    return round(float(found.group(1)) * _FACTORS[found.group(2)]) if found else None


def _host(answer: dict[str, Any]) -> dict[str, Any]:
    if "cpu" not in answer:
        raise MailcowError("mailcow returned no data about its host")
    memory = answer.get("memory") or {}
    # The values of psutil: total, used, free, percent, in, out.
    swap = list(memory.get("swap") or []) + [None] * 4
    return {
        "cpu_cores": answer["cpu"].get("cores"),
        "cpu_percent": answer["cpu"].get("usage"),
        "memory_bytes": memory.get("total"),
        "memory_percent": memory.get("usage"),
        "swap_bytes": swap[0],
        "swap_percent": swap[3],
        "uptime_seconds": int(answer.get("uptime") or 0),
        "system_time": answer.get("system_time"),
        "architecture": answer.get("architecture"),
    }


def _version(answer: dict[str, Any]) -> Any:
    version = answer.get("version")
    if not isinstance(version, str):
        raise MailcowError("mailcow returned no version")
    return version


def _solr(answer: dict[str, Any]) -> dict[str, Any]:
    """Give the state of full text search with Solr, which mailcow replaced in December 2024."""
    return {"enabled": bool(answer.get("solr_enabled")), "size": answer.get("solr_size"), "documents": answer.get("solr_documents")}


def _addresses(answer: dict[str, Any]) -> dict[str, str | None]:
    """Give the public addresses, None for those that do not exist."""
    found = {name: str(answer.get(name) or "").strip() or None for name in ("ipv4", "ipv6")}
    if not any(found.values()):
        raise MailcowError("mailcow could not reach its service on the internet that determines the addresses")
    return found


def _actions(answer: list[Any]) -> dict[str, int]:
    """Give the number of times that Rspamd took each action."""
    if not answer:
        raise MailcowError("mailcow could not query Rspamd")
    return {str(action): int(count) for action, count in answer}


def _presets(answer: list[Any]) -> list[dict[str, str]]:
    return [{name: str(preset[name]) for name in ("name", "headline", "content")} for preset in answer]


# The routes that are not get/status/ and the name.
_ROUTES = {
    "addresses": ("status", "host", "ip"),
    "rspamd_actions": ("rspamd", "actions"),
    "rspamd_presets": ("presets", "rspamd"),
    "sieve_presets": ("presets", "sieve"),
}
_LISTS: dict[str, Callable[[list[Any]], Any]] = {
    "rspamd_actions": _actions,
    "rspamd_presets": _presets,
    "sieve_presets": _presets,
}
_PARSERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "addresses": _addresses,
    "containers": _containers,
    "host": _host,
    "solr": _solr,
    "version": _version,
    "vmail": _vmail,
}
_SUBSETS = sorted({**_PARSERS, **_LISTS})
STATUS_INFO = Task(
    dict(
        CONNECTION,
        subsets={
            "type": "list",
            "elements": "str",
            "choices": sorted({**_PARSERS, **_LISTS}),
            "default": ["containers", "host", "version", "vmail"],
        },
        until={"type": "str", "choices": ["running"]},
        delay={"type": "int", "default": 5},
        containers={"type": "list", "elements": "str"},
    ),
    _work,
)
