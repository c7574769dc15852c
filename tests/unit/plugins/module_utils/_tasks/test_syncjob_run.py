# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_syncjob_run (facts-mailboxes 15.1)."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks import syncjob_run
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.syncjob_run import SYNCJOB_RUN
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs

HOST = "old.example"
PEOPLE = ("anna", "ben", "clara", "david")


def job(user: str, **more: str) -> dict:
    return {"username": f"{user}@a.example", "host1": HOST, "user1": user, **more}


JOBS = [job(user) for user in PEOPLE]
QUICKLY = {"interval": 0, "wait": 60}


@pytest.fixture
def task(sim: Simulator) -> Runs:
    """Four people whose accounts are well."""
    job_options = {"password1": "Old.Secret.1", "port1": 993, "enc1": "SSL", "mins_interval": 43800, "active": False}
    config = {
        "domains": [{"domain": "a.example", "dkim_key_size": 0}],
        "mailboxes": [{"address": f"{user}@a.example", "password": "New.Secret.1", "quota": 1} for user in PEOPLE],
        "syncjobs": [dict(one, **job_options) for one in JOBS],
    }
    Runs(sim, CONFIG).run(config=config)
    for user in PEOPLE:
        sim.plant("imapsync", f"{user} ok 120 5")
    return Runs(sim, SYNCJOB_RUN)


def outcomes(result: dict) -> list[str]:
    return [one["outcome"] for one in result["jobs"]]


def active(task: Runs) -> int:
    """How many jobs were switched on at most: those that are on after each write."""
    on: set[int] = set()
    most = 0
    for request in task.sim.requests():
        if request["method"] == "POST":
            numbers = set(request["body"]["items"])
            on = on | numbers if request["body"]["attr"]["active"] else on - numbers
            most = max(most, len(on))
    assert not on, "some are left switched on"
    return most


def test_all_run_once(task: Runs) -> None:
    assert task.run(check=True, jobs=JOBS)["changed"] is True
    assert all(request.startswith("GET") for request in task.asked())
    done = task.run(jobs=JOBS, at_once=2, **QUICKLY)
    assert (done["changed"], outcomes(done)) == (True, ["succeeded"] * 4)
    assert done["jobs"][0]["run"]["messages"] == done["jobs"][0]["run"]["transferred"] == 120
    assert active(task) == 2
    again = task.run(jobs=JOBS, **QUICKLY)
    assert (again["changed"], again["jobs"]) == (False, done["jobs"])
    assert not [request for request in task.asked() if request.startswith("POST")]


def test_once_more_after_that_run(task: Runs) -> None:
    first = task.run(jobs=JOBS, **QUICKLY)
    task.sim.plant("imapsync", "ben ok 123 5")
    later = [dict(one, after=done["last_run"]) for one, done in zip(JOBS, first["jobs"], strict=True)]
    assert outcomes(task.run(check=True, jobs=later)) == ["waiting"] * 4
    second = task.run(jobs=later, **QUICKLY)
    assert outcomes(second) == ["succeeded"] * 4
    assert [one["run"]["transferred"] for one in second["jobs"]] == [0, 3, 0, 0]
    assert task.run(jobs=later, **QUICKLY)["changed"] is False


FATES = {
    "password": "the old server rejects the user name or the password",
    "tls": "TLS connection to the old server failed",
    "connection": "the old server cannot be reached",
    "quota": "the mailbox is full",
    "folder": "the folder Old/Gone does not exist",
}


@pytest.mark.parametrize(("fate", "said"), FATES.items(), ids=FATES)
def test_what_fails_is_told_and_tried_again(task: Runs, fate: str, said: str) -> None:
    task.sim.plant("imapsync", f"ben {fate} 120 5")
    failed = task.run(jobs=JOBS, **QUICKLY)
    assert outcomes(failed) == ["succeeded", "failed", "succeeded", "succeeded"]
    (problem,) = failed["jobs"][1]["run"]["problems"]
    assert said in problem
    assert active(task) <= 4
    task.sim.plant("imapsync", "ben ok 120 5")
    assert outcomes(task.run(jobs=JOBS, **QUICKLY)) == ["succeeded"] * 4
    assert sum(request["body"]["attr"]["active"] for request in task.sim.requests() if request["method"] == "POST") == 1


def test_one_that_hangs_and_those_behind_it(task: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    task.sim.plant("imapsync", "ben hang 0 0")
    with monkeypatch.context() as patched:
        # A second is over when the task has looked once more.
        patched.setattr(syncjob_run, "time", SimpleNamespace(monotonic=itertools.count().__next__, sleep=lambda _seconds: None))
        result = task.run(jobs=JOBS, wait=10, at_once=1)
    assert outcomes(result) == ["succeeded", "running", "waiting", "waiting"]
    active(task)
    task.sim.plant("imapsync", "ben ok 120 5")
    assert outcomes(task.run(jobs=JOBS, **QUICKLY)) == ["succeeded"] * 4


def test_what_an_interrupted_task_has_left(task: Runs) -> None:
    """More are switched on than there may be, and one is running."""
    task.sim.plant("sql", "UPDATE imapsync SET active = 1")
    task.sim.plant("sql", "UPDATE imapsync SET is_running = 1 WHERE user1 = 'david'")
    result = task.run(jobs=JOBS, at_once=2, **QUICKLY)
    assert outcomes(result) == ["succeeded"] * 4
    first = next(request["body"] for request in task.sim.requests() if request["method"] == "POST")
    assert len(first["items"]) == 1
    active(task)


def test_what_is_not_there(task: Runs) -> None:
    missing = job("nobody")
    for check in (True, False):
        result = task.run(check=check, jobs=[missing])
        assert (result["changed"], outcomes(result)) == (False, ["missing"])
    assert "jobs: 'x' is not an e-mail address" in task.fail(jobs=[dict(missing, username="x")])["msg"]
    assert "at_once: 0 is too small" in task.fail(jobs=[], at_once=0)["msg"]
    assert task.run(jobs=[])["changed"] is False


def test_no_secret_is_told(task: Runs) -> None:
    task.sim.plant("imapsync", "ben quota 120 5")
    told = repr(task.run(jobs=JOBS, **QUICKLY))
    # Of the account, and a subject that imapsync repeats.
    assert "the mailbox is full" in told
    assert "Old.Secret.1" not in told
    assert "A secret" not in told
