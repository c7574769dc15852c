# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What older servers have not yet, cannot show, or do in another way, with the fakes; real objects are in test_releases.py."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import BadAnswer, InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._engine import server as engine
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import Outcome, converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._engine.reading import listed
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import Field, Older
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Choices, Flag, Text

from ..fakes import THING, Server

NAME = "a@one.example"
NEW = Flag("new", since="2025-03", before=False)
SHOWN = Text("shown", policy="update_write_only", shown_since="2025-03", on_add=False)
WORDS = Choices("words", read=None, choices=("a", "b"), policy="update_write_only", newer={"b": "2025-03"})
# Before 2025-03 a route of its own has it, and the add ignores it.
MOVED = Text("moved", read=None, policy="update_write_only", older=Older("2025-03", {"via": "thing-moved", "on_add": False}))


class Release(Server):
    """A server of a release; ``new`` are the values that it shows beside those of all."""

    def __init__(self, *addresses: str, version: object = "2024-11b", **new: object) -> None:
        self.version = version
        self.new = new
        super().__init__(*addresses)

    def make(self, address: str, **values: object) -> dict:
        return super().make(address, **{**self.new, **values})

    def get(self, route: str, *segments: str) -> object:
        if route == "status":
            self.log.append(("GET", "status/" + segments[0], None))
            return {"version": self.version}
        return super().get(route, *segments)

    def _add(self, path: str, route: str, attr: dict) -> list:
        entries = super()._add(path, route, dict(attr))
        self._edit("", self.things[self.last], {key: value for key, value in attr.items() if key in self.new})
        return entries

    def asked_for_version(self) -> int:
        return len(self.reads("status/version"))


def kind(*fields: Field) -> Kind:
    return dataclasses.replace(THING, fields=(*THING.fields, *fields))


def bring(client: Release, kind: Kind, check_mode: bool = False, always: bool = False, **values: object) -> Outcome:
    policies = dict.fromkeys(kind.policies, "always" if always else "on_create")
    return converge(kind, [Wanted(NAME, values, policies=policies)], engine.Server(client, check_mode))[0]


class TestNew:
    """A value that an older server does not have."""

    @pytest.mark.parametrize("there", [(), (NAME,)])
    def test_what_holds_anyway_is_no_change(self, there: tuple) -> None:
        client = Release(*there)
        outcome = bring(client, kind(NEW), new=False)
        assert outcome.error is None
        assert outcome.changed is not bool(there)
        assert outcome.current.values["new"] is False

    @pytest.mark.parametrize("check_mode", [True, False])
    @pytest.mark.parametrize("there", [(), (NAME,)])
    def test_anything_else_is_refused_before_a_write(self, there: tuple, check_mode: bool) -> None:
        client = Release(*there)
        outcome = bring(client, kind(NEW), check_mode, new=True, name="x")
        assert isinstance(outcome.error, InvalidValue)
        assert str(outcome.error) == "new: needs mailcow 2025-03 or newer, but the server runs 2024-11b"
        assert client.writes() == []
        assert client.asked_for_version() == 1

    def test_a_server_that_shows_it_is_not_asked_for_its_version(self) -> None:
        client = Release(NAME, new=0)
        assert bring(client, kind(NEW), new=True).changed
        assert client.asked_for_version() == 0

    def test_it_is_asked_for_once(self) -> None:
        client = Release(version="2026-07a", new=0)
        server = engine.Server(client)
        wanted = [Wanted("%s@one.example" % name, {"new": True}) for name in "abc"]
        assert [outcome.error for outcome in converge(kind(NEW), wanted, server)] == [None] * 3
        assert client.asked_for_version() == 1

    @pytest.mark.parametrize("version", ["main", "2026-13.1", None, 7, ["2024-01"]])
    def test_an_unknown_version_counts_as_new(self, version: object) -> None:
        client = Release(version=version, new=0)
        assert bring(client, kind(NEW), new=True).error is None
        assert [path for path, _body in client.writes()] == ["add/thing"]

    def test_what_a_new_server_should_show_is_no_old_value(self) -> None:
        client = Release(NAME, version="2026-07a")
        with pytest.raises(BadAnswer, match="returns no new"):
            listed(kind(NEW), engine.Server(client))[0].values["new"]

    def test_a_word_of_a_list(self) -> None:
        client = Release()
        assert str(bring(client, kind(WORDS), words=["a", "b"]).error).startswith("words: needs mailcow 2025-03")
        assert bring(client, kind(WORDS), words=["a"]).error is None
        # What is not written needs nothing.
        assert bring(client, kind(WORDS), words=["b"]).error is None
        assert str(bring(client, kind(WORDS), words=["b"], always=True).error).startswith("words: needs mailcow 2025-03")

    def test_a_kind_and_a_rename(self) -> None:
        newer = dataclasses.replace(THING, since="2025-03")
        assert str(bring(Release(), newer).error) == "needs mailcow 2025-03 or newer, but the server runs 2024-11b"
        renamed = dataclasses.replace(THING, rename=dataclasses.replace(THING.rename, since="2025-03"))
        client = Release(NAME)
        outcome = converge(renamed, [Wanted(NAME, {}, rename_to="b@one.example")], engine.Server(client))[0]
        assert str(outcome.error) == "rename_to: needs mailcow 2025-03 or newer, but the server runs 2024-11b"
        assert client.writes() == []


