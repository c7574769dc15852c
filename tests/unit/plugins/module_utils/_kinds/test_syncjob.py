# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.syncjob import SYNCJOB
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

BOX, OTHER, HOST, USER = "box@a.example", "other@a.example", "imap.elsewhere.example", "jane"
SECRET, NEW = "Hunter2-hunter2", "Another-1-hunter"
ME = {"username": BOX, "host1": HOST, "user1": USER}
LEAST = {**ME, "port1": 993, "enc1": "SSL", "mins_interval": 20}
ALL = {
    **LEAST,
    "exclude": "(?i)spam|(?i)junk",
    "subfolder2": "External",
    "maxage": 30,
    "maxbytespersecond": 1000000,
    "timeout1": 10,
    "timeout2": 20,
    "delete2duplicates": True,
    "delete1": True,
    "delete2": True,
    "automap": True,
    "skipcrossduplicates": True,
    "subscribeall": True,
    "dry": True,
    "custom_params": "--folder=INBOX --dry",
    "active": False,
}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "username": "jane@a.example",
        "user1": "j",
        "host1": "imap.example",
        "port1": 993,
        "enc1": "SSL",
        "password1": "Secret-1",
        "mins_interval": 20,
        "exclude": "x",
        "subfolder2": "x",
        "custom_params": "--dry",
        "active": False,
        **dict.fromkeys(("maxage", "maxbytespersecond", "timeout1", "timeout2"), 60),
        **dict.fromkeys(("delete2duplicates", "delete1", "delete2", "automap", "skipcrossduplicates", "subscribeall", "dry"), False),
    }
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example")
    for box in (BOX, OTHER):
        Play(sim, MAILBOX).run(address=box, password=SECRET)
    return Play(sim, SYNCJOB)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL, password1=SECRET) == ALL
    play.gone(**ME)


def test_what_it_gets_unless_told_otherwise(play: Play) -> None:
    """facts-mailboxes 15: every flag that is omitted is off."""
    assert play.round_trip(**LEAST, password1=SECRET) == {
        **LEAST,
        **{name: False for name, value in ALL.items() if value is True},
        "exclude": "",
        "subfolder2": "",
        "maxage": 0,
        "maxbytespersecond": 0,
        "timeout1": 600,
        "timeout2": 600,
        "custom_params": "",
        "active": True,
    }


def test_each_option(play: Play) -> None:
    play.run(**LEAST, password1=SECRET)
    for name, value in {**ALL, "port1": 143, "enc1": "TLS", "mins_interval": 60}.items():
        if name not in ME:
            assert play.change(**ME, **{name: value})[name] == value
    for name, value in {"exclude": "", "subfolder2": "", "maxage": 0, "maxbytespersecond": 0, "custom_params": "", "dry": False}.items():
        assert play.change(**ME, **{name: value})[name] == value


def test_spellings(play: Play) -> None:
    play.run(**LEAST, password1=SECRET, custom_params=" --dry ", maxbytespersecond="7")
    play.unchanged(**{**LEAST, "username": BOX.upper(), "host1": " IMAP.Elsewhere.example ", "port1": "993", "mins_interval": "20"})
    play.unchanged(**ME, custom_params="--dry ", maxbytespersecond=7, active="1", password1=SECRET)
    assert play.change(**{**ME, "user1": "Jane"})["user1"] == "Jane"
    assert len(play.info()) == 1


def test_international_host(play: Play) -> None:
    options = {**LEAST, "host1": "größe.example"}
    assert play.round_trip(**options, password1=SECRET)["host1"] == "xn--grsse-kua.example"


