# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.tls_policy_map import TLS_POLICY_MAP
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME = "a.example"
POLICIES = ("none", "may", "encrypt", "dane", "dane-only", "fingerprint", "verify", "secure")
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"dest": "far.example", "policy": "secure", "parameters": ["match=far.example"], "active": True}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, TLS_POLICY_MAP)


def test_everything(play: Play) -> None:
    options = {"dest": NAME, "policy": "secure", "parameters": ["match=.a.example", "protocols=!SSLv2"], "active": False}
    assert play.round_trip(**options) == options
    play.unchanged(dest=NAME, parameters=["protocols=!SSLv2", " match=.a.example"])
    play.gone(dest=NAME)


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-server 15: what is omitted on add is 0."""
    assert play.round_trip(dest=NAME, policy="may") == {"dest": NAME, "policy": "may", "parameters": [], "active": True}


@pytest.mark.parametrize("policy", POLICIES)
def test_policies(play: Play, policy: str) -> None:
    play.run(dest=NAME, policy="may" if policy != "may" else "none")
    assert play.change(dest=NAME, policy=policy)["policy"] == policy


def test_changes(play: Play) -> None:
    play.run(dest=NAME, policy="may")
    assert play.change(dest=NAME, parameters=["b=1", "a=2"])["parameters"] == ["a=2", "b=1"]
    assert play.change(dest=NAME, active=False)["parameters"] == ["a=2", "b=1"]
    assert play.change(dest=NAME, parameters=[])["parameters"] == []
    assert play.change(dest=NAME, active=True)["policy"] == "may"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (" A.Example ", NAME),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("[smtp.A.example]:25", "[smtp.a.example]:25"),
        ("[smtp.bücher.example]:587", "[smtp.xn--bcher-kva.example]:587"),
        ("User@A.example", "user@a.example"),
        ("user@bücher.example", "user@xn--bcher-kva.example"),
        ("[192.0.2.1]:25", "[192.0.2.1]:25"),
    ],
)
def test_spellings(play: Play, given: str, shown: str) -> None:
    assert play.round_trip(dest=given, policy="may")["dest"] == shown
    play.unchanged(dest=shown.upper(), policy="may")
    play.change(dest=given, policy="encrypt")
    play.gone(dest=given)


def test_a_domain_and_those_below_it(play: Play) -> None:
    """facts-server 15: a leading dot is refused on add and taken on edit."""
    assert "dest: mailcow does not create" in play.fail(dest=".a.example", policy="may")["msg"]
    number = play.run(dest=NAME, policy="may")["status"]["id"]
    play.change(id=number, dest=".A.example")
    play.change(dest=".a.example", policy="encrypt")
    play.gone(dest=".a.example")


def test_two_match(play: Play, connect: Callable) -> None:
    for dest in ("xn--mnchen-3ya.example", "b.example"):
        play.run(dest=dest, policy="may")
    # facts-server 15: an edit leaves Unicode as it is.
    connect().write("edit/tls-policy-map", {"items": ["2"], "attr": {"dest": "münchen.example"}})
    assert "id: there is no TLS policy map with the ID 9" in play.fail(id=9, policy="may")["msg"]
    assert "id: several match" in play.fail(dest="münchen.example", policy="encrypt")["msg"]
    assert play.change(id=2, dest=NAME)["dest"] == NAME
    play.gone(id=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"dest": NAME}, "policy: required to create it"),
        ({"policy": "may"}, "set dest, or id"),
        ({"dest": "*", "policy": "may"}, "dest: '*' is not a destination"),
        ({"dest": " ", "policy": "may"}, "dest: ' ' is not a destination"),
        ({"dest": "a b", "policy": "may"}, "dest: 'a b' is not a destination"),
        ({"dest": NAME, "policy": "dane", "parameters": ["a"]}, "parameters: 'a' is not of the form name=value"),
        ({"dest": NAME, "policy": "dane", "parameters": ["a=b c=d"]}, "parameters: 'a=b c=d' is not of the form name=value"),
        ({"dest": NAME, "policy": "Secure"}, "value of policy must be one of"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []
