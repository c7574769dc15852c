# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What only one of several objects can have: whoever loses it is named."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByParts
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import OneAmong, Write
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import Table
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Flag, Number, Text
from tests.unit.plugins.module_utils.fakes import STONE, Server, apply_one

_NAME, _SIZE = Text("name"), Number("size")
# One of each size can be active.
KIND = dataclasses.replace(
    STONE,
    identity=ByParts("id", parts=(_NAME, _SIZE)),
    read=Table("thing/all"),
    write=Write("thing"),
    fields=(_NAME, _SIZE, Flag("active", default=True)),
    one_among=OneAmong("active", among=("size",)),
)
TAKEN = "the stone first 1 loses active, because only one with the same size can have it"


@pytest.fixture
def server() -> Server:
    server = Server()
    for name, size, active in (("first", "1", 1), ("second", "1", 0), ("third", "2", 1)):
        server.make("%s@one.example" % name, name=name, size=size, active=active)
    return server


def warnings(server: Server, check: bool = True, **values: object) -> list[str]:
    given = {option: value for option, value in values.items() if option != "id"}
    wanted = Wanted(KIND.identity.given({"id": None, **values}), given)
    return apply_one(server, wanted, KIND, check).warnings


@pytest.mark.parametrize("check", [True, False])
def test_another_one_gets_it(server: Server, check: bool) -> None:
    assert warnings(server, check, name="second", size=1, active=True) == [TAKEN]


def test_a_new_one_gets_it_by_default(server: Server) -> None:
    assert warnings(server, name="new", size=1) == [TAKEN]


def test_it_comes_to_others(server: Server) -> None:
    assert warnings(server, id=3, size=1) == [TAKEN]


@pytest.mark.parametrize(
    "values",
    [
        {"name": "first", "size": 1, "active": True},
        {"name": "second", "size": 1, "active": False},
        {"name": "second", "size": 1},
        {"name": "new", "size": 1, "active": False},
        {"name": "new", "size": 3, "active": True},
        {"id": 2, "size": 2},
    ],
    ids=str,
)
def test_nobody_loses_it(server: Server, values: dict) -> None:
    assert warnings(server, **values) == []
