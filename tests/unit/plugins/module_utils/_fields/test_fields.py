# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._api.request import Request
from ansible_collections.community.mailcow.plugins.module_utils._fields.features import RateLimit, Tags, Template
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING, Field
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Address, Domain, Selector
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import (
    MIB,
    Choice,
    Choices,
    Flag,
    Kept,
    Mebibytes,
    Number,
    NumberChoice,
    Password,
    Text,
)

TEXT = Text("comment")
CHOICE = Choice("kind", choices=("location", "group"))
FLAG = Flag("active")
NUMBER = Number("count", read="max_count")
MEBIBYTES = Mebibytes("quota", least=1)
SIZES = NumberChoice("size", choices=(1024, 2048))
DOMAIN = Domain("domain", read="domain_name")
ADDRESS = Address("address")
PASSWORD = Password("password", read=None, policy="update_password")
CHOICES = Choices("acl", read=None, write="user_acl", choices=("b", "a", "c"))
TAGS = Tags("tags", remove="mailbox/tag")
LIMIT = RateLimit("rate_limit")
OWN_LIMIT = RateLimit("rate_limit", scope="mailbox")
TEMPLATE = Template("template", read=None, templates=("domain/template", "all"))
SELECTOR = Selector("selector")


@pytest.mark.parametrize(
    ("field", "value", "canonical"),
    [
        (TEXT, "Größe", "Größe"),
        (TEXT, "", ""),
        (FLAG, False, False),
        (NUMBER, 0, 0),
        (DOMAIN, " BÜCHER.Example ", "xn--bcher-kva.example"),
        (ADDRESS, " A.b@BÜCHER.example", "A.b@xn--bcher-kva.example"),
        (CHOICES, ["a", "c", "b", "a"], ["b", "a", "c"]),
        (CHOICES, [], []),
        (TAGS, ["red", "Gold", "RED", " ", "", " blue "], ["blue", "Gold", "red"]),
        (TAGS, [], []),
        (LIMIT, {"value": 10, "frame": "h"}, (10, "h")),
        (LIMIT, {"value": 10}, (10, "s")),
        (LIMIT, {"value": 0, "frame": "h"}, None),
        (LIMIT, {"value": "10", "frame": None}, (10, "s")),
        (LIMIT, "100/h", (100, "h")),
        (LIMIT, " 100 / d ", (100, "d")),
        (LIMIT, "0/h", None),
        (LIMIT, 0, None),
        (TEMPLATE, " Default ", "Default"),
        (SELECTOR, " dkim-2026_a.b ", "dkim-2026_a.b"),
    ],
)
def test_what_the_user_gives(field: Field, value: object, canonical: object) -> None:
    assert field.given({field.option: value, "other": 1}) == canonical


