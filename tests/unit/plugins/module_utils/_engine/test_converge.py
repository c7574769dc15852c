# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    ConnectionFailed,
    EmptyAnswer,
    KeyRefused,
    MailcowError,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.mailcow.plugins.module_utils._engine import converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, Write
from tests.unit.plugins.module_utils.fakes import GRABBER, STONE, THING, Server, apply, apply_one, wish

A, B = "a@one.example", "b@one.example"
ALL = {"name": "x", "size": 9, "active": False, "tags": ["a", "b"], "sticky": ["s"], "limit": 3, "late": "l", "pinned": True}
UNKNOWN = OutcomeUnknown("no answer", "POST x")
EMPTY = EmptyAnswer("an empty body", "POST x")


def refused(path: str = "edit/thing", msg_id: str = "strange_reason") -> Refused:
    return Refused(path, "POST " + path, [Entry("danger", msg_id, ())])


class TestOneObject:
    def test_create_with_everything(self) -> None:
        server = Server()
        outcome = apply_one(server, wish(A, **ALL, note="n", first="f", password="secret"))
        assert outcome.changed
        assert outcome.current.values.items() >= ALL.items()
        assert (server.passwords, server.notes) == ({A: "secret"}, ["n"])
        assert [path for path, body in server.writes()] == ["add/thing", "edit/thing", "edit/thing-limit"]

    def test_update(self) -> None:
        server = Server(A, B, tags=["old", "a"], sticky=["t"], hash="keep me", pinned="1")
        other = server.state()[B]
        outcome = apply_one(server, wish(A, **ALL))
        assert outcome.current.values.items() >= dict(ALL, hash="keep me").items()
        assert server.state()[B] == other

    @pytest.mark.parametrize("values", [ALL, {}, {"tags": []}, {"note": "n", "password": "secret", "first": "f"}])
    def test_the_second_run_changes_nothing(self, values: dict) -> None:
        server = Server()
        apply_one(server, wish(A, **values))
        server.log.clear()
        assert not apply_one(server, wish(A, **values)).changed
        assert server.writes() == []
        assert len(server.reads()) == 1

    def test_delete(self) -> None:
        server = Server(A, B)
        assert apply_one(server, wish(A, state="absent")).changed
        assert set(server.state()) == {B}
        assert not apply_one(server, wish(A, state="absent")).changed

    @pytest.mark.parametrize("policy", ["on_create", "always"])
    def test_a_password_is_written_once_in_a_run(self, policy: str) -> None:
        server = Server(A)
        outcome = apply_one(server, wish(A, password="secret", size=9, update_password=policy))
        assert outcome.changed
        assert len(server.writes()) == 1
        assert server.passwords == ({A: "secret"} if policy == "always" else {})

    def test_more_tags_than_one_request_takes(self) -> None:
        """facts-server 2: a request stores 26 tags and drops the rest."""
        server = Server()
        tags = ["%02d" % number for number in range(60)]
        assert apply_one(server, wish(A, tags=tags)).current.values["tags"] == tags

    def test_a_second_way_where_the_first_did_not_help(self) -> None:
        server = Server(A, sticky=["gone", "s"])
        server.glued = {"gone"}
        outcome = apply_one(server, wish(A, sticky=["s"]))
        assert outcome.current.values["sticky"] == ["s"]
        assert [body["attr"]["sticky"] for path, body in server.writes()] == [["s"], ["*"], ["s"]]

    def test_warnings_are_passed_on(self) -> None:
        server = Server()
        server.write = lambda path, body: [Entry("warning", "tag_limit_exceeded", ("limit 25",)), *Server.write(server, path, body)]
        assert apply_one(server, wish(A)).warnings == ["mailcow warns: tag_limit_exceeded limit 25"]


