# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.quarantine import (
    FILTERS,
    QUARANTINE_INFO,
    QUARANTINE_ITEM,
    filters,
    messages,
)
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.task import Runs, recorded

ROW = "INSERT INTO quarantine (id, qid, subject, score, symbols, action, sender, rcpt, msg, created, ip) VALUES (%s, '192.0.2.66')"
ROWS = (
    "1, 'Q1', 'You have won', 15.48, '[]', 'reject', 'spam@bad.example', 'u@a.example', 'x', '2026-07-01 10:00:01'",
    "2, 'Q2', 'Invoice', 16.5, '[]', 'add header', 'Joe@Customer.example', 'v@a.example', 'x', '2026-07-02 10:00:00'",
    "3, 'Q3', '', NULL, '[{\"name\":\"VIRUS_FOUND\"}]', 'reject', '', 'u@b.example', 'x', '2026-07-03 10:00:00'",
)


@pytest.fixture
def task(sim: Simulator) -> Runs:
    """Three messages in quarantine; Postfix takes mail, and Rspamd learns."""
    for row in ROWS:
        sim.plant("sql", ROW % row)
    sim.plant("service", "rspamd up")
    return Runs(sim, QUARANTINE_ITEM)


def numbers(result: dict) -> list[int]:
    return [message["id"] for message in result["messages"]]


def there(task: Runs) -> list[int]:
    return numbers(Runs(task.sim, QUARANTINE_INFO).run())


class TestInfo:
    def test_the_recorded_ones(self) -> None:
        found = messages(recorded("quarantine", "get/quarantine/all"))
        assert [message["id"] for message in found] == list(range(1, 11))
        assert found[0] == {
            "id": 1,
            "qid": "QID00001",
            "sender": "spam@bad.example",
            "recipient": "u@a.example",
            "subject": "You have won",
            "score": 15.48,
            "virus": False,
            "action": "reject",
            "notified": False,
            "created": "2026-07-01T10:00:01Z",
            "created_timestamp": 1782900001,
        }
        assert (found[9]["virus"], found[9]["score"], found[9]["action"]) == (True, None, "add header")

    def test_with_the_read_only_key(self, task: Runs) -> None:
        info = Runs(task.sim, QUARANTINE_INFO)
        info.connection["api_key"] = task.sim.ro_key
        assert numbers(info.run()) == [1, 2, 3]
        assert info.asked() == ["GET get/quarantine/all"]

    def test_a_message_and_what_was_found_in_it(self, task: Runs) -> None:
        info = Runs(task.sim, QUARANTINE_INFO)
        found = info.run(content=True, ids=[3])["messages"]
        assert [(message["content"], message["ip"]) for message in found] == [("x", "192.0.2.66")]
        assert found[0]["symbols"] == [{"name": "VIRUS_FOUND", "score": 0.0, "options": []}]
        assert info.asked() == ["GET get/quarantine/all", "GET get/quarantine/3"]

    def test_one_that_has_left_meanwhile(self, task: Runs) -> None:
        task.sim.fault(kind="status", status=200, body="[]", type="application/json", path="quarantine/1")
        found = Runs(task.sim, QUARANTINE_INFO).run(content=True, ids=[1])["messages"]
        assert [(message["id"], message["content"], message["ip"], message["symbols"]) for message in found] == [(1, None, None, None)]

    def test_symbols_that_are_none(self, task: Runs) -> None:
        task.sim.plant("sql", "UPDATE quarantine SET symbols = '[7]'")
        assert (
            "GET get/quarantine/1: mailcow's answer cannot be parsed" in Runs(task.sim, QUARANTINE_INFO).fail(content=True, ids=[1])["msg"]
        )

    def test_empty(self, sim: Simulator) -> None:
        assert Runs(sim, QUARANTINE_INFO).run()["messages"] == []


class TestFilters:
    @pytest.mark.parametrize(
        ("options", "chosen"),
        [
            ({}, [1, 2, 3]),
            ({"ids": [3, 1, 9]}, [1, 3]),
            ({"ids": []}, []),
            ({"sender": "SPAM@bad.example"}, [1]),
            ({"sender": "*@customer.example"}, [2]),
            ({"sender": "bad.example"}, []),
            ({"sender": ""}, [3]),
            ({"recipient": "u@*"}, [1, 3]),
            ({"subject": "*won"}, [1]),
            ({"virus": True}, [3]),
            ({"virus": False}, [1, 2]),
            ({"min_score": 16.5}, [2]),
            ({"max_score": 16}, [1]),
            ({"older_than": "2026-07-02T10:00:00Z"}, [1]),
            ({"newer_than": "2026-07-02T10:00:00Z"}, [2, 3]),
            ({"older_than": "1h"}, [1, 2, 3]),
            ({"newer_than": "1h"}, []),
            ({"recipient": "u@*", "virus": False}, [1]),
        ],
    )
    def test_they_choose_the_same_in_both_modules(self, task: Runs, options: dict, chosen: list[int]) -> None:
        assert numbers(Runs(task.sim, QUARANTINE_INFO).run(**options)) == chosen
        if options:
            assert numbers(task.run(check=True, action="delete", **options)) == chosen
            assert task.asked() == ["GET get/quarantine/all"]

    def test_ages_count_from_now(self) -> None:
        params = dict(dict.fromkeys(FILTERS), older_than="30d")
        (older,) = filters(params, now=30 * 86400 + 100)
        assert older({"created_timestamp": 99})
        assert not older({"created_timestamp": 100})

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({}, "all: specify which messages to delete with ids or another filter"),
            ({"all": False}, "all: specify which messages to delete"),
            ({"all": True, "virus": False, "ids": []}, "all: means every message, so ids, virus cannot be combined with"),
            ({"older_than": "long"}, "older_than: 'long' is neither an age"),
            ({"older_than": "9" * 400 + "w"}, "older_than: '999"),
            ({"min_score": float("nan")}, "min_score: nan is not a usable number"),
            ({"max_score": float("inf")}, "max_score: inf is not a usable number"),
            ({"max_score": 1e300}, "max_score: 1e+300 is too large"),
        ],
    )
    def test_mistakes_are_found_before_any_request(self, task: Runs, options: dict, message: str) -> None:
        assert task.fail(action="delete", **options)["msg"].startswith("quarantine: " + message)
        assert task.asked() == []


