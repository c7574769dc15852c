# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_config that is killed, or whose server is unreliable: another run goes on where it ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.simulator.process import ROOT, Simulator, wait_until
from tests.unit.plugins.module_utils._tasks.tenant import ALIASED, ONE, PASSWORD, TWO, Run, box

MODULE = "ansible_collections.community.mailcow.plugins.modules.mailcow_config"
START = "domains=1,mailboxes=3,aliases=3"
BUSY = {
    "domains": [{"domain": ONE, "description": "new", "tags": ["x"]}, {"domain": TWO, "dkim_key_size": 0}],
    "alias_domains": [{"alias_domain": ALIASED, "target_domain": TWO}],
    "mailboxes": [
        {"address": "user0001@" + ONE, "quota": 7, "rate_limit": {"value": 3}, "sender_acl": ["a1@" + ONE]},
        *(box("b%d" % number, quota=number, tags=["t", "u"], tls_enforce_in=True) for number in range(4)),
        *({"address": "c%d@%s" % (number, TWO), "password": PASSWORD, "sender_acl": ["@" + ONE]} for number in range(2)),
    ],
    "aliases": [
        {"address": "alias0001@" + ONE, "goto": ["user0001@" + ONE, "b1@" + ONE], "private_comment": "x"},
        *({"address": "a%d@%s" % (number, ONE), "goto": ["b%d@%s" % (number, ONE)]} for number in range(4)),
        *({"address": "a%d@%s" % (number, TWO), "goto": ["x@elsewhere.example"]} for number in range(4)),
    ],
}
PRUNED = ["mailboxes", "aliases"]


def added(sim: Simulator) -> Counter:
    """How often each object was asked to be created."""
    names = Counter()
    for request in sim.requests():
        if request["path"].startswith("/api/v1/add/"):
            body = request["body"]
            local = body.get("local_part")
            name = "%s@%s" % (local, body["domain"]) if local else body.get("address") or body.get("alias_domain") or body.get("domain")
            names.update("%s %s" % (request["path"], single) for single in name.split(","))
    return names


def settled(run: Run) -> dict:
    """The state after all that was declared, which nothing is left to do about."""
    assert run.ok(BUSY, prune=PRUNED)["changed"] is False
    assert run.writes() == []
    return run.info(details=True)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A server that takes its time, so that there is a middle to be killed in."""
    reads = ("domain", "domain/all", "alias-domain", "alias-domain/all", "mailbox", "alias", "spam-score")
    reads += tuple(kind + "/{domain}" for kind in ("mailbox/all", "mailbox/reduced", "alias/all"))
    routes = {"get/" + route: {"fixed": 3, "serial_fixed": 0} for route in reads}
    for verb in ("add", "edit", "delete"):
        for kind in ("domain", "alias-domain", "mailbox", "alias", "tls_policy", "rl-mbox"):
            routes["%s/%s" % (verb, kind)] = {"fixed": 15, "serial_fixed": 5}
    costs = tmp_path_factory.mktemp("slow") / "latency.json"
    costs.write_text(json.dumps(routes))
    with Simulator(latency=costs, seed=START) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def undisturbed(slow: Simulator) -> tuple[int, dict]:
    """How many requests it takes, and what is there afterwards."""
    run = Run(slow)
    run.ok(BUSY, prune=PRUNED)
    return len(slow.requests()), settled(run)


class TestKilled:
    MOMENTS = 10

    @pytest.mark.parametrize("moment", range(MOMENTS))
    def test_a_second_run_goes_on(self, slow: Simulator, undisturbed: tuple[int, dict], moment: int) -> None:
        requests, expected = undisturbed
        slow.reset()
        slow.clear_requests()
        run = Run(slow)
        arguments = dict(run.connection, config=BUSY, prune=PRUNED, _ansible_remote_tmp="/tmp")
        # So many requests are done, and the last of them are not answered.
        enough = 2 + (requests - 4) * moment // (self.MOMENTS - 1)
        slow.fault(kind="timeout", when="after", after=enough - 1, seconds=86400)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / ".cache/collections"), str(ROOT)])}
        with subprocess.Popen(
            [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        ) as child:
            child.stdin.write(json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode())
            child.stdin.close()
            wait_until(lambda: any("fault" in request for request in slow.requests()) or child.poll() is not None)
            child.kill()
            assert child.stdout.read() == b"", child.stderr.read()
        slow.clear_faults()
        slow.settle()
        first = added(slow)
        result = run.ok(BUSY, prune=PRUNED)
        assert (first + added(slow)).most_common(1)[0][1] == 1
        assert result["failures"] == []
        assert settled(run) == expected


@pytest.fixture(scope="module")
def expected(running_simulator: Simulator) -> dict:
    running_simulator.clear_faults()
    running_simulator.reset(START)
    run = Run(running_simulator)
    run.ok(BUSY, prune=PRUNED)
    return settled(run)


class TestUnreliable:
    """Every 7th write fails, in each run."""

    @pytest.mark.parametrize(
        ("kind", "when", "runs"),
        [
            ("status", "before", 1),
            ("status", "after", 1),
            ("reset", "before", 1),
            ("reset", "after", 1),
            ("partial", "after", 1),
            ("empty", "before", 3),
            ("empty", "after", 3),
            ("partial_success", "after", 3),
            ("html", "after", 6),
        ],
    )
    def test_it_converges(self, run: Run, expected: dict, kind: str, when: str, runs: int) -> None:
        run.sim.reset(START)
        run.sim.fault(kind=kind, method="POST", every=7, when=when)
        for _number in range(runs):
            result = run.try_(BUSY, prune=PRUNED)
            if not result.get("failed"):
                break
            assert result["failures"]
        assert not result.get("failed"), result["msg"]
        run.sim.clear_faults()
        assert settled(run) == expected

    def test_reads_that_fail_are_repeated(self, run: Run, expected: dict) -> None:
        run.sim.reset(START)
        run.sim.fault(kind="status", method="GET", every=5)
        run.ok(BUSY, prune=PRUNED)
        assert settled(run) == expected

    def test_a_server_that_goes_away(self, run: Run, expected: dict) -> None:
        run.sim.reset(START)
        run.sim.fault(kind="status", after=30)
        result = run.fail(BUSY, prune=PRUNED)
        assert result["changed"] is True
        assert result["failures"]
        run.sim.clear_faults()
        run.ok(BUSY, prune=PRUNED)
        assert settled(run) == expected
