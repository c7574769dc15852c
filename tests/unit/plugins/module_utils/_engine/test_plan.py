# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._api.request import Request
from ansible_collections.community.mailcow.plugins.module_utils._engine import server as engine
from ansible_collections.community.mailcow.plugins.module_utils._engine.inquiry import inquire, refuse_taken
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Beside, Kind, Others
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Plan, Wanted, make_plan, rename_plan
from ansible_collections.community.mailcow.plugins.module_utils._engine.reading import Existing, find
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import Named
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING, SECRET
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Number, Text
from tests.unit.plugins.module_utils.fakes import STONE, THING, Server, over, wish

A = "a@one.example"


def there(kind: Kind = THING, **values: object) -> Existing:
    """The object as it was read from the server."""
    server = Server(A, **values)
    return find(kind, [A], (), over(server))[A]


def plan(current: Existing | None = None, kind: Kind = THING, check: bool = False, tried: dict | None = None, **values: object) -> Plan:
    return planned(kind, wish(A, kind, **values), current, over(Server(), check), tried=tried)


def planned(kind: Kind, wanted: Wanted, current: Existing | None, server: engine.Server, **options: object) -> Plan:
    """The plan after the inquiry that comes before it."""
    return make_plan(kind, wanted, current, inquire(kind, wanted, current, server), **options)


def renamed(kind: Kind, wanted: Wanted, current: Existing, server: engine.Server) -> Plan:
    refuse_taken(kind, wanted.rename_to, server)
    return rename_plan(kind, wanted, current)


def edit(route: str = "thing", **attributes: object) -> Request:
    return Request("edit/" + route, {"items": [1], "attr": attributes}, 1)


KEPT = {"pinned": 0, "hash": "h1"}


class TestCreate:
    def test_what_is_given_and_the_documented_defaults_are_sent(self) -> None:
        created = plan(name="x", tags=["b", "a"], active=False)
        assert created.action == "create"
        assert created.requests == [Request("add/thing", {"address": A, "name": "x", "size": 5, "active": 0, "tags": ["a", "b"]})]
        assert created.before == {}
        assert created.after == {"address": A, "name": "x", "size": 5, "active": False, "tags": ["a", "b"]}

    def test_what_the_add_ignores_is_not_sent_but_announced(self) -> None:
        created = plan(late="x", limit=3, note="n")
        assert created.requests == [Request("add/thing", {"address": A, "size": 5, "active": 1})]
        assert {"late": "x", "limit": 3, "note": "n"}.items() <= created.after.items()

    def test_secrets_are_sent_and_not_shown(self) -> None:
        created = plan(password="secret")
        assert {"password": "secret", "password2": "secret"}.items() <= created.requests[0].body.items()
        assert created.after["password"] == SECRET
        assert "secret" not in str(created.after)

    def test_what_is_set_only_at_creation_is_set(self) -> None:
        assert plan(first="x").requests[0].body["first"] == "x"

    def test_an_option_that_is_needed(self) -> None:
        kind = dataclasses.replace(
            THING, read=Named("thing", all="thing/all"), fields=(Text("name", required_on_create=True), Text("late"))
        )
        with pytest.raises(InvalidValue, match="name: required to create it"):
            plan(None, kind, late="x")
        assert plan(there(kind, name="x"), kind, late="x").action == "update"

    def test_a_missing_parent_is_an_error(self) -> None:
        with pytest.raises(InvalidValue, match=r"the domain gone\.example does not exist in mailcow; create it first"):
            planned(THING, wish("a@gone.example"), None, over(Server()))

    def test_and_none_in_check_mode(self) -> None:
        assert planned(THING, wish("a@gone.example"), None, over(Server(), check=True)).action == "create"

    def test_the_parent_is_not_asked_for_when_the_object_is_there(self) -> None:
        server = Server(A)
        planned(THING, wish(A, size=9), there(), over(server))
        assert server.log == []


