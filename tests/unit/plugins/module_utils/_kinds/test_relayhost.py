# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.relayhost import RELAYHOST
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

HOST, SECRET = "[smtp.example]:587", "Sec:ret-Word"
ALL = {"hostname": HOST, "username": "user", "password": SECRET, "active": False}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"hostname": "smtp.example:587", "username": "a", "password": "Secret-2", "active": False}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, RELAYHOST)


def stored(play: Play) -> list:
    return [one["password"] for one in play.info(show_secrets=True)]


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == {"hostname": HOST, "username": "user", "active": False}
    play.gone(hostname=HOST, username="user")


def test_a_new_one_is_active(play: Play) -> None:
    """facts-server 13: the add ignores it."""
    assert play.round_trip(hostname=HOST) == {"hostname": HOST, "username": "", "active": True}
    play.sim.clear_requests()
    play.run(hostname="other.example", active=True)
    assert play.writes() == ["add/relayhost"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (" SMTP.example ", "smtp.example"),
        ("smtp.bücher.example:25", "smtp.xn--bcher-kva.example:25"),
        ("[bücher.example]:25", "[xn--bcher-kva.example]:25"),
        ("192.0.2.25", "192.0.2.25"),
        ("[2001:DB8::1]:25", "[2001:db8::1]:25"),
    ],
)
def test_spellings(play: Play, given: str, shown: str) -> None:
    assert play.round_trip(hostname=given, username=" user ")["hostname"] == shown
    play.unchanged(hostname=shown.upper(), username="user")
    play.change(hostname=given, active=False)
    play.gone(hostname=given)


def test_changes(play: Play) -> None:
    play.run(**ALL)
    play.change(hostname=HOST, password="other")
    assert stored(play) == ["other"]
    play.change(hostname=HOST, password="")
    play.change(hostname=HOST, active=True)
    assert stored(play) == [""]


class TestSecret:
    """facts-server 13: a password is shown in clear, and an add escapes its colons."""

    @pytest.mark.parametrize("password", [SECRET, "a::b", "back\\\\slash", "back\\\\:both", " blanks ", 'päss"w\\\\d<>&'])
    def test_it_is_stored_as_given(self, play: Play, password: str) -> None:
        play.round_trip(hostname=HOST, username="user", password=password)
        assert stored(play) == [password.strip()]
        play.change(hostname=HOST, password="x" + password)
        assert stored(play) == [("x" + password).strip()]

    def test_one_that_an_add_has_spoiled(self, play: Play, connect: Callable) -> None:
        connect().write("add/relayhost", {"hostname": HOST, "username": "us:er", "password": SECRET})
        assert stored(play) == ["Sec\\\\:ret-Word"]
        play.change(hostname=HOST, username="us:er", password=SECRET)
        assert stored(play) == [SECRET]

    def test_it_is_not_shown(self, play: Play) -> None:
        for options in (ALL, {**ALL, "password": "Another-Word"}):
            result = play.run(diff=True, **options)
            assert result["changed"]
            assert "-Word" not in result["output"]
        assert result["diff"] == {
            **result["diff"],
            "before": {"hostname": HOST, "username": "user", "password": "********", "active": False},
            "after": {"hostname": HOST, "username": "user", "password": "******** (changed)", "active": False},
        }
        play.sim.fault(kind="empty", method="POST")
        assert "-Word" not in play.fail(hostname=HOST, password="Third-Word")["output"]
        assert "password" not in play.info()[0]


class TestIdentity:
    """facts-server 13: duplicates are allowed."""

    def test_a_user_name(self, play: Play) -> None:
        play.run(hostname=HOST, username="one", password="1")
        play.round_trip(hostname=HOST, username="two", password="2")
        play.round_trip(hostname=HOST, username="")
        play.change(hostname=HOST, username="two", active=False)
        assert [one["active"] for one in play.info()] == [True, False, True]
        assert [one["username"] for one in play.info(hostname=HOST)] == ["one", "two", ""]
        assert [one["username"] for one in play.info(hostname=HOST, username="two")] == ["two"]
        message = play.fail(hostname=HOST, active=True)["msg"]
        assert "id: several match [smtp.example]:587: 1, 2, 3; set the one that you mean" in message
        play.gone(hostname=HOST, username="")
        play.gone(hostname=HOST, username="one")
        play.unchanged(hostname=HOST, active=False)

    def test_a_colon_in_it(self, play: Play) -> None:
        assert play.round_trip(hostname=HOST, username="us:er", password="Secret-1")["username"] == "us:er"
        play.change(hostname=HOST, username="us:er", password="Secret-2")
        play.gone(hostname=HOST, username="us:er")

    def test_a_number(self, play: Play, connect: Callable) -> None:
        for _number in range(2):
            connect().write("add/relayhost", {"hostname": HOST, "username": "user", "password": "x"})
        for options in ({"active": False}, {"state": "absent"}):
            assert "id: several match [smtp.example]:587 user: 1, 2;" in play.fail(hostname=HOST, username="user", **options)["msg"]
        play.change(id=2, hostname="other.example", username="new", password="y", active=False)
        assert play.info(id=2)[0]["hostname"] == "other.example"
        play.gone(id=2)
        play.unchanged(hostname=HOST, password="x", active=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"username": "user"}, "set hostname, or id"),
        ({"hostname": " "}, "hostname: ' ' is not a server"),
        ({"hostname": "a b"}, "hostname: 'a b' is not a server"),
        ({"id": 9, "hostname": HOST}, "id: there is no relay host with the ID 9"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_who_uses_it(play: Play) -> None:
    number = play.run(**ALL)["status"]["id"]
    assert play.info()[0]["status"] == {"id": number, "used_by_domains": [], "used_by_mailboxes": []}
    for name in ("a.example", "b.example"):
        Play(play.sim, DOMAIN).run(domain=name, relayhost=number, dkim_key_size=0)
    assert play.info()[0]["status"]["used_by_domains"] == ["a.example", "b.example"]
