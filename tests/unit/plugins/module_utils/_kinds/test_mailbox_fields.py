# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING, Field
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import MailboxAddress, OptionalAddress
from ansible_collections.community.mailcow.plugins.module_utils._fields.mailboxes import Activity
from ansible_collections.community.mailcow.plugins.module_utils._fields.pushover import Pushover
from ansible_collections.community.mailcow.plugins.module_utils._fields.sender_acl import ExternalSenders, SenderAcl
from ansible_collections.community.mailcow.plugins.module_utils._fields.spam_score import SpamScore
from ansible_collections.community.mailcow.plugins.module_utils._kinds._places import MAILBOX_NAMES
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import CustomAttributes, DisplayName

ACTIVITY = Activity("active")
ACL = SenderAcl("sender_acl", has_mailbox=MAILBOX_NAMES.has, on_add=False)
EXTERNAL = ExternalSenders("extended_sender_acl", read=None)
CUSTOM = CustomAttributes("custom_attributes")
SCORE = SpamScore("spam_score", source=("spam-score",))
PUSHOVER = Pushover("pushover", read="pushover_active")
NAME = DisplayName("name")
RECOVERY = OptionalAddress("pw_recovery_email", read="attributes.recovery_email")
KEY, TOKEN = "k" * 30, "T1" * 15
BOX = "box@a.example"


class Server:
    def __init__(self, check_mode: bool = False, **answers: object) -> None:
        self.check_mode = check_mode
        self.answers = answers

    def ask(self, route: str, *names: str) -> object:
        return self.answers.get(route.replace("-", "_").replace("/", "_"))


def alias(address: str, goto: str, sender_allowed: int) -> Server:
    """A server with the domain and one alias."""
    one = {"address": address, "goto": goto, "sender_allowed": sender_allowed}
    return Server(domain={"domain_name": "a.example"}, alias_all=[{"address": "x@a.example", "goto": BOX, "sender_allowed": 1}, one])


@pytest.mark.parametrize(
    ("field", "params", "value"),
    [
        (NAME, {"name": "<<A <b> c>>"}, "A <b> c"),
        (RECOVERY, {"pw_recovery_email": " "}, ""),
        (RECOVERY, {"pw_recovery_email": "a@BÜCHER.example"}, "a@xn--bcher-kva.example"),
        (MailboxAddress("address"), {"address": " Box@A.Example"}, BOX),
        (ACL, {"sender_acl": ["B@a.example", "@A.example", "bücher.example", "", "default", "b@a.example"]}, None),
        (ACL, {"sender_acl": ["b@a.example", " * "]}, ["*"]),
        (ACL, {"sender_acl": ["default"]}, []),
        (ACL, {"sender_acl": []}, []),
        (CUSTOM, {"custom_attributes": {"a b": 1, "c": "x y"}}, {"ab": "1", "c": "x y"}),
        (SCORE, {"spam_score": {"low": 5.0, "high": 15.0, "default": False}}, (5.0, 15.0)),
        (PUSHOVER, {"pushover": {"active": True, "key": KEY, "token": None}}, {"active": True, "key": KEY}),
    ],
    ids=str,
)
def test_what_the_user_gives(field: Field, params: dict, value: object) -> None:
    expected = ["@a.example", "@xn--bcher-kva.example", "b@a.example"] if value is None else value
    assert field.given(params) == expected