class TestUpdate:
    def test_nothing_to_do(self) -> None:
        nothing = plan(there(name="x", size="7", tags=["Gold"]), name="x", size=7, tags=["gold"])
        assert (nothing.action, nothing.requests) == ("none", [])
        assert nothing.before == nothing.after

    def test_only_what_changes_is_sent_beside_what_an_edit_would_reset(self) -> None:
        changed = plan(there(name="x", size="7"), name="y", size=7)
        assert changed.action == "update"
        assert changed.requests == [edit(name="y", **KEPT)]
        assert changed.before == {"address": A, "name": "x", "size": 7}
        assert changed.after == {"address": A, "name": "y", "size": 7}

    def test_what_is_wanted_wins_over_what_is_kept(self) -> None:
        assert plan(there(), pinned=True).requests == [edit(pinned=1, hash="h1")]

    def test_what_is_not_given_is_not_managed(self) -> None:
        assert plan(there(name="x", size="7", tags=["a"], sticky=["s"], limit="3", late="l")).action == "none"

    @pytest.mark.parametrize("values", [{"tags": []}, {"late": ""}, {"size": 0}, {"active": False}, {"limit": 0}, {"sticky": []}])
    def test_an_empty_value_is_a_value(self, values: dict) -> None:
        current = there(tags=["a"], late="l", size="7", limit="3", sticky=["s"])
        changed = plan(current, **values)
        assert changed.action == "update"
        assert changed.after.items() >= values.items()

    def test_an_empty_value_that_mailcow_takes_for_not_given_is_an_error(self) -> None:
        with pytest.raises(InvalidValue, match="name: mailcow keeps the old value when this is set to '' on an existing thing"):
            plan(there(name="x"), name="")
        assert plan(there(name=""), name="").action == "none"
        assert plan(name="").action == "create"

    def test_other_routes_get_their_own_requests(self) -> None:
        changed = plan(there(), limit=3, late="x")
        assert changed.requests == [edit("thing-limit", limit=3), edit(late="x", **KEPT)]

    def test_tags_are_added_by_edit_and_removed_by_their_route(self) -> None:
        changed = plan(there(tags=["a", "b"]), tags=["b", "c"])
        assert changed.requests == [edit(tags=["c"], **KEPT), Request("delete/thing/tag/1", ["a"])]
        assert (changed.before["tags"], changed.after["tags"]) == (["a", "b"], ["b", "c"])

    def test_what_is_set_only_at_creation_is_no_difference(self) -> None:
        assert plan(there(), first="x").action == "none"

    @pytest.mark.parametrize(("tried", "paths"), [(0, ["edit/thing"]), (1, ["edit/thing", "edit/thing"])])
    def test_a_second_way(self, tried: int, paths: list) -> None:
        changed = plan(there(sticky=["gone", "s"]), tried={"sticky": tried}, sticky=["s"])
        assert [request.path for request in changed.requests] == paths
        assert changed.requests[0].body["attr"]["sticky"] == (["*"] if tried else ["s"])
        assert changed.requests[-1].body["attr"]["sticky"] == ["s"]

    def test_without_another_way_it_is_stuck(self) -> None:
        stuck = plan(there(size="7"), tried={"size": 1}, size=8)
        assert ([field.option for field in stuck.stuck], stuck.requests) == (["size"], [])


class TestWhatCannotBeRead:
    def test_it_is_written_when_the_policy_says_so(self) -> None:
        changed = plan(there(), note="n", update_write_only="always")
        assert changed.requests == [edit(note="n", **KEPT)]
        assert changed.unreadable == {"note"}
        assert (changed.before, changed.after) == ({"address": A}, {"address": A, "note": "n"})

    @pytest.mark.parametrize("policy", ["on_create", "always"])
    def test_a_changed_password_shows_that_it_changes(self, policy: str) -> None:
        changed = plan(there(), password="secret", update_password=policy)
        assert changed.action == ("update" if policy == "always" else "none")
        assert "secret" not in str((changed.before, changed.after))
        assert (changed.before == changed.after) is (policy == "on_create")

    def test_it_is_not_written_to_what_is_there(self) -> None:
        assert plan(there(), note="n", password="secret").action == "none"

    def test_the_policy_of_another_option_does_not_count(self) -> None:
        assert plan(there(), note="n", update_password="always").action == "none"

    @pytest.mark.parametrize(
        ("written", "created", "due"), [((), True, True), (("note",), True, False), ((), False, False), (("note",), False, False)]
    )
    def test_what_the_add_ignored_follows_once(self, written: tuple, created: bool, due: bool) -> None:
        wanted = wish(A, note="n", password="secret")
        follow_up = planned(THING, wanted, there(), over(Server()), written=written, created=created)
        assert follow_up.requests == ([edit(note="n", **KEPT)] if due else [])


class TestDelete:
    def test_by_what_the_server_calls_it(self) -> None:
        gone = plan(there(name="x"), state="absent")
        assert (gone.action, gone.requests) == ("delete", [Request("delete/thing", [1], 1)])
        assert gone.before["name"] == "x"
        assert gone.after == {}

    def test_nothing(self) -> None:
        assert plan(None, state="absent") == Plan()


