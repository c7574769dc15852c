# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.relayhost import RELAYHOST
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, OTHER, PASSWORD = "box@a.example", "other@a.example", "Hunter2-hunter2"
SHOWN = {
    "address": NAME,
    "name": "Größe",
    "quota": 100,
    "active": True,
    "login": False,
    "authsource": "mailcow",
    "force_pw_update": True,
    "force_tfa": True,
    "sogo_access": False,
    "imap_access": True,
    "pop3_access": False,
    "smtp_access": True,
    "sieve_access": False,
    "eas_access": False,
    "dav_access": False,
    "tls_enforce_in": True,
    "tls_enforce_out": True,
    "quarantine_notification": "weekly",
    "quarantine_category": "all",
    "relayhost": "1",
    "pw_recovery_email": "me@elsewhere.example",
    "tags": ["a b", "Gold"],
    "rate_limit": {"value": 10, "frame": "h"},
    "sender_acl": ["@a.example", OTHER],
    "custom_attributes": {"room": "1", "phone": "0"},
}
ALL = dict(
    SHOWN,
    password=PASSWORD,
    acl=["spam_score", "pushover"],
    tagged_mail_handler="subfolder",
    extended_sender_acl=["x@elsewhere.example", "elsewhere.example"],
    template="Default",
)

# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "address": "jane@a.example",
        "name": "Jane",
        "password": "Hunter2-hunter2",
        "quota": 10,
        "active": True,
        "login": True,
        "authsource": "mailcow",
        **dict.fromkeys(("force_pw_update", "force_tfa", "sogo_access", "imap_access", "pop3_access"), True),
        **dict.fromkeys(("smtp_access", "sieve_access", "eas_access", "dav_access", "tls_enforce_in", "tls_enforce_out"), True),
        "quarantine_notification": "hourly",
        "quarantine_category": "reject",
        "relayhost": "a@smtp.example:587",
        "pw_recovery_email": "jane@elsewhere.example",
        "tags": ["staff"],
        "rate_limit": {"value": 5, "frame": "h"},
        "sender_acl": ["@a.example"],
        "custom_attributes": {"phone": "1"},
        "spam_score": {"low": 5, "high": 10},
        "pushover": {
            "active": True,
            "key": "a" * 30,
            "token": "b" * 30,
            "senders": ["jane@a.example"],
            "senders_regex": "/x/",
            **dict.fromkeys(("title", "text", "sound"), "x"),
            **dict.fromkeys(("evaluate_x_prio", "only_x_prio"), True),
        },
        "acl": ["quarantine"],
        "tagged_mail_handler": "subject",
        "extended_sender_acl": ["jane@elsewhere.example"],
        "template": "Default",
    },
    {"address": "joe@a.example", "password": "Hunter2-hunter2", "spam_score": {"default": True}},
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    Play(sim, DOMAIN).run(domain="a.example")
    for username in ("a", "b"):
        Play(sim, RELAYHOST).run(hostname="smtp.example", username=username)
    play = Play(sim, MAILBOX)
    play.run(address=OTHER, password=PASSWORD)
    return play


@pytest.fixture
def box(play: Play) -> dict:
    """The mailbox with everything as it is shown."""
    return play.run(**ALL)["mailbox"]


def test_everything(play: Play) -> None:
    shown = play.round_trip(**ALL)
    assert shown.items() >= SHOWN.items()
    assert not {"password", "acl", "extended_sender_acl", "attribute_hash", "template"} & shown.keys()
    play.gone(address=NAME)


def test_only_what_is_needed(play: Play) -> None:
    """facts-mailboxes 1.2: the rest comes from mailcow's template; without a quota it is unlimited."""
    shown = play.round_trip(address=" Box@A.Example ", password=PASSWORD)
    assert shown.items() >= {"address": NAME, "name": "", "quota": 0, "active": True, "login": True, "imap_access": True}.items()
    assert shown.items() >= {"tags": [], "sender_acl": [], "custom_attributes": {}, "rate_limit": {"value": 0, "frame": "s"}}.items()


def provide(sim: Simulator, authsource: str) -> None:
    """Set up an identity provider."""
    sim.plant("sql", "REPLACE INTO identity_provider (`key`, `value`) VALUES ('authsource', '%s')" % authsource)