def test_the_default_score_is_a_value() -> None:
    assert SCORE.given({"spam_score": {"low": None, "high": None, "default": True}}) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (RECOVERY, "nobody"),
        (ACL, ["a b"]),
        (ACL, ["@"]),
        (ACL, ["a@b@c.example"]),
        (SCORE, {"low": 5.0, "high": None, "default": False}),
        (SCORE, {"low": 15.0, "high": 5.0, "default": False}),
        (SCORE, {"low": 5.0, "high": 15.0, "default": True}),
        (PUSHOVER, {"active": True, "key": "k" * 29}),
        (PUSHOVER, {"active": True, "token": "ü" * 30}),
    ],
    ids=str,
)
def test_what_cannot_be(field: Field, value: object) -> None:
    with pytest.raises(InvalidValue, match="^%s: " % field.option) as caught:
        field.given({field.option: value})
    assert "k" * 29 not in str(caught.value)


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (ACTIVITY, {"active": "2"}, 2),
        (ACL, {"sender_acl": ["B@a.example", "@a.example", "b@a.example"]}, ["@a.example", "b@a.example"]),
        (CUSTOM, {"custom_attributes": []}, {}),
        (CUSTOM, {"custom_attributes": ["x", "y"]}, {"0": "x", "1": "y"}),
        (CUSTOM, {"custom_attributes": {"a": 1}}, {"a": "1"}),
        (SCORE, {"score": "5,15"}, (5.0, 15.0)),
        (SCORE, {"score": " 5 , 6.1"}, (5.0, 6.1)),
        (SCORE, {}, MISSING),
        (RECOVERY, {"attributes": {"recovery_email": None}}, ""),
        (PUSHOVER, {"pushover_active": 0}, {"active": False}),
        (PUSHOVER, {"pushover_active": "1"}, {"active": True}),
    ],
    ids=str,
)
def test_what_mailcow_shows(field: Field, raw: dict, value: object) -> None:
    assert field.parse(raw) == value


@pytest.mark.parametrize(
    ("params", "current", "number"),
    [
        ({"active": False}, MISSING, 0),
        ({"active": True}, MISSING, 1),
        ({"login": False}, MISSING, 2),
        ({"active": True, "login": False}, MISSING, 2),
        ({"active": True}, 2, 2),
        ({"active": True}, 0, 1),
        ({"active": False}, 2, 0),
        ({"login": True}, 2, 1),
        ({"login": False}, 1, 2),
        ({"login": False}, 0, 0),
    ],
    ids=str,
)
def test_activity_is_one_number(params: dict, current: object, number: int) -> None:
    assert ACTIVITY.resolve(ACTIVITY.given(params), current, BOX, None) == number


@pytest.mark.parametrize("number", [0, 1, 2])
def test_activity_can_be_given_back(number: int) -> None:
    assert ACTIVITY.resolve(ACTIVITY.given(ACTIVITY.show(number)), number, BOX, None) == number
    assert ACTIVITY.resolve(ACTIVITY.given(ACTIVITY.show(number)), MISSING, BOX, None) == number


@pytest.mark.parametrize(
    ("field", "value", "body"),
    [
        (ACL, [], {"sender_acl": ["default"]}),
        (EXTERNAL, ["@x.example", "a@y.example"], {"extended_sender_acl": "@x.example,a@y.example"}),
        (EXTERNAL, [], {"extended_sender_acl": ""}),
        (CUSTOM, {"a": "1", "b": "2"}, {"attribute": ["a", "b"], "value": ["1", "2"]}),
        (CUSTOM, {}, {"attribute": [], "value": []}),
        (SCORE, None, {"spam_score": "default"}),
        (SCORE, (5.0, 15.5), {"spam_score": "5,15.5"}),
        (
            PUSHOVER,
            {"active": True, "key": KEY, "senders": ["a@x.example", "b@x.example"], "only_x_prio": False},
            {"active": 1, "key": KEY, "senders": "a@x.example,b@x.example", "only_x_prio": 0},
        ),
        (MailboxAddress("address"), BOX, {"local_part": "box", "domain": "a.example"}),
    ],
    ids=str,
)
def test_what_is_written(field: Field, value: object, body: dict) -> None:
    assert field.body(value) == body


@given(st.lists(st.sampled_from(["a.example", "@b.example", "x@a.example", "Y@b.example"]), unique=True), st.randoms(use_true_random=False))
def test_permissions_are_a_set_without_case(entries: list, order: random.Random) -> None:
    shuffled = [getattr(entry, order.choice(["upper", "lower"]))() for entry in entries]
    order.shuffle(shuffled)
    given_ = ACL.given({"sender_acl": shuffled})
    assert given_ == ACL.given({"sender_acl": entries})
    assert ACL.given(ACL.show(given_)) == given_


