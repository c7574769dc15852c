# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.sieve_filter import SIEVE_FILTER
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

BOX, OTHER, PASSWORD = "box@a.example", "other@a.example", "Hunter2-hunter2"
FORWARD = 'require ["copy"];\nredirect :copy "elsewhere@b.example";\n'
AWAY = 'require ["vacation"];\nvacation :days 3 :subject "Away"\ntext:\nBack on Monday.\n.\n;\n'
PRE = {"username": BOX, "filter_type": "prefilter", "script_desc": "Forward"}
SECOND = {**PRE, "script_desc": "Another"}
ALL = {**PRE, "script_data": FORWARD, "active": False}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {"username": "jane@a.example", "filter_type": "postfilter", "script_desc": "Away", "script_data": AWAY, "active": True}
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
    for box in (BOX, OTHER):
        Play(sim, MAILBOX).run(address=box, password=PASSWORD)
    return Play(sim, SIEVE_FILTER)


def config(play: Play, *filters: dict, check: bool = False, **options: object) -> dict:
    return execute(CONFIG, dict(play.connection, config={"sieve_filters": list(filters)}, **options), check)


def active(play: Play, **options: object) -> list[str]:
    return [one["script_desc"] for one in play.info(**options) if one["active"]]


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    assert play.change(**PRE, script_data="keep;")["script_data"] == "keep;\n"
    assert play.change(**PRE, active="yes")["active"] is True
    play.gone(**PRE)


def test_it_is_active_unless_told_otherwise(play: Play) -> None:
    """facts-mailboxes 16: what is omitted on add is 0."""
    assert play.round_trip(**PRE, script_data=FORWARD)["active"] is True


@pytest.mark.parametrize("script", [FORWARD.replace("\n", "\r\n"), FORWARD.rstrip(), FORWARD + "\n \n", FORWARD.replace("\n", "\r")])
def test_line_ends_make_no_difference(play: Play, script: str) -> None:
    play.round_trip(**PRE, script_data=FORWARD)
    play.unchanged(**PRE, script_data=script)


def test_a_script_that_was_stored_as_it_came(play: Play) -> None:
    play.run(**PRE, script_data=FORWARD)
    play.sim.plant("sql", "UPDATE sieve_filters SET script_data = replace(script_data, char(10), char(13, 10))")
    play.unchanged(**PRE, script_data=FORWARD)
    assert play.info()[0]["script_data"] == FORWARD


class TestOneActive:
    """facts-mailboxes 16: activating a filter switches the others of the same mailbox and type off."""

    @pytest.fixture
    def forwarding(self, play: Play) -> Play:
        play.run(**PRE, script_data=FORWARD)
        play.run(**{**PRE, "filter_type": "postfilter"}, script_data="keep;")
        play.run(**{**PRE, "username": OTHER}, script_data="keep;")
        return play

    @pytest.mark.parametrize("check", [True, False])
    def test_a_new_one(self, forwarding: Play, check: bool) -> None:
        result = forwarding.run(check=check, **SECOND, script_data="keep;")
        warning = "the Sieve filter %s prefilter Forward loses active, because only one with the same username and filter_type" % BOX
        assert warning in str(result["warnings"])
        assert active(forwarding) == ["Forward", "Forward", "Forward"] if check else ["Forward", "Another", "Forward"]

    def test_back_and_forth(self, forwarding: Play) -> None:
        forwarding.round_trip(**SECOND, script_data="keep;", active=False)
        for on, off in ((SECOND, PRE), (PRE, SECOND)):
            forwarding.change(**on, active=True)
            assert active(forwarding, username=BOX, filter_type="prefilter") == [on["script_desc"]]
            forwarding.unchanged(**off, active=False)

    def test_nobody_is_warned_of_nothing(self, forwarding: Play) -> None:
        forwarding.run(**SECOND, script_data="keep;", active=False)
        for options in ({**SECOND, "script_data": "stop;"}, {**PRE, "script_data": "stop;"}, {**PRE, "active": False}):
            assert not forwarding.run(**options).get("warnings")
        assert not forwarding.run(**SECOND, active=True).get("warnings")

    def test_many_at_once(self, forwarding: Play) -> None:
        wanted = ({**PRE, "active": False}, {**SECOND, "script_data": "keep;", "active": True})
        for check in (True, False):
            result = config(forwarding, *wanted, check=check)
            assert result["summary"] == {"sieve_filters": {"created": 1, "updated": 1, "deleted": 0, "unchanged": 0, "failed": 0}}
        assert not config(forwarding, *wanted)["changed"]

    @pytest.mark.parametrize("one", [{"active": True}, {}])
    def test_two_are_refused_before_any_request(self, forwarding: Play, one: dict) -> None:
        forwarding.sim.clear_requests()
        message = config(forwarding, {**PRE, "active": True}, {**SECOND, "script_data": "keep;", **one})["msg"]
        assert "config.sieve_filters[1].active: only one Sieve filter with the same username and filter_type can have it" in message
        assert "config.sieve_filters[0] has it too; set active: false in all but one" in message
        assert forwarding.sim.requests() == []

    @pytest.mark.parametrize(
        "other",
        [
            {**SECOND, "active": False},
            {**SECOND, "username": OTHER},
            {**SECOND, "filter_type": "postfilter"},
            {**SECOND, "state": "absent"},
            {**SECOND, "ignore": True},
        ],
        ids=str,
    )
    def test_these_do_not_meet(self, forwarding: Play, other: dict) -> None:
        result = config(forwarding, PRE, {**other, "script_data": "keep;"}, check=True)
        assert not result.get("failed"), result["msg"]