def test_without_a_password_of_its_own(play: Play) -> None:
    provide(play.sim, "ldap")
    assert play.run(address=NAME, authsource="ldap")["mailbox"]["authsource"] == "ldap"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"quota": 0},
        {"quota": 200},
        {"active": False},
        {"login": True},
        {"active": True, "login": True},
        {"force_pw_update": False},
        {"imap_access": False, "dav_access": True},
        {"tls_enforce_in": False},
        {"quarantine_notification": "never"},
        {"quarantine_category": "reject"},
        {"relayhost": "0"},
        {"relayhost": "b@SMTP.example"},
        {"pw_recovery_email": ""},
        {"tags": []},
        {"tags": ["GOLD", "blue"]},
        {"rate_limit": {"value": 10, "frame": "d"}},
        {"rate_limit": {"value": 0}},
        {"rate_limit": "20 / d"},
        {"sender_acl": []},
        {"sender_acl": ["*"]},
        {"sender_acl": ["a.example"]},
        {"custom_attributes": {}},
        {"custom_attributes": {"a b": "x", "phone": "0"}},
        {"spam_score": {"low": 4, "high": 12.5}},
    ],
    ids=str,
)
def test_one_change(play: Play, box: dict, change: dict) -> None:
    after = play.change(address=NAME, **change)
    # Without login there is no mailbox that is off (facts-mailboxes 1.2: active is 0, 1 or 2).
    unmanaged = box.keys() - change.keys() - ({"login"} if "active" in change else set())
    assert {option: after[option] for option in unmanaged} == {option: box[option] for option in unmanaged}


@pytest.mark.parametrize(
    "same",
    [
        {"tags": ["gold", "A B"]},
        {"sender_acl": [OTHER.upper(), "a.example"]},
        {"sender_acl": ["@A.Example", OTHER, NAME]},
        {"custom_attributes": {"phone": 0, "room": 1}},
        {"password": "Another-1", "acl": [], "extended_sender_acl": [], "tagged_mail_handler": "none"},
        {"name": "<Größe>"},
    ],
    ids=str,
)
def test_what_is_no_difference(play: Play, box: dict, same: dict) -> None:
    play.unchanged(address=NAME, **same)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "password: a mailbox with authsource mailcow needs a password"),
        ({"password": PASSWORD, "quota": 20000}, "quota: 20000 MiB is more than the domain allows for this mailbox, 10240 MiB"),
        ({"password": PASSWORD, "address": "x@gone.example"}, "the domain gone.example does not exist in mailcow"),
        ({"password": PASSWORD, "address": "x@alias.example"}, "address: alias.example is an alias domain of a.example"),
        ({"password": PASSWORD, "address": "jörg@a.example"}, "'jörg' is not allowed before the @"),
        ({"password": PASSWORD, "authsource": "ldap"}, "authsource: the identity provider of this server is generic-oidc"),
        ({"force_tfa": True, "authsource": "generic-oidc"}, "force_tfa: mailcow ignores this"),
        ({"force_pw_update": True, "authsource": "generic-oidc"}, "force_pw_update: mailcow ignores this for authsource generic-oidc"),
        ({"password": PASSWORD, "rate_limit": {"value": -1}}, "rate_limit: {'value': -1} is not a rate limit: write it like 100/h"),
        ({"password": PASSWORD, "spam_score": {"low": 5}}, "spam_score: set both low and high, or default"),
        ({"password": PASSWORD, "spam_score": {"low": 6, "high": 6}}, "spam_score: low (6.0) must be less than high (6.0)"),
        ({"password": PASSWORD, "pushover": {"key": "k" * 29}}, "pushover: key must be 30 letters and digits"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_or_ignore_is_found_before(play: Play, options: dict, message: str) -> None:
    Play(play.sim, ALIAS_DOMAIN).run(alias_domain="alias.example", target_domain="a.example")
    provide(play.sim, "generic-oidc")
    play.sim.clear_requests()
    assert message in play.fail(**{"address": NAME, **options})["msg"]
    assert play.writes() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": ""}, "name: mailcow keeps the old value"),
        ({"quota": 20000}, "quota: 20000 MiB is more than the domain allows"),
        ({"rename_to": "box@b.example"}, "rename_to: mailcow cannot move a mailbox to another domain"),
        ({"rename_to": OTHER}, "rename_to: %s cannot be renamed to %s: both exist" % (NAME, OTHER)),
        ({"sender_acl": ["gone.example"]}, "sender_acl: the server has no domain, alias or mailbox @gone.example"),
    ],
    ids=str,
)
def test_what_cannot_be_changed(play: Play, box: dict, options: dict, message: str) -> None:
    assert message in play.fail(address=NAME, **options)["msg"]


