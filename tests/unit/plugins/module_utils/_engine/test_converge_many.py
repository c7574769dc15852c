# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects at once; one object is in test_converge.py."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    ConnectionFailed,
    EmptyAnswer,
    KeyRefused,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import Outcome
from tests.unit.plugins.module_utils.fakes import Server, apply, wish


def names(count: int, start: int = 0) -> list[str]:
    return ["%03d@one.example" % number for number in range(start, start + count)]


def errors(outcomes: list[Outcome]) -> dict[str, str]:
    return {outcome.wanted.identity: str(outcome.error) for outcome in outcomes if outcome.error}


def sizes(server: Server) -> set[str]:
    return {thing["size"] for thing in server.things.values()}


@pytest.mark.parametrize("connections", [1, 4])
def test_the_outcomes_come_in_order(connections: int) -> None:
    server = Server(*names(20))
    wanted = [wish(name, size=index % 3) for index, name in enumerate(names(30))]
    outcomes = apply(server, *wanted, connections=connections)
    assert [outcome.wanted.identity for outcome in outcomes] == names(30)
    assert [outcome.current.values["size"] for outcome in outcomes] == [index % 3 for index in range(30)]
    assert errors(outcomes) == {}


def test_nothing_to_do() -> None:
    assert apply(Server()) == []


class TestBatches:
    def test_equal_edits_are_joined_up_to_50(self) -> None:
        server = Server(*names(120), hash="same")
        outcomes = apply(server, *[wish(name, size=9) for name in names(120)])
        assert errors(outcomes) == {}
        assert sorted(len(body["items"]) for path, body in server.writes()) == [20, 50, 50]
        assert sizes(server) == {"9"}

    def test_different_edits_are_not(self) -> None:
        server = Server(*names(4), hash="same")
        apply(server, *[wish(name, size=7 + index % 2) for index, name in enumerate(names(4))])
        assert sorted(body["items"] for path, body in server.writes()) == [[1, 3], [2, 4]]

    def test_what_an_edit_has_to_keep_differs(self) -> None:
        server = Server(*names(3))
        apply(server, *[wish(name, size=9) for name in names(3)])
        assert [thing["hash"] for thing in server.things.values()] == ["h1", "h2", "h3"]

    def test_deletes_are_joined(self) -> None:
        server = Server(*names(60))
        outcomes = apply(server, *[wish(name, state="absent") for name in names(55)])
        assert all(outcome.changed for outcome in outcomes)
        assert sorted(len(body) for path, body in server.writes()) == [5, 50]
        assert set(server.state()) == set(names(5, 55))

    def test_adds_are_not(self) -> None:
        server = Server()
        apply(server, *[wish(name) for name in names(3)])
        assert [body["address"] for path, body in server.writes("add/thing")] == names(3)

    def test_no_batch_without_need(self) -> None:
        server = Server(*names(60), size="9")
        apply(server, *[wish(name, size=9) for name in names(60)])
        assert server.writes() == []


