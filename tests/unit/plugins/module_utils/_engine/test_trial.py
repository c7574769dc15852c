# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is tried before it is written, when that is asked for."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError, Refused
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Trial, Write
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Number, Text
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import item_spec
from tests.unit.plugins.module_utils.fakes import STONE, Server, apply, apply_one, wish

A = "a@one.example"
KIND = dataclasses.replace(
    STONE,
    write=Write("thing", replaces=True, trial=Trial("test", "thing-test")),
    fields=(Text("name"), Number("size")),
)
NO = Refused("edit/thing-test", "POST edit/thing-test", [Entry("error", "Cannot edit item", ())])


@pytest.fixture
def server() -> Server:
    return Server(A, name="N", size="7")


def tried(test: bool = True, **values: object) -> Wanted:
    return dataclasses.replace(wish(A, KIND, **values), options={"test": test})


def test_it_is_an_option() -> None:
    assert item_spec(KIND)["test"] == {"type": "bool", "default": False}


def test_the_same_goes_first(server: Server) -> None:
    body = {"items": [1], "attr": {"name": "N", "size": 9}}
    outcome = apply_one(server, tried(size=9), KIND)
    assert server.writes() == [("edit/thing-test", body), ("edit/thing", body)]
    assert [request.path for request in outcome.done] == ["edit/thing"]


def test_what_does_not_work_is_not_written(server: Server) -> None:
    server.fails("edit/thing-test", NO)
    outcome = apply(server, tried(size=9), kind=KIND)[0]
    assert isinstance(outcome.error, MailcowError)
    assert outcome.done == []
    assert {path for path, _body in server.writes()} == {"edit/thing-test"}


@pytest.mark.parametrize("wanted", [tried(size=7), tried(test=False, size=9)], ids=["nothing changes", "not asked for"])
def test_nothing_is_tried(server: Server, wanted: Wanted) -> None:
    apply_one(server, wanted, KIND)
    assert "edit/thing-test" not in [path for path, _body in server.writes()]


def test_not_in_check_mode(server: Server) -> None:
    assert apply_one(server, tried(size=9), KIND, check=True).changed
    assert server.writes() == []
