# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A relay host is called by its name, where mailcow knows a number that is another on every server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.relayhost import RELAYHOST
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

D, BOX, PASSWORD = "a.example", "box@a.example", "Hunter2-hunter2"
OBJECTS = {DOMAIN: {"domain": D}, MAILBOX: {"address": BOX}}
RELAYS = [
    {"hostname": "one.example:587", "username": "apikey", "password": "x"},
    {"hostname": "two.example", "username": "me@two.example", "password": "x"},
    {"hostname": "two.example", "username": "us:er", "password": "x"},
    {"hostname": "two.example", "username": ""},
    {"hostname": "[2001:DB8::1]:25"},
]
NAMES = ["apikey@one.example:587", "me@two.example@two.example", "us:er@two.example", "@two.example", "[2001:db8::1]:25"]


def config(sim: Simulator, check: bool = False, **declared: object) -> dict:
    return execute(CONFIG, {"url": sim.url, "api_key": sim.rw_key, "config": declared}, check)


def export(sim: Simulator, *kinds: str) -> dict:
    return execute(EXPORT, {"url": sim.url, "api_key": sim.rw_key, "kinds": kinds})["config"]


@pytest.fixture(params=OBJECTS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


@pytest.fixture
def play(sim: Simulator, kind: Kind) -> Play:
    """A domain and a mailbox beside five relay hosts."""
    for relay in RELAYS:
        Play(sim, RELAYHOST).run(**relay)
    Play(sim, DOMAIN).run(domain=D, dkim_key_size=0)
    Play(sim, MAILBOX).run(address=BOX, password=PASSWORD)
    sim.clear_requests()
    return Play(sim, kind)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        *((name, str(number)) for number, name in enumerate(NAMES, 1)),
        ("one.example:587", "1"),
        (" ApiKey@ONE.example:587 ", "1"),
        (3, "3"),
        (" 3 ", "3"),
    ],
)
def test_what_it_is_called(play: Play, kind: Kind, given: object, number: str) -> None:
    assert play.change(**OBJECTS[kind], relayhost=given)["relayhost"] == number
    play.unchanged(**OBJECTS[kind], relayhost=number)
    for nothing in ("0", ""):
        assert play.change(**OBJECTS[kind], relayhost=nothing)["relayhost"] == "0"
        play.run(**OBJECTS[kind], relayhost=number)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("two.example", "relayhost: several relay hosts have the name two.example: 2, 3, 4; set the ID of one"),
        ("987654", "relayhost: there is no relay host with the ID 987654"),
        ("one.example", "relayhost: there is no relay host one.example; create it first with community.mailcow.mailcow_relayhost"),
        ("you@one.example:587", "relayhost: there is no relay host you@one.example:587; create it first"),
        ("one example", "relayhost: 'one example' is not a relay host: set its ID, or its name like smtp.example:587"),
        ("me@", "relayhost: 'me@' is not a relay host"),
    ],
)
def test_what_it_cannot_be_called(play: Play, kind: Kind, given: str, message: str) -> None:
    assert message in play.fail(**OBJECTS[kind], relayhost=given)["msg"]
    new = {"domain": "new.example"} if kind is DOMAIN else {"address": "new@a.example", "password": PASSWORD}
    assert message in play.fail(**new, relayhost=given)["msg"]
    assert play.writes() == []


def test_an_earlier_task_may_have_made_it(play: Play, kind: Kind) -> None:
    predicted = play.run(check=True, **OBJECTS[kind], relayhost="new.example")
    assert (predicted["changed"], predicted[kind.name]["relayhost"]) == (True, "new.example")
    # A number cannot be known before.
    assert "there is no relay host with the ID 9" in play.fail(check=True, **OBJECTS[kind], relayhost="9")["msg"]


def test_a_number_whose_relay_host_is_gone_may_stay(play: Play) -> None:
    """facts-server 13: mailboxes keep it."""
    box = Play(play.sim, MAILBOX)
    box.run(address=BOX, relayhost="1")
    Play(play.sim, RELAYHOST).run(id=1, state="absent")
    box.unchanged(address=BOX, relayhost="1")
    assert export(play.sim, "mailboxes")["mailboxes"][0]["relayhost"] == "1"


class TestMany:
    def test_a_relay_host_and_who_uses_it(self, sim: Simulator, kind: Kind) -> None:
        declared = {
            "relayhosts": [{"hostname": "smtp.example:587", "username": "apikey", "password": "x"}],
            "domains": [{"domain": D, "relayhost": "smtp.example:587"}],
            "mailboxes": [{"address": BOX, "password": PASSWORD, "relayhost": "apikey@smtp.example:587"}],
        }
        predicted = config(sim, check=True, **declared)
        done = config(sim, **declared)
        assert not done.get("failed"), done["msg"]
        assert predicted["summary"] == done["summary"]
        assert Play(sim, RELAYHOST).info()[0]["status"]["used_by_domains"] == [D]
        assert not config(sim, **declared)["changed"]

    def test_what_is_exported_means_the_same_elsewhere(self, play: Play, connect: Callable) -> None:
        for number, name in enumerate(NAMES, 1):
            play.sim.clear_faults()
            Play(play.sim, DOMAIN).run(domain=D, relayhost=str(number))
            exported = export(play.sim, "relayhosts", "domains")
            assert exported["domains"][0]["relayhost"] == name
            assert not config(play.sim, **exported)["changed"]
        play.sim.reset()
        # Any of the numbers of the relay hosts that follow is another one than there was, in whatever order they are made.
        for number in range(len(NAMES)):
            Play(play.sim, RELAYHOST).run(hostname="other%d.example" % number)
        assert config(play.sim, **exported)["changed"]
        assert Play(play.sim, DOMAIN).info()[0]["relayhost"] not in (str(len(NAMES)), "0")
        assert export(play.sim, "domains")["domains"] == exported["domains"]

    def test_a_name_that_two_have_is_exported_as_a_number(self, play: Play, connect: Callable) -> None:
        connect().write("add/relayhost", {"hostname": "one.example:587", "username": "apikey", "password": "y"})
        Play(play.sim, DOMAIN).run(domain=D, relayhost="1")
        assert export(play.sim, "domains")["domains"][0]["relayhost"] == "1"
