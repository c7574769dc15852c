# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_ratelimit_reset (facts-server 19 and 20)."""

from __future__ import annotations

import json

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.ratelimit import RATELIMIT_RESET
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs

JANE, JOE = "jane@a.example", "joe@a.example"


@pytest.fixture
def task(sim: Simulator) -> Runs:
    """Jane has hit a limit that is there still, Joe one that has expired."""
    for name, user in (("RLone", JANE), ("RLone", JANE), ("RLtwo=", JOE), ("RLfree", "")):
        sim.plant("redis", "LPUSH RL_LOG '%s'" % json.dumps({"rl_hash": name, "user": user, "from": user}))
    sim.plant("redis", "HSET RLone tokens 1")
    return Runs(sim, RATELIMIT_RESET)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"users": ["Jane@A.example", "nobody@a.example"]}, ["RLone"]),
        ({"users": [JOE]}, ["RLtwo="]),
        ({"hashes": ["RLfree", "RLgone"]}, ["RLfree"]),
        ({"users": [JANE], "hashes": ["RLtwo="]}, ["RLtwo=", "RLone"]),
        ({"all": True}, ["RLfree", "RLtwo=", "RLone"]),
        ({"users": []}, []),
    ],
    ids=str,
)
def test_those_that_are_meant(task: Runs, options: dict, names: list[str]) -> None:
    check = task.run(check=True, diff=True, **options)
    done = task.run(diff=True, **options)
    assert (check["changed"], check["reset"], check["diff"]) == (done["changed"], done["reset"], done["diff"])
    assert [one["hash"] for one in done["reset"]] == names
    assert done["changed"] is bool(names)
    again = task.run(**options)
    assert (again["changed"], again["reset"]) == (False, [])


def test_who_has_hit_it(task: Runs) -> None:
    assert task.run(all=True)["reset"] == [
        {"hash": "RLfree", "user": None},
        {"hash": "RLtwo=", "user": JOE},
        {"hash": "RLone", "user": JANE},
    ]


def test_what_mailcow_does_not_do(task: Runs) -> None:
    task.sim.fault(kind="reset", when="before", method="POST", every=2)
    result = task.fail(all=True)
    assert "mailcow did not reset RLtwo=" in result["msg"]
    assert result["changed"] is True


def test_a_read_only_key(task: Runs) -> None:
    assert task.run(check=True, all=True, api_key=task.sim.ro_key)["changed"]
    assert "HTTP 403" in task.fail(all=True, api_key=task.sim.ro_key)["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [({}, "set users or hashes to reset their rate limits, or set all: true"), ({"users": ["x"]}, "users: 'x' is not an e-mail address")],
    ids=str,
)
def test_what_cannot_be(task: Runs, options: dict, message: str) -> None:
    assert message in task.fail(**options)["msg"]
    assert task.asked() == []
