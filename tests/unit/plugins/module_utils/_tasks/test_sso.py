# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_sso_token (facts-server 6)."""

from __future__ import annotations

import re

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_admin import DOMAIN_ADMIN
from ansible_collections.community.mailcow.plugins.module_utils._tasks.sso import SSO_TOKEN
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play
from tests.unit.plugins.module_utils.task import Runs


@pytest.fixture
def task(sim: Simulator) -> Runs:
    Play(sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
    Play(sim, DOMAIN_ADMIN).run(username="jane", password="Hunter2-hunter2", domains=["a.example"])
    return Runs(sim, SSO_TOKEN)


def test_each_time_another(task: Runs) -> None:
    tokens = [task.run(username=name)["token"] for name in ("jane", " JANE ")]
    assert all(re.fullmatch(r"[0-9A-F]{6}(-[0-9A-F]{6}){4}", token) for token in tokens)
    assert tokens[0] != tokens[1]


def test_check_mode_gives_none(task: Runs) -> None:
    for name in ("jane", "nobody"):
        result = task.run(check=True, username=name)
        assert (result["changed"], result["token"]) == (True, None)
        assert task.asked() == ["GET get/domain-admin/%s" % name]


def test_nobody(task: Runs) -> None:
    assert "there is no domain administrator nobody" in task.fail(username="nobody")["msg"]


@pytest.mark.parametrize("body", ["{}", '{"token": null}', '{"token": ""}', "[]", '[{"type": "success", "msg": "x"}]'])
def test_an_answer_without_a_token(task: Runs, body: str) -> None:
    task.sim.fault(kind="html", method="POST", body=body, type="application/json")
    assert re.search("without a token|does not contain the requested data", task.fail(username="jane")["msg"])