class TestRename:
    def test_by_a_request_of_its_own(self) -> None:
        move = renamed(THING, wish(A, rename_to="b@one.example"), there(), over(Server()))
        assert move.action == "rename"
        assert move.requests == [edit("thing-name", address="b@one.example")]
        assert (move.before, move.after) == ({"address": A}, {"address": "b@one.example"})

    def test_what_mailcow_cannot_do(self) -> None:
        with pytest.raises(InvalidValue, match="rename_to: cannot move to another domain"):
            renamed(THING, wish(A, rename_to="a@two.example"), there(), over(Server()))

    @pytest.mark.parametrize(("route", "refused"), [("thing", True), ("other", False)])
    def test_another_kind_of_object_has_the_name(self, route: str, refused: bool) -> None:
        others = Others("old thing", "address", "thing/all", one=route)
        kind = dataclasses.replace(THING, clashes=lambda identity, holder: [(others, identity)])
        wanted = wish(A, kind, rename_to="b@one.example")
        expected = pytest.raises(InvalidValue, match=r"rename_to: there is already an old thing b@one\.example")
        with expected if refused else contextlib.nullcontext():
            renamed(kind, wanted, there(), over(Server("b@one.example")))


class TestReplace:
    """Objects that mailcow cannot edit."""

    def test_its_successor_is_made_before_it_goes(self) -> None:
        changed = plan(there(STONE, size="7"), STONE, size=8)
        gone = Request("delete/thing", ["new." + A], "new." + A, aside=True)
        made = Request("add/thing", {"address": "new." + A, "size": 8}, aside=True)
        assert changed.action == "update"
        assert changed.requests == [gone, made, Request("add/copy", {"of": "new." + A, "address": A}), gone]
        assert (changed.before["size"], changed.after["size"]) == (7, 8)

    def test_where_there_is_no_other_name_it_stays(self) -> None:
        plain = dataclasses.replace(STONE, write=dataclasses.replace(STONE.write, beside=Beside(str.lower, "copy", "of", "address")))
        with pytest.raises(InvalidValue, match="makes no other one beside it"):
            plan(there(plain, size="7"), plain, size=8)
        assert plan(there(plain, size="7"), plain, state="absent").requests == [Request("delete/thing", [1], 1)]

    def test_what_a_killed_run_may_have_left_goes_with_it(self) -> None:
        assert plan(there(STONE), STONE, state="absent").requests == [Request("delete/thing", [1, "new." + A], [1, "new." + A])]

    def test_a_route_that_overwrites_needs_no_successor_and_keeps_the_rest(self) -> None:
        changed = plan(there(STONE, size="7"), STONE, name="x")
        assert changed.requests == [Request("add/overwrite", {"address": A, "name": "x", "size": 7, "force": 1})]

    def test_nothing_to_do(self) -> None:
        assert plan(there(STONE, size="7", name="x"), STONE, size=7, name="x").requests == []

    def test_it_is_not_replaced_again_when_that_did_not_help(self) -> None:
        stuck = plan(there(STONE, size="7"), STONE, tried={"size": 1}, size=8)
        assert ([field.option for field in stuck.stuck], stuck.requests) == (["size"], [])


class TestKinds:
    def test_a_check_sees_what_is_and_what_will_be(self) -> None:
        seen = []
        kind = dataclasses.replace(THING, check=seen.append)
        plan(there(kind, size="7", name="x"), kind, name="y")
        plan(None, kind, name="z")
        update, *_first, create = seen
        assert (update.identity, update.given, update.merged["size"], update.raw["id"]) == (A, {"name": "y"}, 7, 1)
        assert (create.current, create.raw, create.holder) == (None, None, {"domain_name": "one.example"})
        assert create.merged["name"] == "z"

    def test_a_value_that_depends_on_others_is_resolved(self) -> None:
        class Doubled(Number):
            def resolve(self, wanted: int, current: object, identity: str, server: engine.Server) -> int:
                return wanted * (2 if current is MISSING else current)

        kind = dataclasses.replace(THING, read=Named("thing", all="thing/all"), fields=(Doubled("size"),))
        assert plan(None, kind, size=4).requests[0].body["size"] == 8
        assert plan(there(kind, size="3"), kind, size=4).requests[0].body["attr"]["size"] == 12
