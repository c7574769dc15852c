# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same thing asked by several runs at the same moment, and adds whose answers are lost: one object, whatever its kind."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from unittest import mock

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine import converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Answer
from tests.reliability.faults import SILENCE
from tests.reliability.matrix import do
from tests.reliability.operations import BASE, DOMAIN, JANE, PASSWORD, Step
from tests.reliability.server import Server, State
from tests.simulator.process import PATIENCE
from tests.unit.plugins.module_utils.objects import every_option

RUNS = 5
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
created = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.write.deletes], ids=lambda kind: kind.name)
# Those without a unique key, and some of the others.
SOME = [kind for kind in KINDS if not kind.write.unique or kind.name in ("domain", "mailbox", "alias")]
BOX = {"address": "joe@a.example", "password": PASSWORD}
CONFIG = {
    "relayhosts": [{"hostname": "smtp.example", "username": "a", "password": "Secret-2-secret"}],
    "oauth2_clients": [{"redirect_uri": "https://app.example/callback"}],
    "domains": [DOMAIN[1], {"domain": "b.example", "dkim_key_size": 1024}],
    "mailboxes": [JANE[1], BOX],
    "aliases": [{"address": "i%d@a.example" % number, "goto": ["jane@a.example"]} for number in range(4)],
    "time_limited_aliases": [{"username": "jane@a.example", "description": "Shop", "permanent": True}],
    "app_passwords": [{"username": "jane@a.example", "app_name": "Phone", "password": "Secret-4-secret"}],
}
FURTHER = {
    "mailboxes": [{"address": "jim@a.example", "password": PASSWORD}],
    "aliases": [{"address": "i9@a.example", "goto": ["joe@a.example"]}],
    "app_passwords": [{"username": "joe@a.example", "app_name": "Phone", "password": "Secret-4-secret"}],
}


RELAY: Step = ("mailcow_relayhost", {"hostname": "smtp.example:587", "username": "a", "password": "Secret-2"})


def parents(kind: Kind) -> tuple[Step, ...]:
    """What has to be there before an object of a kind."""
    return {"domain": (RELAY,), "mailbox": (RELAY, DOMAIN), "relayhost": ()}.get(kind.name, BASE)


def making(kind: Kind) -> Step:
    """The task that makes an object of a kind with most options."""
    return "mailcow_%s" % kind.name, every_option(kind)[0]


def right(answer: Answer) -> Answer:
    assert not answer.failed, answer.values["msg"]
    return answer


def prepare(server: Server, steps: tuple[Step, ...]) -> None:
    """An empty server but for what these tasks make."""
    server.fresh()
    server.application.latency.enabled = False
    for step in steps:
        right(do(server, step))


def undisturbed(server: Server, before: tuple[Step, ...], *steps: Step) -> State:
    """What there is after these tasks, one after the other; the server is as before them then."""
    prepare(server, (*before, *steps))
    state = server.state()
    prepare(server, before)
    return state


def at_once(server: Server, steps: list[Step], timeout: int = PATIENCE) -> list[Answer]:
    """Run tasks at the same moment, on a server that is as slow as a real one, so that they meet each other."""
    server.application.latency.enabled = True
    barrier = threading.Barrier(len(steps))

    def run(step: Step) -> Answer:
        barrier.wait(PATIENCE)
        return do(server, step, timeout)

    # Longer than the server takes for a few requests, as the real one is.
    with mock.patch.object(converge, "_PAUSE", 0.4), ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def settled(server: Server, wanted: State, *steps: Step) -> None:
    """All is as wanted, nothing is there twice, and no further run has anything to do."""
    server.calm()
    assert server.state() == wanted, server.state().missing(wanted)
    for step in steps:
        server.forget()
        assert right(do(server, step)).values["changed"] is False
        assert server.writes() == []


@every_kind
def test_five_runs_at_once(server: Server, kind: Kind) -> None:
    step = making(kind)
    wanted = undisturbed(server, parents(kind), step)
    answers = at_once(server, [step] * RUNS)
    assert [answer.values["msg"] for answer in answers if answer.failed] == []
    assert any(answer.values["changed"] for answer in answers)
    settled(server, wanted, step)


