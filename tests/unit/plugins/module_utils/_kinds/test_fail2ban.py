# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.fail2ban import FAIL2BAN
from tests.simulator.process import Simulator
from tests.tools.generate import documentation
from tests.unit.plugins.module_utils.play import Play

# What netfilter writes on a new server.
NEW = {
    "ban_time": 1800,
    "max_ban_time": 10000,
    "ban_time_increment": True,
    "manage_external": False,
    "max_attempts": 10,
    "retry_window": 600,
    "netban_ipv4": 32,
    "netban_ipv6": 128,
    "whitelist": [],
    "blacklist": [],
}
STORED = (
    '{"ban_time":1800,"max_ban_time":10000,"ban_time_increment":true,"max_attempts":10,"retry_window":600,"netban_ipv4":32,'
    '"netban_ipv6":128,"banlist_id":"1","manage_external":1}'
)

# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "ban_time": 600,
        "max_ban_time": 6000,
        "ban_time_increment": False,
        "manage_external": True,
        "max_attempts": 7,
        "retry_window": 60,
        "netban_ipv4": 24,
        "netban_ipv6": 64,
        "whitelist": ["192.0.2.1"],
        "blacklist": ["198.51.100.7"],
        "regex": ["Login of .+ from ([0-9a-f.:]+) failed"],
    }
]


@pytest.fixture
def fresh(sim: Simulator) -> Play:
    """A server whose netfilter has written nothing yet."""
    return Play(sim, FAIL2BAN)


@pytest.fixture
def play(fresh: Play) -> Play:
    fresh.sim.plant("redis", "SET F2B_OPTIONS '%s'" % STORED)
    return fresh


@pytest.mark.parametrize("option", [name for name, value in NEW.items() if value != []])
def test_the_documentation_says_what_a_new_server_has(option: str) -> None:
    described = documentation("mailcow_fail2ban", "DOCUMENTATION")["options"][option]["description"]
    assert f"On a new server it is V({str(NEW[option]).lower()})." in described


def current(play: Play) -> dict:
    shown = play.info()
    return {key: value for key, value in shown.items() if key != "status"}


def test_what_is_there(play: Play) -> None:
    assert current(play) == {**NEW, "manage_external": True}
    assert play.info()["status"] == {"active_bans": [], "permanent_bans": []}
    play.unchanged(**current(play))
    play.unchanged()


@pytest.mark.parametrize(
    "change",
    [
        {"ban_time": 3600},
        {"max_ban_time": 86400},
        {"ban_time_increment": False},
        {"manage_external": False},
        {"max_attempts": 5},
        {"retry_window": 60},
        {"netban_ipv4": 24},
        {"netban_ipv6": 64},
        {"whitelist": ["192.0.2.0/24", "host.example"]},
        {"blacklist": ["198.51.100.7", "2001:db8::/32"]},
        {"regex": ["one ([0-9a-f\\.:]+)", "two/ ([0-9a-f\\.:]+)"]},
        {"ban_time": 60, "whitelist": ["192.0.2.1"], "blacklist": [], "regex": ["three ([0-9a-f\\.:]+)"]},
    ],
    ids=str,
)
def test_one_change(play: Play, change: dict) -> None:
    """facts-server 16: an edit resets the two flags that it omits; both are on here."""
    before = current(play)
    assert play.change(**change) == {**before, **change}


@pytest.mark.parametrize("change", [{"ban_time": 3600}, {"whitelist": ["192.0.2.1"]}, {"ban_time_increment": False}], ids=str)
def test_settings_that_are_not_there_yet(fresh: Play, change: dict) -> None:
    """facts-server 16: what such an edit omits falls to the least, a netban_ipv4 of 0 among it."""
    assert current(fresh) == NEW
    fresh.unchanged(**NEW)
    assert fresh.change(**change) == {**NEW, **change}


def test_an_edit_repeats_no_more_than_needed(play: Play) -> None:
    play.sim.clear_requests()
    play.run(max_attempts=3)
    assert [request["body"]["attr"] for request in play.sim.requests() if request["method"] == "POST"] == [
        {"max_attempts": 3, "ban_time_increment": 1, "manage_external": 1}
    ]


LISTS = {"whitelist": ["192.0.2.0/24", "2001:db8::1", "host.example"], "blacklist": ["198.51.100.7"]}