class TestRename:
    def test_it_is_renamed_and_changed(self) -> None:
        server = Server(A, size="7")
        outcome = apply_one(server, wish(A, rename_to=B, size=8))
        assert (set(server.state()), outcome.current.identity, outcome.current.values["size"]) == ({B}, B, 8)
        assert (outcome.plan.before["address"], outcome.plan.after["address"]) == (A, B)
        assert (outcome.plan.before["size"], outcome.plan.after["size"]) == (7, 8)
        assert not apply_one(server, wish(A, rename_to=B, size=8)).changed

    def test_case_alone(self) -> None:
        server = Server(A)
        assert apply_one(server, wish(A, rename_to="A@one.example")).changed
        assert set(server.state()) == {"A@one.example"}
        assert not apply_one(server, wish(A, rename_to="A@one.example")).changed

    def test_what_both_exist(self) -> None:
        server = Server(A, B)
        assert str(apply(server, wish(A, rename_to=B))[0].error) == "rename_to: %s cannot be renamed to %s: both exist" % (A, B)
        assert server.writes() == []

    def test_success_that_is_none(self) -> None:
        server = Server(A)
        server.deaf = {"address"}
        assert "mailcow reported success" in str(apply(server, wish(A, rename_to=B))[0].error)
        assert len(server.writes()) <= 2


class TestSuccessThatIsNone:
    def test_a_value_that_is_ignored(self) -> None:
        server = Server(A, size="7")
        server.deaf = {"size"}
        error = apply(server, wish(A, size=8))[0].error
        assert "mailcow reported success, but size is 7 instead of 8" in str(error)
        assert len(server.writes()) == 1

    def test_an_object_that_is_not_created(self) -> None:
        server = Server()
        server._add = lambda *unused: [Entry("success", "Task completed", ())]
        assert "it does not exist" in str(apply(server, wish(A))[0].error)
        assert len(server.writes()) == 1

    def test_an_object_that_is_not_deleted(self) -> None:
        server = Server(A)
        server._write = lambda *unused: [Entry("success", "done", ())]
        assert "it still exists" in str(apply(server, wish(A, state="absent"))[0].error)
        assert len(server.writes()) == 1

    def test_an_object_that_is_replaced_by_the_same(self) -> None:
        server = Server(A, size="7")
        server.deaf = {"size"}
        assert "size is 5 instead of 8" in str(apply(server, wish(A, STONE, size=8), kind=STONE)[0].error)
        assert len(server.writes("add/thing")) == 1


class TestCheckMode:
    @pytest.mark.parametrize(
        ("before", "wanted"),
        [
            (None, wish(A, **ALL)),
            (None, wish("a@gone.example", size=3)),
            ({"size": "7", "tags": ["old"]}, wish(A, **ALL)),
            ({"size": "7"}, wish(A, size=7)),
            ({}, wish(A, state="absent")),
            (None, wish(A, state="absent")),
            ({"size": "7"}, wish(A, rename_to=B, size=8)),
            ({}, wish(A, password="secret", update_password="always")),
        ],
    )
    def test_it_predicts_the_run_and_writes_nothing(self, before: dict | None, wanted: object) -> None:
        server = Server() if before is None else Server(A, **before)
        check = apply_one(server, dataclasses.replace(wanted), check=True)
        assert server.writes() == []
        server.domains += ("gone.example",)
        run = apply_one(server, dataclasses.replace(wanted))
        assert (check.changed, check.plan.before, check.plan.after) == (run.changed, run.plan.before, run.plan.after)
        assert run.changed is bool(server.writes())

    def test_it_finds_the_errors_that_the_run_would_find(self) -> None:
        server = Server(A, name="x")
        check, run = (str(apply(server, wish(A, name=""), check=mode)[0].error) for mode in (True, False))
        assert check == run
        assert "name: mailcow keeps the old value" in check