def test_a_domain_that_is_full(play: Play) -> None:
    Play(play.sim, DOMAIN).run(domain="a.example", mailboxes=1)
    play.sim.clear_requests()
    assert "address: the domain a.example has reached its maximum number of mailboxes" in play.fail(address=NAME, password=PASSWORD)["msg"]
    assert play.writes() == []


class TestSecrets:
    def test_a_password_is_set_when_told_to(self, play: Play, box: dict) -> None:
        play.unchanged(address=NAME, password="Another-password-2")
        play.sim.clear_requests()
        result = play.run(address=NAME, password="Another-password-2", update_password="always", diff=True)
        assert result["changed"]
        assert play.writes() == ["edit/mailbox"]
        assert result["diff"]["before"] != result["diff"]["after"]
        assert "Another-password-2" not in result["output"]

    def test_the_password_policy(self, play: Play) -> None:
        result = play.fail(address=NAME, password="x")
        assert "the password does not meet the password policy of the server" in result["msg"]

    def test_nothing_secret_is_printed(self, play: Play) -> None:
        key, token = "k" * 30, "t" * 30
        result = play.run(diff=True, pushover={"key": key, "token": token, "title": "x"}, **ALL)
        assert not [secret for secret in (PASSWORD, key, token) if secret in result["output"]]
        assert result["mailbox"]["pushover"] == {"active": True}


class TestPushover:
    def test_it_is_switched_on_and_off(self, play: Play, box: dict) -> None:
        settings = {"key": "k" * 30, "token": "t" * 30}
        assert play.change(address=NAME, pushover=settings)["pushover"] == {"active": True}
        play.unchanged(address=NAME, pushover=dict(settings, title="other"))
        assert play.run(address=NAME, pushover=dict(settings, title="other"), update_write_only="always")["changed"]
        assert play.change(address=NAME, pushover={"active": False})["pushover"] == {"active": False}

    @pytest.mark.parametrize("new", [True, False])
    def test_it_is_tried(self, play: Play, box: dict, new: bool) -> None:
        play.sim.plant("service", "pushover up")
        options = {"address": "new@a.example" if new else NAME, "password": PASSWORD}
        options["pushover"] = {"key": "k" * 30, "token": "t" * 30, "test": True}
        play.sim.clear_requests()
        assert play.run(check=True, **options)["changed"]
        assert play.writes() == []
        assert play.run(**options)["mailbox"]["pushover"] == {"active": True}
        assert play.writes()[-2:] == ["edit/pushover", "edit/pushover-test"]
        play.unchanged(**options)
        assert play.run(**options, update_write_only="always")["changed"]

    @pytest.mark.parametrize("policy", ["on_create", "always"])
    def test_pushover_says_no(self, play: Play, box: dict, policy: str) -> None:
        settings = {"key": "k" * 30, "token": "t" * 30, "test": True}
        result = play.fail(address=NAME, pushover=settings, update_write_only=policy)
        assert "mailcow refused POST edit/pushover-test: Pushover API ERR (0)" in result["msg"]
        assert result["changed"] is True
        assert "k" * 30 not in result["output"]
        assert play.info(address=NAME)[0]["pushover"] == {"active": True}

    def test_nobody_knows_what_pushover_says(self, play: Play, box: dict) -> None:
        play.sim.plant("service", "pushover up")
        play.sim.fault(kind="reset", when="after", path="pushover-test", times=1)
        assert "POST edit/pushover-test" in play.fail(address=NAME, pushover={"key": "k" * 30, "token": "t" * 30, "test": True})["msg"]

    def test_it_needs_its_keys(self, play: Play, box: dict) -> None:
        assert "pushover: key and token are required" in play.fail(address=NAME, pushover={"title": "x"})["msg"]


