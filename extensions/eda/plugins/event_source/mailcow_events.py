# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An event source for ansible-rulebook, which watches a mailcow server."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
---
author:
  - community.mailcow contributors (@ansible-collections)
short_description: Watch a mailcow server
description:
  - Polls a mailcow server, and creates an event for each new line of its logs, for each new message in its quarantine, when its queue
    exceeds a limit or no longer does, and when a container stops or runs again.
  - Log lines and messages that exist when it starts are not reported, but a queue over the limit and containers that are not running are.
  - A read-only API key is sufficient. Secrets in log lines are masked, as by M(community.mailcow.mailcow_log_info).
  - "Each event has C(event), its kind, and C(url), the server. Events V(log_line) have C(log) and C(line), an entry as returned by
    M(community.mailcow.mailcow_log_info); V(quarantine) has C(message), as returned by M(community.mailcow.mailcow_quarantine_info);
    V(queue) has C(messages) (their number), C(limit) and C(over); V(container) has C(container), C(state) and C(running). Before 2026-03,
    mailcow does not return containers that have stopped; their C(state) is then C(not there)."
  - If a query fails, there is one event V(error) with C(watched), what was queried, and C(msg), until the query succeeds again. Then, all
    events in the meantime are reported, as far as the server still has them. If the server rejects the key, the source ends, because
    mailcow bans addresses that keep using a wrong key.
options:
  url:
    description: URL of the server. If omitted, the environment variable E(MAILCOW_URL) is used.
    type: str
    required: true
  api_key:
    description: API key of the server. If omitted, the environment variable E(MAILCOW_API_KEY) is used.
    type: str
    required: true
  validate_certs:
    description: Whether to verify the TLS certificate. If omitted, the environment variable E(MAILCOW_VALIDATE_CERTS) is used if it is set.
    type: bool
    default: true
  ca_path:
    description: File or directory with the certificates of the authorities to trust, in PEM format.
    type: path
  timeout:
    description:
      - Seconds to wait for a response.
      - If omitted, the environment variable E(MAILCOW_TIMEOUT) is used if it is set.
    type: int
    default: 120
  interval:
    description: Seconds between two polls.
    type: float
    default: 60
  watch:
    description: What to watch.
    type: list
    elements: str
    choices: [containers, logs, quarantine, queue]
    default: [containers, logs, quarantine, queue]
  logs:
    description: The logs to watch, as named by M(community.mailcow.mailcow_log_info), except V(rspamd-stats).
    type: list
    elements: str
    default: [netfilter, watchdog]
  log_count:
    description: Number of log lines to request, newest first. If a log has more new lines than this between two polls, the oldest are lost.
    type: int
    default: 1000
  queue_limit:
    description: Maximum number of messages in the queue without an event, less than the 10,000 that mailcow lists at most.
    type: int
    default: 100
"""

EXAMPLES = r"""
- name: Watch the mail server
  hosts: localhost
  sources:
    - community.mailcow.mailcow_events:
        url: https://mail.example.com
        api_key: "{{ mailcow_api_key }}"
        interval: 60
        queue_limit: 500
  rules:
    - name: A container has stopped
      condition: event.event == "container" and not event.running
      action:
        run_playbook:
          name: community.mailcow.health
"""

# ansible-rulebook runs this file without its package, and cannot import from collections.
_ROOT = str(Path(__file__).absolute().parents[7])
if _ROOT not in sys.path:
    sys.path.append(_ROOT)

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator  # noqa: E402
from ansible.module_utils.errors import UnsupportedError  # noqa: E402

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import KeyRefused  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._api.url import without_password  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._tasks.connection import CONNECTION  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._tasks.logs import LOG_INFO, LOGS  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._tasks.quarantine import QUARANTINE_INFO  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._tasks.queue import QUEUE_INFO  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._tasks.status import STATUS_INFO  # noqa: E402
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Call, Task, perform  # noqa: E402

Event = dict
_WATCHED = ["containers", "logs", "quarantine", "queue"]
SPEC: dict[str, dict[str, Any]] = dict(
    CONNECTION,
    interval={"type": "float", "default": 60},
    watch={"type": "list", "elements": "str", "choices": _WATCHED, "default": _WATCHED},
    logs={
        "type": "list",
        "elements": "str",
        "choices": [log for log in LOGS if log != "rspamd-stats"],
        "default": ["netfilter", "watchdog"],
    },
    log_count={"type": "int", "default": 1000},
    queue_limit={"type": "int", "default": 100},
)


def checked(spec: dict[str, dict[str, Any]], options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options, validated and with defaults as for a module. Raises ValueError."""
    result = ArgumentSpecValidator(spec).validate(dict(options))
    told = ["Unsupported options: %s" % error if isinstance(error, UnsupportedError) else str(error) for error in result.errors]
    if told:
        raise ValueError("; ".join(told))
    return dict(result.validated_parameters)


