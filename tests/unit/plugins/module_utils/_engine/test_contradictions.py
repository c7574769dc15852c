# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A kind that contradicts itself cannot be built."""

from __future__ import annotations

import dataclasses
import re

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByParts
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, In, Kind, Write
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import InDomains, Table
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import Field
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Address
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Number, Text
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.unit.plugins.module_utils.fakes import DOMAINS, STONE, THING


def more(kind: Kind, *fields: Field) -> dict:
    """The change that gives a kind further fields."""
    return {"fields": (*kind.fields, *fields)}


def adds(*routes: Add, **options: object) -> dict:
    return {"write": Write("thing", adds=routes, edits=False, **options)}


CONTRADICTIONS = [
    (THING, more(THING, Text("name")), "the option name stands twice"),
    (THING, more(THING, Address("address")), "the option address stands twice"),
    (THING, more(THING, Text("hint", read=None)), "hint cannot be read, and has no policy that says when it is written"),
    (
        STONE,
        dict(more(STONE, Number("limit", via="thing-limit")), write=Write("thing", edits=False)),
        "limit is written by thing-limit, but nothing can be edited",
    ),
    (THING, {"read": InDomains(DOMAINS, "thing/all", reduced="thing/reduced", lacks=("width",))}, "there is no option width"),
    (STONE, dict(adds(deletes=False), reset={"colour": ""}), "there is no option colour"),
    (STONE, adds(Add("thing", takes=("name", "size", "weight"))), "there is no option weight"),
    (STONE, adds(Add("heavy", when="weight"), Add("thing")), "there is no option weight"),
    (STONE, adds(Add("named", when="name")), "the last add route is for name only"),
    (STONE, adds(), "what cannot be made is there by itself, so that it cannot be deleted either, and the reverse"),
    (
        STONE,
        adds(Add("thing"), deletes=False),
        "what cannot be made is there by itself, so that it cannot be deleted either, and the reverse",
    ),
    (STONE, {"belongs": In("domain", str, option="owner")}, "it belongs in owner, which is no option"),
    (
        STONE,
        {"identity": ByParts("id", parts=(Text("owner"),)), "read": Table("thing/all")},
        "parts of the identity are not among the fields",
    ),
]


@pytest.mark.parametrize(("kind", "changes", "sentence"), CONTRADICTIONS)
def test_one_is_refused(kind: Kind, changes: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match="^%s: %s$" % (kind.name, re.escape(sentence))):
        dataclasses.replace(kind, **changes)


def test_all_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"^thing: hint cannot be read, .*; there is no option limit$"):
        dataclasses.replace(THING, fields=(Text("hint", read=None),))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        # It is not written again.
        (THING, more(THING, Text("hint", read=None, on_edit=False))),
        (THING, more(THING, Text("hint", read=None, policy="update_write_only"))),
        # It is there by itself.
        (STONE, adds(deletes=False)),
        (STONE, adds(Add("named", when="name"), Add("thing"))),
        (STONE, {"belongs": In("domain", str, option="name")}),
        (STONE, {"identity": ByParts("id", parts=STONE.fields), "read": Table("thing/all")}),
    ],
)
def test_what_only_looks_like_one(kind: Kind, changes: dict) -> None:
    assert dataclasses.replace(kind, **changes)


@pytest.mark.parametrize("kind", [THING, STONE, *KINDS], ids=lambda kind: kind.name)
def test_there_is_none_in_what_there_is(kind: Kind) -> None:
    """Nor in a copy that is built now."""
    assert dataclasses.replace(kind).name == kind.name