class TestOneFails:
    @pytest.mark.parametrize("policy", ["on_create", "always"])
    def test_a_failing_edit_is_separated_from_its_batch(self, policy: str) -> None:
        server = Server(*names(10), hash="same")
        edit = server._edit

        def picky(route: str, thing: dict, attr: dict) -> None:
            if thing["id"] == 4:
                raise EmptyAnswer("an empty body", "POST edit/thing")
            edit(route, thing, attr)

        server._edit = picky
        outcomes = apply(server, *[wish(name, size=9, password="secret", update_password=policy) for name in names(10)])
        assert errors(outcomes) == {"003@one.example": "an empty body"}
        assert [thing["size"] for thing in server.things.values() if thing["id"] != 4] == ["9"] * 9
        assert server.things[4]["size"] == "5"
        # One for all, and then at most one for each.
        assert len(server.writes()) <= 11

    def test_a_refused_delete_is_separated_from_its_batch(self) -> None:
        server = Server(*names(10))
        gone = server._write

        def picky(path: str, body: list) -> list:
            if path == "delete/thing" and 4 in body:
                gone(path, [item for item in body if item != 4])
                raise Refused(path, "POST " + path, [Entry("danger", "domain_not_empty", ("004",))])
            return gone(path, body)

        server._write = picky
        outcomes = apply(server, *[wish(name, state="absent") for name in names(10)])
        assert list(errors(outcomes)) == ["003@one.example"]
        assert set(server.state()) == {"003@one.example"}

    def test_a_refused_add_does_not_stop_its_siblings(self) -> None:
        server = Server()
        server.fails("POST add/thing", Refused("add/thing", "POST add/thing", [Entry("danger", "object_exists", ("000@one.example",))]))
        outcomes = apply(server, *[wish(name) for name in names(5)])
        assert list(errors(outcomes)) == ["000@one.example"]
        assert set(server.state()) == set(names(5)[1:])

    def test_an_invalid_value_does_not_stop_its_siblings(self) -> None:
        server = Server(*names(3), name="x")
        outcomes = apply(server, *[wish(name, name="" if name.startswith("001") else "y") for name in names(3)])
        assert list(errors(outcomes)) == ["001@one.example"]
        assert [thing["name"] for thing in server.things.values()] == ["y", "x", "y"]

    def test_a_second_run_finishes_the_job(self) -> None:
        server = Server()
        server.fails("POST add/thing", EmptyAnswer("an empty body", "POST add/thing"), skip=2)
        wanted = [wish(name, size=9, late="x") for name in names(5)]
        assert len(errors(apply(server, *wanted))) == 1
        assert errors(apply(server, *wanted)) == {}
        assert not any(outcome.changed for outcome in apply(server, *wanted))


class TestUnknownOutcome:
    @pytest.mark.parametrize("when", ["before", "after"])
    @pytest.mark.parametrize("state", ["present", "absent"])
    def test_a_batch_without_an_answer(self, when: str, state: str) -> None:
        server = Server(*names(10), hash="same")
        server.fails("POST", OutcomeUnknown("no answer", "POST x"), when)
        values = {"size": 9} if state == "present" else {}
        outcomes = apply(server, *[wish(name, state=state, **values) for name in names(10)])
        assert errors(outcomes) == {}
        assert sizes(server) == ({"9"} if state == "present" else set())
        if when == "after":
            assert len(server.writes()) == 1

    def test_everything_without_an_answer(self) -> None:
        server = Server()
        server.fails("POST", OutcomeUnknown("no answer", "POST x"), times=9999)
        outcomes = apply(server, *[wish(name) for name in names(3)])
        assert set(errors(outcomes)) == set(names(3))
        assert len(server.writes()) == 12


class TestNothingGoesAnyMore:
    @pytest.mark.parametrize("error", [KeyRefused("the key"), ConnectionFailed("no connection")])
    def test_nothing_is_written_after_it(self, error: Exception) -> None:
        server = Server(*names(5))
        server.fails("POST", error, skip=2, times=9999)
        outcomes = apply(server, *[wish(name, size=20 + index) for index, name in enumerate(names(5))])
        assert len(server.writes()) == 3
        assert set(errors(outcomes)) == set(names(5)[2:])
        assert all(str(error) in text for text in errors(outcomes).values())


class TestCheckMode:
    def test_it_predicts_the_run_and_writes_nothing(self) -> None:
        server = Server(*names(10), size="7")
        wanted = [wish(name, size=7 + index % 3) for index, name in enumerate(names(12))]
        wanted += [wish(name, state="absent") for name in names(3, 7)]
        wanted = list({one.identity: one for one in wanted}.values())
        check = apply(server, *wanted, check=True)
        assert server.writes() == []
        run = apply(server, *wanted, connections=4)
        assert [(one.plan.action, one.plan.before, one.plan.after) for one in check] == [
            (one.plan.action, one.plan.before, one.plan.after) for one in run
        ]
        assert {one.plan.action for one in run} == {"create", "update", "delete", "none"}
