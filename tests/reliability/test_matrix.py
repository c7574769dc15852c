# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrix of faults, and its table in the guide on reliability."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unittest import mock

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine import converge, plan
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.mailcow.plugins.module_utils._engine.work import Outcome
from ansible_collections.community.mailcow.plugins.module_utils._tasks import connection
from tests.reliability import report
from tests.reliability.faults import FAULTS
from tests.reliability.matrix import Case, Matrix, Runner
from tests.reliability.operations import GROUPS, OPERATIONS, Operation
from tests.simulator import faults as simulated
from tests.tools.checkout import ROOT

SAFE = "HTTP 503 with a page"


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return Matrix().run()


def test_nothing_is_wrong(matrix: Matrix) -> None:
    assert [("%s" % result.case, result.wrong) for result in matrix.red()] == []


def test_what_is_left(matrix: Matrix) -> None:
    """Only where the server has gone in the middle; the matrix itself holds that it is told, and goes with the next change."""
    left = [result.case for result in matrix.results if result.left]
    assert left
    assert {case.operation.name for case in left} == {"update dkim"}
    assert not any(case.request for case in left)


@pytest.mark.parametrize("group", GROUPS)
def test_each_fault_strikes_each_group(matrix: Matrix, group: str) -> None:
    """Where a group has requests of that method; what takes seconds is tried with some."""
    results = matrix.of(group)
    methods = {result.case.request[0] for result in results if result.case.request}
    struck = {result.case.fault.name for result in results}
    assert {fault.name for fault in FAULTS if not fault.waits and methods & set(fault.methods)} <= struck


def test_each_request_of_each_group_is_struck(matrix: Matrix, runner: Runner) -> None:
    struck = {(result.case.operation.group, result.case.request) for result in matrix.results}
    for operation in OPERATIONS:
        assert {(operation.group, request) for request in runner.prepared(operation).requests} <= struck


def test_the_simulator_has_no_other_faults() -> None:
    """`partial_success` is about many objects in one request: test_config_interrupted.py."""
    assert {fault.rule["kind"] for fault in FAULTS} == set(report.FAMILIES) == set(simulated.KINDS) - {"partial_success"}


def test_the_document_has_these_numbers(matrix: Matrix) -> None:
    """Otherwise: python -m tests.reliability --write."""
    written = report.BLOCK.search(report.DOCUMENT.read_text(encoding="utf-8"))
    assert report.numbers(written[0]) == report.numbers(report.render(matrix))


def test_the_tests_that_the_document_names_are_there() -> None:
    names = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", report.DOCUMENT.read_text(encoding="utf-8"))
    assert len(names) > 5
    for path, test in names:
        assert not test or re.search(r"(def|class) %s\b" % test, (ROOT / path).read_text(encoding="utf-8")), (path, test)


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.server.close()


class TestTheJudge:
    """What is wrong is found."""

    @pytest.fixture
    def case(self, runner: Runner) -> Case:
        operation = next(operation for operation in OPERATIONS if operation.name == "create oauth2_client")
        request = next(request for request in runner.prepared(operation).requests if request[0] == "POST")
        return Case(operation, next(fault for fault in FAULTS if fault.rule == {"kind": "reset", "when": "after"}), request)

    def test_a_right_one(self, runner: Runner, case: Case) -> None:
        result = runner.run(case)
        assert (result.outcome, result.wrong) == ("converged", {})

    def test_false_changed(self, runner: Runner, case: Case) -> None:
        with mock.patch.object(Outcome, "changed", False):
            assert set(runner.run(case).wrong) == {"false changed"}

    def test_never_at_rest(self, runner: Runner, case: Case) -> None:
        with mock.patch.object(Outcome, "changed", True):
            assert set(runner.run(case).wrong) == {"restless"}

    def test_a_traceback(self, runner: Runner, case: Case) -> None:
        with mock.patch.object(connection.Client, "get", side_effect=AssertionError):
            assert set(runner.run(case).wrong) == {"traceback"}

    def test_an_add_that_is_made_again(self, runner: Runner, case: Case) -> None:
        write = connection.Client.write

        def twice(client: object, path: str, body: object) -> object:
            write(client, path, body)
            return write(client, path, body)

        with mock.patch.object(connection.Client, "write", twice), mock.patch.object(converge, "tidy_plan", return_value=Plan()):
            plain = Case(case.operation, next(fault for fault in FAULTS if fault.name == SAFE), ("POST", "/none"))
            assert "duplicate" in runner.run(plain).wrong

    def test_what_is_left_and_stays(self, runner: Runner) -> None:
        operation = next(operation for operation in OPERATIONS if operation.leaves)
        fault = next(fault for fault in FAULTS if fault.name == SAFE)
        gone = Case(operation, fault, None, "always", len(runner.prepared(operation).requests) - 2)
        assert (runner.run(gone).left, runner.run(gone).wrong) == (True, {})
        with mock.patch.object(converge.MailcowError, "add"), mock.patch.object(plan, "other_names", return_value=[]):
            assert set(runner.run(gone).wrong) == {"untold", "left"}

    def test_a_secret(self, runner: Runner, case: Case) -> None:
        operation = Operation("x", "x", "mailcow_oauth2_client", {"redirect_uri": "https://Secret-1.example/"})
        assert "secret" in runner.run(Case(operation, case.fault, case.request)).wrong