def test_five_runs_at_once_replace_what_cannot_be_edited(server: Server) -> None:
    """They all make its successor under the same other name (facts-server 5)."""
    key: Step = ("mailcow_dkim", {"domain": "a.example", "selector": "one", "key_size": 1024})
    step: Step = ("mailcow_dkim", {**key[1], "selector": "two"})
    wanted = undisturbed(server, (DOMAIN, key), step)
    answers = at_once(server, [step] * RUNS)
    assert [answer.values["msg"] for answer in answers if answer.failed] == []
    assert any(answer.values["changed"] for answer in answers)
    settled(server, wanted, step)


@created
def test_five_runs_at_once_and_the_answer_of_an_add_is_lost(server: Server, kind: Kind) -> None:
    step = making(kind)
    wanted = undisturbed(server, parents(kind), step)
    server.fault({"kind": "reset", "when": "after", "path": "/add/", "times": 1})
    answers = at_once(server, [step] * RUNS)
    assert [answer.values["msg"] for answer in answers if answer.failed] == []
    settled(server, wanted, step)


@created
@pytest.mark.parametrize("fault", [{"kind": "reset", "when": "after"}, {"kind": "late", "seconds": PATIENCE}], ids=["answer lost", "504"])
def test_an_add_of_unknown_outcome_is_found(server: Server, kind: Kind, fault: dict) -> None:
    add_of_unknown_outcome(server, kind, fault, PATIENCE)


@pytest.mark.parametrize("kind", SOME, ids=lambda kind: kind.name)
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_add_that_is_not_answered_in_time_is_found(server: Server, kind: Kind, when: str) -> None:
    """It is done before the client gives up, or afterwards."""
    add_of_unknown_outcome(server, kind, {"kind": "slow", "when": when, "seconds": PATIENCE}, SILENCE)


def add_of_unknown_outcome(server: Server, kind: Kind, fault: dict, timeout: int) -> None:
    step = making(kind)
    wanted = undisturbed(server, parents(kind), step)
    server.fault({**fault, "path": "/add/", "times": 1})
    # What is held back is done while the task pauses, before it looks.
    pauses = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _seconds: server.calm())
    with mock.patch.object(converge, "time", pauses):
        answer = right(do(server, step, timeout))
    assert answer.values["changed"] is True
    settled(server, wanted, step)


@every_kind
def test_an_add_that_never_arrives_is_made_in_the_next_run(server: Server, kind: Kind) -> None:
    """Where mailcow has no unique key, it is not made again in the same run."""
    step = making(kind)
    wanted = undisturbed(server, parents(kind), step)
    server.fault({"kind": "status", "status": 504, "path": "/add/", "times": 1})
    answer = do(server, step)
    server.calm()
    if not kind.write.unique:
        assert answer.failed
        assert "Run the task again" in answer.values["msg"]
        assert answer.values["changed"] is False
        answer = do(server, step)
    assert right(answer).values["changed"] is True
    settled(server, wanted, step)


class TestConfig:
    def test_two_equal_ones_at_once(self, server: Server) -> None:
        step: Step = ("mailcow_config", {"config": CONFIG})
        wanted = undisturbed(server, (), step)
        assert [answer.values["msg"] for answer in at_once(server, [step] * 2) if answer.failed] == []
        settled(server, wanted, step)

    def test_two_that_overlap(self, server: Server) -> None:
        more = {plural: [*CONFIG[plural], *FURTHER.get(plural, [])] for plural in CONFIG}
        steps: list[Step] = [("mailcow_config", {"config": config}) for config in (CONFIG, more)]
        wanted = undisturbed(server, (), *steps)
        assert [answer.values["msg"] for answer in at_once(server, steps) if answer.failed] == []
        settled(server, wanted, *steps)

    def test_one_and_single_modules(self, server: Server) -> None:
        steps: list[Step] = [("mailcow_config", {"config": CONFIG}), ("mailcow_relayhost", CONFIG["relayhosts"][0]), DOMAIN]
        wanted = undisturbed(server, (), *steps)
        assert [answer.values["msg"] for answer in at_once(server, steps) if answer.failed] == []
        settled(server, wanted, *steps)