@pytest.mark.parametrize("params", [{}, {"comment": None}])
def test_an_option_that_is_not_given_is_missing(params: dict) -> None:
    assert TEXT.given(params) is MISSING
    assert not MISSING


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (NUMBER, -1, "count: -1 is too small; the minimum is 0"),
        (NUMBER, 2**31, "count: 2147483648 is too large; the maximum is 2147483647"),
        (MEBIBYTES, 0, "quota: 0 is too small; the minimum is 1"),
        (TAGS, ["x" * 256], "tags: 256 characters are too many for a tag; the maximum is 255"),
        (MEBIBYTES, 2**43, "quota: 8796093022208 is too large; the maximum is 8796093022207"),
        (DOMAIN, "a b", "domain: 'a b' is not a domain name"),
        (ADDRESS, "nobody", "address: 'nobody' is not an e-mail address"),
        (SELECTOR, "-x", "selector: '-x' is not a DKIM selector: use letters, digits, '-', '_' and '.'"),
        (SELECTOR, "", "selector: '' is not a DKIM selector: use letters, digits, '-', '_' and '.'"),
    ],
)
def test_a_value_that_mailcow_cannot_hold_is_refused_by_the_name_of_its_option(field: Field, value: object, message: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        field.given({field.option: value})
    assert str(caught.value) == message
    assert caught.value.option == field.option


@pytest.mark.parametrize(
    ("field", "raw", "canonical"),
    [
        (TEXT, {"comment": "x"}, "x"),
        (TEXT, {"comment": None}, ""),
        (TEXT, {}, MISSING),
        (TEXT, {"comment": 12}, "12"),
        (CHOICE, {"kind": "group"}, "group"),
        (FLAG, {"active": "1"}, True),
        (FLAG, {"active": 1}, True),
        (FLAG, {"active": True}, True),
        # facts-mailboxes 0.5
        (FLAG, {"active": 2}, False),
        (FLAG, {"active": "-1"}, False),
        (FLAG, {"active": "0"}, False),
        (FLAG, {"active": 0}, False),
        (FLAG, {"active": False}, False),
        (FLAG, {"active": ""}, False),
        (FLAG, {"active": None}, MISSING),
        (FLAG, {}, MISSING),
        (NUMBER, {"max_count": "7"}, 7),
        (NUMBER, {"max_count": 7}, 7),
        (NUMBER, {"max_count": None}, MISSING),
        (NUMBER, {"count": 7}, MISSING),
        (NUMBER, {"max_count": -3}, -3),
        (MEBIBYTES, {"quota": 3 * MIB}, 3),
        (MEBIBYTES, {"quota": str(3 * MIB)}, 3),
        (MEBIBYTES, {"quota": 0}, 0),
        (SIZES, {"size": "2048"}, 2048),
        (DOMAIN, {"domain_name": "Example.COM"}, "example.com"),
        (DOMAIN, {"domain_name": None}, MISSING),
        (ADDRESS, {"address": "A@example.com"}, "A@example.com"),
        (ADDRESS, {"address": None}, MISSING),
        (PASSWORD, {"password": "{BLF-CRYPT}x"}, MISSING),
        (TAGS, {"tags": ["b", "A"]}, ["A", "b"]),
        (TAGS, {"tags": []}, []),
        (LIMIT, {"rl": {"value": "10", "frame": "h"}}, (10, "h")),
        (LIMIT, {"rl": False}, None),
        (LIMIT, {}, MISSING),
        (OWN_LIMIT, {"rl": {"value": "10", "frame": "h"}, "rl_scope": "mailbox"}, (10, "h")),
        (OWN_LIMIT, {"rl": {"value": "10", "frame": "h"}, "rl_scope": "domain"}, None),
        (Flag("sogo", read="attributes.sogo"), {"attributes": {"sogo": "1"}}, True),
        # An empty object shows as an empty list (facts-mailboxes 5).
        (Flag("sogo", read="attributes.sogo"), {"attributes": []}, MISSING),
        (Flag("sogo", read="attributes.sogo"), {"attributes": None}, MISSING),
    ],
)
def test_what_mailcow_shows(field: Field, raw: dict, canonical: object) -> None:
    parsed = field.parse(raw)
    assert parsed == canonical
    assert type(parsed) is type(canonical)


@pytest.mark.parametrize(
    ("field", "current", "wanted", "same"),
    [
        (TEXT, "a", "a", True),
        (TEXT, "a", "A", False),
        (FLAG, True, True, True),
        (FLAG, True, False, False),
        (ADDRESS, "A@example.com", "a@example.com", True),
        (ADDRESS, "a@example.com", "b@example.com", False),
        (TAGS, ["Gold", "red"], ["RED", "gold"], True),
        (TAGS, ["Café "], ["cafe"], True),
        (TAGS, ["red"], [], False),
        (TAGS, [], ["red"], False),
        (LIMIT, (10, "s"), (10, "s"), True),
        (LIMIT, (10, "s"), (10, "m"), False),
        (LIMIT, None, None, True),
        (LIMIT, (10, "s"), None, False),
    ],
)
def test_what_is_a_difference(field: Field, current: object, wanted: object, same: bool) -> None:
    assert field.same(current, wanted) is same


@pytest.mark.parametrize(
    ("field", "value", "body"),
    [
        (TEXT, "", {"comment": ""}),
        (Text("comment", write="note"), "x", {"note": "x"}),
        (FLAG, True, {"active": 1}),
        (FLAG, False, {"active": 0}),
        (NUMBER, 0, {"count": 0}),
        (MEBIBYTES, 3, {"quota": 3}),
        (PASSWORD, "secret", {"password": "secret", "password2": "secret"}),
        (Password("password", write="app_passwd"), "secret", {"app_passwd": "secret", "app_passwd2": "secret"}),
        (CHOICES, ["b"], {"user_acl": ["b"]}),
        (CHOICES, [], {"user_acl": []}),
        (LIMIT, (10, "h"), {"rl_value": 10, "rl_frame": "h"}),
        # The frame is needed to take a limit off, too (facts-server 4).
        (LIMIT, None, {"rl_value": 0, "rl_frame": "s"}),
        # mailcow stores the first 26 tags of a request only (facts-server 2).
        (TAGS, [str(number) for number in range(30)], {"tags": [str(number) for number in range(25)]}),
    ],
)
def test_what_is_written(field: Field, value: object, body: dict) -> None:
    assert field.body(value) == body


def test_an_edit_writes_the_value_once_and_knows_no_other_way() -> None:
    assert TEXT.edits("a@example.com", "old", "new", 0) == ({"comment": "new"}, [])
    assert TEXT.edits("a@example.com", "old", "new", 1) == ({}, [])


@pytest.mark.parametrize(
    ("current", "wanted", "attributes", "removals"),
    [
        # An edit with a tag that is there already is an exception on the server (facts-server 2).
        (["Gold"], ["gold", "red"], {"tags": ["red"]}, []),
        (["Gold", "red"], ["red"], {}, [["Gold"]]),
        (["Gold", "red"], ["blue"], {"tags": ["blue"]}, [["Gold", "red"]]),
        ([" red"], [], {}, [[" red"]]),
        ([], [], {}, []),
        (["x"], [str(number) for number in range(60)], {"tags": [str(number) for number in range(25)]}, [["x"]]),
    ],
)
def test_tags_are_added_and_taken_off(current: list, wanted: list, attributes: dict, removals: list) -> None:
    expected = [Request("delete/mailbox/tag/a%252Bb@example.com", tags) for tags in removals]
    assert TAGS.edits("a+b@example.com", current, wanted, 0) == (attributes, expected)


@pytest.mark.parametrize(("count", "rounds"), [(0, 1), (1, 1), (25, 2), (60, 3)])
def test_tags_that_mailcow_does_not_take_are_given_up(count: int, rounds: int) -> None:
    wanted = [str(number) for number in range(count)]
    assert TAGS.edits("a@example.com", ["old"], wanted, rounds) != ({}, [])
    assert TAGS.edits("a@example.com", ["old"], wanted, rounds + 1) == ({}, [])


@pytest.mark.parametrize(
    ("field", "empty", "full"),
    [(TEXT, "", "x"), (TEXT, "0", "00"), (NUMBER, 0, 1)],
)
def test_what_mailcow_may_take_for_not_given(field: Field, empty: object, full: object) -> None:
    assert field.is_empty(empty)
    assert not field.is_empty(full)


@pytest.mark.parametrize(("field", "off"), [(FLAG, False), (LIMIT, None)])
def test_off_is_a_value(field: Field, off: object) -> None:
    assert not field.is_empty(off)


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        (TEXT, {"comment": "x"}),
        (CHOICE, {"kind": "group"}),
        (FLAG, {"active": "1"}),
        (FLAG, {"active": 0}),
        (NUMBER, {"max_count": "7"}),
        (MEBIBYTES, {"quota": 3 * MIB}),
        (SIZES, {"size": "1024"}),
        (DOMAIN, {"domain_name": "xn--bcher-kva.example"}),
        (ADDRESS, {"address": "A+b@example.com"}),
        (TAGS, {"tags": ["Gold", "red"]}),
        (TAGS, {}),
        (LIMIT, {"rl": {"value": "10", "frame": "d"}}),
        (LIMIT, {"rl": False}),
        (SELECTOR, {"selector": "dkim"}),
    ],
)
def test_what_is_shown_can_be_given_back(field: Field, raw: dict) -> None:
    current = field.parse(raw)
    shown = field.show(current)
    assert set(shown) == {field.option}
    assert field.same(current, field.given(shown))


