# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mailbox with a slash in its address, which mailcow's API cannot be asked about (facts-mailboxes 1.11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.app_password import APP_PASSWORD
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox_policy import MAILBOX_POLICY
from ansible_collections.community.mailcow.plugins.module_utils._kinds.sieve_filter import SIEVE_FILTER
from ansible_collections.community.mailcow.plugins.module_utils._kinds.syncjob import SYNCJOB
from ansible_collections.community.mailcow.plugins.module_utils._kinds.time_limited_alias import TIME_LIMITED_ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from ansible_collections.community.mailcow.plugins.module_utils._tasks.infos import info
from ansible_collections.community.mailcow.plugins.module_utils._tasks.syncjob_run import SYNCJOB_RUN
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Task
from ansible_collections.community.mailcow.plugins.module_utils._tasks.upkeep import LOGIN_INFO, MAILBOX_RESET, SIEVE_SCRIPT_INFO
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

BOX, OTHER = "a/b@a.example", "c@a.example"
REASON = "mailcow's API cannot be asked about an address with a slash"
FILTER = {"username": BOX, "filter_type": "prefilter", "script_desc": "one", "script_data": "keep;"}
JOB = {"username": BOX, "host1": "imap.example.net", "user1": "old"}


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
    for address in (BOX, OTHER):
        Play(sim, MAILBOX).run(address=address, password="Hunter2-hunter2")
    return Play(sim, MAILBOX)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (APP_PASSWORD, {"username": BOX, "app_name": "phone", "password": "Hunter2-hunter2"}),
        (MAILBOX_POLICY, {"username": BOX, "allow": ["*@good.example"]}),
        (SIEVE_FILTER, FILTER),
        (SYNCJOB, {**JOB, "password1": "Hunter2-hunter2", "enc1": "SSL", "port1": 993}),
        (TIME_LIMITED_ALIAS, {"username": BOX, "description": "shop"}),
    ],
    ids=lambda value: value.name if isinstance(value, Kind) else None,
)
@pytest.mark.parametrize("check", [True, False])
def test_what_belongs_to_it_is_refused(play: Play, kind: Kind, options: dict, check: bool) -> None:
    """Written, it would never be seen."""
    play.sim.clear_requests()
    assert "username: %s: %s; give the mailbox another one" % (BOX, REASON) in Play(play.sim, kind).fail(check=check, **options)["msg"]
    assert play.sim.requests() == []


@pytest.mark.parametrize(
    ("task", "options"),
    [
        (LOGIN_INFO, {"addresses": [BOX]}),
        (SIEVE_SCRIPT_INFO, {"addresses": [BOX]}),
        (MAILBOX_RESET, {"addresses": [BOX], "reset": ["activesync"]}),
        (SYNCJOB_RUN, {"jobs": [JOB]}),
        (info(MAILBOX_POLICY), {"username": BOX}),
        (info(SIEVE_FILTER), {"username": BOX}),
    ],
)
def test_other_tasks_say_the_same(play: Play, task: Task, options: dict) -> None:
    result = execute(task, {**play.connection, **options})
    assert result["failed"]
    assert "%s: %s" % (BOX, REASON) in result["msg"]


def test_the_mailbox_itself_is_like_any_other(play: Play) -> None:
    play.change(address=BOX, quota=7, rate_limit="5/h")
    play.change(address=OTHER, sender_acl=[BOX])
    assert [one["quota"] for one in play.info(address=BOX)] == [7]
    play.gone(address=BOX)


@pytest.mark.parametrize("check", [True, False])
def test_but_its_spam_score(play: Play, check: bool) -> None:
    """mailcow shows the default of the server in its place."""
    play.sim.clear_requests()
    assert "spam_score: " + REASON in play.fail(address=BOX, spam_score={"low": 7, "high": 14}, check=check)["msg"]
    assert play.writes() == []


def test_what_an_alias_takes_from_it_is_told(play: Play) -> None:
    """facts-mailboxes 1.7"""
    alias = Play(play.sim, ALIAS)
    alias.run(address="x@a.example", goto=[BOX])
    changed = alias.run(address="x@a.example", public_comment="new")
    assert ["sender_acl of %s cannot be restored" % BOX in str(warning) for warning in changed["warnings"]] == [True]


def test_an_export_leaves_out_what_cannot_be_read(play: Play, connect: Callable) -> None:
    for kind in (MAILBOX_POLICY, APP_PASSWORD):
        named = {"app_name": "phone", "password": "Hunter2-hunter2"} if kind is APP_PASSWORD else {"block": ["*@bad.example"]}
        Play(play.sim, kind).run(username=OTHER, **named)
    Play(play.sim, SIEVE_FILTER).run(**{**FILTER, "username": OTHER})
    # As somebody made it in the web interface.
    connect().write("add/filter", {**FILTER, "active": 1})
    exported = execute(EXPORT, {**play.connection, "details": True})
    assert not exported.get("failed"), exported["msg"]
    assert [one["address"] for one in exported["config"]["mailboxes"]] == [BOX, OTHER]
    assert ["spam_score" in one for one in exported["config"]["mailboxes"]] == [False, True]
    for plural in ("mailbox_policies", "app_passwords", "sieve_filters"):
        assert [one["username"] for one in exported["config"][plural]] == [OTHER]
    told = [warning for warning in map(str, exported["warnings"]) if REASON in warning]
    for what in (
        "left out: spam_score of %s, because " % BOX,
        "left out: mailbox_policies of ",
        "left out: app_passwords of ",
        "Sieve filter %s" % BOX,
    ):
        assert [what in warning for warning in told].count(True) == 1, (what, told)
    # What it gives can be given back.
    del exported["config"]["app_passwords"]
    again = execute(CONFIG, {**play.connection, "config": exported["config"], "prune": ["mailbox_policies"]})
    assert not again["changed"]
