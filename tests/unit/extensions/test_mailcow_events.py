# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The event source, run as ansible-rulebook runs it: as a file of the installed collection, with a queue, until it is cancelled."""

from __future__ import annotations

import asyncio
import json
import runpy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from tests.simulator.process import PATIENCE, Simulator
from tests.tools.checkout import ROOT

SOURCE = ROOT / ".cache/collections/ansible_collections/community/mailcow/extensions/eda/plugins/event_source/mailcow_events.py"
PLUGIN = runpy.run_path(str(SOURCE))
MESSAGE = "INSERT INTO quarantine (qid, subject, score, symbols, action, sender, rcpt, msg, created) VALUES "
VALUES = "('Q1', '{subject}', 15.48, '[]', 'reject', 'a@bad.example', 'u@a.example', 'x', '2026-07-01 10:00:01')"


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def sim(running: Simulator) -> Simulator:
    running.clear_faults()
    running.reset()
    return running


def mail(sim: Simulator, name: str) -> None:
    """A message in the queue."""
    message = {"queue_id": name, "sender": "a@example.org", "arrival_time": 1782900001, "recipients": [{"address": "a@example.net"}]}
    sim.plant("mail", json.dumps(message))


def line(sim: Simulator, text: str) -> None:
    """A line in the log of Postfix."""
    entry = {"time": "1782900001", "priority": "info", "program": "postfix/smtpd", "message": text}
    sim.plant("redis", f"LPUSH POSTFIX_MAILLOG '{json.dumps(entry)}'")


def watch(sim: Simulator, *steps: tuple[Callable[[], None], int], **args: Any) -> list[dict[str, Any]]:
    """Run the source: after its first look, what each step does, and as many events as it brings."""

    async def run() -> list[dict[str, Any]]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        options = {"url": sim.url, "api_key": sim.ro_key, "interval": 0.05, "logs": ["postfix"], **args}
        sim.clear_requests()
        source = asyncio.ensure_future(PLUGIN["main"](queue, options))
        events = []
        try:
            for do, count in steps:
                # Two looks have begun, so one of them is over.
                async with asyncio.timeout(PATIENCE):
                    while sum(request["path"].endswith("logs/postfix/1000") for request in sim.requests()) < 2 and not source.done():
                        await asyncio.sleep(0.02)
                do()
                for _number in range(count):
                    events.append(await asyncio.wait_for(queue.get(), PATIENCE))
            assert queue.empty()
        finally:
            source.cancel()
            await asyncio.gather(source, return_exceptions=True)
        return events

    return asyncio.run(run())


def test_new_lines_come_oldest_first_and_old_ones_do_not(sim: Simulator) -> None:
    line(sim, "old")

    def twice() -> None:
        line(sim, "first")
        line(sim, "again")
        line(sim, "again")

    events = watch(sim, (twice, 3), watch=["logs"])
    assert [event["line"]["message"] for event in events] == ["first", "again", "again"]
    assert {(event["event"], event["log"], event["url"]) for event in events} == {("log_line", "postfix", sim.url)}


def test_a_new_message_in_the_quarantine(sim: Simulator) -> None:
    sim.plant("sql", MESSAGE + VALUES.format(subject="old"))
    (event,) = watch(sim, (lambda: sim.plant("sql", MESSAGE + VALUES.format(subject="new")), 1), watch=["quarantine", "logs"])
    assert (event["event"], event["message"]["subject"]) == ("quarantine", "new")


def test_the_queue_beyond_its_limit_and_back(sim: Simulator) -> None:
    mail(sim, "ABCDEF0123")
    events = watch(sim, (lambda: mail(sim, "ABCDEF0124"), 1), watch=["queue", "logs"], queue_limit=1)
    assert [(event["event"], event["messages"], event["limit"], event["over"]) for event in events] == [("queue", 2, 1, True)]
    news = PLUGIN["beyond"](1)
    seen = [[event["over"] for event in news({"messages": count * [{}]})] for count in (1, 2, 3, 1, 0)]
    assert seen == [[], [True], [], [False], []]


def test_a_container_that_stops_and_runs_again(sim: Simulator) -> None:
    events = watch(
        sim,
        (lambda: sim.plant("container", "unbound-mailcow exited"), 1),
        (lambda: sim.plant("container", "unbound-mailcow running"), 1),
        watch=["containers", "logs"],
    )
    assert [(event["container"], event["state"], event["running"]) for event in events] == [
        ("unbound-mailcow", "exited", False),
        ("unbound-mailcow", "running", True),
    ]


def test_a_container_that_is_named_no_more() -> None:
    news = PLUGIN["stopped"]()
    assert news({"containers": {"unbound-mailcow": {"state": "running"}}}) == []
    (event,) = news({"containers": {}})
    assert (event["container"], event["running"]) == ("unbound-mailcow", False)


def test_a_server_that_does_not_answer_is_told_once_and_nothing_is_lost(sim: Simulator) -> None:
    def broken() -> None:
        sim.fault(kind="status", status=400, path="logs/postfix")

    def whole() -> None:
        line(sim, "meanwhile")
        sim.clear_faults()

    error, event = watch(sim, (broken, 1), (whole, 1), watch=["logs"])
    assert (error["event"], error["watched"]) == ("error", "log postfix")
    assert event["line"]["message"] == "meanwhile"


def test_a_refused_key_ends_the_source(sim: Simulator) -> None:
    with pytest.raises(PermissionError, match="401"):
        asyncio.run(PLUGIN["main"](asyncio.Queue(), {"url": sim.url, "api_key": "wrong"}))


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ({"interval": 0}, "interval: must be more than 0 seconds"),
        ({"queue_limt": 5}, "Unsupported options: queue_limt"),
        ({"logs": ["postfx"]}, "postfx"),
        ({"watch": ["queues"]}, "queues"),
    ],
)
def test_arguments_that_cannot_be_right(args: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        PLUGIN["watches"]({"url": "https://mail.example.com", "api_key": "key", **args})


def test_the_documentation_has_the_options() -> None:
    documented = yaml.safe_load(PLUGIN["DOCUMENTATION"])["options"]
    assert {name: {key: option.get(key) for key in ("type", "default", "choices")} for name, option in documented.items()} == {
        name: {
            "type": option["type"],
            "default": option.get("default"),
            "choices": option.get("choices") if name != "logs" else None,
        }
        for name, option in PLUGIN["SPEC"].items()
    }
