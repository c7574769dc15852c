# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks import queue as module
from ansible_collections.community.mailcow.plugins.module_utils._tasks.queue import QUEUE, QUEUE_INFO, messages
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs, recorded

RECORDED = "4fXyZ10abc"
DEFERRED, HELD, ACTIVE = "A1", "B2", "C3"


@pytest.fixture
def queue(sim: Simulator) -> Runs:
    """A queue with one message of each kind, and the recorded one, whose id no command takes."""
    for number, (name, where) in enumerate([(DEFERRED, "deferred"), (HELD, "hold"), (ACTIVE, "active")]):
        sim.plant("mail", json.dumps({"queue_id": name, "queue_name": where, "arrival_time": 1782900010 - number}))
    return Runs(sim, QUEUE)


def names(result: dict) -> list[str]:
    return [message["id"] for message in result["messages"]]


def there(task: Runs) -> dict[str, str]:
    """What is in the queue now."""
    found = Runs(task.sim, QUEUE_INFO).run()["messages"]
    return {message["id"]: message["queue"] for message in found}


class TestContent:
    @pytest.fixture
    def info(self, queue: Runs) -> Runs:
        return Runs(queue.sim, QUEUE_INFO)

    def test_of_one(self, info: Runs) -> None:
        message = info.run(ids=[DEFERRED, "FF"], content=True)["messages"][0]
        assert info.asked() == ["GET get/mailq/all", f"GET get/postcat/{DEFERRED}"]
        assert message["content"].startswith("*** MESSAGE CONTENTS ***\nFrom: sender@example.org\nTo: recipient@example.net\n")
        assert message == {**info.run(ids=[DEFERRED])["messages"][0], "content": message["content"]}

    def test_of_all(self, info: Runs) -> None:
        """facts-server 17: an id that is not hexadecimal is dropped on the way."""
        result = info.run(content=True)
        assert {message["id"]: message["content"] is None for message in result["messages"]} == {
            RECORDED: True,
            DEFERRED: False,
            HELD: False,
            ACTIVE: False,
        }
        assert f"mailcow did not return the content of {RECORDED}. It supports only hexadecimal queue IDs" in str(result["warnings"])

    @pytest.mark.parametrize("body", ["postcat: fatal: open queue file A1: No such file or directory\n", ""])
    def test_it_has_left_the_queue(self, info: Runs, body: str) -> None:
        info.sim.fault(kind="status", status=200, body=body, path="postcat")
        result = info.run(ids=[DEFERRED], content=True)
        assert result["messages"][0]["content"] is None
        assert f"mailcow did not return the content of {DEFERRED}; they have left the queue in the meantime" in str(result["warnings"])

    def test_a_mailcow_without_that_request(self, info: Runs) -> None:
        body = '{"type": "error", "msg": "route not found"}'
        info.sim.fault(kind="status", status=404, body=body, type="application/json", path="postcat")
        assert "this server does not support the request" in info.fail(ids=[DEFERRED], content=True)["msg"]

    @pytest.mark.parametrize("body", ["<html>", "*** MESSAGE CONTENTS ***\nFrom: "])
    def test_it_is_not_whole(self, info: Runs, body: str) -> None:
        info.sim.fault(kind="status", status=200, body=body, path="postcat")
        assert "mailcow did not answer with a complete message" in info.fail(ids=[DEFERRED], content=True)["msg"]

    def test_a_page_of_a_proxy(self, info: Runs) -> None:
        info.sim.fault(kind="status", status=502, body="<html>", path="postcat")
        assert "HTTP 502" in info.fail(ids=[DEFERRED], content=True)["msg"]


