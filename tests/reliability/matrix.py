# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each fault with each request of each operation, and what is right about what comes of it.

A case is run on a server that is as it has to be before the operation. The judge looks at the server's own database and at nothing
that the collection says of it: when the task has not failed, all is as wanted; `changed` is true if and only if something changed;
a failure says what failed. Without the fault the next run makes all as wanted, with nothing twice, and the one after it changes nothing.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import multiprocessing
import re
import sys
import typing as t
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextvars import ContextVar
from unittest import mock

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.community.mailcow.plugins.module_utils._engine.server import Server as Connected
from ansible_collections.community.mailcow.plugins.module_utils._tasks import connection
from ansible_collections.community.mailcow.plugins.module_utils._tasks.every import TASKS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Answer, Call, perform
from tests.reliability.faults import FAULTS, LASTING, SILENCE, Fault
from tests.reliability.operations import OPERATIONS, Operation, Step
from tests.reliability.server import Kept, Request, Server, State
from tests.simulator.process import PATIENCE
from tests.unit.plugins.module_utils.test_callers import steady

# Pauses of the collection, in seconds: what they are in a test.
_PAUSES = {"_BACKOFF": 0.001, "_PAUSE": 0.005, "LONGEST_PAUSE": 0.01}
# Seconds for which what an add may have made is looked for, in place of the option timeout: nothing comes any more when no fault lets it.
_GLANCE = 0.02
_LOOKED_FOR = ContextVar("_LOOKED_FOR", default=_GLANCE)
# Cases of one operation at most, and the same in requests of it; where there are more, some are taken from all over.
_MOST = 90
_COST = 5000
# Operations of which a request is broken by what takes seconds: one of each group that has a write, and one that has none.
_WAITED_FOR = ("create relayhost", "update domain", "delete alias", "info mailbox", "export of every kind", "config that creates",
               "queue, hold", "quarantine, release", "DNS", "log postfix", "status")  # fmt: skip
# How a server is that has gone, or is overloaded, from one request on.
_GONE = ("a reset connection", "HTTP 503 with a page")
_WAITERS = 6
NONSENSE = re.compile(
    r"Traceback|\bNone\b|\b(Key|Type|Value|Attribute|Index)Error\b|has no attribute|subscriptable|out of range|object at 0x|[:(] *$"
)
# A message names the request, or begins with what it is about.
_NAMES = re.compile(r"\b(GET|POST) \S+/|^\w[^:]*: ")
_SECRET = re.compile(r"Hunter2|Secret-\d")


@dataclasses.dataclass(frozen=True)
class Case:
    """An operation, a request of it, a fault, and how often it strikes: `once`, `always`, or from the `number`-th request on."""

    operation: Operation
    fault: Fault
    request: Request | None
    often: str = "once"
    number: int = 0

    @property
    def rule(self) -> dict[str, t.Any]:
        """What the simulator is told."""
        rule: dict[str, t.Any] = {**self.fault.rule, "after": self.number}
        if self.request:
            rule.update(method=self.request[0], path="^%s$" % re.escape(self.request[1]))
        return {**rule, "times": 1} if self.often == "once" else rule

    def __str__(self) -> str:
        where = " ".join(self.request) if self.request else "request %d and all later ones" % (self.number + 1)
        return "%s | %s | %s %s" % (self.operation.name, self.fault.name, where, self.often)


@dataclasses.dataclass
class Result:
    """What came of a case: `converged`, `failed` or `raised`, what is wrong with it, by sort, and whether something was left
    (`Operation.leaves`).
    """

    case: Case
    outcome: str
    wrong: dict[str, str] = dataclasses.field(default_factory=dict)
    left: bool = False


@dataclasses.dataclass(frozen=True)
class Prepared:
    """What an operation is like when nothing fails."""

    kept: Kept
    before: State
    wanted: State
    requests: list[Request]
    values: dict[str, t.Any]


def do(server: Server, step: Step, timeout: int = PATIENCE) -> Answer:
    """Run a task as its module would."""
    name, options = step
    task = TASKS[name]
    checked = ArgumentSpecValidator(task.spec).validate({"url": server.url, "api_key": server.key, "timeout": timeout, **options})
    if checked.error_messages:
        raise ValueError("%s: %s" % (name, checked.error_messages))
    _LOOKED_FOR.set(PATIENCE if server.delays() else _GLANCE)
    return perform(task, Call(checked.validated_parameters, diff=True))