class TestNumber:
    """mailcow allows several filters of one name."""

    @pytest.fixture
    def twins(self, play: Play) -> Play:
        for name in ("Forward", "forward", "Third"):
            row = (BOX, name, "inactive", "keep;", "prefilter")
            play.sim.plant(
                "sql", "INSERT INTO sieve_filters (username, script_desc, script_name, script_data, filter_type) VALUES %s" % (row,)
            )
        return play

    def test_two_match(self, twins: Play) -> None:
        assert "id: several match %s prefilter Forward: 1, 2; set the one that you mean" % BOX in twins.fail(**PRE, active=True)["msg"]
        twins.gone(username=BOX, id=2)
        twins.change(**PRE, active=True)

    def test_it_gives_another_name_and_type(self, twins: Play) -> None:
        assert twins.change(username=BOX, id=3, script_desc="New", filter_type="postfilter")["script_data"] == "keep;\n"
        assert [one["status"] for one in twins.info(username=BOX, filter_type="postfilter", script_desc="NEW")] == [{"id": 3}]

    def test_the_name_stays(self, twins: Play) -> None:
        """facts-mailboxes 16: an empty one is taken for none."""
        assert "script_desc: mailcow keeps the old value" in twins.fail(username=BOX, id=3, script_desc="")["msg"]
        assert "script_data: mailcow keeps the old value" in twins.fail(username=BOX, id=3, script_data=" \n")["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"script_data": FORWARD}, "set username and filter_type and script_desc, or id"),
        ({"id": 1}, "username: is required with id"),
        (PRE, "script_data: required to create it"),
        ({**PRE, "script_data": "\n"}, "script_data: mailcow rejects an empty one"),
        ({**PRE, "script_desc": "0", "script_data": FORWARD}, "script_desc: mailcow rejects an empty one"),
        ({**PRE, "script_desc": "x" * 256, "script_data": FORWARD}, "script_desc: 256 characters are too many; the maximum is 255"),
        ({**PRE, "script_data": "#" * 65535}, "script_data: the script is longer than the 65535 bytes"),
        ({**PRE, "username": "box", "script_data": FORWARD}, "username: 'box' is not an e-mail address"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_mailcow_would_refuse_is_found_before(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_the_longest_script(play: Play) -> None:
    play.round_trip(**PRE, script_data="#" + "x" * 65533)


@pytest.mark.parametrize("existing", [True, False])
def test_a_script_that_is_wrong(play: Play, existing: bool) -> None:
    if existing:
        play.run(**PRE, script_data=FORWARD)
    result = play.fail(**PRE, script_data='keep;\nfileinto "x";')
    assert "the Sieve script is not valid: line 2: unknown command fileinto" in result["msg"]
    assert result["mailcow"] == ["sieve_error line 2: unknown command fileinto"]
    assert [one["script_data"] for one in play.info()] == ([FORWARD] if existing else [])


def test_there_is_no_such_mailbox(play: Play) -> None:
    options = {**PRE, "username": "gone@a.example", "script_data": FORWARD}
    assert "the mailbox gone@a.example does not exist in mailcow; create it first" in play.fail(**options)["msg"]
    assert play.run(**options, check=True)["changed"]


def test_those_of_some_domains(play: Play) -> None:
    Play(play.sim, DOMAIN).run(domain="b.example", dkim_key_size=0)
    play.run(**ALL)
    assert [one["username"] for one in play.info(domains=["A.example"])] == [BOX]
    assert play.info(domains=["b.example"]) == play.info(username=OTHER) == []
