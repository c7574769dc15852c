# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.admin import ADMIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_admin import DOMAIN_ADMIN
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

PASSWORD = "Hunter2-hunter2"
ALL = {"username": "jane.doe", "active": True, "force_tfa": True, "force_pw_update": True}
# The one that a new server has.
FIRST = {"username": "admin", "active": True, "force_tfa": False, "force_pw_update": False}
NONE_LEFT = "at least one administrator must remain active"
DUTIES = dict.fromkeys(("force_tfa", "force_pw_update"), True)
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"username": "root-a", "password": PASSWORD, "active": True, **DUTIES, "disable_tfa": False}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, ADMIN)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL, password=PASSWORD) == ALL
    play.gone(username="jane.doe")


def test_what_is_omitted(play: Play) -> None:
    """facts-server 7: mailcow creates an inactive one when active is omitted."""
    assert play.round_trip(username=" Jane ", password=PASSWORD) == {**FIRST, "username": "jane"}


@pytest.mark.parametrize("change", [{"active": False}, {"force_tfa": False}, {"force_pw_update": False}], ids=str)
def test_one_change(play: Play, change: dict) -> None:
    """facts-server 7: an edit resets the two force flags that it omits."""
    play.run(username="other", password=PASSWORD)
    play.run(**ALL, password=PASSWORD)
    assert play.change(username="Jane.Doe", **change) == {**ALL, **change}


class TestPassword:
    def test_only_on_create(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        play.unchanged(username="jane.doe", password="Another-1234")

    def test_always(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        result = play.run(username="jane.doe", password="Another-1234", update_password="always")
        assert (result["changed"], result["admin"]) == (True, ALL)


class TestSecondFactor:
    """facts-server 6 and 7: mailcow takes it off, and nobody can give it to somebody else."""

    @pytest.fixture
    def jane(self, play: Play) -> dict:
        play.sim.plant("sql", "INSERT INTO tfa (key_id, username, active) VALUES ('phone', 'jane.doe', 1)")
        return play.run(**ALL, password=PASSWORD)["admin"]

    def test_it_is_taken_off_once(self, play: Play, jane: dict) -> None:
        assert jane == {**ALL, "disable_tfa": False}
        assert play.change(username="jane.doe", disable_tfa=True) == ALL
        assert play.info(username="jane.doe")[0]["status"]["tfa_active"] is False

    def test_it_stays_unless_told_otherwise(self, play: Play, jane: dict) -> None:
        assert play.change(username="jane.doe", active=False) == {**jane, "active": False}
        play.unchanged(username="jane.doe", disable_tfa=False)

    def test_who_has_none_is_created_without_a_further_edit(self, play: Play) -> None:
        play.run(username="jane.doe", password=PASSWORD, disable_tfa=True)
        assert play.writes() == ["add/admin"]


class TestTheLast:
    """facts-server 7: mailcow deletes the last administrator without a word."""

    @pytest.mark.parametrize("options", [{"state": "absent"}, {"active": False}], ids=str)
    @pytest.mark.parametrize("check", [False, True], ids=["real", "check mode"])
    def test_it_stays(self, play: Play, options: dict, check: bool) -> None:
        """Although there is another one, which is not active."""
        play.run(username="other", password=PASSWORD, active=False)
        play.sim.clear_requests()
        result = play.try_(check=check, username="ADMIN", **options)
        assert result["failed"]
        assert NONE_LEFT in result["msg"]
        assert play.writes() == []
        play.unchanged(**FIRST)

    def test_it_may_go_when_there_is_another_one(self, play: Play) -> None:
        play.run(username="other", password=PASSWORD)
        play.gone(username="admin")

    def test_who_is_not_active_may_go(self, play: Play) -> None:
        play.run(username="other", password=PASSWORD, active=False)
        play.gone(username="other")

    def test_mailcow_changes_no_inactive_one_beside_it(self, play: Play) -> None:
        """facts-server 1.2 and 7: it warns, and has done nothing."""
        play.run(username="other", password=PASSWORD, active=False)
        message = play.fail(username="other", password="Another-1234", update_password="always")["msg"]
        assert "only while at least two are active" in message


class TestMany:
    """Whatever becomes of the others, one stays that is active."""

    def config(self, play: Play, *admins: dict, **options: object) -> dict:
        return execute(CONFIG, {**play.connection, "config": {"admins": list(admins)}, "prune": ["admins"], **options})

    @pytest.mark.parametrize(
        "admins",
        [
            [{"username": "other", "active": False, "password": PASSWORD}],
            [{"username": "admin", "active": False}, {"username": "other", "state": "absent"}],
            [{"username": "admin", "state": "absent"}, {"username": "other", "active": False}],
        ],
        ids=str,
    )
    def test_nothing_is_done(self, play: Play, admins: list[dict]) -> None:
        play.run(username="other", password=PASSWORD)
        play.sim.clear_requests()
        assert self.config(play, *admins, allow_empty=True)["msg"] == "nothing was done: " + NONE_LEFT
        assert play.writes() == []

    def test_none_is_declared(self, play: Play) -> None:
        assert self.config(play, allow_empty=True)["msg"] == "nothing was done: " + NONE_LEFT

    def test_a_new_one_takes_over(self, play: Play) -> None:
        assert self.config(play, {"username": "jane", "password": PASSWORD})["changed"]
        assert [one["username"] for one in play.info()] == ["jane"]

    def test_a_renamed_one_takes_over(self, play: Play) -> None:
        for changed in (True, False):
            assert self.config(play, {"username": "admin", "rename_to": "jane"})["changed"] == changed
        assert [one["username"] for one in play.info()] == ["jane"]


class TestRename:
    def test_it_keeps_everything(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        check = play.run(username="jane.doe", rename_to="Joe", force_tfa=False, check=True, diff=True)
        done = play.run(username="jane.doe", rename_to="Joe", force_tfa=False, diff=True)
        assert check["diff"] == done["diff"]
        assert done["admin"] == {**ALL, "username": "joe", "force_tfa": False}
        assert not play.run(username="jane.doe", rename_to="joe", force_tfa=False)["changed"]

    def test_a_domain_administrator_has_the_name(self, play: Play) -> None:
        """facts-server 7: mailcow has an exception."""
        Play(play.sim, DOMAIN).run(domain="a.example")
        Play(play.sim, DOMAIN_ADMIN).run(username="joe", password=PASSWORD, domains=["a.example"])
        play.run(**ALL, password=PASSWORD)
        assert "rename_to: there is already a domain administrator joe" in play.fail(username="jane.doe", rename_to="joe")["msg"]
        for check in (True, False):
            assert "joe" in play.try_(check=check, username="joe", password=PASSWORD)["msg"]
        play.unchanged(**ALL)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "password: required to create it"),
        ({"username": "a@b", "password": PASSWORD}, "username: 'a@b' is not a user name"),
        ({"username": "...", "password": PASSWORD}, "username: '...' is not a user name"),
        ({"rename_to": "a b", "password": PASSWORD}, "rename_to: 'a b' is not a user name"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**{"username": "new", **options})["msg"]
    assert play.writes() == []
