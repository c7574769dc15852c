# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mta_sts import MTA_STS, parse
from ansible_collections.community.mailcow.plugins.module_utils._tasks.infos import info
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

NAME, IDN = "a.example", "xn--grsse-kua.example"
ALL = {"domain": NAME, "mode": "enforce", "max_age": 86400, "mx": ["*.mx.example", "mail.example"]}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [ALL]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for domain in (NAME, "b.example", IDN):
        Play(sim, DOMAIN).run(domain=domain, dkim_key_size=0)
    Play(sim, ALIAS_DOMAIN).run(alias_domain="other.example", target_domain=NAME)
    return Play(sim, MTA_STS)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(domain=NAME)


def test_what_a_new_one_has(play: Play) -> None:
    assert play.round_trip(domain=" Größe.example", mx=["Mail.example"]) == {
        "domain": IDN,
        "mode": "testing",
        "max_age": 604800,
        "mx": ["mail.example"],
    }


@pytest.mark.parametrize("change", [{"mode": "none"}, {"max_age": 31536000}, {"mx": ["größe.example"]}], ids=str)
def test_one_change(play: Play, change: dict) -> None:
    """facts-server 26: the version has to be sent each time."""
    play.run(**ALL)
    expected = {"mx": [IDN]} if "mx" in change else change
    assert play.change(domain=NAME, **change) == {**ALL, **expected}


def test_order_and_case_make_no_difference(play: Play) -> None:
    play.run(**ALL)
    play.unchanged(domain=NAME.upper(), mx=["MAIL.example", " *.MX.example", "mail.example"])


def test_one_that_was_switched_off_comes_back(play: Play) -> None:
    """facts-server 26: it cannot be deleted, and nobody sees it."""
    play.run(**ALL)
    play.gone(domain=NAME)
    assert play.info() == []
    assert play.round_trip(domain=NAME, mx=["new.example"], mode="none") == {
        "domain": NAME,
        "mode": "none",
        "max_age": 604800,
        "mx": ["new.example"],
    }


def test_an_alias_domain_has_that_of_its_target(play: Play) -> None:
    """facts-server 26: it could have one of its own, which nobody would see."""
    play.run(**ALL)
    for check in (True, False):
        result = play.try_(check=check, domain="other.example", mx=["mail.example"])
        assert "domain: other.example is an alias domain of a.example, whose policy applies to it" in result["msg"]
    play.unchanged(domain="other.example", state="absent")
    assert [one["domain"] for one in play.info()] == [NAME]
    assert play.info(domain="other.example") == play.info(domains=["other.example"]) == []


class TestNoSuchDomain:
    def test_it_is_told(self, play: Play) -> None:
        message = play.fail(domain="gone.example", mx=["mail.example"])["msg"]
        assert "the domain gone.example does not exist in mailcow; create it first" in message

    def test_an_earlier_task_would_make_it(self, play: Play) -> None:
        assert play.run(domain="gone.example", mx=["mail.example"], check=True)["changed"]

    def test_it_has_none(self, play: Play) -> None:
        play.unchanged(domain="gone.example", state="absent")
        assert play.info(domain="gone.example") == []


def test_a_proxy_that_does_not_know_the_name(play: Play) -> None:
    play.sim.fault(kind="status", status=404, path="well-known")
    result = play.fail(**ALL)
    assert "mailcow reported success, but it does not exist. It is read from the page /.well-known/mta-sts.txt under" in result["msg"]


@pytest.mark.parametrize("status", [200, 302, 421])
def test_a_proxy_that_answers_itself(play: Play, status: int) -> None:
    """What is there cannot be told then, so that nothing is written."""
    play.run(**ALL)
    play.sim.fault(kind="status", status=status, body="<html>", path="well-known")
    play.sim.clear_requests()
    for options in (ALL, {"domain": NAME, "state": "absent"}):
        assert "GET /.well-known/mta-sts.txt of mta-sts.a.example: " in play.fail(**options)["msg"]
    assert play.writes() == []
    assert "GET /.well-known/mta-sts.txt of mta-sts.a.example: " in execute(info(MTA_STS), play.connection)["msg"]


def test_those_of_some_domains(play: Play) -> None:
    for name in (NAME, "b.example"):
        play.run(**{**ALL, "domain": name})
    assert [one["domain"] for one in play.info()] == [NAME, "b.example"]
    assert [one["domain"] for one in play.info(domains=["B.example", "gone.example"])] == ["b.example"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "mx: required to create it"),
        ({"mx": []}, "mx: at least one is required"),
        ({"mx": ["a b"]}, "mx: 'a b' is not a domain name"),
        ({"mx": ["a.*.example"]}, "mx: 'a.*.example' is not a domain name"),
        ({"mx": ["mail.example"], "max_age": 0}, "max_age: 0 is too small; the minimum is 1"),
        ({"mx": ["mail.example"], "max_age": 31536001}, "max_age: 31536001 is too large"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(domain=NAME, **options)["msg"]
    assert play.writes() == []


@pytest.mark.parametrize("text", ["", "<html>", "mode: enforce", "version: STSv2\nmx: a.example"])
def test_a_page_of_somebody_else(text: str) -> None:
    assert parse(text) is None