class TestActions:
    @pytest.mark.parametrize("action", ["delete", "learn_ham", "learn_spam", "release"])
    def test_each(self, task: Runs, action: str) -> None:
        options = {"action": action, "recipient": "*@a.example"}
        check = task.run(check=True, diff=True, **options)
        done = task.run(diff=True, **options)
        for key in ("changed", "messages", "missing", "diff"):
            assert check[key] == done[key]
        assert (done["changed"], numbers(done), there(task)) == (True, [1, 2], [3])
        assert done["diff"]["before"]["1"] == "spam@bad.example to u@a.example: You have won"
        again = task.run(diff=True, **options)
        assert (again["changed"], again["messages"], again["diff"]["before"]) == (False, [], {})
        assert task.asked() == ["GET get/quarantine/all"]

    def test_all(self, task: Runs) -> None:
        task.sim.reset("quarantine=120")
        assert len(task.run(action="delete", all=True)["messages"]) == 120
        assert task.asked().count("POST delete/qitem") == 3
        assert there(task) == []

    def test_what_is_not_there(self, task: Runs) -> None:
        result = task.run(action="release", ids=[9, 1])
        assert (result["missing"], numbers(result)) == ([9], [1])
        assert task.run(action="release", ids=[9])["changed"] is False


class TestFailures:
    def test_postfix_is_away(self, task: Runs) -> None:
        """mailcow answers with a warning then, and keeps the message."""
        task.sim.plant("service", "postfix down")
        result = task.fail(action="release", all=True)
        assert "could not release 3 of 3 messages (1, 2, 3): mailcow cannot reach Postfix" in result["msg"]
        assert (result["changed"], result["messages"]) == (False, [])
        assert task.run(check=True, action="release", all=True)["changed"] is True

    def test_postfix_refuses(self, task: Runs) -> None:
        task.sim.reset("quarantine=40")
        task.sim.plant("service", "postfix 550 no such user")
        result = task.fail(action="release", all=True)
        assert "Postfix returned SMTP code 550" in result["msg"]
        assert "20, …)" in result["msg"]
        assert task.asked().count("POST edit/qitem") == 1

    def test_what_was_released_but_not_learned(self, task: Runs) -> None:
        task.sim.plant("service", "rspamd down")
        result = task.run(action="release", ids=[1])
        assert numbers(result) == [1]
        assert "Rspamd did not learn it as ham" in str(result["warnings"])
        failed = task.fail(action="learn_ham", ids=[2])
        assert "have left the quarantine, but not all were learned: " in failed["msg"]
        assert (failed["changed"], numbers(failed), there(task)) == (True, [2], [3])

    def test_spam_that_is_not_learned_is_not_all_deleted(self, task: Runs) -> None:
        task.sim.reset("quarantine=25")
        result = task.fail(action="learn_spam", all=True)
        assert "could not learn_spam 15 of 25 messages" in result["msg"]
        assert "Rspamd did not learn it as spam" in result["msg"]
        assert "(10 times)" in result["msg"]
        assert (result["changed"], len(result["messages"]), len(there(task))) == (True, 10, 15)

    def test_a_lost_answer(self, task: Runs) -> None:
        """The quarantine tells what was done."""
        task.sim.fault(kind="reset", method="POST", when="after", times=1)
        assert numbers(task.run(action="delete", ids=[1])) == [1]
        task.sim.fault(kind="empty", method="POST", times=1)
        failed = task.fail(action="delete", ids=[2, 3])
        assert failed["changed"] is False
        assert "(2, 3): POST delete/qitem: mailcow answered with an empty body" in failed["msg"]

    def test_what_was_done_before_the_connection_broke(self, task: Runs) -> None:
        task.sim.reset("quarantine=120")
        task.sim.fault(kind="status", status=302, method="POST", after=1)
        failed = task.fail(action="delete", all=True)
        assert "could not delete 70 of 120 messages" in failed["msg"]
        assert len(failed["messages"]) == 50

    def test_the_quarantine_cannot_be_read_afterwards(self, task: Runs) -> None:
        task.sim.fault(kind="html", method="GET", after=1)
        result = task.fail(action="delete", ids=[1])
        assert "could not be read" in result["msg"]
        assert (result["changed"], result["messages"]) == (True, [])

    def test_the_read_only_key(self, task: Runs) -> None:
        task.connection["api_key"] = task.sim.ro_key
        assert task.run(check=True, action="delete", all=True)["changed"] is True
        assert "read-write key" in task.fail(action="delete", all=True)["msg"]
        assert there(task) == [1, 2, 3]