class TestPermissions:
    """facts-mailboxes 1.7."""

    OWN = alias("own@a.example", "Box@a.example,x@y.example", 1)

    @pytest.mark.parametrize(
        ("server", "entry", "stored"),
        [
            (Server(mailbox={"username": "other@a.example"}), "other@a.example", True),
            (Server(), BOX, False),
            (OWN, "@a.example", True),
            (Server(), "*", True),
            (OWN, "own@a.example", False),
            (alias("own@a.example", BOX, 0), "own@a.example", True),
            (alias("own@a.example", "x@y.example", 1), "own@a.example", True),
        ],
    )
    def test_what_is_allowed_anyway_is_not_stored(self, server: Server, entry: str, stored: bool) -> None:
        assert ACL.resolve([entry], [], BOX, server) == ([entry] if stored else [])
        assert ACL.resolve([entry], [entry], BOX, server) == [entry]

    @pytest.mark.parametrize("entry", ["other@b.example", "3own@a.example", "@b.example"])
    def test_who_is_not_there_is_told_before_anything_is_written(self, entry: str) -> None:
        server = alias("own@a.example", BOX, 1)
        server.answers["domain"] = None
        with pytest.raises(InvalidValue, match="sender_acl: the server has no domain, alias or mailbox " + entry):
            ACL.resolve([entry], MISSING, BOX, server)
        server.check_mode = True
        assert ACL.resolve([entry], MISSING, BOX, server) == [entry]
        # What stands there already may be gone: mailcow keeps it.
        assert ACL.resolve([entry], [entry], BOX, server) == [entry]

    def test_what_no_list_takes_off_goes_by_the_star(self) -> None:
        attributes, requests = ACL.edits(BOX, ["@gone.example", "@a.example"], ["@a.example"], 1)
        assert attributes == {}
        assert [request.body["attr"]["sender_acl"] for request in requests] == [["*"], ["@a.example"]]
        assert ACL.edits(BOX, ["@a.example"], ["@a.example", "x@a.example"], 1) == ({}, [])
        assert ACL.edits(BOX, ["@gone.example"], [], 2) == ({}, [])


class TestScore:
    def test_the_default_is_what_the_server_has(self) -> None:
        server = Server(spam_score={"score": "5,15"})
        assert SCORE.resolve(None, (5.0, 15.0), BOX, server) == (5.0, 15.0)
        assert SCORE.resolve(None, (4.0, 15.0), BOX, server) is None
        assert SCORE.resolve(None, MISSING, BOX, server) is None
        assert SCORE.resolve((1.0, 2.0), (5.0, 15.0), BOX, server) == (1.0, 2.0)

    @pytest.mark.parametrize("value", [None, (5.0, 15.5)])
    def test_it_can_be_given_back(self, value: tuple | None) -> None:
        assert SCORE.given({"spam_score": {"default": False, **SCORE.show(value)["spam_score"]}}) == value


class TestPushover:
    def test_secrets_are_not_shown(self) -> None:
        shown = PUSHOVER.show({"active": True, "key": KEY, "token": TOKEN, "title": "x"})
        assert shown == {"pushover": {"active": True, "title": "x"}}

    @pytest.mark.parametrize(
        ("wanted", "current", "complete"),
        [
            ({"active": True, "key": KEY, "token": TOKEN}, {"active": False}, True),
            ({"active": True, "key": KEY}, {"active": False}, False),
            ({"active": True}, {"active": True}, True),
            ({"active": False}, {"active": False}, True),
        ],
    )
    def test_what_it_needs_to_be_switched_on(self, wanted: dict, current: dict, complete: bool) -> None:
        if complete:
            assert PUSHOVER.resolve(wanted, current, BOX, None) == wanted
        else:
            with pytest.raises(InvalidValue, match="pushover: key and token are required"):
                PUSHOVER.resolve(wanted, current, BOX, None)
