# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_cors: what the headers tell (facts-server 23), and what they cannot."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.cors import CORS, origin
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs

APP, OTHER = "https://app.example", "http://other.example:8080"


@pytest.fixture
def task(sim: Simulator) -> Runs:
    return Runs(sim, CORS)


def settle(task: Runs, **options: object) -> dict:
    """Change the settings; check mode predicts it, and a second run changes nothing."""
    check = task.run(check=True, diff=True, **options)
    assert not any(request.startswith("POST") for request in task.asked())
    done = task.run(diff=True, **options)
    assert (check["changed"], check["cors"], check["diff"]) == (done["changed"], done["cors"], done["diff"])
    assert done["changed"] is True
    assert task.run(**options)["changed"] is False
    return done


@pytest.mark.parametrize(
    "options",
    [
        {"allowed_origins": [APP]},
        {"allowed_origins": [APP, OTHER], "allowed_methods": ["POST", "GET"]},
        {"allowed_origins": ["*"]},
        {"allowed_origins": ["http://[2001:DB8::1]:8080", "https://192.0.2.7"]},
        {"allowed_origins": [], "allowed_methods": ["GET"]},
    ],
    ids=str,
)
def test_from_what_a_new_server_has(task: Runs, options: dict) -> None:
    done = settle(task, **options)
    assert done["diff"]["after"] == done["cors"]


def test_one_after_another(task: Runs) -> None:
    settle(task, allowed_origins=[APP])
    settle(task, allowed_origins=["*"])
    settle(task, allowed_origins=[APP], denied_origins=[OTHER])
    settle(task, allowed_origins=[APP, OTHER])
    settle(task, allowed_origins=[OTHER], denied_origins=[APP])
    settle(task, allowed_origins=[], denied_origins=[OTHER])


def test_other_spellings_make_no_difference(task: Runs) -> None:
    settle(task, allowed_origins=[APP, "https://größe.example"])
    again = task.run(allowed_origins=[" HTTPS://xn--grsse-kua.Example", APP.upper(), APP])
    assert again["changed"] is False
    assert again["cors"]["allowed_origins"] == [APP, "https://xn--grsse-kua.example"]


def test_what_is_not_named_is_not_seen(task: Runs) -> None:
    """So that it stays, unless it is named or everything is written anyway."""
    settle(task, allowed_origins=[APP, OTHER])
    assert task.run(allowed_origins=[APP])["changed"] is False
    assert task.run(allowed_origins=[APP], force=True)["changed"] is True
    assert task.run(allowed_origins=[APP, OTHER], check=True)["changed"] is True


def test_an_answer_that_is_none(task: Runs) -> None:
    """Releases of 2025 answer with what is no JSON, and an answer may get lost; the headers tell."""
    task.sim.fault(kind="html", method="POST", path="edit/cors", body="[{}][{}]", type="application/json", when="after", times=1)
    assert task.run(allowed_origins=[APP])["changed"] is True
    task.sim.fault(kind="html", method="POST", path="edit/cors", body="[{}][{}]", type="application/json", when="before", times=1)
    message = task.fail(allowed_origins=[OTHER])["msg"]
    assert "mailcow did not apply them: allowed_origins is empty" in message


@pytest.mark.parametrize(
    "text",
    ["app.example", "https://", "https://app.example/", "https://a@app.example", "ftp://app.example", "https://app.example:x", "", "null"],
)
def test_what_is_no_origin(task: Runs, text: str) -> None:
    """mailcow refuses all of them if there is one."""
    assert "is not an origin" in task.fail(allowed_origins=[APP, text])["msg"]
    assert task.asked() == []


def test_no_methods(task: Runs) -> None:
    """facts-server 23: mailcow takes it for all of them."""
    assert "allowed_methods: at least one is required" in task.fail(allowed_origins=[APP], allowed_methods=[])["msg"]
    assert task.asked() == []


@pytest.mark.parametrize(("text", "found"), [("HTTP://A.Example:80", "http://a.example:80"), (" * ", "*")])
def test_origins(text: str, found: str) -> None:
    assert origin("allowed_origins", text) == found


@pytest.mark.parametrize("allowed", [[APP], ["*"]], ids=str)
def test_both_allowed_and_denied(task: Runs, allowed: list[str]) -> None:
    assert "%s cannot be both allowed and denied" % APP in task.fail(allowed_origins=allowed, denied_origins=[APP])["msg"]


def test_a_read_only_key(task: Runs) -> None:
    assert task.run(check=True, allowed_origins=[APP], api_key=task.sim.ro_key)["changed"]
    assert "HTTP 403" in task.fail(allowed_origins=[APP], api_key=task.sim.ro_key)["msg"]
