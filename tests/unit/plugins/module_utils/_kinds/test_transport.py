# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.transport import TRANSPORT
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, HOP, SECRET = "a.example", "[smtp.example]:25", "Sec:ret-Word"
ALL = {"destination": NAME, "nexthop": HOP, "username": "user", "password": SECRET, "is_mx_based": False, "active": False}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "destination": "far.example",
        "nexthop": "mx.example",
        "username": "t",
        "password": "Secret-3",
        "is_mx_based": False,
        "active": True,
    }
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, TRANSPORT)


def credentials(play: Play) -> dict:
    return {one["destination"]: (one["username"], one["password"]) for one in play.info(show_secrets=True)}


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == {option: value for option, value in ALL.items() if option != "password"}
    play.gone(destination=NAME)


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-server 14: what is omitted on add is 0."""
    shown = play.round_trip(destination=NAME, nexthop=HOP)
    assert shown == {"destination": NAME, "nexthop": HOP, "username": "", "is_mx_based": False, "active": True}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (" A.Example ", NAME),
        (".A.example", ".a.example"),
        ("*", "*"),
        ("User@A.example", "user@a.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        (".bücher.example", ".xn--bcher-kva.example"),
        ("user@bücher.example", "user@xn--bcher-kva.example"),
    ],
)
def test_destinations(play: Play, given: str, shown: str) -> None:
    play.run(destination="first.example", nexthop="first.example")
    assert play.round_trip(destination=given, nexthop=HOP)["destination"] == shown
    play.unchanged(destination=shown.upper())
    play.change(destination=given, active=False)
    play.gone(destination=given)


def test_an_expression(play: Play) -> None:
    expression = "^mx[0-9]+\\.(a|b)\\.Example$"
    play.run(destination="first.example", nexthop="first.example")
    assert play.round_trip(destination=expression, nexthop=HOP, is_mx_based=True)["destination"] == expression
    play.change(destination=expression, active=False)
    play.gone(destination=expression)


@pytest.mark.parametrize(
    ("given", "shown", "same"),
    [
        (" SMTP.example:25 ", "smtp.example:25", "smtp.EXAMPLE:25"),
        ("192.0.2.10", "[192.0.2.10]", "[192.0.2.10]"),
        ("2001:DB8::10", "[2001:db8::10]", "[2001:DB8::10]"),
        ("[192.0.2.10]:587", "[192.0.2.10]:587", "[192.0.2.10]:587"),
        ("[mx.bücher.example]", "[mx.xn--bcher-kva.example]", "[MX.BÜCHER.example]"),
    ],
)
def test_next_hops(play: Play, given: str, shown: str, same: str) -> None:
    assert play.round_trip(destination=NAME, nexthop=given)["nexthop"] == shown
    play.unchanged(destination=NAME, nexthop=same)
    play.change(destination=NAME, nexthop="other.example")
    assert play.change(destination=NAME, nexthop=given)["nexthop"] == shown


def test_changes(play: Play) -> None:
    play.run(**ALL)
    play.change(destination=NAME, username="other")
    assert credentials(play) == {NAME: ("other", SECRET)}
    play.change(destination=NAME, password="new:word")
    play.change(destination=NAME, is_mx_based=True)
    play.change(destination=NAME, is_mx_based=False)
    play.change(destination=NAME, active=True)
    assert credentials(play) == {NAME: ("other", "new:word")}
    play.change(destination=NAME, username="")
    assert credentials(play) == {NAME: ("", "")}
    play.change(destination=NAME, username="back", password="again")
    play.change(destination=NAME, nexthop="other.example")
    assert credentials(play) == {NAME: ("back", "again")}


class TestNextHop:
    """facts-server 14: credentials belong to the next hop."""

    @pytest.fixture
    def known(self, play: Play) -> Play:
        play.run(destination="first.example", nexthop=HOP, username="user", password="first")
        return play

    def test_a_new_one_takes_over_what_is_there(self, known: Play) -> None:
        assert known.run(destination=NAME, nexthop=HOP.upper())["transport"]["username"] == "user"
        assert credentials(known) == dict.fromkeys(("first.example", NAME), ("user", "first"))
        known.unchanged(destination=NAME, nexthop=HOP)

    @pytest.mark.parametrize(
        ("given", "after"),
        [
            ({"username": "user"}, ("user", "first")),
            ({"username": "user", "password": SECRET}, ("user", SECRET)),
            ({"password": "second"}, ("user", "second")),
            ({"username": "other"}, ("other", "first")),
            ({"username": "other", "password": "se:cond"}, ("other", "se:cond")),
            ({"username": ""}, ("", "")),
        ],
        ids=str,
    )
    def test_what_a_new_one_says_is_for_all(self, known: Play, given: dict, after: tuple) -> None:
        check = known.run(destination=NAME, nexthop=HOP, **given, check=True, diff=True)
        done = known.run(destination=NAME, nexthop=HOP, **given, diff=True)
        assert check["diff"] == done["diff"]
        known.unchanged(destination=NAME, nexthop=HOP, **given)
        assert credentials(known) == dict.fromkeys(("first.example", NAME), after)

    @pytest.mark.parametrize(
        ("given", "after"),
        [
            ({}, ("user", "first")),
            ({"username": "own"}, ("own", "first")),
            ({"username": "own", "password": SECRET}, ("own", SECRET)),
            ({"active": False}, ("user", "first")),
        ],
        ids=str,
    )
    def test_one_that_comes_to_it(self, known: Play, given: dict, after: tuple) -> None:
        known.run(destination=NAME, nexthop="other.example", username="own", password=SECRET)
        known.change(destination=NAME, nexthop=HOP, **given)
        assert credentials(known) == dict.fromkeys(("first.example", NAME), after)

    def test_an_add_would_spoil_a_colon(self, play: Play) -> None:
        play.run(destination="first.example", nexthop=HOP, username="user", password=SECRET)
        play.sim.clear_requests()
        result = play.fail(destination=NAME, nexthop=HOP)
        assert "password: is required, because the one that mailcow has for [smtp.example]:25 contains a colon" in result["msg"]
        assert play.writes() == []
        play.run(destination=NAME, nexthop=HOP, password=SECRET)
        assert credentials(play) == dict.fromkeys(("first.example", NAME), ("user", SECRET))

    @pytest.mark.parametrize(("one", "other"), [("smtp.example", "[smtp.example]:25"), ("[smtp.example]:25", "smtp.example")])
    def test_with_and_without_brackets(self, play: Play, one: str, other: str) -> None:
        play.run(destination="first.example", nexthop=one)
        assert "brackets" in play.fail(destination=NAME, nexthop=other)["msg"]


def test_it_is_not_shown(play: Play) -> None:
    for options in (ALL, {**ALL, "password": "Another-Word"}):
        result = play.run(diff=True, **options)
        assert result["changed"]
        assert "-Word" not in result["output"]
    play.sim.fault(kind="empty", method="POST")
    assert "-Word" not in play.fail(destination=NAME, password="Third-Word")["output"]
    assert "password" not in play.info()[0]


class TestNumber:
    """The option `id`."""

    def test_it_gives_another_destination(self, play: Play) -> None:
        number = play.run(**ALL)["status"]["id"]
        play.change(id=number, destination="b.example")
        assert play.info(destination=NAME) == []

    def test_two_match(self, play: Play, connect: Callable) -> None:
        for name in (NAME, NAME.upper()):
            connect().write("add/transport", {"destination": name, "nexthop": HOP})
        assert "id: several match %s: 1, 2; set the one that you mean" % NAME in play.fail(destination=NAME, active=False)["msg"]
        play.change(id=2, active=True)
        play.gone(id=1)
        play.unchanged(destination=NAME, active=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"nexthop": HOP}, "set destination, or id"),
        ({"destination": NAME}, "nexthop: required to create it"),
        ({"destination": "", "nexthop": HOP}, "destination: '' is not a single destination"),
        ({"destination": "a.example, b.example", "nexthop": HOP}, "destination: 'a.example, b.example' is not a single destination"),
        ({"destination": "user@", "nexthop": HOP}, "destination: '' is not a domain name"),
        ({"destination": NAME, "nexthop": ""}, "nexthop: '' is not a server"),
        ({"destination": NAME, "nexthop": HOP, "password": "x"}, "password: mailcow drops a password without a username"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


@pytest.mark.parametrize(
    ("destination", "is_mx_based"), [("..a.example", False), ("under_score.example", False), ("([bad", True), ("/x/", True)]
)
def test_what_mailcow_refuses(play: Play, destination: str, is_mx_based: bool) -> None:
    """facts-server 14: it looks only if there is a transport map already."""
    play.run(destination="first.example", nexthop="first.example")
    message = play.fail(destination=destination, nexthop=HOP, is_mx_based=is_mx_based)["msg"]
    assert "%s is not a valid destination: use" % destination in message
