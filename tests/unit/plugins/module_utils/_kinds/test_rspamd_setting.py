# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.rspamd_setting import RSPAMD_SETTING
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, RULES = "Grün <b>", 'priority = 10;\nrcpt = "/^postmaster@/";\nwant_spam = yes;'
ALL = {"description": NAME, "content": RULES, "active": False}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"description": "Postmaster", "content": "want_spam = yes;", "active": True}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, RSPAMD_SETTING)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(description=NAME)


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-server 21: what is omitted on add is 0."""
    assert play.round_trip(description=NAME, content=RULES)["active"] is True


def test_changes(play: Play) -> None:
    play.run(**ALL)
    assert play.change(description=NAME, active=True)["content"] == RULES
    assert play.change(description=NAME, content="want_spam = no;") == {**ALL, "content": "want_spam = no;", "active": True}
    assert play.change(description=NAME.upper())["description"] == NAME.upper()


def test_blanks_around_the_content_make_no_difference(play: Play, connect: Callable) -> None:
    """facts-server 21: an add does not trim, an edit does."""
    connect().write("add/rsetting", {"desc": NAME, "content": f"  {RULES}\n", "active": "1"})
    play.unchanged(description=NAME, content=RULES)
    play.unchanged(description=NAME, content=f"\n{RULES} ")
    play.change(description=NAME, content="\nwant_spam = no;\n")


class TestNumber:
    """facts-server 21: duplicates are allowed."""

    @pytest.fixture
    def twins(self, play: Play, connect: Callable) -> Play:
        for name in (NAME, NAME, ""):
            connect().write("add/rsetting", {"desc": name, "content": RULES, "active": "1"})
        return play

    def test_two_match(self, twins: Play) -> None:
        for options in ({"active": False}, {"state": "absent"}):
            assert f"id: several match {NAME}: 1, 2; set the one that you mean" in twins.fail(description=NAME, **options)["msg"]

    def test_it_says_which(self, twins: Play) -> None:
        assert twins.change(id=2, active=False)["description"] == NAME
        assert [one["active"] for one in twins.info(description=NAME)] == [True, False]
        twins.gone(id=2)
        twins.unchanged(description=NAME, active=True)

    def test_it_gives_another_description(self, twins: Play) -> None:
        assert twins.info(id=3)[0]["description"] == ""
        assert twins.change(id=3, description="Postmaster")["description"] == "Postmaster"
        assert twins.info(description="postmaster")[0]["status"] == {"id": 3}

    @pytest.mark.parametrize("options", [{"description": ""}, {"content": " "}, {"content": "0"}], ids=str)
    def test_nothing_is_emptied(self, twins: Play, options: dict) -> None:
        assert "mailcow keeps the old value" in twins.fail(id=1, **options)["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"content": RULES}, "set description, or id"),
        ({"description": NAME}, "content: required to create it"),
        ({"description": NAME, "content": " "}, "content: mailcow rejects a setting without content"),
        ({"description": NAME, "content": "0"}, "content: mailcow rejects a setting without content"),
        ({"description": "", "content": RULES}, "description: without it, the setting cannot be identified"),
        ({"description": "ü" * 256, "content": RULES}, "description: 256 characters are too many; the maximum is 255"),
        ({"id": 9, "content": RULES}, "id: there is no Rspamd setting with the ID 9"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_the_longest_description(play: Play) -> None:
    play.round_trip(description="ü" * 255, content=RULES)
