# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias import AliasAddress, Goto

GOTO = Goto("goto", keep=True)
ADDRESS = AliasAddress("address")
targets = st.lists(st.sampled_from(["a@x.example", "B@x.example", "c+d@y.example", "e@xn--bcher-kva.example"]), min_size=1, unique=True)


@pytest.mark.parametrize(
    ("params", "value"),
    [
        ({}, MISSING),
        ({"goto_null": False}, MISSING),
        ({"goto": [" A@X.Example ", "b@BÜCHER.example", "a@x.example"]}, ["A@x.example", "b@xn--bcher-kva.example"]),
        ({"goto_spam": True}, ["spam@localhost"]),
        ({"goto": [], "goto_ham": True}, ["ham@localhost"]),
        ({"goto": ["a@x.example"], "goto_ham": False}, ["a@x.example"]),
        ({"goto": ["NULL@localhost"]}, ["null@localhost"]),
    ],
    ids=str,
)
def test_what_the_user_gives(params: dict, value: object) -> None:
    assert GOTO.given(params) == value


@pytest.mark.parametrize(
    "params",
    [{"goto": []}, {"goto": ["a@x.example"], "goto_null": True}, {"goto_null": True, "goto_spam": True}, {"goto": ["@x.example"]}],
    ids=str,
)
def test_what_cannot_be(params: dict) -> None:
    with pytest.raises(InvalidValue, match=r"^goto: "):
        GOTO.given(params)


@pytest.mark.parametrize(
    ("value", "body", "shown"),
    [
        (["a@x.example", "b@x.example"], {"goto": "a@x.example,b@x.example"}, {"goto": ["a@x.example", "b@x.example"]}),
        (["null@localhost"], {"goto_null": 1}, {"goto": [], "goto_null": True}),
        (["spam@localhost"], {"goto_spam": 1}, {"goto": [], "goto_spam": True}),
        (["ham@localhost"], {"goto_ham": 1}, {"goto": [], "goto_ham": True}),
    ],
)
def test_what_is_written_and_shown(value: list, body: dict, shown: dict) -> None:
    assert GOTO.body(value) == body
    assert GOTO.show(value) == shown
    assert GOTO.given(shown) == value


@pytest.mark.parametrize(
    ("value", "attributes", "kept"),
    [
        # facts-mailboxes 12.4: a discarding alias can only be edited when its way is sent again.
        (["null@localhost"], {"active": 0}, {"goto_null": 1}),
        (["null@localhost"], {"goto": "a@x.example"}, {}),
        (["null@localhost"], {"goto_spam": 1}, {}),
        (["a@x.example"], {"active": 0}, {}),
    ],
)
def test_what_an_edit_has_to_repeat(value: list, attributes: dict, kept: dict) -> None:
    assert GOTO.kept(value, attributes) == kept


@given(targets, st.randoms(use_true_random=False))
def test_targets_are_a_set_without_case(addresses: list, order: random.Random) -> None:
    current = GOTO.parse({"goto": ",".join(addresses)})
    shuffled = [getattr(address, order.choice(["upper", "lower", "title"]))() for address in addresses]
    order.shuffle(shuffled)
    assert GOTO.same(current, GOTO.given({"goto": shuffled}))
    assert GOTO.same(current, GOTO.given(GOTO.show(current)))
    assert not GOTO.same(current, GOTO.given({"goto": [*shuffled, "other@x.example"]}))


@pytest.mark.parametrize(
    ("given", "address"),
    [("@BÜCHER.Example", "@xn--bcher-kva.example"), (" Info@X.example", "Info@x.example"), ("=x@a.example", "=x@a.example")],
)
def test_addresses(given: str, address: str) -> None:
    assert ADDRESS.given({"address": given}) == address


@pytest.mark.parametrize("text", ["@", "@a b", "x.example", ""])
def test_no_addresses(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^address: "):
        ADDRESS.given({"address": text})