class TestInfo:
    def test_the_recorded_one(self) -> None:
        assert messages(recorded("mailq", "get/mailq/all")) == [
            {
                "id": RECORDED,
                "queue": "deferred",
                "sender": "sender@example.org",
                "recipients": [
                    {"address": "recipient@example.net", "reason": "connect to example.net[192.0.2.1]:25: Connection timed out"}
                ],
                "size": 1848,
                "arrived": "2026-07-01T10:00:00Z",
                "arrived_timestamp": 1782900000,
                "forced_expire": False,
            }
        ]

    @pytest.mark.parametrize(
        ("text", "address", "reason"),
        [
            ("a@b.example", "a@b.example", None),
            ("a@b.example (x (y) z)", "a@b.example", "x (y) z"),
            ("a@b.example (two\nlines)", "a@b.example", "two\nlines"),
        ],
    )
    def test_recipients(self, text: str, address: str, reason: str | None) -> None:
        raw = dict(recorded("mailq", "get/mailq/all")[0], recipients=[text])
        assert messages([raw])[0]["recipients"] == [{"address": address, "reason": reason}]

    def test_oldest_first_with_the_read_only_key(self, queue: Runs) -> None:
        task = Runs(queue.sim, QUEUE_INFO)
        task.connection["api_key"] = queue.sim.ro_key
        result = task.run()
        assert names(result) == [RECORDED, ACTIVE, HELD, DEFERRED]
        assert result["changed"] is False
        assert task.asked() == ["GET get/mailq/all"]

    def test_empty(self, queue: Runs) -> None:
        queue.run(action="delete", all=True)
        assert there(queue) == {}


