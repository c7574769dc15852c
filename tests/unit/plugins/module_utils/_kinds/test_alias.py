# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, BOX, OTHER = "info@a.example", "box@a.example", "x@elsewhere.example"
ALL = {
    "address": NAME,
    "goto": [BOX, OTHER],
    "active": False,
    "sogo_visible": False,
    "sender_allowed": False,
    "internal": True,
    "public_comment": "für alle",
    "private_comment": "<b>",
}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "address": "info@a.example",
        "goto": ["jane@a.example"],
        **dict.fromkeys(("active", "sogo_visible", "sender_allowed", "internal"), True),
        **dict.fromkeys(("public_comment", "private_comment"), "x"),
    },
    *({"address": way.replace("_", "-") + "@a.example", way: True} for way in ("goto_null", "goto_spam", "goto_ham")),
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example")
    Play(sim, DOMAIN).run(domain="xn--grsse-kua.example")
    Play(sim, MAILBOX).run(address=BOX, password="Hunter2-hunter2")
    return Play(sim, ALIAS)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(address=NAME)


def test_flags_are_on_unless_told_otherwise(play: Play) -> None:
    """facts-mailboxes 12.2: what is omitted on add is 0."""
    assert play.round_trip(address=NAME, goto=[BOX]) == {
        "address": NAME,
        "goto": [BOX],
        "active": True,
        "sogo_visible": True,
        "sender_allowed": True,
        "internal": False,
        "public_comment": "",
        "private_comment": "",
    }


@pytest.mark.parametrize(
    "address",
    [
        "@a.example",
        "Info@a.example",
        "a+b&c%d#e?f/g@a.example",
        "info@größe.example",
        " INFO@A.EXAMPLE ",
        "3sales@a.example",
        "=x@a.example",
    ],
)
def test_names(play: Play, address: str) -> None:
    play.round_trip(address=address, goto=[OTHER])
    play.change(address=address, goto=[BOX])
    play.gone(address=address)


@pytest.mark.parametrize("way", ["goto_null", "goto_spam", "goto_ham"])
def test_ways_to_discard(play: Play, way: str) -> None:
    """facts-mailboxes 12.4: an edit of a discarding alias needs its way again."""
    assert play.round_trip(address=NAME, **{way: True})[way] is True
    play.change(address=NAME, public_comment="x", active=False)
    assert play.change(address=NAME, goto=[BOX])["goto"] == [BOX]
    assert play.change(address=NAME, **{way: True})[way] is True


@pytest.mark.parametrize(
    "change",
    [
        {"goto": [BOX]},
        {"goto": [BOX, OTHER, "y@elsewhere.example"]},
        {"goto": ["info@größe.example"]},
        {"goto_spam": True},
        {"active": True},
        {"sogo_visible": True},
        {"sender_allowed": True},
        {"internal": False},
        {"public_comment": ""},
        {"private_comment": "x" * 200},
        {"active": True, "goto": [OTHER], "public_comment": "x"},
    ],
    ids=str,
)
def test_one_change(play: Play, change: dict) -> None:
    before = play.run(**ALL)["alias"]
    after = play.change(address=NAME, **change)
    unmanaged = before.keys() - change.keys() - {"goto"}
    assert {option: after[option] for option in unmanaged} == {option: before[option] for option in unmanaged}


def test_a_comment_too_long_for_an_add_follows_it(play: Play) -> None:
    """facts-mailboxes 12.2"""
    comments = {"public_comment": "ü" * 81, "private_comment": "ü" * 80}
    assert play.round_trip(address=NAME, goto=[OTHER], **comments)["public_comment"] == "ü" * 81


@pytest.mark.parametrize("goto", [[OTHER, BOX], [BOX.upper(), OTHER], [OTHER, BOX, OTHER]])
def test_targets_are_a_set_without_case(play: Play, goto: list) -> None:
    play.run(**ALL)
    play.unchanged(address=NAME, goto=goto)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "goto: required to create it"),
        ({"goto": []}, "goto: an alias needs at least one destination"),
        ({"goto": [BOX], "goto_null": True}, "goto: set either goto or one of goto_null, goto_spam and goto_ham"),
        ({"goto_ham": True, "goto_null": True}, "goto: set either goto or one of"),
        ({"goto": [BOX, "new@a.example"]}, "goto: the alias cannot deliver to itself"),
        ({"goto": ["NEW@a.example"]}, "goto: the alias cannot deliver to itself"),
        ({"goto": [BOX, "null@localhost"]}, "goto: an address that discards mail cannot be combined with others"),
        ({"goto": ["nobody"]}, "goto: 'nobody' is not an e-mail address"),
        ({"goto": [BOX], "address": "new@gone.example"}, "the domain gone.example does not exist in mailcow"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**{"address": "new@a.example", **options})["msg"]
    assert play.writes() == []


@pytest.mark.parametrize(
    "change",
    [{"public_comment": "x"}, {"active": False}, {"goto": [OTHER, "own@a.example"], "internal": True}, {"goto": ["own@a.example"]}],
)
@pytest.mark.parametrize("check", [True, False])
def test_one_that_delivers_to_itself_is_changed_only_with_other_targets(play: Play, connect: Callable, change: dict, check: bool) -> None:
    """facts-mailboxes 12.4: mailcow would change half of it, and say that it refused."""
    own = "own@a.example"
    connect().write("add/alias", {"address": own, "goto": "%s,%s" % (OTHER, own), "active": 1})
    play.sim.clear_requests()
    assert "goto: the alias cannot deliver to itself; with any change" in play.fail(address=own, check=check, **change)["msg"]
    assert play.writes() == []
    play.unchanged(address=own, goto=[own, OTHER], active=True)
    assert play.change(address=own, **{**change, "goto": [BOX]})["goto"] == [BOX]


