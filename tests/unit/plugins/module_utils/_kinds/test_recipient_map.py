# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.recipient_map import RECIPIENT_MAP
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

OLD, NEW = "old@a.example", "new@b.example"
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"recipient_map_old": "old@a.example", "recipient_map_new": "jane@a.example", "active": True}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, RECIPIENT_MAP)


def test_everything(play: Play) -> None:
    options = {"recipient_map_old": OLD, "recipient_map_new": NEW, "active": False}
    assert play.round_trip(**options) == options
    play.gone(recipient_map_old=OLD)


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-server 11: what is omitted on add is 0."""
    assert play.round_trip(recipient_map_old=OLD, recipient_map_new=NEW)["active"] is True


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (" OLD@A.Example ", OLD),
        ("a.example", "@a.example"),
        (" @A.example", "@a.example"),
        ("@BÜCHER.example", "@xn--bcher-kva.example"),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("nodot", "@nodot"),
    ],
)
def test_spellings(play: Play, given: str, shown: str) -> None:
    assert play.round_trip(recipient_map_old=given, recipient_map_new=NEW)["recipient_map_old"] == shown
    play.unchanged(recipient_map_old=shown.upper(), recipient_map_new=" NEW@B.EXAMPLE ")
    play.change(recipient_map_old=given, recipient_map_new="c.example")
    play.gone(recipient_map_old=given)


@pytest.mark.parametrize(
    ("new", "shown"), [("C.example", "@c.example"), ("@bücher.example", "@xn--bcher-kva.example"), (" X@C.Example ", "x@c.example")]
)
def test_changes(play: Play, new: str, shown: str) -> None:
    """facts-server 11: an edit does not lower and does not trim."""
    play.run(recipient_map_old=OLD, recipient_map_new=NEW)
    assert play.change(recipient_map_old=OLD, recipient_map_new=new)["recipient_map_new"] == shown
    assert play.change(recipient_map_old=OLD, active=False)["active"] is False
    assert play.change(recipient_map_old=OLD, active=True)["recipient_map_new"] == shown


class TestNumber:
    """The option `id`."""

    @pytest.fixture
    def twins(self, play: Play, connect: Callable) -> Play:
        """facts-server 11: on edit the duplicate check is case-sensitive."""
        play.run(recipient_map_old=OLD, recipient_map_new=NEW)
        play.run(recipient_map_old="b.example", recipient_map_new=NEW)
        connect().write("edit/recipient_map", {"items": ["2"], "attr": {"recipient_map_old": "OLD@a.example"}})
        return play

    def test_two_match(self, twins: Play) -> None:
        for options in ({"active": False}, {"state": "absent"}):
            message = twins.fail(recipient_map_old=OLD, **options)["msg"]
            assert "id: several match old@a.example: 1, 2; set the one that you mean" in message.lower()

    def test_it_says_which(self, twins: Play) -> None:
        assert twins.change(id=2, active=False)["recipient_map_old"] == "OLD@a.example"
        assert len(twins.info(recipient_map_old=OLD)) == 2
        assert [one["active"] for one in twins.info(id=2)] == [False]
        twins.gone(id=2)
        twins.unchanged(recipient_map_old=OLD, active=True)

    def test_it_gives_another_name(self, play: Play) -> None:
        number = play.run(recipient_map_old=OLD, recipient_map_new=NEW)["status"]["id"]
        assert play.change(id=number, recipient_map_old="@c.example")["recipient_map_old"] == "@c.example"
        assert play.info(recipient_map_old=OLD) == []

    def test_there_is_none(self, play: Play) -> None:
        assert "id: there is no recipient map with the ID 9" in play.fail(id=9, recipient_map_old=OLD, recipient_map_new=NEW)["msg"]
        assert not play.run(id=9, state="absent")["changed"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"recipient_map_old": OLD}, "recipient_map_new: required to create it"),
        ({"recipient_map_new": NEW}, "set recipient_map_old, or id"),
        ({"recipient_map_old": "@@a.example", "recipient_map_new": NEW}, "recipient_map_old: '@@a.example' is not a valid e-mail address"),
        ({"recipient_map_old": OLD, "recipient_map_new": "a b"}, "recipient_map_new: 'a b' is not a domain name"),
        ({"recipient_map_old": "ü@a.example", "recipient_map_new": NEW}, "recipient_map_old: 'ü@a.example' is not a valid e-mail address"),
        ({"recipient_map_old": "", "recipient_map_new": NEW}, "recipient_map_old: '' is not a domain name"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_those_of_some_domains(play: Play) -> None:
    for old in (OLD, "@b.example", "a.example"):
        play.run(recipient_map_old=old, recipient_map_new=NEW)
    assert {one["recipient_map_old"] for one in play.info(domains=["A.example"])} == {OLD, "@a.example"}
    assert len(play.info()) == 3
