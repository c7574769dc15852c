# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_login_info, mailcow_sieve_script_info and mailcow_mailbox_reset."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.resource import RESOURCE
from ansible_collections.community.mailcow.plugins.module_utils._tasks.upkeep import LOGIN_INFO, MAILBOX_RESET, SIEVE_SCRIPT_INFO
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play
from tests.unit.plugins.module_utils.task import Runs

JANE, JOE, ROOM, GONE = "jane@a.example", "joe@a.example", "room@a.example", "gone@a.example"
_COLUMNS = "service, app_password, username, real_rip, datetime"
LOGIN = "INSERT INTO sasl_log (" + _COLUMNS + ") VALUES ('%s', 0, 'jane@a.example', '%s', NOW() - INTERVAL %s)"
UI = (
    "INSERT INTO logs (task, type, msg, `call`, user, role, remote, time) "
    """VALUES ('A%d', 'success', '[]', '["check_login", "jane@a.example", "*"]', 'jane@a.example', 'user', '192.0.2.%d', 178290000%d)"""
)


@pytest.fixture
def boxes(sim: Simulator) -> Simulator:
    Play(sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
    for name in (JANE, JOE):
        Play(sim, MAILBOX).run(address=name, password="Hunter2-hunter2")
    # Asked for it, mailcow shows a mailbox full of nulls (facts-mailboxes 1.1).
    Play(sim, RESOURCE).run(domain="a.example", description="Room", kind="location")
    return sim


@pytest.fixture
def logins(boxes: Simulator) -> Simulator:
    boxes.plant("redis", "HSET IP_SHORTCOUNTRY 192.0.2.10 DE")
    for service, ip, age in (("imap", "192.0.2.10", "1 HOUR"), ("SSO", "10.1.2.3", "2 HOUR"), ("smtp", "192.0.2.10", "20 DAY")):
        boxes.plant("sql", LOGIN % (service, ip, age))
    for number in (1, 2):
        boxes.plant("sql", UI % (number, number, number))
    return boxes


@pytest.mark.parametrize("task", [LOGIN_INFO, SIEVE_SCRIPT_INFO], ids=["logins", "scripts"])
class TestWhatIsShown:
    def test_of_no_mailbox(self, boxes: Simulator, task: object) -> None:
        for name in (GONE, ROOM):
            assert f"there is no such mailbox: {name}" in Runs(boxes, task).fail(addresses=[JANE, name])["msg"]

    def test_of_no_address(self, boxes: Simulator, task: object) -> None:
        assert "addresses: 'jane' is not an e-mail address" in Runs(boxes, task).fail(addresses=["jane"])["msg"]

    def test_nothing_is_there(self, boxes: Simulator, task: object) -> None:
        shown = Runs(boxes, task).run(addresses=[" JOE@a.example", JANE, JOE])["mailboxes"]
        assert [one["address"] for one in shown] == [JOE, JANE]
        assert all(not value for one in shown for name, value in one.items() if name != "address")


class TestLogins:
    def test_of_some_days(self, logins: Simulator) -> None:
        jane, joe = Runs(logins, LOGIN_INFO).run(addresses=[JANE, JOE])["mailboxes"]
        times = [login.pop("time") for login in jane["logins"]]
        assert times == sorted(times, reverse=True)
        assert jane == {
            "address": JANE,
            "logins": [
                {"service": "imap", "ip": "192.0.2.10", "location": "DE", "app_password": None},
                {"service": "sso", "ip": "10.1.2.3", "location": None, "app_password": None},
            ],
            # The last but one.
            "web_interface": {"ip": "192.0.2.1", "time": "2026-07-01T10:00:01Z"},
        }
        assert joe == {"address": JOE, "logins": [], "web_interface": None}

    def test_of_more_days(self, logins: Simulator) -> None:
        assert len(Runs(logins, LOGIN_INFO).run(addresses=[JANE], days=34)["mailboxes"][0]["logins"]) == 3

    @pytest.mark.parametrize("days", [0, 35])
    def test_of_days_that_cannot_be(self, logins: Simulator, days: int) -> None:
        assert f"days: {days} is too" in Runs(logins, LOGIN_INFO).fail(addresses=[JANE], days=days)["msg"]


def test_the_script_of_an_owner(boxes: Simulator) -> None:
    boxes.plant("sieve", JANE + ' require "fileinto";\r\nkeep;\r\n')
    assert Runs(boxes, SIEVE_SCRIPT_INFO).run(addresses=[JANE, JOE])["mailboxes"] == [
        {"address": JANE, "script": 'require "fileinto";\nkeep;\n'},
        {"address": JOE, "script": None},
    ]


class TestReset:
    @pytest.fixture
    def task(self, logins: Simulator) -> Runs:
        return Runs(logins, MAILBOX_RESET)

    def test_logins_are_deleted_once(self, task: Runs) -> None:
        for check, done in ((True, [JANE]), (False, [JANE]), (False, [])):
            result = task.run(addresses=[JANE, JOE], reset=["logins"], check=check)
            assert (result["changed"], result["done"]) == (bool(done), {"logins": done})
        assert Runs(task.sim, LOGIN_INFO).run(addresses=[JANE])["mailboxes"][0]["logins"] == []

    def test_check_mode_does_not_make_the_get_that_deletes(self, task: Runs) -> None:
        """facts-server 27."""
        task.run(addresses=[JANE], reset=["logins", "activesync", "sogo_profile"], check=True)
        assert not [request for request in task.asked() if "reset" in request or request.startswith("POST")]

    def test_caches_are_reset_each_time(self, task: Runs) -> None:
        for _again in range(2):
            result = task.run(addresses=[JANE, JOE, JANE], reset=["sogo_profile", "activesync"])
            assert (result["changed"], result["done"]) == (True, {"sogo_profile": [JANE, JOE], "activesync": [JANE, JOE]})
            posts = [request for request in task.asked() if request.startswith("POST")]
            assert posts == ["POST delete/sogo_profile", "POST delete/eas_cache"]

    def test_an_earlier_task_would_make_the_mailbox(self, task: Runs) -> None:
        assert task.run(addresses=[GONE, JANE], reset=["activesync"], check=True)["done"] == {"activesync": [JANE]}
        assert f"there is no such mailbox: {GONE}" in task.fail(addresses=[GONE, JANE], reset=["activesync"])["msg"]

    def test_what_was_done_before_a_failure(self, task: Runs) -> None:
        task.sim.fault(kind="status", status=500, path="sogo_profile")
        result = task.fail(addresses=[JANE], reset=["activesync", "sogo_profile", "logins"])
        assert (result["changed"], result["done"]) == (True, {"activesync": [JANE], "sogo_profile": [], "logins": []})
        assert "sogo_profile: POST delete/sogo_profile" in result["msg"]

    def test_mailcow_does_not_say_that_it_did_it(self, task: Runs) -> None:
        task.sim.fault(kind="status", status=200, body='{"a": 1}', path="reset-last-login")
        assert "mailcow did not confirm it" in task.fail(addresses=[JANE], reset=["logins"])["msg"]

    def test_nothing_to_reset(self, task: Runs) -> None:
        assert "reset: set what to reset" in task.fail(addresses=[JANE], reset=[])["msg"]