@pytest.mark.parametrize("field", [TEXT, FLAG, TAGS, LIMIT, TEMPLATE])
def test_what_mailcow_does_not_show_is_not_shown(field: Field) -> None:
    assert field.show(MISSING) == {}


@pytest.mark.parametrize("field", [CHOICE, FLAG, NUMBER, DOMAIN, ADDRESS, LIMIT])
def test_a_value_that_stands_nowhere_is_not_made_up(field: Field) -> None:
    assert field.show(field.parse({})) == {}


def test_without_tags_the_key_is_missing() -> None:
    """facts-server 2."""
    assert TAGS.same(TAGS.parse({}), [])
    assert not TAGS.show(TAGS.parse({}))["tags"]


def test_secrets_are_masked_and_never_shown() -> None:
    assert PASSWORD.secret
    assert not TEXT.secret
    assert PASSWORD.argument_spec() == {"password": {"type": "str", "no_log": True}}
    assert PASSWORD.show("secret") == {}
    assert not PASSWORD.readable


@pytest.mark.parametrize(
    ("field", "spec"),
    [
        (TEXT, {"type": "str"}),
        (Text("comment", default="x"), {"type": "str"}),
        (CHOICE, {"type": "str", "choices": ["location", "group"]}),
        (FLAG, {"type": "bool"}),
        (NUMBER, {"type": "int"}),
        (MEBIBYTES, {"type": "int"}),
        (SIZES, {"type": "int", "choices": [1024, 2048]}),
        (CHOICES, {"type": "list", "elements": "str", "choices": ["b", "a", "c"]}),
        (TAGS, {"type": "list", "elements": "str"}),
        (LIMIT, {"type": "raw"}),
    ],
)
def test_how_an_option_is_asked_for(field: Field, spec: dict) -> None:
    assert field.argument_spec() == {field.option: spec}


