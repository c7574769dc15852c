# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, TARGET, OTHER = "alias.example", "a.example", "xn--grsse-kua.example"
ALL = {"alias_domain": NAME, "target_domain": TARGET, "active": True, "rate_limit": {"value": 10, "frame": "h"}}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "alias_domain": "c.example",
        "target_domain": "a.example",
        "active": True,
        "rate_limit": {"value": 5, "frame": "h"},
        "dkim_selector": "one",
        "dkim_key_size": 1024,
    }
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for name in (TARGET, OTHER):
        Play(sim, DOMAIN).run(domain=name)
    return Play(sim, ALIAS_DOMAIN)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(alias_domain=NAME)


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-mailboxes 14: what is omitted on add is 0."""
    shown = play.round_trip(alias_domain=" BÜCHER.example", target_domain=TARGET.upper())
    assert shown == {
        "alias_domain": "xn--bcher-kva.example",
        "target_domain": TARGET,
        "active": True,
        "rate_limit": {"value": 0, "frame": "s"},
    }


@pytest.mark.parametrize("change", [{"target_domain": "größe.example"}, {"active": False}, {"rate_limit": {"value": 0}}], ids=str)
def test_one_change(play: Play, change: dict) -> None:
    before = play.run(**ALL)["alias_domain"]
    after = play.change(alias_domain=NAME, **change)
    unmanaged = before.keys() - change.keys()
    assert {option: after[option] for option in unmanaged} == {option: before[option] for option in unmanaged}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "target_domain: required to create it"),
        ({"target_domain": NAME}, "target_domain: an alias domain cannot be its own target"),
        ({"target_domain": "gone.example"}, "the domain gone.example does not exist in mailcow"),
        ({"target_domain": "second.example"}, "second.example is an alias domain itself; set its target a.example"),
        ({"target_domain": TARGET, "dkim_selector": "dkim"}, "dkim_selector: mailcow creates a DKIM key only if both"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.run(alias_domain="second.example", target_domain=TARGET)
    play.sim.clear_requests()
    assert message in play.fail(alias_domain=NAME, **options)["msg"]
    assert play.writes() == []
    assert not [request for request in play.sim.requests() if "None" in request["path"]]


def test_the_target_may_come_later_in_check_mode(play: Play) -> None:
    assert play.run(alias_domain=NAME, target_domain="gone.example", check=True)["changed"]


def test_a_key_is_made_with_it(play: Play) -> None:
    play.run(dkim_selector="mail", dkim_key_size=1024, **ALL)
    play.unchanged(dkim_selector="mail", dkim_key_size=2048, **ALL)


def test_it_is_found_among_others_by_list(play: Play) -> None:
    for number in range(3):
        play.run(alias_domain="%d.example" % number, target_domain=TARGET)
    assert [one["alias_domain"] for one in play.info()] == ["0.example", "1.example", "2.example"]