class TestPassword:
    def test_it_is_compared_and_not_shown(self, play: Play) -> None:
        made = play.run(**LEAST, password1=SECRET, diff=True)
        play.unchanged(**ME, password1=SECRET)
        changed = play.run(**ME, password1=NEW, diff=True)
        assert changed["diff"]["after"]["password1"] == "******** (changed)"
        play.unchanged(**ME, password1=NEW)
        assert SECRET not in made["output"]
        assert NEW not in changed["output"]

    def test_it_is_asked_for_only_when_needed(self, play: Play) -> None:
        play.run(**LEAST, password1=SECRET)
        play.sim.clear_requests()
        assert "password1" not in play.info()[0]
        play.unchanged(**ME, maxage=0)
        assert not [request for request in play.sim.requests() if "with_password" in request["path"]]

    def test_it_is_shown_on_demand(self, play: Play) -> None:
        play.run(**LEAST, password1=SECRET)
        assert [one["password1"] for one in play.info(show_secrets=True)] == [SECRET]
        assert [one["password1"] for one in play.info(username=BOX, show_secrets=True)] == [SECRET]

    def test_no_error_shows_it(self, play: Play) -> None:
        assert SECRET not in play.fail(**LEAST, password1=SECRET, exclude="(")["output"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"host1": " "}, "host1: the host cannot be empty"),
        ({"user1": ""}, "user1: the user cannot be empty"),
        ({"username": "nobody@a.example"}, "the mailbox nobody@a.example does not exist in mailcow; create it first"),
        ({"port1": 0}, "port1: 0 is too small"),
        ({"port1": 65536}, "port1: 65536 is too large"),
        ({"mins_interval": 43801}, "mins_interval: 43801 is too large"),
        ({"timeout1": 0}, "timeout1: 0 is too small"),
        ({"maxage": 32001}, "maxage: 32001 is too large"),
        ({"exclude": "INBOX/x"}, "exclude: 'INBOX/x' contains a slash"),
        ({"exclude": "(open"}, "mailcow rejects one of the values; check that exclude is a regular expression"),
        ({"exclude": "x" * 501}, "exclude: 501 characters are too many; the maximum is 500"),
        ({"custom_params": "--dry " * 100}, "custom_params: 599 characters are too many; the maximum is 512"),
        ({"custom_params": "--evil"}, "custom_params"),
        ({"custom_params": "--folder INBOX"}, "custom_params"),
        ({"password1": None}, "password1: required to create it"),
        ({"enc1": None}, "enc1: required to create it"),
        ({"user1": None}, "set username and host1 and user1, or id"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(play: Play, options: dict, message: str) -> None:
    given = {**LEAST, "password1": SECRET, **options}
    assert message in play.fail(**{name: value for name, value in given.items() if value is not None})["msg"]
    assert play.info() == []


def test_what_mailcow_takes_for_not_given(play: Play) -> None:
    play.run(**LEAST, password1=SECRET)
    for password in ("", "0"):
        assert "password1: mailcow keeps the old value" in play.fail(**ME, password1=password)["msg"]


class TestHost:
    """facts-mailboxes 15: mailcow creates a job with any host, and then takes no change of it."""

    @pytest.fixture(autouse=True)
    def no_requests(self, play: Play) -> None:
        play.sim.clear_requests()

    @pytest.mark.parametrize("host", ["2001:db8::25", "[2001:DB8::25]", "2001:db8::25%eth0", "::ffff:192.0.2.25", "imap.example:993"])
    def test_a_colon(self, play: Play, host: str) -> None:
        for check in (True, False):
            message = play.fail(check=check, **{**LEAST, "host1": host}, password1=SECRET)["msg"]
            assert "host1: %s is an IPv6 address, or has a port" % host.lower() in message
        assert play.writes() == []

    def test_no_host_at_all(self, play: Play) -> None:
        play.run(**LEAST, password1=SECRET)
        play.sim.clear_requests()
        number = play.info()[0]["status"]["id"]
        assert "host1: not a host! is neither" in play.fail(username=BOX, id=number, host1="not a host!")["msg"]
        assert "host1: 2001:db8::25 is an IPv6 address" in play.fail(username=BOX, id=number, host1="2001:db8::25")["msg"]
        assert play.writes() == []

    def test_one_that_is_there_can_stay_and_go(self, play: Play) -> None:
        options = {**LEAST, "host1": "2001:db8::25"}
        play.run(**LEAST, password1=SECRET)
        play.sim.plant("sql", "UPDATE imapsync SET host1 = '2001:db8::25'")
        play.unchanged(**options)
        play.gone(username=BOX, host1="2001:db8::25", user1=USER)


class TestId:
    def test_another_host_and_user(self, play: Play) -> None:
        number = play.run(**LEAST, password1=SECRET)["status"]["id"]
        done = play.change(username=BOX, id=number, host1="New.example", user1="joe")
        assert (done["host1"], done["user1"]) == ("new.example", "joe")
        play.unchanged(username=BOX, host1="new.example", user1="joe")
        play.gone(username=BOX, id=number)

    def test_two_alike(self, play: Play) -> None:
        """facts-mailboxes 15: only add looks for duplicates."""
        first = play.run(**LEAST, password1=SECRET)["status"]["id"]
        second = play.run(**{**LEAST, "user1": "joe"}, password1=SECRET)["status"]["id"]
        play.run(username=BOX, id=second, user1=USER)
        assert "several match %s %s %s: %s, %s" % (BOX, HOST, USER, first, second) in play.fail(**ME, active=False)["msg"]
        assert [one["status"]["id"] for one in play.info(**ME)] == [first, second]
        play.gone(username=BOX, id=second)
        play.unchanged(**ME)

    def test_none_of_that_number(self, play: Play) -> None:
        assert "there is no sync job with the ID 4711" in play.fail(username=BOX, id=4711, active=False)["msg"]


def test_lists(play: Play) -> None:
    for box, user in ((BOX, "1"), (BOX, "2"), (OTHER, "1")):
        play.run(**{**LEAST, "username": box, "user1": user}, password1=SECRET)
    play.sim.clear_requests()
    assert [(one["username"], one["user1"]) for one in play.info()] == [(BOX, "1"), (BOX, "2"), (OTHER, "1")]
    assert [request["path"] for request in play.sim.requests()] == ["/api/v1/get/syncjobs/all/no_log"]
    assert len(play.info(username=BOX)) == 2
    assert len(play.info(user1="1")) == 2
    assert len(play.info(domains=["a.example"], host1=HOST.upper())) == 3
    assert play.info(domains=["gone.example"]) == []