class TestHidden:
    """A value that an older server takes and does not show."""

    def test_the_policy_decides(self) -> None:
        client = Release(NAME)
        told = bring(client, kind(SHOWN), shown="x")
        assert not told.changed
        (warning,) = told.warnings
        assert warning.startswith("shown: mailcow returns it since 2025-03, and this server is older.")
        assert bring(client, kind(SHOWN), always=True, shown="x").changed
        assert [body["attr"] for _path, body in client.writes()] == [{"shown": "x", "pinned": 0, "hash": "h1"}]

    def test_a_new_object_gets_it(self) -> None:
        client = Release()
        assert bring(client, kind(SHOWN), shown="x").changed
        assert [path for path, _body in client.writes()] == ["add/thing", "edit/thing"]

    def test_one_warning_for_all(self) -> None:
        client = Release("a@one.example", "b@one.example")
        wanted = [Wanted("%s@one.example" % name, {"shown": "x"}, policies={"update_write_only": "on_create"}) for name in "ab"]
        outcomes = converge(kind(SHOWN), wanted, engine.Server(client))
        assert [len(outcome.warnings) for outcome in outcomes] == [1, 0]

    def test_where_it_is_shown_it_is_compared(self) -> None:
        client = Release(NAME, version="2026-07a", shown="x")
        assert not bring(client, kind(SHOWN), always=True, shown="x").changed
        assert bring(client, kind(SHOWN), shown="y").changed
        assert client.asked_for_version() == 0


class TestOlder:
    """What an older server does in another way."""

    def test_another_route_behind_the_add(self) -> None:
        client = Release()
        assert bring(client, kind(MOVED), moved="x").error is None
        assert [path for path, _body in client.writes()] == ["add/thing", "edit/thing-moved"]
        assert "moved" not in client.writes()[0][1]

    @pytest.mark.parametrize("version", ["2025-03", "2026-07a", "main"])
    def test_not_on_newer_ones(self, version: str) -> None:
        client = Release(version=version)
        assert bring(client, kind(MOVED), moved="x").error is None
        ((path, body),) = client.writes()
        assert (path, body["moved"]) == ("add/thing", "x")

    def test_what_makes_no_difference_is_not_asked_for(self) -> None:
        client = Release(NAME)
        assert not bring(client, kind(MOVED), moved="x").changed
        assert bring(client, kind(MOVED), name="x").changed
        assert client.asked_for_version() == 0
        assert bring(client, kind(MOVED), always=True, moved="x").changed
        assert [path for path, _body in client.writes()][1:] == ["edit/thing-moved"]
