# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.bcc_map import BCC_MAP
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

BOX, TO = "box@a.example", "archive@b.example"
ALL = {"local_dest": BOX, "type": "sender", "bcc_dest": TO, "active": False}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"local_dest": "jane@a.example", "type": "sender", "bcc_dest": "copy@elsewhere.example", "active": True}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for name in ("a.example", "xn--bcher-kva.example"):
        Play(sim, DOMAIN).run(domain=name, dkim_key_size=0)
    Play(sim, MAILBOX).run(address=BOX, password="Hunter2-hunter2")
    Play(sim, ALIAS).run(address="info@a.example", goto=[BOX])
    Play(sim, ALIAS_DOMAIN).run(alias_domain="c.example", target_domain="a.example")
    return Play(sim, BCC_MAP)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(local_dest=BOX, type="sender")


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-server 12: what is omitted on add is 0."""
    assert play.round_trip(local_dest=BOX, type="rcpt", bcc_dest=TO)["active"] is True


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a.example", "@a.example"),
        (" @A.Example ", "@a.example"),
        ("@bücher.example", "@xn--bcher-kva.example"),
        ("C.example", "@c.example"),
        (" BOX@a.example", BOX),
        ("info@a.example", "info@a.example"),
    ],
)
def test_spellings(play: Play, given: str, shown: str) -> None:
    """facts-server 12: a domain is written without the @, and shown with it."""
    assert play.round_trip(local_dest=given, type="rcpt", bcc_dest=TO)["local_dest"] == shown
    play.unchanged(local_dest=shown.upper(), type="rcpt", bcc_dest=TO.upper())
    play.change(local_dest=given, type="rcpt", bcc_dest="Other@b.example")
    play.gone(local_dest=given, type="rcpt")


def test_changes(play: Play) -> None:
    play.run(**ALL)
    assert play.change(local_dest=BOX, type="sender", bcc_dest="x@bücher.example")["bcc_dest"] == "x@xn--bcher-kva.example"
    assert play.change(local_dest=BOX, type="sender", active=True)["bcc_dest"] == "x@xn--bcher-kva.example"


def test_each_address_has_two(play: Play) -> None:
    play.run(**ALL)
    play.round_trip(local_dest=BOX, type="rcpt", bcc_dest=TO)
    assert [one["type"] for one in play.info(local_dest=BOX)] == ["sender", "rcpt"]
    play.gone(local_dest=BOX, type="rcpt")
    play.unchanged(**ALL)


class TestNumber:
    """The option `id`."""

    def test_it_gives_another_type(self, play: Play) -> None:
        number = play.run(**ALL)["status"]["id"]
        play.change(id=number, type="rcpt")
        play.unchanged(local_dest=BOX, type="rcpt")
        assert play.info(local_dest=BOX, type="sender") == []

    def test_it_cannot_give_another_address(self, play: Play) -> None:
        number = play.run(**ALL)["status"]["id"]
        assert "local_dest: mailcow cannot change it" in play.fail(id=number, local_dest="a.example")["msg"]
        play.unchanged(id=number, local_dest=BOX.upper())

    def test_the_other_type_is_there(self, play: Play) -> None:
        play.run(**ALL)
        number = play.run(local_dest=BOX, type="rcpt", bcc_dest=TO)["status"]["id"]
        assert "there is already a BCC map of the type sender for %s" % BOX in play.fail(id=number, type="sender")["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bcc_dest": TO}, "set local_dest and type, or id"),
        ({"local_dest": BOX, "bcc_dest": TO}, "set local_dest and type, or id"),
        ({"local_dest": BOX, "type": "rcpt"}, "bcc_dest: required to create it"),
        ({"local_dest": BOX, "type": "rcpt", "bcc_dest": "@b.example"}, "bcc_dest: '@b.example' is not an e-mail address"),
        ({"local_dest": "a b", "type": "rcpt", "bcc_dest": TO}, "local_dest: 'a b' is not a domain name"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


@pytest.mark.parametrize("local_dest", ["gone.example", "gone@a.example", "box@c.example"])
def test_nobody_has_the_address(play: Play, local_dest: str) -> None:
    result = play.fail(local_dest=local_dest, type="rcpt", bcc_dest=TO)
    assert "there is no such domain, mailbox or alias" in result["msg"]
    assert play.run(local_dest=local_dest, type="rcpt", bcc_dest=TO, check=True)["changed"]


def test_those_of_some_domains(play: Play) -> None:
    for local_dest in ("a.example", BOX, "c.example"):
        play.run(local_dest=local_dest, type="rcpt", bcc_dest=TO)
    assert [one["local_dest"] for one in play.info(domains=["a.example"])] == ["@a.example", BOX]
    assert [one["local_dest"] for one in play.info(domains=["C.example", "gone.example"])] == ["@c.example"]
