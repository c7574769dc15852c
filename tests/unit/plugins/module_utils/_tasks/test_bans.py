# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_fail2ban_ban (facts-server 16)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.bans import FAIL2BAN_BAN
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs

ONE, NET = "192.0.2.7", "2001:db8::/48"


@pytest.fixture
def task(sim: Simulator) -> Runs:
    return Runs(sim, FAIL2BAN_BAN)


@pytest.fixture
def lists(connect: Callable) -> Callable[[], tuple[list[str], list[str]]]:
    """The allow list and the block list as mailcow shows them."""

    def read() -> tuple[list[str], list[str]]:
        raw = connect().get("fail2ban")
        return raw["whitelist"].split(), raw["blacklist"].split()

    return read


def settle(task: Runs, state: str, *networks: str, changed: list[str] | None = None) -> None:
    """Bring them to a state; check mode predicts it, and a second run changes nothing."""
    options = {"state": state, "networks": list(networks)}
    check = task.run(check=True, **options)
    done = task.run(diff=True, **options)
    assert (check["changed"], check["networks"]) == (done["changed"], done["networks"]) == (True, changed or list(networks))
    assert done["diff"]["before"].keys() == done["diff"]["after"].keys() == set(done["networks"])
    assert task.run(**options)["changed"] is False


def test_the_other_entries_stay(task: Runs, lists: Callable) -> None:
    settle(task, "banned", ONE)
    settle(task, "banned", NET)
    settle(task, "allowed", "198.51.100.0/24")
    assert lists() == (["198.51.100.0/24"], [ONE, NET])


def test_from_one_list_to_the_other(task: Runs, lists: Callable) -> None:
    settle(task, "banned", ONE, NET)
    settle(task, "allowed", ONE)
    assert lists() == ([ONE], [NET])
    settle(task, "banned", ONE, NET, changed=[ONE])


def test_as_it_is_spelled_there(task: Runs, lists: Callable, connect: Callable) -> None:
    """mailcow takes an entry off the other list only where it is spelled in the same way."""
    connect().write("edit/fail2ban", {"items": ["192.0.2.7/32"], "attr": {"action": "blacklist"}})
    assert task.run(state="banned", networks=[ONE])["changed"] is False
    settle(task, "allowed", ONE)
    assert lists() == (["192.0.2.7/32"], [])


class TestUnban:
    @pytest.fixture(autouse=True)
    def banned(self, task: Runs) -> None:
        for network in ("203.0.113.0/24", "198.51.100.7/32", "2001:db8::7/128"):
            task.sim.plant("redis", "HSET F2B_ACTIVE_BANS %s 4000000000" % network)

    def test_one(self, task: Runs) -> None:
        settle(task, "unbanned", "198.51.100.7")

    def test_with_the_network_that_is_banned(self, task: Runs) -> None:
        settle(task, "unbanned", "203.0.113.9", "192.0.2.1", changed=["203.0.113.9"])

    def test_all_that_are_in_a_network(self, task: Runs, connect: Callable) -> None:
        settle(task, "unbanned", "2001:db8::/32")
        queued = {ban["network"]: ban["queued_for_unban"] for ban in connect().get("fail2ban")["active_bans"]}
        assert queued == {"203.0.113.0/24": 0, "198.51.100.7/32": 0, "2001:db8::7/128": 1}

    def test_an_address_that_is_allowed_is_unbanned(self, task: Runs, connect: Callable) -> None:
        settle(task, "allowed", "198.51.100.7")


def test_an_answer_that_gets_lost(task: Runs) -> None:
    task.sim.fault(kind="reset", when="after", method="POST", times=1)
    assert task.run(state="banned", networks=[ONE])["changed"] is True
    task.sim.fault(kind="reset", when="before", method="POST", times=1)
    assert "mailcow did not apply it: 192.0.2.8 is not banned" in task.fail(state="banned", networks=["192.0.2.8"])["msg"]


@pytest.mark.parametrize(
    ("state", "text", "message"),
    [
        ("banned", "x y", "'x y' is neither an address nor a network"),
        ("unbanned", "10.0.0.999", "'10.0.0.999' is neither an address nor a network"),
        ("allowed", "host.example", "'host.example' is neither an address nor a network; mailcow does not accept hostnames here"),
        ("banned", "0.0.0.0", "'0.0.0.0' would ban everyone"),
        ("banned", "::/0", "'::/0' would ban everyone"),
    ],
)
def test_what_cannot_be(task: Runs, state: str, text: str, message: str) -> None:
    assert "networks: " + message in task.fail(state=state, networks=[ONE, text])["msg"]
    assert task.asked() == []