@contextlib.contextmanager
def impatient() -> Iterator[None]:
    """Without the pauses that are for a real server."""
    with contextlib.ExitStack() as stack:
        for module in [module for name, module in sys.modules.items() if ".mailcow.plugins.module_utils." in name]:
            for pause, seconds in _PAUSES.items():
                if hasattr(module, pause):
                    stack.enter_context(mock.patch.object(module, pause, seconds))
        stack.enter_context(mock.patch.object(connection, "Server", lambda *options: Connected(*options[:3], _LOOKED_FOR.get())))
        stack.enter_context(mock.patch.dict("os.environ", {"NO_PROXY": "*"}))
        yield


class Runner:
    """Runs cases on a server of its own."""

    def __init__(self) -> None:
        self.server = Server()
        self._made: dict[str, Kept] = {}
        self._prepared: dict[str, Prepared] = {}

    def _after(self, steps: tuple[Step, ...]) -> Kept:
        """What there is after these tasks on an empty server. Many operations begin with the same ones: they are done once."""
        name = repr(steps)
        if name not in self._made:
            if steps:
                self.server.restore(self._after(steps[:-1]))
                _right(do(self.server, steps[-1]))
            else:
                self.server.fresh()
            self._made[name] = self.server.keep()
        return self._made[name]

    def prepared(self, operation: Operation) -> Prepared:
        """Do an operation without a fault."""
        if operation.name not in self._prepared:
            server = self.server
            server.restore(self._after(operation.before))
            for kind, command in operation.plants:
                server.plant(kind, command)
            kept, before = server.keep(), server.state()
            server.forget()
            answer = _right(self.do(operation))
            self._prepared[operation.name] = Prepared(kept, before, server.state(), server.requests(), answer.values)
        return self._prepared[operation.name]

    def cases(self, operation: Operation) -> list[Case]:
        """All cases of an operation."""
        requests = self.prepared(operation).requests
        distinct = list(dict.fromkeys(requests))
        first = [request for request in distinct if request[0] == "POST"][:2] + distinct[:1]
        once = [Case(operation, fault, request) for request in distinct for fault in FAULTS if request[0] in fault.methods]
        struck = [case for case in once if not case.fault.waits]
        waiting = [case for case in once if case.fault.waits and operation.name in _WAITED_FOR and case.request in first]
        always = [Case(operation, fault, request, "always") for request in first for fault in LASTING if request[0] in fault.methods]
        gone = [
            Case(operation, fault, None, "always", number) for number in range(len(requests)) for fault in FAULTS if fault.name in _GONE
        ]
        most = min(_MOST, _COST // len(requests))
        first_one = OPERATIONS.index(operation)
        some = [_some(cases, share, first_one) for cases, share in ((struck, most), (always, most // 2), (gone, most // 4))]
        return [*itertools.chain(*some), *waiting]

    def do(self, operation: Operation, timeout: int = PATIENCE) -> Answer:
        """Run the task of an operation on this server as it is."""
        return do(self.server, (operation.task, operation.options), timeout)

    def another(self) -> Runner:
        """One with a server of its own, which knows what this one has prepared."""
        other = Runner()
        other._prepared = self._prepared
        return other

    def run(self, case: Case) -> Result:
        """Run one case and judge it."""
        server, there = self.server, self.prepared(case.operation)
        server.restore(there.kept)
        server.fault(case.rule)
        result = Result(case, "converged")
        try:
            answer = self.do(case.operation, SILENCE if case.fault.waits else PATIENCE)
        except Exception as error:
            result.outcome = "raised"
            result.wrong["traceback"] = " ".join(line.strip() for line in str(error).strip().splitlines()[-3:])
            return result
        # What is done later may be done as soon as a task has given up.
        under_way = server.busy() or (answer.failed and case.fault.rule["kind"] in ("late", "slow"))
        server.calm()
        now = server.state()
        result.outcome = "failed" if answer.failed else "converged"
        self._judge(result, answer, there, now, under_way)
        if result.outcome == "failed" or now != there.wanted:
            again = self.do(case.operation)
            if again.failed:
                result.wrong["stuck"] = again.values["msg"]
            now = server.state()
        name = case.operation.leaves
        if name and now != there.wanted and now.without(name) == there.wanted:
            result.left = True
            self._sweep(result, answer)
        elif now != there.wanted:
            result.wrong["duplicate" if now.twice(there.wanted) else "state"] = now.missing(there.wanted)[:300]
        elif case.operation.repeats:
            server.forget()
            last = self.do(case.operation)
            if last.failed or last.values["changed"] or server.writes() or server.state() != now:
                result.wrong["restless"] = "%s %s" % (last.values.get("msg"), server.writes())
        return result

    def _sweep(self, result: Result, answer: Answer) -> None:
        """What is left has to be told, and to go with the next change."""
        operation, kept = result.case.operation, self.server.keep()
        if not answer.failed or operation.leaves not in answer.values["msg"]:
            result.wrong["untold"] = str(answer.values)[:300]
        for step in operation.sweeps:
            self.server.restore(kept)
            swept = do(self.server, step)
            if swept.failed or self.server.state() != self.server.state().without(operation.leaves):
                result.wrong["left"] = str(swept.values)[:300]

    def _judge(self, result: Result, answer: Answer, there: Prepared, now: State, under_way: bool) -> None:
        case, changed = result.case, answer.values.get("changed")
        said = "%s %s" % (answer.values, answer.warnings)
        # What a task that reads does not know, it says.
        told = answer.warnings or answer.values.get("problems")
        lies = case.fault.lies or (case.operation.believes and case.fault.rule["kind"] == "json")
        if _SECRET.search(said):
            result.wrong["secret"] = said
        if any(NONSENSE.search(warning) for warning in answer.warnings):
            result.wrong["message"] = str(answer.warnings)
        if answer.failed:
            message = answer.values["msg"]
            if not _NAMES.search(message) or NONSENSE.search(message):
                result.wrong["message"] = message
        elif now != there.wanted and not lies:
            result.wrong["false success"] = now.missing(there.wanted)[:300]
        elif not (lies or told or there.before != there.wanted or steady(answer.values) == steady(there.values)):
            result.wrong["false result"] = str(answer.values)[:300]
        # Where a server lies, or has gone in the middle of a write, `true` is right as well.
        unsure = lies or (answer.failed and "unknown" in answer.values["msg"])
        if case.operation.repeats and not under_way and bool(changed) != (now != there.before) and not (changed and unsure):
            result.wrong["false changed"] = "changed is %s, but the server %s: %s" % (
                changed, "is as before" if now == there.before else "is not", answer.values.get("msg"))  # fmt: skip


def _right(answer: Answer) -> Answer:
    if answer.failed:
        raise RuntimeError(answer.values["msg"])
    return answer


def _some(cases: list[Case], most: int, first: int) -> list[Case]:
    """About so many cases: of each fault at least one, spread over the requests; ``first`` differs from operation to operation."""
    by_fault: dict[str, list[Case]] = {}
    for case in cases:
        by_fault.setdefault(case.fault.name, []).append(case)
    chosen = []
    for number, group in enumerate(by_fault.values(), first):
        share = max(len(group) * most // len(cases), 1) if len(cases) > most else len(group)
        chosen += [group[(number + turn * len(group) // share) % len(group)] for turn in range(share)]
    return chosen


@functools.cache
def _runner() -> Runner:
    """That of this process."""
    return Runner()


def _results(operation: Operation) -> list[Result]:
    """Run all cases of an operation, what takes seconds beside the rest."""
    with impatient(), ThreadPoolExecutor(_WAITERS) as pool:
        runner = _runner()
        cases = runner.cases(operation)
        waiting = [case for case in cases if case.fault.waits]
        # The servers are made one after the other: Python 3.11 cannot build syntax trees, as Flask does for its routes, in two threads.
        waited = pool.map(Runner.run, [runner.another() for _case in waiting], waiting)
        return [*(runner.run(case) for case in cases if not case.fault.waits), *waited]


class Matrix:
    """All cases, or those of operations with `only` in their names; `results` are there once it has run."""

    def __init__(self, only: str = "") -> None:
        self.only = only
        self.results: list[Result] = []

    def run(self, tell: t.Callable[[Result], t.Any] = lambda result: None) -> Matrix:
        """Run all cases, in a process for each processor, and ``tell`` each result."""
        chosen = [operation for operation in OPERATIONS if self.only in operation.name]
        # Not forked: there are threads in this process, of other servers.
        with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
            for result in itertools.chain.from_iterable(pool.map(_results, chosen)):
                self.results.append(result)
                tell(result)
        return self

    def red(self) -> list[Result]:
        """Those that something is wrong with."""
        return [result for result in self.results if result.wrong]

    def of(self, group: str) -> list[Result]:
        """Those of a group."""
        return [result for result in self.results if result.case.operation.group == group]
