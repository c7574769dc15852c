# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs sync jobs, a number of them at a time, waits for them, and returns the results (facts-mailboxes 15.1).

After an interruption, everything is read from the server: a job that has run is not run again.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.numbers import within
from .._api.shape import asked, rows, understood
from .._api.stage import Stage
from .._engine.converge import BATCH
from .._fields.mail import MailboxName
from .connection import CONNECTION, connect
from .imapsync import read_run
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.server import Server

_ALL = ("syncjobs", "all", "no_log")
_LONGEST = 604800


@dataclasses.dataclass
class Job:
    """A sync job to run. ``after``: the time of its last run, which does not count; ``raw``: mailcow's object, None if it does not
    exist; ``started``: whether this task has started it.
    """

    username: str
    host: str
    user: str
    after: str | None
    raw: dict[str, Any] | None = None
    started: bool = False

    @property
    def number(self) -> int:
        return int((self.raw or {})["id"])

    @property
    def running(self) -> bool:
        return bool(self.raw and self.raw["is_running"])

    @property
    def ran(self) -> bool:
        """Whether a run that counts has ended."""
        return bool(self.raw and not self.running and self.raw["last_run"] and self.raw["last_run"] != self.after)

    @property
    def succeeded(self) -> bool:
        return self.ran and bool(self.raw and self.raw["success"])

    @property
    def over(self) -> bool:
        """Whether there is nothing to wait for. Jobs that failed before this task are run again."""
        return self.succeeded or (self.ran and self.started)

    @property
    def outcome(self) -> str:
        if self.raw is None:
            return "missing"
        if self.running:
            return "running"
        return ("succeeded" if self.succeeded else "failed") if self.ran else "waiting"


def _jobs(params: Sequence[dict[str, Any]]) -> list[Job]:
    jobs: dict[tuple[str, str, str], Job] = {}
    for one in params:
        try:
            name = MailboxName("username").canonical(one["username"])
        except ValueError as error:
            raise InvalidValue("jobs", str(error)) from error
        host = one["host1"].strip().lower()
        jobs.setdefault((name, host, one["user1"].lower()), Job(name, host, one["user1"], one["after"]))
    return list(jobs.values())


def _look(server: Server, jobs: list[Job]) -> None:
    """Read the state of the jobs."""
    request = asked(*_ALL)
    with understood(request):
        found = {
            (str(raw["user2"]).lower(), str(raw["host1"]).lower(), str(raw["user1"]).lower()): raw
            for raw in rows(server.ask_again(*_ALL), request)
        }
    for job in jobs:
        job.raw = found.get((job.username, job.host, job.user.lower()))


def _set(server: Server, jobs: list[Job], attributes: dict[str, Any]) -> None:
    for start in range(0, len(jobs), BATCH):
        server.write("edit/syncjob", {"items": [job.number for job in jobs[start : start + BATCH]], "attr": attributes})


def _advance(server: Server, jobs: list[Job], at_once: int) -> bool:
    """Deactivate completed jobs, and start others up to the maximum number. Give whether anything was written."""
    done = [job for job in jobs if job.over and job.raw and job.raw["active"]]
    _set(server, done, {"active": 0})
    left = [job for job in jobs if not job.over]
    active = [job for job in left if job.running or job.started]
    # Jobs that an interrupted task left active are first.
    others = sorted((job for job in left if job not in active), key=lambda job: not (job.raw or {})["active"])
    begun = others[: max(at_once - len(active), 0)]
    # Any value resets the time of the last run, so mailcow runs the job in the next minute.
    _set(server, begun, {"active": 1, "last_run": 1, "success": 1})
    for job in begun:
        job.started, job.raw = True, dict(job.raw or {}, active=1, last_run=None, success=None)
    # An interrupted task may have left more active jobs than the maximum.
    surplus = [job for job in others[len(begun) :] if job.raw and job.raw["active"]]
    _set(server, surplus, {"active": 0})
    return bool(done or begun or surplus)


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "sync jobs", call.params
    for name, least, most in (("at_once", 1, 1000), ("wait", 0, _LONGEST), ("interval", 0, 3600)):
        within(name, params[name], least, most)
    jobs = _jobs(params["jobs"])
    server = connect(call)
    _look(server, jobs)
    there = [job for job in jobs if job.raw]
    changed = any(not job.over for job in there) if call.check_mode else _run(server, call, there, params)
    return {"changed": changed, "jobs": [_shown(server, job) for job in jobs]}


def _run(server: Server, call: Call, jobs: list[Job], params: Any) -> bool:
    stage = Stage(call.tell, "sync jobs: %s have run", len(jobs))
    end, told, changed = time.monotonic() + params["wait"], 0, False
    while True:
        changed |= _advance(server, jobs, params["at_once"])
        over = sum(job.over for job in jobs)
        stage.add(over - told)
        told = over
        if over == len(jobs):
            return changed
        if time.monotonic() >= end:
            # Jobs that have not begun must not begin after the task has ended. Running ones are not interrupted by this.
            _set(server, [job for job in jobs if not job.over], {"active": 0})
            return changed
        time.sleep(params["interval"])
        _look(server, jobs)


def _shown(server: Server, job: Job) -> dict[str, Any]:
    raw = job.raw or {}
    shown: dict[str, Any] = {
        "username": job.username, "host1": job.host, "user1": job.user, "outcome": job.outcome, "last_run": raw.get("last_run"),
        "exit_status": raw.get("exit_status"), "run": None,
    }  # fmt: skip
    if job.ran:
        request = asked("syncjobs", job.username)
        with understood(request):
            for found in rows(server.ask("syncjobs", job.username), request):
                if found["id"] == raw["id"]:
                    shown["run"] = read_run(str(found["log"] or ""), raw["exit_status"], job.succeeded)
    return shown


SYNCJOB_RUN = Task(
    dict(
        CONNECTION,
        jobs={
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "username": {"type": "str", "required": True},
                "host1": {"type": "str", "required": True},
                "user1": {"type": "str", "required": True},
                "after": {"type": "str"},
            },
        },
        at_once={"type": "int", "default": 4},
        wait={"type": "int", "default": 3600},
        interval={"type": "int", "default": 10},
    ),
    _work,
)