class TestLists:
    """Sets, whatever their spelling and whatever parts them."""

    @pytest.mark.parametrize(
        "again",
        [
            {"whitelist": ["host.example", "2001:DB8:0::1", "192.0.2.7/24", " HOST.example ", ""]},
            {"whitelist": "2001:db8::1,192.0.2.0/255.255.255.0,host.example"},
            {"blacklist": ["198.51.100.7/32"]},
        ],
        ids=str,
    )
    def test_spelling(self, play: Play, again: dict) -> None:
        assert {option: play.run(**LISTS)["fail2ban"][option] for option in LISTS} == LISTS
        play.unchanged(**again)

    def test_what_others_wrote(self, play: Play) -> None:
        for entry in ("Host.Example", "192.0.2.7/24", "2001:DB8:0::1"):
            play.sim.plant("redis", "HSET F2B_WHITELIST %s 1" % entry)
        play.unchanged(whitelist=LISTS["whitelist"])

    def test_international_names(self, play: Play) -> None:
        assert play.change(whitelist=["größe.example"])["whitelist"] == ["xn--grsse-kua.example"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ban_time": 59}, "ban_time: 59 is too small; the minimum is 60"),
        ({"max_attempts": 0}, "max_attempts: 0 is too small"),
        ({"netban_ipv4": 33}, "netban_ipv4: 33 is too large; the maximum is 32"),
        ({"netban_ipv6": 7}, "netban_ipv6: 7 is too small, because a single ban would cover most"),
        ({"whitelist": ["192.0.2.999"]}, "whitelist: '192.0.2.999' is not an address, a network or a hostname"),
        ({"whitelist": ["a b"]}, "whitelist: 'a b' is not an address"),
        ({"blacklist": ["host.example"]}, "blacklist: 'host.example' is neither an address nor a network"),
        ({"blacklist": ["1.2.3.4/0"]}, "blacklist: '1.2.3.4/0' would ban everyone"),
        ({"blacklist": ["0.0.0.0"]}, "blacklist: '0.0.0.0' would ban everyone"),
        ({"regex": []}, "regex: mailcow keeps the old ones when the list is empty"),
        ({"regex": ["fine ([0-9a-f.:]+)", "("]}, "regex: '(' is not a regular expression (missing )"),
        ({"regex": ["failed login"]}, "regex: 'failed login' has no group that matches the address"),
        ({"regex": [""]}, "regex: '' has no group"),
    ],
    ids=str,
)
def test_what_mailcow_would_change_silently(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_a_length_that_is_too_small_can_stay(play: Play) -> None:
    """What is exported can be given back."""
    play.sim.plant("redis", "SET F2B_OPTIONS '%s'" % STORED.replace('"netban_ipv4":32', '"netban_ipv4":"0"'))
    play.unchanged(**current(play))


def test_bans(play: Play) -> None:
    play.sim.plant("redis", "HSET F2B_ACTIVE_BANS 192.0.2.7/32 4000000000")
    play.sim.plant("redis", "HSET F2B_PERM_BANS 198.51.100.0/24 1")
    status = play.info()["status"]
    assert status["active_bans"][0]["network"] == "192.0.2.7/32"
    assert status["permanent_bans"] == [{"network": "198.51.100.0/24", "ip": "198.51.100.0"}]


class TestExpressions:
    """facts-server 16"""

    ONE, TWO = "one ([0-9a-f.:]+)", "two ([0-9a-f.:]+)"

    @pytest.fixture
    def filled(self, play: Play) -> Play:
        play.run(regex=[self.ONE, self.TWO])
        return play

    def test_order_makes_no_difference(self, filled: Play) -> None:
        filled.unchanged(regex=[self.TWO, self.ONE, self.TWO])
        assert filled.change(regex=[self.TWO])["regex"] == [self.TWO]

    def test_one_that_counts_twice_is_taken_away(self, play: Play) -> None:
        play.sim.plant("redis", 'SET F2B_REGEX \'{"1":"%s","2":"%s"}\'' % (self.ONE, self.ONE))
        assert play.change(regex=[self.ONE])["regex"] == [self.ONE]

    def test_more_than_nine_stay_in_order(self, play: Play) -> None:
        many = ["%s ([0-9a-f.:]+)" % letter for letter in "abcdefghijkl"]
        assert play.change(regex=many)["regex"] == many

    def test_what_somebody_else_wrote_can_stay(self, play: Play) -> None:
        play.sim.plant("redis", 'SET F2B_REGEX \'{"1":"(","2":"none"}\'')
        play.unchanged(**current(play))
        assert play.change(regex=["(", self.ONE])["regex"] == ["(", self.ONE]
        assert "regex: 'none' has no group" in play.fail(regex=["none"])["msg"]

    def test_they_are_written_alone(self, filled: Play) -> None:
        """An edit of the settings ignores them, and the one of them ignores the settings."""
        filled.sim.clear_requests()
        filled.run(regex=[self.ONE], ban_time=600)
        assert [request["body"]["attr"].get("action") for request in filled.sim.requests() if request["method"] == "POST"] == [
            None,
            "edit-regex",
        ]
