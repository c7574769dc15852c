# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_policy import DOMAIN_POLICY
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox_policy import MAILBOX_POLICY
from ansible_collections.community.mailcow.plugins.module_utils._kinds.resource import RESOURCE
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

BOX, OTHER = "box@a.example", "other@b.example"
ALL = {"username": BOX, "allow": ["*@good.example", "friend@x.example"], "block": ["*.bad.example"]}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"username": "jane@a.example", "allow": ["*@good.example"], "block": ["*@bad.example"]}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for box in (BOX, OTHER):
        Play(sim, DOMAIN).run(domain=box.partition("@")[2], dkim_key_size=0)
        Play(sim, MAILBOX).run(address=box, password="Hunter2-hunter2")
    return Play(sim, MAILBOX_POLICY)


def shown(play: Play, **options: object) -> list[dict]:
    return [{key: value for key, value in one.items() if key != "status"} for one in play.info(**options)]


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    assert play.change(username=BOX.upper(), allow=["*@192.0.2.1"])["block"] == ALL["block"]
    assert play.change(username=BOX, allow=[], block=[]) == {"username": BOX, "allow": [], "block": []}


def test_absent_empties_both(play: Play) -> None:
    play.run(**ALL)
    for check in (True, False):
        assert play.run(username=BOX, state="absent", check=check)["changed"]
    play.unchanged(username=BOX, state="absent")


def test_a_sender_moves_from_one_list_to_the_other(play: Play) -> None:
    """facts-mailboxes 19: mailcow refuses a sender that stands in the other list."""
    play.run(**ALL)
    assert "allow: *.bad.example is in block on the server" in play.fail(username=BOX, allow=["*.bad.example"])["msg"]
    play.change(username=BOX, allow=ALL["block"], block=ALL["allow"])


def test_entries_of_the_domain_are_left_alone(play: Play, connect: Callable) -> None:
    """facts-mailboxes 19: they stand in the list of the mailbox, too."""
    policy = Play(play.sim, DOMAIN_POLICY)
    policy.run(domain="a.example", allow=["*@good.example"], block=["*@spam.example"])
    assert len(connect().get("policy_bl_mailbox", BOX)) == 1
    assert shown(play, username=BOX) == [{"username": BOX, "allow": [], "block": []}]
    play.round_trip(**ALL)
    play.run(username=BOX, state="absent")
    policy.unchanged(domain="a.example", allow=["*@good.example"], block=["*@spam.example"])


class TestNoSuchMailbox:
    @pytest.fixture(autouse=True)
    def room(self, play: Play) -> str:
        """facts-mailboxes 1.1: asked for it, mailcow shows a mailbox full of nulls."""
        Play(play.sim, RESOURCE).run(domain="a.example", description="Room", kind="location")
        return "room@a.example"

    def test_it_is_told(self, play: Play) -> None:
        message = play.fail(username="gone@a.example", allow=["*@x.example"])["msg"]
        assert "the mailbox does not exist in mailcow; create it first" in message

    def test_an_earlier_task_would_make_it(self, play: Play) -> None:
        assert play.run(username="gone@a.example", allow=["*@x.example"], check=True)["changed"]

    def test_it_has_nothing_to_empty(self, play: Play) -> None:
        play.unchanged(username="gone@a.example", state="absent")

    def test_it_is_not_listed(self, play: Play, room: str) -> None:
        assert play.info(username="gone@a.example") == play.info(username=room) == []
        assert [one["username"] for one in play.info()] == [BOX, OTHER]


def test_all_of_some_domains(play: Play) -> None:
    play.run(**ALL)
    assert shown(play, domains=["A.example", "gone.example"]) == [ALL]
    assert play.info(username=BOX, domains=["b.example"]) == []
    assert shown(play, username=BOX, domains=["a.example"]) == [ALL]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"allow": ["a+b@x.example"]}, "allow: 'a+b@x.example' is not a valid sender"),
        ({"allow": ["*@x.example"], "block": ["*@X.example"]}, "allow: *@x.example cannot be both allowed and blocked"),
        ({"username": "a.example", "allow": []}, "username: 'a.example' is not an e-mail address"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**{"username": BOX, **options})["msg"]
    assert play.writes() == []