class TestActions:
    @pytest.mark.parametrize(
        ("options", "acted", "after"),
        [
            ({"action": "delete", "ids": [DEFERRED, HELD]}, [HELD, DEFERRED], {RECORDED: "deferred", ACTIVE: "active"}),
            ({"action": "delete", "all": True}, [RECORDED, ACTIVE, HELD, DEFERRED], {}),
            (
                {"action": "hold", "ids": [DEFERRED, HELD]},
                [DEFERRED],
                {RECORDED: "deferred", DEFERRED: "hold", HELD: "hold", ACTIVE: "active"},
            ),
            (
                {"action": "unhold", "ids": [" B2 ", DEFERRED]},
                [HELD],
                {RECORDED: "deferred", DEFERRED: "deferred", HELD: "deferred", ACTIVE: "active"},
            ),
        ],
    )
    def test_what_is_settled(self, queue: Runs, options: dict, acted: list[str], after: dict) -> None:
        before = there(queue)
        check = queue.run(check=True, diff=True, **options)
        assert queue.asked() == ["GET get/mailq/all"]
        done = queue.run(diff=True, **options)
        for key in ("changed", "messages", "missing", "diff"):
            assert check[key] == done[key]
        assert (names(done), done["changed"], there(queue)) == (acted, True, after)
        assert done["diff"]["before"] == {name: before[name] for name in acted}
        assert done["diff"]["after"] == {name: after[name] for name in acted if name in after}
        again = queue.run(diff=True, **options)
        assert (again["changed"], again["messages"]) == (False, [])
        assert queue.asked() == ["GET get/mailq/all"]

    @pytest.mark.parametrize(
        ("options", "acted"),
        [({"action": "flush"}, [RECORDED, DEFERRED]), ({"action": "deliver", "ids": [DEFERRED, HELD, ACTIVE]}, [ACTIVE, DEFERRED])],
    )
    def test_what_is_tried(self, queue: Runs, options: dict, acted: list[str]) -> None:
        check = queue.run(check=True, **options)
        assert queue.asked() == ["GET get/mailq/all"]
        done = queue.run(**options)
        assert names(check) == names(done) == acted
        assert queue.asked() == ["GET get/mailq/all", "POST edit/mailq"]
        assert queue.sim.requests()[1]["body"]["attr"] == {"action": options["action"]}

    def test_there_is_nothing_to_flush(self, queue: Runs) -> None:
        queue.run(action="delete", all=True)
        assert queue.run(action="flush")["changed"] is False
        assert queue.asked() == ["GET get/mailq/all"]

    def test_what_is_not_there(self, queue: Runs) -> None:
        result = queue.run(action="delete", ids=["FFF", DEFERRED])
        assert (result["missing"], names(result)) == (["FFF"], [DEFERRED])
        assert queue.run(action="delete", ids=[])["changed"] is False

    def test_many(self, queue: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        queue.sim.reset("queue=30")
        monkeypatch.setattr(module, "_BATCH", 20)
        every = [name for name in there(queue) if name != RECORDED]
        assert len(queue.run(action="delete", ids=every)["messages"]) == 30
        assert queue.asked().count("POST delete/mailq") == 2
        assert there(queue) == {RECORDED: "deferred"}

    def test_what_was_done_before_mailcow_refused(self, queue: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "_BATCH", 2)
        refusal = '[{"type":"danger","log":[],"msg":"unknown"}]'
        queue.sim.fault(kind="html", method="POST", after=1, body=refusal, type="application/json")
        result = queue.fail(action="delete", ids=[ACTIVE, HELD, DEFERRED])
        assert "could not reach Postfix" in result["msg"]
        assert (result["changed"], names(result), result["mailcow"]) == (True, [ACTIVE, HELD], ["unknown"])
        assert there(queue) == {RECORDED: "deferred", DEFERRED: "deferred"}


class TestFailures:
    def test_an_id_that_mailcow_silently_drops(self, queue: Runs) -> None:
        result = queue.fail(action="delete", ids=[RECORDED, HELD])
        assert f"mailcow did not delete {RECORDED}. It supports only hexadecimal queue IDs" in result["msg"]
        assert (result["changed"], names(result)) == (True, [HELD])
        assert queue.fail(action="hold", ids=[RECORDED])["changed"] is False
        assert "hexadecimal" in str(queue.run(action="deliver", ids=[RECORDED])["warnings"])

    def test_postfix_is_away(self, queue: Runs) -> None:
        answer = '[{"type":"danger","log":[],"msg":"unknown"}]'
        queue.sim.fault(kind="html", method="POST", body=answer, type="application/json")
        result = queue.fail(action="flush")
        assert "could not reach Postfix" in result["msg"]
        assert result["changed"] is False

    def test_mailcow_says_that_it_did_nothing(self, queue: Runs) -> None:
        queue.sim.fault(kind="html", method="POST", body='{"type":"success","msg":"Task completed"}', type="application/json")
        assert "did not confirm that it ran the command" in queue.fail(action="flush")["msg"]

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_a_lost_answer(self, queue: Runs, when: str) -> None:
        """The queue tells what happened, if it can."""
        queue.sim.fault(kind="reset", method="POST", when=when, times=1)
        if when == "after":
            assert names(queue.run(action="delete", ids=[HELD])) == [HELD]
        else:
            failed = queue.fail(action="delete", ids=[HELD])
            assert failed["changed"] is False
            assert "hexadecimal" not in failed["msg"]
        queue.sim.fault(kind="reset", method="POST", when=when)
        result = queue.fail(action="flush")
        assert "the outcome is unknown" in result["msg"]
        assert result["messages"] == []

    def test_the_queue_cannot_be_read_afterwards(self, queue: Runs) -> None:
        queue.sim.fault(kind="html", method="GET", after=1)
        result = queue.fail(action="delete", all=True)
        assert "could not be read" in result["msg"]
        assert (result["changed"], result["messages"]) == (True, [])

    def test_the_read_only_key(self, queue: Runs) -> None:
        assert "read-write key" in queue.fail(action="flush", api_key=queue.sim.ro_key)["msg"]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"action": "delete"}, "ids: set the messages to delete, or set all: true"),
            ({"action": "hold"}, "ids: set the messages to hold"),
            ({"action": "delete", "ids": [HELD], "all": True}, "all: set either ids or all"),
            ({"action": "unhold", "all": True}, "all: only delete takes it"),
            ({"action": "flush", "ids": [HELD]}, "action: flush applies to the whole queue"),
            ({"action": "flush", "all": True}, "action: flush applies to the whole queue"),
        ],
    )
    def test_mistakes_are_found_before_any_request(self, queue: Runs, options: dict, message: str) -> None:
        assert queue.fail(**options)["msg"].startswith("queue: " + message)
        assert queue.asked() == []