class TestUnknownOutcome:
    """A write whose answer did not arrive: the object is read again, and the plan is made anew."""

    @pytest.mark.parametrize("when", ["before", "after"])
    @pytest.mark.parametrize("times", [1, 3])
    @pytest.mark.parametrize(
        ("things", "wanted", "path"),
        [
            ((), wish(A, **ALL), "POST add/thing"),
            ((A,), wish(A, **ALL), "POST edit/thing"),
            ((A,), wish(A, state="absent"), "POST delete/thing"),
            ((A,), wish(A, rename_to=B), "POST edit/thing-name"),
        ],
    )
    def test_it_gets_there_all_the_same(self, things: tuple, wanted: object, path: str, when: str, times: int) -> None:
        expected = Server(*things)
        apply_one(expected, dataclasses.replace(wanted))
        server = Server(*things)
        server.fails(path, UNKNOWN, when, times)
        assert apply_one(server, dataclasses.replace(wanted)).changed
        assert server.state() == expected.state()

    @pytest.mark.parametrize(("path", "wanted"), [("edit/thing", wish(A, size=9)), ("delete/thing", wish(A, state="absent"))])
    def test_what_was_done_is_not_done_again(self, path: str, wanted: object) -> None:
        server = Server(A)
        server.fails("POST " + path, UNKNOWN, "after")
        apply_one(server, wanted)
        assert len(server.writes(path)) == 1

    def test_it_is_given_up_at_last(self) -> None:
        server = Server(A)
        server.fails("POST", UNKNOWN, times=99)
        error = apply(server, wish(A, size=9))[0].error
        assert str(error).startswith("no answer")
        assert len(server.writes()) == 4

    def test_a_refusal_may_be_the_echo_of_the_first_try(self) -> None:
        """The add is done late, after the object was read again: then the second add meets its object."""
        server = Server()
        server.fails("POST add/thing", UNKNOWN, "after")
        get = server.get
        server.get = lambda *path: (get(*path), None)[path[0] == "thing" and len(server.reads("^thing/")) == 2]
        assert apply_one(server, wish(A, size=9)).current.values["size"] == 9
        assert (len(server.writes("add/thing")), len(server.things)) == (2, 1)

    def test_a_lasting_refusal_after_it_is_told(self) -> None:
        server = Server()
        server.fails("POST add/thing", UNKNOWN)
        server.fails("POST add/thing", refused("add/thing"), times=99)
        assert "strange_reason" in str(apply(server, wish(A))[0].error)
        assert len(server.writes()) <= 5

    def test_what_was_done_is_counted_as_done_when_the_next_fails(self) -> None:
        server = Server(A)
        server.fails("POST edit/thing$", UNKNOWN, "after")
        server.fails("POST edit/thing-limit", refused("edit/thing-limit"), times=99)
        outcome = apply(server, wish(A, size=9, limit=3))[0]
        assert server.state()[A]["size"] == "9"
        assert "strange_reason" in str(outcome.error)
        assert [request.path for request in outcome.done] == ["edit/thing"]

    @pytest.mark.parametrize(("asked", "slept"), [(None, [1]), (7, [7, 1]), (9999, [60, 1])])
    def test_the_server_is_given_time(self, asked: float | None, slept: list, monkeypatch: pytest.MonkeyPatch) -> None:
        waits: list[float] = []
        monkeypatch.setattr(converge, "_PAUSE", 1)
        monkeypatch.setattr(converge.time, "sleep", waits.append)
        server = Server(A)
        server.fails("POST", OutcomeUnknown("busy", "POST x", asked))
        apply_one(server, wish(A, size=9))
        assert waits == slept


