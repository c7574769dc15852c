# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_admin import DOMAIN_ADMIN
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

PASSWORD = "Hunter2-hunter2"
ALL = {"username": "jane.doe", "domains": ["a.example", "b.example"], "active": False, "force_tfa": True, "force_pw_update": True}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "username": "admin-a",
        "password": "Hunter2-hunter2",
        "domains": ["a.example"],
        "acl": ["quarantine"],
        **dict.fromkeys(("active", "force_tfa", "force_pw_update"), True),
        "disable_tfa": False,
    }
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for domain in ("a.example", "b.example", "xn--grsse-kua.example"):
        Play(sim, DOMAIN).run(domain=domain)
    return Play(sim, DOMAIN_ADMIN)


def bodies(play: Play, route: str) -> list[dict]:
    return [request["body"] for request in play.sim.requests() if request["path"] == "/api/v1/" + route]


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL, password=PASSWORD) == ALL
    play.gone(username="jane.doe")


def test_what_is_omitted(play: Play) -> None:
    """facts-server 6: mailcow creates an inactive one when active is omitted."""
    shown = play.round_trip(username=" Jane ", domains=["größe.example"], password=PASSWORD)
    assert shown == {
        "username": "jane",
        "domains": ["xn--grsse-kua.example"],
        "active": True,
        "force_tfa": False,
        "force_pw_update": False,
    }
    play.gone(username="JANE")


@pytest.mark.parametrize(
    "change",
    [
        {"domains": ["b.example"]},
        {"domains": ["größe.example", "A.example"]},
        {"active": True},
        {"force_tfa": False},
        {"force_pw_update": False},
        {"active": True, "force_tfa": False, "domains": ["b.example"]},
    ],
    ids=str,
)
def test_one_change(play: Play, change: dict) -> None:
    """facts-server 6: an edit resets the two force flags that it omits."""
    before = play.run(**ALL, password=PASSWORD)["domain_admin"]
    after = play.change(username="Jane.Doe", **change)
    unmanaged = before.keys() - change.keys()
    assert {option: after[option] for option in unmanaged} == {option: before[option] for option in unmanaged}


def test_order_case_and_doubles_make_no_difference(play: Play) -> None:
    play.run(**ALL, password=PASSWORD)
    play.unchanged(username=" JANE.DOE ", domains=["B.example", "a.example", "b.example "], active="no", force_tfa="1")


class TestPassword:
    def test_only_on_create(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        play.unchanged(username="jane.doe", password="Another-1234")

    def test_always(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        result = play.run(username="jane.doe", password="Another-1234", update_password="always", diff=True)
        assert result["changed"]
        assert "Another-1234" not in result["output"].replace('"password": "VALUE_SPECIFIED', "")
        assert result["domain_admin"] == ALL

    def test_a_refused_one_says_what_was_done_before(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        result = play.fail(username="jane.doe", password="x", active=True, update_password="always")
        assert "Other options of the same task have already been set" in result["msg"]


def test_the_second_factor_is_taken_off_once(play: Play) -> None:
    """facts-server 6"""
    play.sim.plant("sql", "INSERT INTO tfa (key_id, username, active) VALUES ('phone', 'jane.doe', 1)")
    assert play.run(**ALL, password=PASSWORD)["domain_admin"] == {**ALL, "disable_tfa": False}
    assert play.change(username="jane.doe", disable_tfa=True) == ALL


class TestAcl:
    """facts-server 6: it cannot be read."""

    def granted(self, play: Play) -> list:
        return [body["attr"]["da_acl"] for body in bodies(play, "edit/da-acl")]

    def test_on_create(self, play: Play) -> None:
        options = {**ALL, "password": PASSWORD, "acl": ["ratelimit", "quarantine"]}
        assert play.run(check=True, diff=True, **options)["diff"] == play.run(diff=True, **options)["diff"]
        assert self.granted(play) == [["quarantine", "ratelimit"]]
        play.unchanged(**dict(options, acl=["syncjobs"]))

    def test_always(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        for _again in range(2):
            assert play.run(username="jane.doe", acl=[], update_write_only="always")["changed"]
        assert self.granted(play) == [[], []]
        play.unchanged(**ALL)

    def test_none_at_all(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD, acl=[])
        assert self.granted(play) == [[]]


class TestRename:
    def test_it_keeps_everything(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        check = play.run(username="jane.doe", rename_to="Joe", active=True, check=True, diff=True)
        done = play.run(username="jane.doe", rename_to="Joe", active=True, diff=True)
        assert check["diff"] == done["diff"]
        assert done["domain_admin"] == {**ALL, "username": "joe", "active": True}
        assert not play.run(username="jane.doe", rename_to="joe", active=True)["changed"]
        assert [one["username"] for one in play.info()] == ["joe"]

    def test_an_administrator_has_the_name(self, play: Play) -> None:
        """facts-server 6: mailcow would break off in the middle."""
        play.run(**ALL, password=PASSWORD)
        assert "rename_to: there is already an administrator admin" in play.fail(username="jane.doe", rename_to="admin")["msg"]
        play.unchanged(**ALL)

    def test_another_one_has_the_name(self, play: Play) -> None:
        play.run(**ALL, password=PASSWORD)
        play.run(username="joe", domains=["a.example"], password=PASSWORD)
        assert "both exist" in play.fail(username="jane.doe", rename_to="joe")["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"domains": ["a.example"]}, "password: required to create it"),
        ({"password": PASSWORD}, "domains: required to create it"),
        ({"password": PASSWORD, "domains": []}, "domains: a domain administrator needs at least one domain"),
        ({"password": PASSWORD, "domains": ["a.example", "gone.example"]}, "domains: the domain gone.example does not exist in mailcow"),
        ({"password": PASSWORD, "domains": ["other.example"]}, "domains: other.example is an alias domain of a.example"),
        ({"password": PASSWORD, "domains": ["a.example", "x y"]}, "domains: 'x y' is not a domain name"),
        ({"username": "a@b", "password": PASSWORD, "domains": ["a.example"]}, "username: 'a@b' is not a user name"),
        ({"username": "x", "rename_to": "a b"}, "rename_to: 'a b' is not a user name"),
        ({"username": "jane.doe", "domains": []}, "domains: a domain administrator needs at least one domain"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    Play(play.sim, ALIAS_DOMAIN).run(alias_domain="other.example", target_domain="a.example")
    play.run(**ALL, password=PASSWORD)
    play.sim.clear_requests()
    assert message in play.fail(**{"username": "new", **options})["msg"]
    assert play.writes() == []


def test_domains_that_an_earlier_task_would_make(play: Play) -> None:
    assert play.run(username="new", password=PASSWORD, domains=["gone.example"], check=True)["changed"]


def test_the_name_of_an_administrator(play: Play) -> None:
    message = play.fail(username="admin", password=PASSWORD, domains=["a.example"])["msg"]
    assert "admin already exists as an administrator" in message


def test_many(play: Play) -> None:
    for name in ("zoe", "adam"):
        play.run(username=name, domains=["a.example"], password=PASSWORD)
    assert [one["username"] for one in play.info()] == ["adam", "zoe"]
    assert play.info(username="nobody") == []
