# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for the engine whatever is there and whatever is wanted."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import OutcomeUnknown
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import Outcome
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from tests.unit.plugins.module_utils.fakes import THING, Server, apply, wish

NAMES = ["%s@%s.example" % (local, domain) for local in ("a", "3b", "c/d", "E") for domain in ("one", "two")]
WORDS = ("red", "Gold", "blue", "b c")
TAGS = st.lists(st.sampled_from(WORDS), unique=True)
# Options by what can be wanted of them, and what a server may show for it.
OPTIONS = {
    "name": st.sampled_from(["x", "y"]),
    "size": st.integers(0, 9),
    "active": st.booleans(),
    "pinned": st.booleans(),
    "tags": TAGS,
    "sticky": TAGS,
    "limit": st.integers(0, 3),
    "late": st.sampled_from(["", "l"]),
}
UNREADABLE = {"first": st.just("f"), "note": st.sampled_from(["n", "m"]), "password": st.just("secret")}
POLICIES = dict.fromkeys(THING.policies, st.sampled_from(["on_create", "always"]))
SHOWN = dict(
    OPTIONS,
    size=OPTIONS["size"].map(str),
    active=st.sampled_from([0, 1, "0", "1", 2]),
    pinned=st.sampled_from(["0", "1"]),
    limit=OPTIONS["limit"].map(str),
    late=st.sampled_from([None, "", "l"]),
)
existing = st.dictionaries(st.sampled_from(NAMES), st.fixed_dictionaries({}, optional=SHOWN), max_size=6)
declared = st.dictionaries(
    st.sampled_from(NAMES), st.none() | st.fixed_dictionaries({}, optional={**OPTIONS, **UNREADABLE, **POLICIES}), max_size=8
)


def server_with(things: dict) -> Server:
    server = Server()
    server.glued = {"red"}
    for address, values in things.items():
        server.make(address, **copy.deepcopy(values))
    return server


def wishes(wanted: dict, settled: bool = False) -> list[Wanted]:
    """``settled``: without what is written each time by wish."""
    made = []
    for address, values in wanted.items():
        kept = {option: value for option, value in (values or {}).items() if not (settled and option in POLICIES)}
        made.append(wish(address, state="absent" if values is None else "present", **kept))
    return made


def summary(outcomes: list[Outcome]) -> list[tuple]:
    return [(one.wanted.identity, one.changed, one.plan.action, one.plan.before, one.plan.after) for one in outcomes]


def ok(outcomes: list[Outcome]) -> list[Outcome]:
    assert [str(one.error) for one in outcomes if one.error] == []
    return outcomes


@given(existing, declared)
def test_a_second_run_changes_nothing(things: dict, wanted: dict) -> None:
    server = server_with(things)
    ok(apply(server, *wishes(wanted)))
    server.log.clear()
    assert not any(one.changed for one in ok(apply(server, *wishes(wanted, settled=True))))
    assert server.writes() == []


@given(existing, declared)
def test_check_mode_predicts_the_run_and_writes_nothing(things: dict, wanted: dict) -> None:
    server = server_with(things)
    before = server.state()
    check = summary(apply(server, *wishes(wanted), check=True))
    assert (server.writes(), server.state()) == ([], before)
    run = ok(apply(server, *wishes(wanted)))
    assert check == summary(run)
    assert any(one.changed for one in run) is bool(server.writes())


@given(existing, declared)
def test_the_server_is_as_declared(things: dict, wanted: dict) -> None:
    server = server_with(things)
    for one in ok(apply(server, *wishes(wanted))):
        values = wanted[one.wanted.identity]
        assert (one.current is None) is (values is None)
        for field in THING.managed(one.wanted.values):
            if field.readable:
                assert field.same(one.current.values[field.option], one.wanted.values[field.option])


@given(existing, declared)
def test_what_is_not_declared_does_not_change(things: dict, wanted: dict) -> None:
    server = server_with(things)
    before = server.state()
    ok(apply(server, *wishes(wanted)))
    after = server.state()
    assert after.keys() - wanted.keys() == before.keys() - wanted.keys()
    for address in after.keys() & before.keys():
        unmanaged = before[address].keys() - (wanted.get(address) or {}).keys()
        assert {key: after[address][key] for key in unmanaged} == {key: before[address][key] for key in unmanaged}


@given(existing, declared)
def test_the_diff_holds_the_managed_options_and_no_secrets(things: dict, wanted: dict) -> None:
    for one in apply(server_with(things), *wishes(wanted), check=True):
        assert "secret" not in repr((one.plan.before, one.plan.after))
        if one.plan.action in ("update", "none") and one.wanted.state == "present":
            assert set(one.plan.before) | set(one.plan.after) <= {"address", *one.wanted.values}
            assert one.changed is (one.plan.before != one.plan.after)


@given(existing, declared, st.randoms(use_true_random=False))
def test_the_order_of_a_set_does_not_matter(things: dict, wanted: dict, order: random.Random) -> None:
    shuffled = copy.deepcopy(wanted)
    for values in shuffled.values():
        for option in ("tags", "sticky"):
            order.shuffle((values or {}).get(option, []))
    assert summary(apply(server_with(things), *wishes(wanted), check=True)) == summary(
        apply(server_with(things), *wishes(shuffled), check=True)
    )


@given(existing, declared)
def test_many_at_once_is_one_after_the_other(things: dict, wanted: dict) -> None:
    together, alone = server_with(things), server_with(things)
    ok(apply(together, *wishes(wanted)))
    for one in wishes(wanted):
        ok(apply(alone, one))
    assert together.state() == alone.state()


@pytest.mark.parametrize("when", ["before", "after"])
@given(things=existing, wanted=declared, skip=st.integers(0, 5))
def test_a_lost_answer_changes_nothing_in_the_end(when: str, things: dict, wanted: dict, skip: int) -> None:
    server, calm = server_with(things), server_with(things)
    server.fails("POST", OutcomeUnknown("no answer", "POST x"), when, skip=skip)
    assert summary(ok(apply(server, *wishes(wanted)))) == summary(ok(apply(calm, *wishes(wanted))))
    assert server.state() == calm.state()
