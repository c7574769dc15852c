# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.time_limited_alias import TIME_LIMITED_ALIAS
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

BOX, OTHER = "box@a.example", "other@a.example"
ME = {"username": BOX, "description": "Shop <1> & co"}
SHOWN = {**ME, "domain": "a.example", "permanent": False}
HOUR = 3600
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {"username": "jane@a.example", "domain": "a.example", "description": "Shop", "permanent": True},
    {"username": "jane@a.example", "description": "Game", "validity": 24},
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example")
    Play(sim, ALIAS_DOMAIN).run(alias_domain="größe.example", target_domain="a.example")
    for box in (BOX, OTHER):
        Play(sim, MAILBOX).run(address=box, password="Hunter2-hunter2")
    return Play(sim, TIME_LIMITED_ALIAS)


def left(result: dict) -> float:
    """The hours until its end."""
    return (result["status"]["expires"] - time.time()) / HOUR


def test_everything(play: Play) -> None:
    assert play.round_trip(**ME, domain="a.example", permanent=False) == SHOWN
    assert play.change(**ME, permanent=True)["permanent"] is True
    assert play.info(**ME)[0]["status"]["expires"] is None
    assert play.change(**ME, permanent=False)["permanent"] is False
    assert 8759 < left(play.run(**ME)) <= 8760
    play.gone(**ME)


def test_what_it_gets_unless_told_otherwise(play: Play) -> None:
    result = play.run(**ME)
    assert result["time_limited_alias"] == SHOWN
    assert result["status"]["address"].endswith("@a.example")
    assert 8759 < left(result) <= 8760


def test_a_permanent_one(play: Play) -> None:
    assert play.round_trip(**ME, permanent=True) == {**SHOWN, "permanent": True}


def test_the_random_address_stays(play: Play) -> None:
    first = play.run(**ME)["status"]["address"]
    assert play.run(**ME)["status"]["address"] == first
    assert play.run(**ME, permanent=True)["status"]["address"] == first


def test_in_check_mode_nobody_knows_the_address(play: Play) -> None:
    assert set(play.run(**ME, check=True)["status"].values()) == {None}


def test_spellings(play: Play) -> None:
    play.run(**ME, domain="größe.example")
    play.unchanged(username=" BOX@A.example ", description=ME["description"].upper(), domain="GRÖSSE.example")
    play.unchanged(**ME, domain="xn--grsse-kua.example", permanent="no")


def test_one_for_each_domain(play: Play) -> None:
    play.run(**ME)
    assert play.run(**ME, domain="größe.example")["status"]["address"].endswith("@xn--grsse-kua.example")
    assert len(play.info(**ME)) == 2
    assert len(play.info(**ME, domain="größe.example")) == 1
    play.gone(**ME, domain="a.example")
    assert len(play.info()) == 1


class TestHours:
    """facts-mailboxes 13: only the end can be read, and it depends on when the hours were written."""

    def test_on_create(self, play: Play) -> None:
        assert 47 < left(play.run(**ME, validity=48)) <= 48
        play.unchanged(**ME, validity=100)
        assert left(play.run(**ME, validity=100)) <= 48

    def test_always(self, play: Play) -> None:
        play.run(**ME, validity=48)
        for _again in range(2):
            check = play.run(**ME, validity=100, update_write_only="always", check=True, diff=True)
            done = play.run(**ME, validity=100, update_write_only="always", diff=True)
            assert check["changed"]
            assert check["diff"] == done["diff"]
            assert done["diff"]["after"]["validity"] == 100
            assert 99 < left(done) <= 100

    def test_of_a_permanent_one(self, play: Play) -> None:
        play.run(**ME, permanent=True)
        assert play.change(**ME, validity=48)["permanent"] is False
        assert left(play.run(**ME)) <= 48

    def test_always_without_hours_is_nothing(self, play: Play) -> None:
        play.run(**ME, permanent=True)
        play.unchanged(**ME, permanent=True, update_write_only="always")


def test_an_expired_one_is_not_there(play: Play) -> None:
    first = play.run(**ME)["status"]["address"]
    play.sim.plant("sql", "update spamalias set validity=1000000000")
    assert play.info() == []
    assert play.run(**ME)["status"]["address"] != first


class TestAddress:
    def test_it_says_which(self, play: Play) -> None:
        address = play.run(**ME)["status"]["address"]
        assert play.change(username=BOX, address=" %s " % address.upper(), permanent=True)["permanent"] is True
        play.unchanged(**ME, address=address, permanent=True)
        assert len(play.info(address=address.upper())) == 1
        play.gone(username=BOX, address=address)

    def test_two_alike(self, play: Play, connect: Callable) -> None:
        addresses = [play.run(**ME)["status"]["address"]]
        connect().write("add/time_limited_alias", {"username": BOX, "domain": "a.example", "description": ME["description"]})
        message = play.fail(**ME, permanent=True)["msg"]
        assert "address: several match %s a.example %s: " % (BOX, ME["description"]) in message
        assert addresses[0] in message
        play.change(username=BOX, address=addresses[0], permanent=True)
        play.gone(username=BOX, address=addresses[0])
        play.unchanged(**ME)

    def test_what_cannot_be_changed(self, play: Play) -> None:
        address = play.run(**ME)["status"]["address"]
        message = play.fail(username=BOX, address=address, description="Another")["msg"]
        assert "description: it is 'Shop <1> & co', which mailcow cannot change" in message
        assert "domain: it is 'a.example'" in play.fail(username=BOX, address=address, domain="größe.example")["msg"]

    def test_nobody_chooses_it(self, play: Play) -> None:
        assert "there is no temporary alias with the ID new@a.example" in play.fail(**ME, address="new@a.example")["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"username": "nobody@a.example"}, "the mailbox nobody@a.example does not exist in mailcow; create it first"),
        ({"username": None}, "set username and description, or address"),
        ({"description": None}, "set username and description, or address"),
        ({"domain": "b.example"}, "domain of the mailbox or one of its alias domains"),
        ({"validity": 0}, "validity: 0 is not between 1 and 87600 hours"),
        ({"validity": 87601}, "validity: 87601 is not between 1 and 87600 hours"),
        ({"validity": 1, "permanent": True}, "validity: a permanent alias does not expire"),
        ({"address": "nobody"}, "address: 'nobody' is not an e-mail address"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(play: Play, options: dict, message: str) -> None:
    given = {**ME, **options}
    assert message in play.fail(**{name: value for name, value in given.items() if value is not None})["msg"]
    assert play.info() == []