class TestSpamScore:
    def test_it_is_shown_when_asked_for(self, play: Play, box: dict) -> None:
        play.change(address=NAME, spam_score={"low": 4, "high": 12.5})
        assert "spam_score" not in play.info(address=NAME)[0]
        assert play.info(address=NAME, details=True)[0]["spam_score"] == {"low": 4.0, "high": 12.5}

    def test_back_to_the_default(self, play: Play, box: dict) -> None:
        play.unchanged(address=NAME, spam_score={"default": True})
        play.change(address=NAME, spam_score={"low": 4, "high": 12.5})
        play.change(address=NAME, spam_score={"default": True})


class TestSenderAcl:
    def test_entries_of_what_is_gone_are_taken_off(self, play: Play, box: dict) -> None:
        """facts-mailboxes 1.7: they stay through every list but "*"."""
        Play(play.sim, DOMAIN).run(domain="b.example")
        play.change(address=NAME, sender_acl=["b.example", "a.example"])
        Play(play.sim, DOMAIN).run(domain="b.example", state="absent")
        play.sim.plant("sql", "REPLACE INTO sender_acl (logged_in_as, send_as, external) VALUES ('%s', '@b.example', 0)" % NAME)
        assert play.change(address=NAME, sender_acl=["a.example"])["sender_acl"] == ["@a.example"]

    def test_own_aliases_need_no_entry(self, play: Play, box: dict) -> None:
        aliases = Play(play.sim, ALIAS)
        aliases.run(address="may@a.example", goto=[NAME])
        aliases.run(address="only@a.example", goto=[NAME], sender_allowed=False)
        shown = play.change(address=NAME, sender_acl=["may@a.example", "only@a.example"])
        assert shown["sender_acl"] == ["only@a.example"]


class TestRename:
    """facts-mailboxes 1.9; the recorded server, and so the simulator, cannot do it."""

    def test_it_is_announced(self, play: Play, box: dict) -> None:
        check = play.run(address=NAME, rename_to=" New@a.example", quota=50, check=True, diff=True)
        assert check["changed"]
        assert check["diff"]["before"] == {"address": NAME, "quota": 100}
        assert check["diff"]["after"] == {"address": "new@a.example", "quota": 50}

    @pytest.mark.parametrize(("given", "sent"), [({}, 0), ({"rename_keeps_alias": True}, 1)])
    def test_it_is_asked_for(self, play: Play, box: dict, given: dict, sent: int) -> None:
        result = play.fail(address=NAME, rename_to="new@a.example", **given)
        assert result["request"] == "POST edit/rename-mbox"
        names = {"domain": "a.example", "old_local_part": "box", "new_local_part": "new", "create_alias": sent}
        assert [request for request in play.sim.requests() if request["method"] == "POST"][-1]["body"]["attr"].items() >= names.items()

    def test_only_when_it_is_active(self, play: Play, box: dict) -> None:
        play.run(address=NAME, active=False)
        assert "rename_to: mailcow renames only active mailboxes" in play.fail(address=NAME, rename_to="new@a.example")["msg"]


def test_an_edit_leaves_the_attribute_hash(play: Play, box: dict) -> None:
    """facts-mailboxes 1.2: an edit that omits it resets it."""
    play.sim.plant("sql", "UPDATE mailbox SET attributes = JSON_SET(attributes, '$.attribute_hash', 'abc') WHERE username = '%s'" % NAME)
    play.change(address=NAME, name="x")
    writes = [request["body"] for request in play.sim.requests() if request["method"] == "POST"]
    play.unchanged(address=NAME, name="x")
    assert all(body["attr"].get("attribute_hash", "abc") == "abc" for body in writes)


def test_a_resource_is_no_mailbox(play: Play) -> None:
    """facts-mailboxes 1.1: get/mailbox of a resource is an object full of nulls."""
    resource = {"domain": "a.example", "description": "room", "kind": "location", "multiple_bookings": 0, "active": 1}
    Client(play.sim.url, play.sim.rw_key).write("add/resource", resource)
    assert play.info(address="room@a.example") == []
    assert "room@a.example already exists as a mailbox or a resource" in play.fail(address="room@a.example", password=PASSWORD)["msg"]


def test_all_of_some_domains(play: Play, box: dict) -> None:
    Play(play.sim, DOMAIN).run(domain="b.example")
    play.run(address="x@b.example", password=PASSWORD)
    assert [one["address"] for one in play.info(domains=["B.Example"])] == ["x@b.example"]
    assert [one["address"] for one in play.info()] == [NAME, OTHER, "x@b.example"]
    assert play.info(domains=["gone.example"]) == []
