# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Edits that replace a whole object or end it, objects that one request cannot be about together, and those that are never deleted."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import Refused
from ansible_collections.community.mailcow.plugins.module_utils._engine.bulk import Declared
from ansible_collections.community.mailcow.plugins.module_utils._engine.bulk import apply as apply_all
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, Write
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Flag, Number, Text
from tests.unit.plugins.module_utils.fakes import STONE, Server, apply, apply_one, over, wish

A, B = "a@one.example", "b@two.example"
# An edit resets what it omits: name, size, active.
SHEET = dataclasses.replace(
    STONE, write=Write("thing", replaces=True), fields=(Text("name"), Number("size", default=5), Flag("active", default=True))
)


@pytest.fixture
def server() -> Server:
    return Server(A, B, name="N", size="7")


class TestReplacing:
    def test_what_is_not_given_is_sent_as_it_was_read(self, server: Server) -> None:
        apply_one(server, wish(A, SHEET, size=9), SHEET)
        assert server.writes() == [("edit/thing", {"items": [1], "attr": {"name": "N", "size": 9, "active": 1}})]

    def test_what_shows_nothing_is_sent_with_its_default(self, server: Server) -> None:
        server.things[1].update(size=None, active=None)
        apply_one(server, wish(A, SHEET, name="M"), SHEET)
        assert server.writes() == [("edit/thing", {"items": [1], "attr": {"name": "M", "size": 5, "active": 1}})]

    def test_nothing_is_sent_when_nothing_changes(self, server: Server) -> None:
        assert not apply_one(server, wish(A, SHEET, name="N"), SHEET).changed
        assert server.writes() == []

    def test_only_what_is_given_is_a_difference(self, server: Server) -> None:
        plan = apply_one(server, wish(A, SHEET, size=9), SHEET, check=True).plan
        assert (plan.before, plan.after) == ({"address": A, "size": 7}, {"address": A, "size": 9})


class TestAlone:
    def test_one_request_for_each(self, server: Server) -> None:
        kind = dataclasses.replace(SHEET, write=Write("thing", alone=True))
        apply(server, wish(A, kind, size=9), wish(B, kind, size=9), kind=kind)
        apply(server, wish(A, kind, "absent"), wish(B, kind, "absent"), kind=kind)
        assert [path for path, _body in server.writes()] == ["edit/thing", "edit/thing", "delete/thing", "delete/thing"]

    def test_else_there_is_one_for_all(self, server: Server) -> None:
        apply(server, wish(A, SHEET, size=9), wish(B, SHEET, size=9), kind=SHEET)
        assert [body["items"] for _path, body in server.writes()] == [[1, 2]]


class TestPermanent:
    KIND = dataclasses.replace(SHEET, permanent=(A.upper(),))

    @pytest.mark.parametrize("check", [True, False])
    def test_one_is_not_deleted(self, server: Server, check: bool) -> None:
        done, refused = apply(server, wish(B, self.KIND, "absent"), wish(A, self.KIND, "absent"), kind=self.KIND, check=check)
        assert (done.error, done.changed) == (None, True)
        assert "mailcow does not delete this stone; it can only be changed" in str(refused.error)
        assert server.writes() == ([] if check else [("delete/thing", [2])])

    def test_it_can_be_changed(self, server: Server) -> None:
        assert apply_one(server, wish(A, self.KIND, size=9), self.KIND).changed

    def test_pruning_leaves_it(self, server: Server) -> None:
        changes = apply_all([Declared(self.KIND, prune=True)], over(server))
        assert [(change.name, change.action) for change in changes] == [(B, "delete")]


class TestEnds:
    """An edit is the end of an object, which is still there without being shown."""

    KIND = dataclasses.replace(SHEET, write=Write("thing", adds=(Add("thing", fixed={"active": 1}, hidden="exists"),), ends={"active": 0}))

    @pytest.mark.parametrize("check", [True, False])
    def test_it_is_edited(self, server: Server, check: bool) -> None:
        outcome = apply(server, wish(A, self.KIND, "absent"), kind=self.KIND, check=check)[0]
        assert outcome.plan.action == "delete"
        assert server.writes() == ([] if check else [("edit/thing", {"items": [1], "attr": {"active": 0}})])
        # This server goes on showing it.
        assert "mailcow reported success, but it still exists" in str(outcome.error or "") or check

    def test_a_new_one_is_there_already(self) -> None:
        server = Server()
        server.fails("add/thing", Refused("add/thing", "POST add/thing", [Entry("danger", "object exists already", ())]))
        apply(server, wish(A, self.KIND, size=9), kind=self.KIND)
        paths = [path for path, _body in server.writes()]
        assert paths[:2] == ["add/thing", "edit/thing"]
        assert server.writes()[1][1] == {"items": [A], "attr": {"size": 9, "active": 1}}

    def test_another_refusal_stands(self) -> None:
        server = Server()
        server.fails("add/thing", Refused("add/thing", "POST add/thing", [Entry("danger", "access_denied", ())]), times=9)
        outcome = apply(server, wish(A, self.KIND, size=9), kind=self.KIND)[0]
        assert "access_denied" in str(outcome.error)
        assert [path for path, _body in server.writes()] == ["add/thing"]