class Watch:
    """Something to watch: the task that reads it, its options, and a function from the result to the events."""

    def __init__(self, name: str, task: Task, options: Mapping[str, Any], news: Callable[[dict[str, Any]], list[Event]]) -> None:
        self._name, self._work, self._news = name, task.work, news
        self._task = Task(task.spec, self._noted)
        self._params = checked(task.spec, options)
        self._failed = self._refused = False

    def _noted(self, call: Call) -> dict[str, Any]:
        try:
            return self._work(call)
        except KeyRefused:
            self._refused = True
            raise

    def look(self) -> list[Event]:
        """Query the server, and give the events since the last query. Raises PermissionError if the server rejects the key."""
        answer = perform(self._task, Call(self._params))
        if self._refused:
            raise PermissionError(answer.values["msg"])
        was, self._failed = self._failed, answer.failed
        if not answer.failed:
            return self._news(answer.values)
        return [] if was else [{"event": "error", "watched": self._name, "msg": answer.values["msg"]}]


def new_lines(log: str) -> Callable[[dict[str, Any]], list[Event]]:
    """Give the function that finds the lines that are new since the last result, oldest first."""
    last: Counter[str] | None = None

    def news(result: dict[str, Any]) -> list[Event]:
        nonlocal last
        before, found = last, [(json.dumps(entry, sort_keys=True), entry) for entry in result["entries"]]
        last = Counter(text for text, _entry in found)
        if before is None:
            return []
        # Equal lines can occur several times in a second: as many of them are new as there are more than before.
        new, events = last - before, []
        for text, entry in found:
            if new[text]:
                new[text] -= 1
                events.append({"event": "log_line", "log": log, "line": entry})
        return events[::-1]

    return news


def new_messages() -> Callable[[dict[str, Any]], list[Event]]:
    """Give the function that finds the messages in the quarantine that are new since the last result."""
    last: int | None = None

    def news(result: dict[str, Any]) -> list[Event]:
        nonlocal last
        before, messages = last, result["messages"]
        # mailcow never uses an ID twice. The highest one is kept, because its message can be deleted.
        last = max([before or 0, *(message["id"] for message in messages)])
        return [{"event": "quarantine", "message": message} for message in messages if before is not None and message["id"] > before]

    return news


def beyond(limit: int) -> Callable[[dict[str, Any]], list[Event]]:
    """Give the function that reports when the queue exceeds the limit, and when it no longer does."""
    was = False

    def news(result: dict[str, Any]) -> list[Event]:
        nonlocal was
        before, was = was, len(result["messages"]) > limit
        return [] if was == before else [{"event": "queue", "messages": len(result["messages"]), "limit": limit, "over": was}]

    return news


def stopped() -> Callable[[dict[str, Any]], list[Event]]:
    """Give the function that reports the containers that have stopped, and those that run again."""
    last: dict[str, str] = {}

    def news(result: dict[str, Any]) -> list[Event]:
        nonlocal last
        found = {name: container["state"] for name, container in result["containers"].items()}
        # Before 2026-03, mailcow does not return containers that have stopped.
        states = {**{name: "not there" for name in last if name not in found}, **found}
        events = [
            {"event": "container", "container": name, "state": state, "running": state == "running"}
            for name, state in sorted(states.items())
            if (state == "running") != (last.get(name, "running") == "running")
        ]
        last = states
        return events

    return news


def watches(args: Mapping[str, Any]) -> tuple[list[Watch], dict[str, Any]]:
    """Give what to watch, and the arguments of the source with their defaults. Raises ValueError."""
    options = checked(SPEC, args)
    if options["interval"] <= 0:
        raise ValueError("interval: must be more than 0 seconds")
    server = {name: options[name] for name in CONNECTION}
    found = []
    if "containers" in options["watch"]:
        found.append(Watch("containers", STATUS_INFO, dict(server, subsets=["containers"]), stopped()))
    if "logs" in options["watch"]:
        for log in options["logs"]:
            found.append(Watch("log " + log, LOG_INFO, dict(server, log=log, count=options["log_count"]), new_lines(log)))
    if "quarantine" in options["watch"]:
        found.append(Watch("quarantine", QUARANTINE_INFO, server, new_messages()))
    if "queue" in options["watch"]:
        found.append(Watch("queue", QUEUE_INFO, server, beyond(options["queue_limit"])))
    return found, options


async def main(queue: asyncio.Queue[Event], args: dict[str, Any]) -> None:
    """Put events into the queue until it is cancelled.

    Raises ValueError for invalid arguments, and PermissionError if the server rejects the key: mailcow bans addresses that keep using a
    wrong key.
    """
    looked_at, options = watches(args)
    url = without_password(options["url"])
    loop = asyncio.get_running_loop()
    while True:
        for watch in looked_at:
            for event in await loop.run_in_executor(None, watch.look):
                await queue.put(dict(event, url=url))
        await asyncio.sleep(options["interval"])