def test_a_mailbox_has_the_address(play: Play) -> None:
    assert "%s already exists as an alias or a mailbox" % BOX in play.fail(address=BOX, goto=[OTHER])["msg"]


class TestDigits:
    """facts-mailboxes 12.1: the server takes the digits an address starts with for an id."""

    @pytest.fixture
    def trap(self, play: Play) -> str:
        number = play.run(address=NAME, goto=[OTHER])["status"]["id"]
        return "%dsales@a.example" % number

    def test_the_other_alias_is_left_alone(self, play: Play, trap: str) -> None:
        assert play.info(address=trap) == []
        assert not play.run(address=trap, state="absent")["changed"]
        play.round_trip(address=trap, goto=[OTHER])
        play.change(address=trap, goto=[BOX])
        play.gone(address=trap)
        play.unchanged(address=NAME, goto=[OTHER])


class TestRename:
    def test_it_keeps_its_id(self, play: Play) -> None:
        before = play.run(**ALL)["status"]["id"]
        check = play.run(address=NAME, rename_to="new@xn--grsse-kua.example", internal=False, check=True, diff=True)
        done = play.run(address=NAME, rename_to="new@größe.example", internal=False, diff=True)
        assert check["diff"] == done["diff"]
        assert (done["alias"]["address"], done["alias"]["internal"]) == ("new@xn--grsse-kua.example", False)
        assert done["status"]["id"] == before
        assert not play.run(address=NAME, rename_to="new@größe.example")["changed"]

    def test_a_discarding_one(self, play: Play) -> None:
        play.run(address=NAME, goto_null=True)
        assert play.run(address=NAME, rename_to="new@a.example")["alias"]["goto_null"] is True

    def test_not_to_its_own_target(self, play: Play) -> None:
        play.run(**ALL)
        assert "rename_to: %s is a destination of this alias" % OTHER in play.fail(address=NAME, rename_to=OTHER)["msg"]

    @pytest.mark.parametrize("check", [True, False])
    def test_to_what_becomes_its_own_target(self, play: Play, check: bool) -> None:
        play.run(**ALL)
        play.sim.clear_requests()
        failed = play.fail(address=NAME, rename_to="new@a.example", goto=[BOX, "New@a.example"], check=check)
        assert "goto: the alias cannot deliver to itself" in failed["msg"]
        assert play.writes() == []

    @pytest.mark.parametrize("check", [True, False])
    def test_one_that_delivers_to_itself(self, play: Play, connect: Callable, check: bool) -> None:
        """Under its new name, it does not any more, so that mailcow refuses no change."""
        own = "own@a.example"
        connect().write("add/alias", {"address": own, "goto": "%s,%s" % (OTHER, own), "active": 1})
        done = play.run(address=own, rename_to="new@a.example", active=False, check=check)
        assert (done["changed"], done["alias"]["goto"], done["alias"]["active"]) == (True, [OTHER, own], False)
        if not check:
            play.unchanged(address="new@a.example", goto=[OTHER, own], active=False)


class TestPermissions:
    """facts-mailboxes 1.7: any edit of an alias deletes the permission of its targets to send as the alias."""

    @pytest.fixture
    def boxes(self, play: Play) -> Play:
        play.run(address=NAME, goto=[BOX], sender_allowed=False)
        boxes = Play(play.sim, MAILBOX)
        assert boxes.run(address=BOX, sender_acl=[NAME, "a.example"])["mailbox"]["sender_acl"] == ["@a.example", NAME]
        return boxes

    @pytest.mark.parametrize("change", [{"public_comment": "x"}, {"goto": [BOX, OTHER]}, {"goto": [OTHER]}, {"active": False}], ids=str)
    def test_it_is_put_back(self, play: Play, boxes: Play, change: dict) -> None:
        play.run(address=NAME, **change)
        boxes.unchanged(address=BOX, sender_acl=[NAME, "a.example"])
        play.unchanged(address=NAME, **change)

    def test_an_alias_that_is_not_changed_costs_no_look(self, play: Play, boxes: Play) -> None:
        play.sim.clear_requests()
        play.run(address=NAME, goto=[BOX])
        assert len(play.sim.requests()) == 1


def test_an_alias_in_an_alias_domain(play: Play) -> None:
    Play(play.sim, ALIAS_DOMAIN).run(alias_domain="other.example", target_domain="a.example")
    play.round_trip(address="only@other.example", goto=[BOX])
    assert play.info(address="only@other.example")[0]["status"]["in_primary_domain"] == "a.example"


def test_all_of_some_domains(play: Play) -> None:
    for address in (NAME, "@xn--grsse-kua.example", "b@xn--grsse-kua.example"):
        play.run(address=address, goto=[OTHER])
    assert [one["address"] for one in play.info(domains=["größe.example"])] == ["@xn--grsse-kua.example", "b@xn--grsse-kua.example"]
    assert len(play.info()) == 3
    assert play.info(domains=["gone.example"]) == []
