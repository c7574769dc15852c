# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_quarantine_settings: what is sent, and what is refused before that."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.quarantine_settings import QUARANTINE_SETTINGS
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs

LEAST = {"retention_size": 0, "max_size": 1}


@pytest.fixture
def task(sim: Simulator) -> Runs:
    return Runs(sim, QUARANTINE_SETTINGS)


def sent(task: Runs) -> dict:
    return next(request for request in task.sim.requests() if request["path"].endswith("edit/quarantine"))["body"]["attr"]


def test_all_settings_are_sent_because_mailcow_resets_the_others(task: Runs) -> None:
    result = task.run(**LEAST, diff=True)
    assert result["changed"] is True
    assert sent(task) == {
        "action": "settings",
        "retention_size": 0,
        "max_size": 1,
        "max_age": 365,
        "max_score": "",
        "release_format": "raw",
        "exclude_domains": [],
        "sender": "",
        "subject": "",
        "bcc": "",
        "redirect": "",
        "html_tmpl": "",
    }
    assert result["diff"]["after"] == result["quarantine_settings"]


def test_they_are_sent_as_mailcow_keeps_them(task: Runs) -> None:
    task.run(**LEAST, max_score=0, sender=" Q@A.Example ", exclude_domains=["B.example", "größe.example", "b.example "])
    values = sent(task)
    assert [values[name] for name in ("max_score", "sender", "exclude_domains")] == [
        "0.0",
        "Q@a.example",
        ["b.example", "xn--grsse-kua.example"],
    ]


def test_check_mode_asks_nothing(task: Runs) -> None:
    assert task.run(check=True, **LEAST)["changed"] is True
    assert task.asked() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"retention_size": -1}, "retention_size: -1 is too small; the minimum is 0"),
        ({"max_size": 0}, "max_size: 0 is too small; the minimum is 1"),
        ({"max_age": 0}, "max_age: 0 is too small; the minimum is 1"),
        ({"max_age": 10**30}, "max_age: 1000000000000000000000000000000 is too large; the maximum is 2147483647"),
        ({"max_score": float("inf")}, "max_score: inf is not a usable number"),
        ({"max_score": float("nan")}, "max_score: nan is not a usable number"),
        ({"max_score": -1e300}, "max_score: -1e+300 is too small"),
        ({"sender": "q"}, "sender: 'q' is not an e-mail address"),
        ({"redirect": "q@nodot"}, "redirect: 'q@nodot' is not a valid e-mail address"),
        ({"exclude_domains": ["a_b"]}, "exclude_domains: 'a_b' is not a domain name"),
    ],
)
def test_what_mailcow_would_replace_is_refused(task: Runs, options: dict, message: str) -> None:
    assert message in task.fail(**dict(LEAST, **options))["msg"]
    assert task.asked() == []


def test_a_read_only_key(task: Runs) -> None:
    assert "HTTP 403" in task.fail(**LEAST, api_key=task.sim.ro_key)["msg"]
