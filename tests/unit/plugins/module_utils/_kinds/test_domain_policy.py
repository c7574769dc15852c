# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_policy import DOMAIN_POLICY
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME = "a.example"
ALL = {"domain": NAME, "allow": ["*@good.example", "friend@x.example"], "block": ["*.bad.example"]}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"domain": "a.example", "allow": ["*@good.example"], "block": ["*@bad.example"]}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for domain in (NAME, "b.example", "xn--grsse-kua.example"):
        Play(sim, DOMAIN).run(domain=domain)
    return Play(sim, DOMAIN_POLICY)


def shown(play: Play, **options: object) -> list[dict]:
    return [{key: value for key, value in one.items() if key != "status"} for one in play.info(**options)]


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    assert play.change(domain=NAME, allow=[], block=[]) == {"domain": NAME, "allow": [], "block": []}


def test_absent_empties_both(play: Play) -> None:
    play.run(**ALL)
    check = play.run(domain=NAME, state="absent", check=True, diff=True)
    done = play.run(domain=NAME, state="absent", diff=True)
    assert done["diff"]["after"] == {"domain": NAME, "allow": [], "block": []}
    assert (check["changed"], check["diff"]) == (done["changed"], done["diff"]) == (True, done["diff"])
    play.unchanged(domain=NAME, state="absent")
    assert shown(play, domain=NAME) == [{"domain": NAME, "allow": [], "block": []}]


@pytest.mark.parametrize(
    "change",
    [
        {"allow": ["friend@x.example"]},
        {"allow": ["friend@x.example", "*@192.0.2.1", "*@good.example"]},
        {"block": []},
        {"allow": ["*@other.example"], "block": ["*@x.example"]},
    ],
    ids=str,
)
def test_one_change(play: Play, change: dict) -> None:
    play.run(**ALL)
    after = play.change(domain=" A.Example", **change)
    assert after == {**ALL, **{option: sorted(value) for option, value in change.items()}}


def test_case_order_and_doubles_make_no_difference(play: Play) -> None:
    play.run(**ALL)
    play.unchanged(domain=NAME, allow=[" Friend@X.example", "*@GOOD.example", "friend@x.example"])


def test_a_sender_moves_from_one_list_to_the_other(play: Play) -> None:
    """facts-server 8: mailcow refuses a sender that stands in the other list."""
    play.run(**ALL)
    swapped = play.change(domain=NAME, allow=ALL["block"], block=ALL["allow"])
    assert (swapped["allow"], swapped["block"]) == (ALL["block"], ALL["allow"])


def test_a_sender_of_the_other_list_is_found_before(play: Play) -> None:
    play.run(**ALL)
    play.sim.clear_requests()
    message = play.fail(domain=NAME, allow=["*.bad.example"])["msg"]
    assert "allow: *.bad.example is in block on the server; set both options to move it" in message
    assert play.writes() == []


def test_one_that_fits_no_sender(play: Play) -> None:
    """facts-server 8: mailcow takes it, so that servers have such entries, and exports of them have to be accepted elsewhere."""
    assert play.change(domain=NAME, block=["x.example"])["block"] == ["x.example"]
    play.unchanged(domain=NAME, block=["x.example"])


def test_entries_of_mailboxes_are_left_alone(play: Play, connect: Callable) -> None:
    """facts-server 8: they stand in the list of the domain, too."""
    Play(play.sim, MAILBOX).run(address="box@a.example", password="Hunter2-hunter2")
    play.sim.plant("sql", "INSERT INTO filterconf (object, option, value) VALUES ('box@a.example', 'whitelist_from', 'own@x.example')")
    play.unchanged(domain=NAME, allow=[])
    play.round_trip(**ALL)
    play.run(domain=NAME, state="absent")
    assert "own@x.example" in str(connect().get("policy_wl_domain", NAME))


def test_an_alias_domain_has_its_own(play: Play) -> None:
    Play(play.sim, ALIAS_DOMAIN).run(alias_domain="other.example", target_domain=NAME)
    play.run(**ALL)
    play.round_trip(domain="other.example", block=["*.bad.example"])
    play.unchanged(**ALL)


def test_an_international_domain(play: Play) -> None:
    assert play.round_trip(domain="Größe.example", allow=["*@x.example"])["domain"] == "xn--grsse-kua.example"


class TestNoSuchDomain:
    def test_it_is_told(self, play: Play) -> None:
        assert "there is no such mail domain or alias domain" in play.fail(domain="gone.example", allow=["*@x.example"])["msg"]

    def test_an_earlier_task_would_make_it(self, play: Play) -> None:
        assert play.run(domain="gone.example", allow=["*@x.example"], check=True)["changed"]

    def test_it_has_nothing_to_empty(self, play: Play) -> None:
        play.unchanged(domain="gone.example", state="absent")

    def test_it_is_not_listed(self, play: Play) -> None:
        assert play.info(domain="gone.example") == []
        assert [one["domain"] for one in play.info(domains=["gone.example", "b.example"])] == ["b.example"]


def test_all_of_some_domains(play: Play) -> None:
    play.run(**ALL)
    assert [one["domain"] for one in play.info()] == [NAME, "b.example", "xn--grsse-kua.example"]
    assert shown(play, domains=[NAME]) == [ALL]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"allow": ["a+b@x.example"]}, "allow: 'a+b@x.example' is not a valid sender"),
        ({"block": ["@"]}, "block: '@' is not a valid sender"),
        ({"block": ["ü.example"]}, "block: 'ü.example' is not a valid sender"),
        ({"block": [""]}, "block: '' is not a valid sender"),
        ({"block": ["x" * 101]}, "is not a valid sender"),
        ({"allow": ["*@x.example"], "block": ["*@X.example"]}, "allow: *@x.example cannot be both allowed and blocked"),
        ({"domain": "no domain", "allow": []}, "domain: 'no domain' is not a domain name"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**{"domain": NAME, **options})["msg"]
    assert play.writes() == []
