# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A kind that contradicts itself cannot be built."""

from __future__ import annotations

import dataclasses
import re

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByParts
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, In, Kind, OneAmong, Write
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import InPlaces, Table
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import Field
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Address
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Number, Text
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.unit.plugins.module_utils.fakes import DOMAINS, GRABBER, STONE, THING


def more(kind: Kind, *fields: Field) -> dict:
    """The change that gives a kind further fields."""
    return {"fields": (*kind.fields, *fields)}


def adds(*routes: Add, **options: object) -> dict:
    return {"write": dataclasses.replace(STONE.write, adds=routes, **options)}


def by_parts(**options: object) -> dict:
    """The change that has a stone told apart by its name and size."""
    return {"identity": ByParts("id", parts=STONE.fields, **options), "read": Table("thing/all")}


LAST_ADD = "the last add route, and only that, is for everything that no other was chosen for"
CONTRADICTIONS = [
    (THING, more(THING, Text("name")), "the option name stands twice"),
    (THING, more(THING, Address("address")), "the option address stands twice"),
    (THING, more(THING, Text("hint", read=None)), "hint cannot be read, and has no policy that says when it is written"),
    (
        STONE,
        more(STONE, Number("limit", via="thing-limit")),
        "limit is written by thing-limit, but nothing can be edited",
    ),
    (THING, {"read": InPlaces(DOMAINS, "thing/all", reduced="thing/reduced", lacks=("width",))}, "there is no option width"),
    (STONE, {"write": Write("thing", adds=(), deletes=False), "reset": {"colour": ""}}, "there is no option colour"),
    (STONE, adds(Add("thing", takes=("name", "size", "weight"))), "there is no option weight"),
    (STONE, adds(Add("heavy", when="weight"), Add("thing")), "there is no option weight"),
    (STONE, adds(Add("named", when="name")), LAST_ADD),
    (STONE, adds(Add("all"), Add("thing")), LAST_ADD),
    (STONE, more(STONE, Text("hint", policy="update_write_only", on_edit=False)), "hint has a policy, but is never written again"),
    (THING, more(THING, Text("hint", read=None, source=("hint",), on_edit=False)), "hint has a source, but cannot be read"),
    (STONE, more(STONE, Text("hint", late=True)), "hint is set late, but it cannot be edited"),
    (THING, more(THING, Text("hint", default="x", on_add=False)), "hint has a default that no add sends"),
    (THING, more(THING, Text("hint", default="x", required_on_create=True)), "hint has a default that no add sends"),
    (STONE, by_parts(optional=("owner",)), "owner is no part of the identity"),
    (STONE, by_parts(lacking={"owner": "x"}), "owner is no part of the identity"),
    (
        STONE,
        by_parts(place="name"),
        "a place in the identity is for lists that owners have, and the reverse",
    ),
    (THING, {"belongs": None}, "it stands in lists that its identity does not tell"),
    (THING, {"belongs": In("domain", str, option="name")}, "it stands in lists that its identity does not tell"),
    (STONE, {"rename": THING.rename}, "only what can be edited can be renamed"),
    (STONE, {"protect": GRABBER.protect}, "it protects others from edits, but nothing can be edited"),
    (THING, {"reset": {"name": ""}}, "a reset is for what can be edited and not deleted"),
    (STONE, adds(), "what cannot be made is there by itself, so that it cannot be deleted either, and the reverse"),
    (
        STONE,
        adds(Add("thing"), deletes=False),
        "what cannot be made is there by itself, so that it cannot be deleted either, and the reverse",
    ),
    (STONE, {"belongs": In("domain", str, option="owner")}, "it belongs in owner, which is no option"),
    (STONE, {"one_among": OneAmong("pinned", among=("name",))}, "there is no option pinned"),
    (STONE, {"one_among": OneAmong("size", among=("name", "owner"))}, "there is no option owner"),
    (STONE, {"write": dataclasses.replace(STONE.write, replaces=True)}, "only what can be edited can be replaced by an edit"),
    (STONE, {"write": Write("thing", edits=False)}, "what cannot be edited has to have a successor before it goes"),
    (STONE, adds(Add("thing"), edits=True), "what can be edited needs no successor"),
    (STONE, {"write": dataclasses.replace(STONE.write, ends={"name": ""})}, "an edit can only be the end of what can be edited"),
    (
        STONE,
        dict(more(STONE, Text("hint", read=None, policy="update_write_only")), write=Write("thing", replaces=True)),
        "hint cannot be read, so that each edit would reset it",
    ),
    (
        STONE,
        {"write": Write("thing", adds=(), deletes=False), "permanent": ("a",)},
        "none of them can be deleted, so that none need be permanent",
    ),
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
