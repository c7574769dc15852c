# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import hashlib

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds import app_password
from ansible_collections.community.mailcow.plugins.module_utils._kinds.app_password import APP_PASSWORD
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

BOX, OTHER, NAME = "box@a.example", "other@a.example", "Phone"
PASSWORD, NEW = "Hunter2-hunter2", "Another-1-hunter"
ME = {"username": BOX, "app_name": NAME}
# Of PASSWORD; mailcow stores a hash as it is given.
HASH = "{SSHA256}" + base64.b64encode(hashlib.sha256(PASSWORD.encode() + b"salt").digest() + b"salt").decode()
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {"username": "jane@a.example", "app_name": "Phone", "password": "Secret-4-secret", "protocols": ["imap_access"], "active": True}
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example")
    for box in (BOX, OTHER):
        Play(sim, MAILBOX).run(address=box, password=PASSWORD)
    return Play(sim, APP_PASSWORD)


@pytest.fixture(autouse=True)
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the library is not installed."""
    monkeypatch.setattr(app_password, "bcrypt", None)
    app_password.matches.cache_clear()


def test_everything(play: Play) -> None:
    options = {**ME, "protocols": ["imap_access", "pop3_access"], "active": False}
    assert play.round_trip(**options, password=PASSWORD) == options
    assert play.change(**ME, protocols=[])["protocols"] == []
    assert play.change(**ME, protocols=["sieve_access", "imap_access", "imap_access"])["protocols"] == ["imap_access", "sieve_access"]
    play.unchanged(**ME, protocols="sieve_access,imap_access")
    assert play.change(**ME, active="yes")["active"] is True
    play.gone(**ME)


def test_it_is_active_and_for_all_protocols_unless_told_otherwise(play: Play) -> None:
    """facts-mailboxes 17: what is omitted on add is off."""
    assert play.round_trip(**ME, password=PASSWORD) == {**ME, "protocols": list(app_password.PROTOCOLS), "active": True}


@pytest.mark.parametrize("name", ["A & B", "<b>'x'</b>", '"', " phone ", "&amp;lt;", "x" * 255, "ä/%+#?", "#1"])
def test_names(play: Play, name: str) -> None:
    """facts-mailboxes 17: a name is escaped when it is written, in every edit, and when it is read."""
    play.round_trip(username=BOX, app_name=name, password=PASSWORD)
    for active in (False, True, False):
        play.change(username=BOX, app_name=name, active=active)
    assert len(play.info()) == 1
    play.gone(username=BOX, app_name=name)


def test_case_is_only_the_spelling_of_a_name(play: Play) -> None:
    play.run(**ME, password=PASSWORD)
    assert play.change(username=BOX.upper(), app_name="PHONE")["app_name"] == "PHONE"
    assert play.info(username=BOX, app_name="phone")[0]["app_name"] == "PHONE"
    assert len(play.info()) == 1


class TestId:
    def test_another_name(self, play: Play) -> None:
        number = play.run(**ME, password=PASSWORD)["status"]["id"]
        assert play.change(username=BOX, id=number, app_name="Tablet <1>")["app_name"] == "Tablet <1>"
        assert play.info(id=number)[0]["app_name"] == "Tablet <1>"
        play.gone(username=BOX, id=number)

    def test_the_mailbox_is_needed(self, play: Play) -> None:
        assert "username: is required with id" in play.fail(id=1, active=False)["msg"]

    def test_it_belongs_to_another(self, play: Play) -> None:
        number = play.run(**ME, password=PASSWORD)["status"]["id"]
        assert "there is no app password with the ID" in play.fail(username=OTHER, id=number, active=False)["msg"]
        assert not play.run(username=OTHER, id=number, state="absent")["changed"]

    def test_two_with_one_name(self, play: Play) -> None:
        first = play.run(**ME, password=PASSWORD)["status"]["id"]
        second = play.run(username=BOX, app_name="x", password=PASSWORD)["status"]["id"]
        play.run(username=BOX, id=second, app_name=NAME)
        for options in ({"active": False}, {"state": "absent"}):
            assert "several match %s %s: %s, %s; set the one" % (BOX, NAME, first, second) in play.fail(**ME, **options)["msg"]
        assert len(play.info(**ME)) == 2
        play.gone(username=BOX, id=first)
        play.unchanged(**ME)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"app_name": " "}, "app_name: the name cannot be empty"),
        ({"app_name": "&" * 52}, "app_name: the name is longer than the 255 characters"),
        ({"username": "nobody"}, "username: 'nobody' is not an e-mail address"),
        ({"username": "nobody@a.example"}, "the mailbox nobody@a.example does not exist in mailcow; create it first"),
        ({"password": None}, "password: required to create it"),
        ({"password": "short"}, "the password does not meet the password policy"),
        ({"app_name": None}, "set username and app_name, or id"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(play: Play, options: dict, message: str) -> None:
    given = {**ME, "password": PASSWORD, **options}
    result = play.fail(**{name: value for name, value in given.items() if value is not None})
    assert message in result["msg"]
    assert PASSWORD not in result["output"]
    assert play.info() == []


class TestPassword:
    def test_an_unknown_one_follows_the_policy(self, play: Play) -> None:
        play.run(**ME, password=PASSWORD)
        play.unchanged(**ME, password=NEW)
        for _again in range(2):
            result = play.run(**ME, password=NEW, update_password="always", diff=True)
            assert result["changed"]
            assert NEW not in result["output"]
        play.sim.clear_requests()
        assert play.run(**ME, password=NEW, update_password="always", check=True)["changed"]
        assert play.writes() == []

    def test_a_known_one_is_compared(self, play: Play) -> None:
        play.run(**ME, password=HASH)
        play.unchanged(**ME, password=PASSWORD)
        play.unchanged(**ME, password=PASSWORD, update_password="always")
        play.unchanged(**ME, password=HASH, update_password="always")

    def test_another_than_the_known_one_is_a_change(self, play: Play) -> None:
        play.run(**ME, password=HASH)
        result = play.run(**ME, password=NEW, diff=True)
        assert result["changed"]
        assert (result["diff"]["before"]["password"], result["diff"]["after"]["password"]) == ("********", "******** (changed)")
        assert play.run(**ME, password=HASH)["changed"]
        play.unchanged(**ME, password=PASSWORD)

    def test_with_the_library(self, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(app_password, "bcrypt", pytest.importorskip("bcrypt"))
        play.round_trip(**ME, password=PASSWORD)
        play.unchanged(**ME, password=PASSWORD, update_password="always")
        play.change(**ME, password=NEW)
        play.change(**ME, password=PASSWORD, update_password="always")

    def test_the_hash_is_not_shown(self, play: Play) -> None:
        result = play.run(**ME, password=HASH)
        assert "SSHA256" not in result["output"]
        assert "password" not in play.info()[0]


def test_lists(play: Play) -> None:
    Play(play.sim, DOMAIN).run(domain="b.example")
    Play(play.sim, MAILBOX).run(address="box@b.example", password=PASSWORD)
    for box, name in ((BOX, "1"), (BOX, "2"), (OTHER, "1"), ("box@b.example", "1")):
        play.run(username=box, app_name=name, password=PASSWORD)
    names = [(one["username"], one["app_name"]) for one in play.info()]
    assert names == [(BOX, "1"), (BOX, "2"), (OTHER, "1"), ("box@b.example", "1")]
    assert len(play.info(username=BOX.upper())) == 2
    assert len(play.info(domains=["a.example"])) == 3
    assert len(play.info(app_name="1")) == 3
    assert play.info(username="nobody@a.example") == []
    assert play.info(domains=["gone.example"]) == []