class TestErrors:
    @pytest.mark.parametrize("error", [refused(), EMPTY])
    def test_what_was_done_and_what_was_not_is_told(self, error: MailcowError) -> None:
        server = Server(A, tags=["old"])
        server.fails("POST edit/thing-limit", error)
        outcome = apply(server, wish(A, size=9, limit=3, tags=["new"]))[0]
        assert [request.path for request in outcome.done] == ["edit/thing"]
        assert "Done before that: edit/thing." in str(outcome.error)
        assert str(outcome.error).endswith("Not tried: delete/thing/tag/1")
        assert type(outcome.error) is type(error)

    def test_what_was_created_is_told(self) -> None:
        server = Server()
        server.fails("POST edit/thing", refused())
        error = apply(server, wish(A, late="x"))[0].error
        assert "strange_reason" in str(error)
        assert "Done before that: add/thing" in str(error)

    def test_nothing_is_told_when_nothing_was_done(self) -> None:
        server = Server(A)
        server.fails("POST", refused())
        assert "Done before" not in str(apply(server, wish(A, size=9))[0].error)

    def test_what_a_stuck_value_leaves_undone_is_told(self) -> None:
        server = Server(A, size="7")
        server.deaf = {"size"}
        error = apply(server, wish(A, size=8, tags=["%02d" % number for number in range(30)]))[0].error
        assert "size is 7 instead of 8" in str(error)
        assert str(error).endswith("Not tried: edit/thing")

    def test_before_the_first_write_it_is_raised(self) -> None:
        server = Server()
        server.fails("GET", KeyRefused("the key"))
        with pytest.raises(KeyRefused):
            apply(server, wish(A))
        assert len(server.log) == 1

    def test_a_read_that_fails_later_belongs_to_the_object(self) -> None:
        server = Server()
        server.fails("GET thing/", ConnectionFailed("gone away"), skip=1)
        outcome = apply(server, wish(A))[0]
        assert "gone away" in str(outcome.error)
        assert [request.path for request in outcome.done] == ["add/thing"]

    def test_a_server_that_never_settles_is_left(self) -> None:
        server = Server(A)
        server._edit = lambda route, thing, attr: None
        error = apply(server, wish(A, tags=["x"]))[0].error
        assert "does not settle" in str(error) or "reported success" in str(error)

    def test_an_add_that_meets_old_errors_is_repeated(self) -> None:
        """facts-server 5: private_key_error of an earlier key."""
        kind = dataclasses.replace(THING, write=Write("thing", adds=(Add("thing", stale="old_error"),)))
        server = Server()
        server.fails("POST add/thing", refused("add/thing", "old_error"), times=40)
        apply_one(server, wish(A), kind)
        assert len(server.writes()) == 41
        server = Server()
        server.fails("POST add/thing", refused("add/thing", "old_error"), times=9999)
        assert "old_error" in str(apply(server, wish(A), kind=kind)[0].error)
        assert 41 < len(server.writes()) <= 100
        server = Server()
        server.fails("POST add/thing", refused("add/thing", "other_error"), times=40)
        assert "other_error" in str(apply(server, wish(A), kind=kind)[0].error)
        assert len(server.writes()) == 1


class TestProtect:
    def test_what_an_edit_takes_away_is_put_back(self) -> None:
        server = Server(A)
        edit = server._edit
        server._edit = lambda *args: (edit(*args), server.owners.update(owner=["x"]))
        assert apply_one(server, wish(A, GRABBER, size=9), GRABBER).warnings == []
        assert server.owners == {"owner": ["x", "y"]}
        assert server.writes("owner") == [("edit/owner", {"items": ["owner"], "attr": {"allowed": ["x", "y"]}})]

    def test_nothing_is_put_back_when_nothing_was_taken(self) -> None:
        server = Server(A)
        apply_one(server, wish(A, GRABBER, size=9), GRABBER)
        assert server.writes("owner") == []

    @pytest.mark.parametrize("wanted", [wish(A, GRABBER, size=5), wish(A, GRABBER, state="absent"), wish(B, GRABBER, late="x")])
    def test_it_costs_nothing_without_an_edit(self, wanted: object) -> None:
        server = Server(A)
        apply_one(server, wanted, GRABBER)
        assert server.reads("owner") == []

    def test_nor_in_check_mode(self) -> None:
        server = Server(A)
        apply_one(server, wish(A, GRABBER, size=9), GRABBER, check=True)
        assert server.reads("owner") == []

    def test_what_cannot_be_put_back_is_a_warning(self) -> None:
        server = Server(A)
        edit = server._edit
        server._edit = lambda *args: (edit(*args), server.owners.update(owner=[]))
        server.fails("POST edit/owner", refused("edit/owner"))
        assert "allowed of owner could not be restored to x, y" in apply_one(server, wish(A, GRABBER, size=9), GRABBER).warnings[0]

    def test_a_failing_look_at_the_others_does_not_hide_what_was_done(self) -> None:
        server = Server(A)
        # The rename looks twice.
        server.fails("GET owner", ConnectionFailed("gone away"), times=99, skip=2)
        outcome = apply(server, wish(A, GRABBER, rename_to=B, size=9), kind=GRABBER)[0]
        assert "gone away" in str(outcome.error)
        assert [request.path for request in outcome.done] == ["edit/thing-name"]