@pytest.mark.parametrize(
    "value",
    [
        *("100", 100, "-1/h", "100/y", "100/", "/h", "", "1.5/h", "²/h", "1234567890/h", [100, "h"], float("inf"), True),
        *({}, {"frame": "h"}, {"value": -1}, {"value": True}, {"value": 1, "frame": "y"}, {"value": 1, "fram": "h"}),
    ],
    ids=repr,
)
def test_a_rate_limit_that_is_none_says_how_to_write_one(value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        LIMIT.given({"rate_limit": value})
    assert str(caught.value).startswith("rate_limit: %r is not a rate limit: write it like 100/h, with s, m, h or d" % (value,))


def test_a_kept_value_is_nobodys_option() -> None:
    field = Kept("attribute_hash", read="attributes.attribute_hash", keep=True)
    assert field.argument_spec() == {}
    assert field.given({"attribute_hash": "x"}) is MISSING
    assert field.parse({"attributes": {"attribute_hash": "x"}}) == "x"
    assert field.kept("x", {}) == {"attribute_hash": "x"}
    assert field.show("x") == {}


class Templates:
    def __init__(self, check_mode: bool = False) -> None:
        self.check_mode = check_mode

    def ask(self, *path: str) -> list | None:
        return [{"id": 1, "template": "Default"}, {"id": 7, "template": "Gold"}] if path == ("domain/template", "all") else None


@pytest.mark.parametrize(("wanted", "number"), [("Default", 1), ("gold", 7), ("7", 7)])
def test_a_template_is_found_by_name_or_number(wanted: str, number: int) -> None:
    assert TEMPLATE.resolve(wanted, MISSING, "example.com", Templates()) == number


def test_an_unknown_template_is_an_error_that_names_the_others() -> None:
    with pytest.raises(InvalidValue, match="template: there is no template 'Silver' on the server; there are: Default, Gold"):
        TEMPLATE.resolve("Silver", MISSING, "example.com", Templates())
    with pytest.raises(InvalidValue, match="there are: none"):
        Template("template", templates=("nothing",)).resolve("Silver", MISSING, "example.com", Templates())
    # An earlier task would have made it.
    assert TEMPLATE.resolve("Silver", MISSING, "example.com", Templates(check_mode=True)) == "Silver"


@pytest.mark.parametrize("field", [NUMBER, MEBIBYTES, DOMAIN, ADDRESS, SELECTOR])
@pytest.mark.parametrize("value", [{"a": 1}, ["x"], {}, []])
def test_what_is_not_a_single_value_is_not_read_as_one(field: Field, value: object) -> None:
    with pytest.raises(ValueError, match="not what it should be made of"):
        field.parse({field.read or field.write or field.option: value})
