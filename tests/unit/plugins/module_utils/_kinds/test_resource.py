# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.resource import RESOURCE
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, BOX = "Beamerbig@a.example", "box@a.example"
ALL = {
    "address": NAME,
    "domain": "a.example",
    "description": "Beamer (big)",
    "kind": "thing",
    "multiple_bookings": 3,
    "active": False,
}
MADE_OF = {"domain": "a.example", "description": "Beamer (big)"}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "address": "Room1@a.example",
        "domain": "a.example",
        "description": "Room 1",
        "kind": "location",
        "multiple_bookings": 1,
        "active": True,
    }
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example")
    Play(sim, DOMAIN).run(domain="xn--grsse-kua.example")
    Play(sim, MAILBOX).run(address=BOX, password="Hunter2-hunter2")
    return Play(sim, RESOURCE)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(address=NAME)


def test_what_is_omitted(play: Play) -> None:
    """facts-mailboxes 18: mailcow would make it inactive."""
    shown = play.round_trip(address=NAME, description="Beamer (big)", kind="location")
    assert shown == {**ALL, "kind": "location", "multiple_bookings": 0, "active": True}


def test_the_address_is_made_of_the_description(play: Play) -> None:
    made = play.run(**MADE_OF, kind="thing")
    assert made["resource"]["address"] == NAME
    play.unchanged(**MADE_OF)
    play.unchanged(domain=" A.Example ", description="Beamer (big)", kind="thing")
    assert play.change(**MADE_OF, kind="group")["address"] == NAME
    assert play.run(**MADE_OF, state="absent")["changed"]
    assert play.info() == []


@pytest.mark.parametrize("description", ["Something else", "ü"])
def test_a_description_that_would_make_another_address_follows_the_add(play: Play, description: str) -> None:
    assert play.round_trip(**{**ALL, "description": description}) == {**ALL, "description": description}


@pytest.mark.parametrize("address", [" BEAMERBIG@A.EXAMPLE ", "beamerbig@a.example"])
def test_case_is_no_difference(play: Play, address: str) -> None:
    play.run(**ALL)
    play.unchanged(address=address, domain="A.example")
    assert [one["address"] for one in play.info(address=address)] == [NAME]
    play.gone(address=address)


def test_an_international_domain(play: Play) -> None:
    made = play.run(domain="größe.example", description="ümlaut Räum", kind="location")
    assert made["resource"]["address"] == "mlautRum@xn--grsse-kua.example"
    play.unchanged(domain="xn--grsse-kua.example", description="ümlaut Räum")
    play.unchanged(address="mlautRum@Größe.example")
    play.gone(address="mlautrum@größe.example")


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Something else"},
        {"description": "<b>Größer</b> "},
        {"kind": "group"},
        {"kind": "location"},
        {"multiple_bookings": -1},
        {"multiple_bookings": 0},
        {"active": True},
        {"description": "Other", "kind": "group", "multiple_bookings": 1, "active": True},
    ],
    ids=str,
)
def test_one_change(play: Play, change: dict) -> None:
    """The address stays when the description changes."""
    play.run(**ALL)
    assert play.change(address=NAME, **change) == {**ALL, **change}
    assert [one["address"] for one in play.info()] == [NAME]


@pytest.mark.parametrize("description", ["beamerBIG", "(beamer big)"])
def test_another_spelling_of_the_description_is_a_change(play: Play, description: str) -> None:
    play.run(**ALL)
    changed = play.change(domain="a.example", description=description)
    assert (changed["address"], changed["description"]) == (NAME, description)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "set domain and description, or address"),
        ({"description": "New"}, "set domain and description, or address"),
        ({"address": "nobody"}, "address: 'nobody' is not an e-mail address"),
        ({"address": "new@a.example"}, "description, kind: required to create it"),
        ({"address": "new@a.example", "description": "New"}, "kind: required to create it"),
        ({"domain": "a.example", "description": "(ü)", "kind": "thing"}, "description: mailcow derives the address from its ASCII letters"),
        (
            {"domain": "a.example", "description": "x" * 65, "kind": "thing"},
            "description: mailcow derives the address from its ASCII letters",
        ),
        ({"domain": "no domain", "description": "New", "kind": "thing"}, "domain: 'no domain' is not a domain name"),
        (
            {"address": "my-new@a.example", "description": "My new", "kind": "thing"},
            "address: before the @, mailcow creates only ASCII letters and digits; the nearest address is mynew@a.example",
        ),
        (
            {"address": "new@a.example", "domain": "b.example", "description": "New", "kind": "thing"},
            "domain: the address new@a.example is",
        ),
        ({"address": NAME, "domain": "xn--grsse-kua.example"}, "domain: the address %s is in another domain" % NAME),
        ({"address": NAME, "description": ""}, "description: mailcow keeps the old value"),
        ({"address": NAME, "multiple_bookings": -2}, "multiple_bookings: -2 is too small; the minimum is -1"),
        ({"domain": "gone.example", "description": "New", "kind": "thing"}, "the domain gone.example does not exist in mailcow"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.run(**ALL)
    play.sim.clear_requests()
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


class TestMailboxes:
    """facts-mailboxes 18: for mailcow a resource is a row among the mailboxes, and its delete/resource takes any of them."""

    def test_a_mailbox_is_no_resource(self, play: Play) -> None:
        assert play.info(address=BOX) == []
        assert not play.run(address=BOX, state="absent")["changed"]
        assert len(Play(play.sim, MAILBOX).info(address=BOX)) == 1

    def test_a_resource_is_no_mailbox(self, play: Play) -> None:
        play.run(**ALL)
        boxes = Play(play.sim, MAILBOX)
        assert boxes.info(address=NAME) == []
        assert not boxes.run(address=NAME, state="absent")["changed"]
        play.unchanged(**ALL)

    def test_a_mailbox_has_the_address(self, play: Play) -> None:
        message = play.fail(domain="a.example", description="Box", kind="thing")["msg"]
        assert "Box@a.example already exists as a mailbox or a resource" in message


def test_by_domains(play: Play) -> None:
    play.run(**ALL)
    play.run(domain="größe.example", description="Room", kind="location")
    assert [one["address"] for one in play.info(domains=["Größe.example", "gone.example"])] == ["Room@xn--grsse-kua.example"]
    assert [one["address"] for one in play.info(domains=["a.example"])] == [NAME]
    assert play.info(domains=["größe.example"], address=NAME) == []
    assert len(play.info()) == 2


def test_a_domain_that_an_earlier_task_would_have_made(play: Play) -> None:
    assert play.run(check=True, domain="gone.example", description="New", kind="thing")["changed"]


def test_it_keeps_its_domain(play: Play) -> None:
    assert RESOURCE.belongs.gone_first
    assert RESOURCE in KINDS
    play.run(**ALL)
    message = Play(play.sim, DOMAIN).fail(domain="a.example", state="absent")["msg"]
    assert "still has mailboxes or resources" in message
