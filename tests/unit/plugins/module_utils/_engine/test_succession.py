# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailcow cannot edit stays until its successor is there, whatever happens on the way."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError, OutcomeUnknown, Refused
from tests.unit.plugins.module_utils.fakes import STONE, Server, apply, apply_one, wish

A, HELPER = "a@one.example", "new.a@one.example"
WANTED = wish(A, STONE, size=8)
ALL = ["add/thing", "add/copy", "delete/thing"]


def refused(path: str) -> MailcowError:
    return Refused(path, "POST " + path, [Entry("danger", "not_that", ())])


def sizes(server: Server) -> dict:
    return {address: thing["size"] for address, thing in server.state().items()}


@pytest.fixture
def server() -> Server:
    return Server(A, size="7")


def test_it_takes_the_place(server: Server) -> None:
    assert apply_one(server, WANTED, STONE).current.values["size"] == 8
    assert [path for path, _body in server.writes()] == ALL
    assert sizes(server) == {A: 8}
    assert not apply_one(server, WANTED, STONE).changed


@pytest.mark.parametrize("path", ["add/thing", "add/copy"])
def test_nothing_is_lost_when_it_is_refused(server: Server, path: str) -> None:
    server.fails(path, refused(path))
    (outcome,) = apply(server, WANTED, kind=STONE)
    assert "not_that" in str(outcome.error)
    assert sizes(server)[A] == "7"
    # The next run finds what that one left.
    apply_one(server, WANTED, STONE)
    assert sizes(server) == {A: 8}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("path", ALL)
def test_an_answer_that_gets_lost(server: Server, path: str, when: str) -> None:
    server.fails(path, OutcomeUnknown("no answer", "POST " + path), when)
    outcome = apply_one(server, WANTED, STONE)
    assert outcome.changed
    assert sizes(server) == {A: 8}


def test_what_a_broken_off_run_left_does_not_stop_it(server: Server) -> None:
    server.make(HELPER, size="3")
    apply_one(server, WANTED, STONE)
    assert [path for path, _body in server.writes()] == ["add/thing", "delete/thing", *ALL]
    assert sizes(server) == {A: 8}
