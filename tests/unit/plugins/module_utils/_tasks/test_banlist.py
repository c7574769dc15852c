# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_fail2ban_banlist (facts-server 16)."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.banlist import FAIL2BAN_BANLIST
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs


@pytest.fixture
def task(sim: Simulator) -> Runs:
    sim.plant("redis", 'SET F2B_OPTIONS \'{"ban_time":1800,"banlist_id":"1-2"}\'')
    return Runs(sim, FAIL2BAN_BANLIST)


def test_the_link(task: Runs) -> None:
    result = task.run()
    assert (result["changed"], result["id"], result["url"]) == (False, "1-2", task.sim.url + "/f2b-banlist?id=1-2")
    assert task.asked() == ["GET get/fail2ban"]


def test_another_link(task: Runs) -> None:
    check = task.run(check=True, renew=True)
    assert (check["changed"], check["id"]) == (True, "1-2")
    first, second = task.run(renew=True), task.run(renew=True)
    assert first["changed"] is second["changed"] is True
    assert len({"1-2", first["id"], second["id"]}) == 3
    assert task.run()["id"] == second["id"]


def test_none_yet(sim: Simulator) -> None:
    """Before netfilter has written its settings."""
    result = Runs(sim, FAIL2BAN_BANLIST).run()
    assert (result["id"], result["url"]) == (None, None)


def test_an_answer_that_gets_lost(task: Runs) -> None:
    task.sim.fault(kind="reset", when="after", method="POST", times=1)
    assert task.run(renew=True)["id"] != "1-2"
    task.sim.fault(kind="reset", when="before", method="POST", times=1)
    assert "mailcow did not renew the link" in task.fail(renew=True)["msg"]
