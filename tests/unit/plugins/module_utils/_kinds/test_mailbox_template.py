# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._fields.mailboxes import PERMISSIONS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox_template import MAILBOX_TEMPLATE
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

NAME = {"template": "Staff"}
# What a new one has.
NEW = {
    "quota": 0,
    "active": True,
    "login": True,
    "force_pw_update": False,
    "force_tfa": False,
    "tls_enforce_in": False,
    "tls_enforce_out": False,
    "sogo_access": True,
    "protocol_access": ["imap", "pop3", "smtp", "sieve", "eas", "dav"],
    "acl": [name for name in PERMISSIONS if name not in ("syncjobs", "sogo_profile_reset", "pw_reset")],
    "quarantine_notification": "hourly",
    "quarantine_category": "reject",
    "tagged_mail_handler": "none",
    "rate_limit": {"value": 0, "frame": "s"},
    "tags": [],
}
ALL = {
    **NAME,
    "quota": 2048,
    "active": True,
    "login": False,
    "force_pw_update": True,
    "force_tfa": True,
    "tls_enforce_in": True,
    "tls_enforce_out": True,
    "sogo_access": False,
    "protocol_access": ["imap", "smtp"],
    "acl": ["spam_alias", "pw_reset"],
    "quarantine_notification": "daily",
    "quarantine_category": "all",
    "tagged_mail_handler": "subfolder",
    "rate_limit": {"value": 10, "frame": "h"},
    "tags": ["gold", "Staff"],
}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [ALL]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, MAILBOX_TEMPLATE)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(**NAME)


def test_what_a_new_one_has(play: Play) -> None:
    """facts-mailboxes 2: as mailcow itself, but for the rights, which are those of its own template."""
    assert play.round_trip(**NAME) == {**NAME, **NEW}
    assert play.info(template="Default")[0]["acl"] == NEW["acl"]


@pytest.mark.parametrize("option", [name for name in ALL if name not in ("template", "login")])
def test_an_edit_leaves_the_rest_as_it_is(play: Play, option: str) -> None:
    """facts-mailboxes 2: an edit that lacks something spoils the template."""
    play.run(**ALL)
    wanted = {"active": False, "login": True} if option == "active" else {option: NEW[option]}
    # Whether the login is on shows only of an active one.
    assert play.change(**NAME, **wanted) == {**ALL, **wanted}


def test_the_template_of_mailcow_can_be_changed(play: Play) -> None:
    assert play.change(template="default", quota=1024) == {**NEW, "template": "Default", "quota": 1024}
    for check in (True, False):
        result = play.try_(check=check, template="Default", state="absent")
        assert "mailcow does not delete this mailbox template; it can only be changed" in result["msg"]
        number = play.info(template="Default")[0]["status"]["id"]
        result = play.try_(check=check, id=number, template="Mine")
        assert "template: mailcow does not rename the template Default" in result["msg"]


def test_one_that_a_partial_edit_has_spoiled(play: Play) -> None:
    """facts-mailboxes 2: a full edit repairs it."""
    spoiled = '{"id": 3, "template": "x", "attributes": {"quota": 0}, "quota": 0, "tags": null, "sogo_access": null, "acl_spam_alias": 1}'
    play.run(**NAME)
    play.sim.plant("sql", "UPDATE templates SET attributes = '%s' WHERE template = 'Staff'" % spoiled)
    shown = play.info(**NAME)[0]
    assert (shown["acl"], shown["tags"]) == (["spam_alias"], [])
    assert "sogo_access" not in shown
    assert play.change(**NAME, quota=5) == {**NAME, **NEW, "quota": 5, "acl": ["spam_alias"]}


class TestNumber:
    def test_it_gives_another_name(self, play: Play) -> None:
        number = play.run(**ALL)["status"]["id"]
        assert play.change(id=number, template="Crew") == {**ALL, "template": "Crew"}
        assert play.change(id=number, template="CREW")["template"] == "CREW"
        play.gone(id=number)

    def test_the_name_is_taken(self, play: Play) -> None:
        """facts-mailboxes 2: mailcow would give two the same name."""
        number = play.run(**NAME)["status"]["id"]
        assert "template: there is already a template default" in play.fail(id=number, template="default")["msg"]

    def test_two_have_the_name(self, play: Play) -> None:
        play.run(**NAME)
        play.sim.plant(
            "sql", "INSERT INTO templates (template, type, attributes) SELECT template, type, attributes FROM templates WHERE id = 3"
        )
        assert "id: several match Staff: 3, 4; set the one that you mean" in play.fail(**NAME, quota=1)["msg"]
        play.gone(id=4)
        play.unchanged(**NAME)


def test_mailboxes_of_it(play: Play) -> None:
    """In the same run, and already predicted."""
    box = {"address": "jane@a.example", "password": "Hunter2-hunter2", "template": "Staff"}
    config = {"domains": [{"domain": "a.example", "dkim_key_size": 0}], "mailbox_templates": [{**ALL, "quota": 7}], "mailboxes": [box]}
    for check in (True, False):
        result = execute(CONFIG, {**play.connection, "config": config}, check)
        assert not result.get("failed"), result
    made = Play(play.sim, MAILBOX).info(address="jane@a.example")[0]
    assert (made["quota"], made["imap_access"], made["pop3_access"], made["tags"]) == (7, True, False, ["gold", "Staff"])


def test_pruning_leaves_the_template_of_mailcow(play: Play) -> None:
    play.run(**NAME)
    config = {"config": {"mailbox_templates": []}, "prune": ["mailbox_templates"], "allow_empty": True}
    for check in (True, False):
        result = execute(CONFIG, {**play.connection, **config}, check)
        assert [change["name"] for change in result["changes"]] == ["Staff"]
    assert not execute(CONFIG, {**play.connection, **config})["changed"]
    assert [one["template"] for one in play.info()] == ["Default"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"quota": 1}, "set template, or id"),
        ({"template": ""}, "the name of the template is empty"),
        ({"template": "x" * 256}, "template: 256 characters are too many; the maximum is 255"),
        ({**NAME, "rate_limit": "10"}, "rate_limit: '10' is not a rate limit"),
        ({"id": 9, "quota": 1}, "id: there is no mailbox template with the ID 9"),
        # That of a domain template.
        ({"id": 1, "quota": 1}, "id: there is no mailbox template with the ID 1"),
    ],
    ids=str,
)
def test_what_mailcow_does_not_take(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]


def test_domains_do_not_matter(play: Play) -> None:
    Play(play.sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
    assert len(play.info()) == 1
