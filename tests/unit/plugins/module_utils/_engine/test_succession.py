# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailcow cannot edit is there until its successor is, whatever happens on the way, and nothing else is left."""

from __future__ import annotations

from unittest import mock

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import ConnectionFailed, EmptyAnswer, OutcomeUnknown, Refused
from ansible_collections.community.mailcow.plugins.module_utils._engine import converge as engine
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import Outcome, converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._engine.server import Server as Connected
from tests.unit.plugins.module_utils.fakes import STONE, Server, wish

A, BESIDE = "a@one.example", "new.a@one.example"
WANTED = wish(A, STONE, size=8)
STEPS = ["delete/thing", "add/thing", "add/copy", "delete/thing"]
# The steps by name, and how many requests of the same route come before.
BREAKS = [("delete/thing", 0), ("add/thing", 0), ("add/copy", 0), ("delete/thing", 1)]
every_step = pytest.mark.parametrize(("path", "skip"), BREAKS, ids=["gone before", "made", "put", "gone after"])


def refusal(path: str) -> Refused:
    return Refused(path, "POST " + path, [Entry("danger", "not_that", ())])


def sizes(server: Server) -> dict:
    return {address: int(thing["size"]) for address, thing in server.state().items()}


def apply(server: Server, *wanted: Wanted) -> list[Outcome]:
    return converge(STONE, wanted or [WANTED], Connected(server, patience=0.1))


def done(server: Server, wanted: Wanted = WANTED) -> Outcome:
    (outcome,) = apply(server, wanted)
    assert outcome.error is None, outcome.error
    return outcome


def failed(server: Server) -> Outcome:
    (outcome,) = apply(server)
    assert outcome.error
    return outcome


def settles(server: Server) -> None:
    """The next run makes all as wanted, and the one after it changes nothing."""
    server.rules.clear()
    done(server)
    assert not done(server).changed


@pytest.fixture
def server() -> Server:
    return Server(A, size="7")


def test_it_takes_the_place(server: Server) -> None:
    outcome = done(server)
    assert outcome.current.values["size"] == 8
    assert [path for path, _body in server.writes()] == STEPS
    assert sizes(server) == {A: 8}
    assert [request.path for request in outcome.done] == ["add/copy"]
    settles(server)


@every_step
def test_a_refusal(server: Server, path: str, skip: int) -> None:
    server.fails(path, refusal(path), skip=skip)
    outcome = failed(server)
    assert "not_that" in str(outcome.error)
    # One more attempt took away what was left.
    assert "is left" not in str(outcome.error)
    assert (len(outcome.done), sizes(server)) == ((1, {A: 8}) if skip else (0, {A: 7}))
    settles(server)
    assert sizes(server) == {A: 8}


@every_step
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("error", [OutcomeUnknown, EmptyAnswer])
def test_an_answer_that_gets_lost(server: Server, path: str, skip: int, when: str, error: type) -> None:
    server.fails(path, error("no answer", "POST " + path), when, skip=skip)
    (outcome,) = apply(server)
    assert error is EmptyAnswer or outcome.error is None
    assert bool(outcome.error and not outcome.done) == (sizes(server) == {A: 7})
    settles(server)
    assert sizes(server) == {A: 8}


@every_step
def test_an_answer_that_always_gets_lost(server: Server, path: str, skip: int) -> None:
    server.fails(path, OutcomeUnknown("no answer", "POST " + path), times=99, skip=skip)
    outcome = failed(server)
    if skip:
        assert sizes(server) == {A: 8, BESIDE: 8}
        assert "It is unknown whether a copy remains as stone %s" % BESIDE in str(outcome.error)
    else:
        assert sizes(server) == {A: 7}
        assert BESIDE not in str(outcome.error)
    assert bool(outcome.done) == bool(skip)


def test_it_is_made_later_than_it_is_asked_for(server: Server) -> None:
    """What mailcow does only after the proxy gave up is waited for, so that it does not come when all else is done."""
    server.fails("add/thing", OutcomeUnknown("no answer", "POST add/thing"))
    pauses = []

    def passes(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            server.make(BESIDE, size="8")

    with mock.patch.object(engine.time, "sleep", passes):
        done(server)
    assert sizes(server) == {A: 8}
    assert len(server.reads("thing/" + BESIDE)) > 1


def test_somebody_else_replaces_it_at_the_same_moment(server: Server) -> None:
    """What was made is taken away by the other run, which has put its own in the place."""
    write = server.write

    def others(path: str, body: object) -> list[Entry]:
        if path == "add/copy" and BESIDE in sizes(server):
            server.write = write
            write("delete/thing", [BESIDE])
            write("add/overwrite", {"address": A, "size": 8})
        return write(path, body)

    server.write = others
    assert done(server).done == []
    assert sizes(server) == {A: 8}


@pytest.mark.parametrize("steps", range(len(STEPS)))
@pytest.mark.parametrize("last", ["done", "not done"])
def test_a_run_that_is_killed(server: Server, steps: int, last: str) -> None:
    """Whatever was done: one of both is there."""
    path, skip = BREAKS[steps]
    server.fails(path, KeyboardInterrupt(), "after" if last == "done" else "before", skip=skip)
    with pytest.raises(KeyboardInterrupt):
        apply(server)
    put = steps > 2 or (steps == 2 and last == "done")
    left = steps > 1 - (last == "done") and not (steps == 3 and last == "done")
    assert sizes(server) == {A: 8 if put else 7, **({BESIDE: 8} if left else {})}
    settles(server)
    # What no run sees, because all is as wanted, goes with the next replacement, or along with the object.
    assert sizes(server) == {A: 8, **({BESIDE: 8} if put and left else {})}
    kept = dict(server.things)
    done(server, wish(A, STONE, size=9))
    assert sizes(server) == {A: 9}
    server.things = kept
    done(server, wish(A, STONE, "absent"))
    assert sizes(server) == {}


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_the_server_has_gone(server: Server, steps: int) -> None:
    path, skip = BREAKS[steps]
    server.fails(path, ConnectionFailed("no connection", "POST " + path), times=99, skip=skip)
    outcome = failed(server)
    assert sizes(server)[A] == (8 if steps == 3 else 7)
    assert (BESIDE in str(outcome.error)) == (BESIDE in sizes(server)) == bool(outcome.done)
    settles(server)
    assert sizes(server)[A] == 8


def test_many_at_once() -> None:
    names = ["%d@one.example" % number for number in range(5)]
    server = Server(*names, size="7")
    outcomes = apply(server, *(wish(name, STONE, size=8) for name in names))
    assert [outcome.error for outcome in outcomes] == [None] * len(names)
    assert sizes(server) == dict.fromkeys(names, 8)
    assert len(server.writes("delete/thing")) == 2
