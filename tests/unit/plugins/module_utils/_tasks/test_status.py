# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import functools
import time
from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    ConnectionFailed,
    EmptyAnswer,
    KeyRefused,
    MailcowError,
    Refused,
)
from ansible_collections.community.mailcow.plugins.module_utils._tasks import status
from ansible_collections.community.mailcow.plugins.module_utils._tasks.status import STATUS_INFO, lacking, read, until_running
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Call, perform
from tests.simulator.process import PATIENCE, Simulator, wait_until
from tests.unit.plugins.module_utils.play import execute
from tests.unit.plugins.module_utils.scripted import Answer, Scripted
from tests.unit.plugins.module_utils.task import Runs, recorded


@pytest.fixture
def task(sim: Simulator) -> Runs:
    return Runs(sim, STATUS_INFO)


# What is not below get/status/.
NAMES = {
    ("status", "host", "ip"): "addresses",
    ("rspamd", "actions"): "rspamd_actions",
    ("presets", "rspamd"): "rspamd_presets",
    ("presets", "sieve"): "sieve_presets",
}


def server(**answers: object) -> Callable:
    """A server whose answers to get/status/… are given; an error is raised."""

    def get(*route: str) -> object:
        assert route[0] == "status" or route in NAMES
        subset = NAMES.get(route, route[-1])
        answer = answers.get(subset, EmptyAnswer("empty", "GET get/status/" + subset))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return get


class TestParsing:
    def test_addresses(self) -> None:
        """facts-server 20: mailcow has false for what it could not find out."""
        found, problems = read(server(version={"version": "x"}, addresses={"ipv4": "192.0.2.7\n", "ipv6": False}), ["addresses"])
        assert (found["addresses"], problems) == ({"ipv4": "192.0.2.7", "ipv6": None}, {})
        problems = read(server(version={"version": "x"}, addresses={"ipv4": False, "ipv6": False}), ["addresses"])[1]
        assert "could not reach its service on the internet that determines" in problems["addresses"]

    def test_actions_of_rspamd(self) -> None:
        found = read(server(version={"version": "x"}, rspamd_actions=[["reject", 2], ["no action", 7]]), ["rspamd_actions"])[0]
        assert found["rspamd_actions"] == {"reject": 2, "no action": 7}
        assert read(server(version={"version": "x"}, rspamd_actions=None), ["rspamd_actions"])[1] == {
            "rspamd_actions": "mailcow could not query Rspamd"
        }

    @pytest.mark.parametrize("subset", ["rspamd_presets", "sieve_presets"])
    def test_presets(self, subset: str) -> None:
        preset = recorded("status", "get/presets/%s" % subset.partition("_")[0])[0]
        assert read(server(version={"version": "x"}, **{subset: [preset]}), [subset])[0][subset] == [preset]

    def test_containers(self) -> None:
        found, _problems = read(server(containers=recorded("status", "get/status/containers")), ["containers"])
        assert found["containers"]["postfix-mailcow"] == {
            "state": "running",
            "image": "ghcr.io/mailcow/postfix:1.0",
            "started_at": "2026-07-01T10:00:00Z",
        }

    def test_a_container_that_never_ran(self) -> None:
        container = {"state": "created", "image": "x", "started_at": "0001-01-01T00:00:00Z"}
        assert read(server(containers={"x": container}), ["containers"])[0]["containers"]["x"]["started_at"] is None

    def test_vmail(self) -> None:
        found, _problems = read(server(vmail=recorded("status_vmail", "get/status/vmail")), ["vmail"])
        assert found["vmail"] == {
            "disk": "/dev/vda1",
            "used": "11G",
            "total": "41G",
            "used_percent": "28%",
            "used_bytes": 11 * 10**9,
            "total_bytes": 41 * 10**9,
            "percent": 28,
        }

    @pytest.mark.parametrize(("size", "count"), [("0", 0), ("512", 512), ("8.2k", 8200), ("1.1T", 11 * 10**11), ("3M", 3 * 10**6)])
    def test_sizes(self, size: str, count: int) -> None:
        vmail = {"disk": "x", "used": size, "total": "2P", "used_percent": "1%"}
        assert read(server(vmail=vmail), ["vmail"])[0]["vmail"]["used_bytes"] == count

    def test_host(self) -> None:
        found, _problems = read(server(host=recorded("status", "get/status/host")), ["host"])
        assert found["host"] == {
            "cpu_cores": 2,
            "cpu_percent": 1,
            "memory_bytes": 1,
            "memory_percent": 1,
            "swap_bytes": None,
            "swap_percent": None,
            "uptime_seconds": 1,
            "system_time": "22.11.2026 08:00:00",
            "architecture": "x86_64",
        }

    def test_swap(self) -> None:
        memory = {"total": 8, "usage": 61.2, "swap": [1024, 32, 992, 3.1, 0, 0]}
        host = read(server(host={"cpu": {}, "memory": memory, "uptime": 12.9}), ["host"])[0]["host"]
        assert (host["swap_bytes"], host["swap_percent"], host["uptime_seconds"]) == (1024, 3.1, 12)

    def test_solr(self) -> None:
        answer = {"type": "info", "solr_enabled": True, "solr_size": "1.2 MB", "solr_documents": 3}
        assert read(server(solr=answer), ["solr"])[0]["solr"] == {"enabled": True, "size": "1.2 MB", "documents": 3}


class TestProblems:
    def test_what_is_gone_is_told(self) -> None:
        found, problems = read(server(version={"version": "x"}), ["solr", "version"])
        assert found == {"version": "x"}
        assert problems == {"solr": "this version of mailcow does not support it (GET get/status/solr)"}

    @pytest.mark.parametrize(
        ("subset", "answer", "reason"),
        [
            ("containers", None, "returned no containers"),
            ("containers", {"type": "danger", "msg": "x"}, "returned no containers"),
            ("containers", ConnectionFailed("null"), "dockerapi-mailcow"),
            ("host", "Could not resolve host: dockerapi", "returned no data about its host"),
            ("host", Refused("get/status", "GET get/status/host", []), "does not support it"),
            ("vmail", {"type": "info", "disk": "", "used": None, "total": None, "used_percent": None}, "dovecot-mailcow"),
            ("vmail", {"type": "info", "disk": "0", "used": "0", "total": "0", "used_percent": "0"}, "dovecot-mailcow"),
        ],
    )
    def test_one_that_fails(self, subset: str, answer: object, reason: str) -> None:
        found, problems = read(server(version={"version": "x"}, **{subset: answer}), ["version", subset])
        assert found == {"version": "x"}
        assert reason in problems[subset]

    def test_all_that_fail(self) -> None:
        with pytest.raises(EmptyAnswer):
            read(server(), ["containers", "version"])

    def test_the_only_one_that_fails(self) -> None:
        assert read(server(version={"version": "x"}, containers={}), ["containers"])[1] == {"containers": "mailcow returned no containers"}

    def test_a_server_without_a_version_can_tell_the_rest(self) -> None:
        assert read(server(host={"cpu": {}}), ["host"])[1] == {}

    def test_no_server(self) -> None:
        with pytest.raises(ConnectionFailed):
            read(server(version=ConnectionFailed("refused"), host={"cpu": {}}), ["host"])

    def test_a_refused_key(self) -> None:
        with pytest.raises(KeyRefused):
            read(server(version={"version": "x"}, host=KeyRefused("401")), ["host", "version"])


STATES = {"containers": {"a": {"state": "running"}, "b": {"state": "exited"}}}


class TestLacking:
    def test_of_all(self) -> None:
        assert lacking(STATES, {}) == ["b is exited"]

    def test_of_some(self) -> None:
        assert lacking(STATES, {}, ["a"]) == []
        assert lacking(STATES, {}, ["c", "a"]) == ["c is missing"]

    def test_of_unknown(self) -> None:
        assert lacking({}, {"containers": "no Docker"}) == ["the state of the containers is unknown: no Docker"]


class TestWaiting:
    def wait(self, *attempts: object, seconds: int = 60) -> tuple[object, int, list[float]]:
        now, slept, script = [0.0], [], list(attempts)

        def sleep(delay: float) -> None:
            slept.append(delay)
            now[0] += delay

        def attempt(left: float) -> object:
            assert 1 <= left <= seconds
            answer = script.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        result, count = until_running(attempt, seconds, 10, clock=lambda: now[0], sleep=sleep)
        return result, count, slept

    def test_it_runs_at_once(self) -> None:
        assert self.wait(("x", [])) == ("x", 1, [])

    def test_it_comes_up(self) -> None:
        assert self.wait(ConnectionFailed("refused"), EmptyAnswer("empty"), ("x", ["a is created"]), ("y", [])) == ("y", 4, [10, 10, 10])

    def test_it_does_not_come_up(self) -> None:
        with pytest.raises(MailcowError, match=r"not running within 25 seconds .option timeout; attempts: 3.: a is exited; b is created$"):
            self.wait(ConnectionFailed("refused"), ("x", ["a is exited"]), ("x", ["a is exited", "b is created"]), seconds=25)

    def test_a_refused_key_ends_it(self) -> None:
        with pytest.raises(KeyRefused):
            self.wait(ConnectionFailed("refused"), KeyRefused("401"))


class TestModule:
    def test_of_the_recorded_server(self, task: Runs) -> None:
        task.connection["api_key"] = task.sim.ro_key
        result = task.run()
        assert result["version"] == "2026-07a"
        assert (result["problems"], result["not_running"], result["attempts"], result["changed"]) == ({}, [], 1, False)
        assert {"containers", "host", "vmail"} <= result.keys()
        assert task.asked()[0] == "GET get/status/version"
        assert sorted(task.asked()[1:]) == ["GET get/status/containers", "GET get/status/host", "GET get/status/vmail"]

    def test_nothing_but_the_connection(self, task: Runs) -> None:
        assert task.run(subsets=[]).keys().isdisjoint(["version", "not_running"])
        assert task.asked() == ["GET get/status/version"]

    def test_without_docker(self) -> None:
        with Simulator(docker_down=1) as sim:
            result = Runs(sim, STATUS_INFO).run()
        assert result["version"] == "2026-07a"
        assert result["problems"].keys() == {"containers", "host", "vmail"}
        assert result["not_running"] == ["the state of the containers is unknown: %s" % result["problems"]["containers"]]

    def test_a_container_that_does_not_run(self, task: Runs) -> None:
        task.sim.plant("container", "clamd-mailcow exited")
        assert task.run()["not_running"] == ["clamd-mailcow is exited"]
        assert task.run(containers=["postfix-mailcow"])["not_running"] == []
        assert task.run(containers=["no-mailcow"])["not_running"] == ["no-mailcow is missing"]

    def test_a_wrong_key_is_tried_once(self, task: Runs) -> None:
        assert "HTTP 401" in task.fail(api_key="WRONG", until="running", delay=1)["msg"]
        assert len(task.asked()) == 1

    def test_waiting(self, task: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        """The server is away, then not ready, then ready."""
        task.sim.fault(kind="status", status=503, times=2)
        task.sim.plant("container", "clamd-mailcow restarting")
        waits = []

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                task.sim.plant("container", "clamd-mailcow running")

        monkeypatch.setattr(status, "until_running", functools.partial(until_running, sleep=sleep))
        result = task.run(subsets=["version"], until="running", delay=1)
        assert (result["attempts"], waits) == (4, [1, 1, 1])
        assert result["containers"]["clamd-mailcow"]["state"] == "running"
        assert result["not_running"] == []

    def test_what_is_told_meanwhile_has_no_secrets(self, task: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever the server says."""
        told: list[str] = []
        task.sim.plant("container", f"clamd-mailcow {task.sim.rw_key}")

        def sleep(seconds: float) -> None:
            task.sim.plant("container", "clamd-mailcow running")

        monkeypatch.setattr(status, "until_running", functools.partial(until_running, sleep=sleep))
        options = {"subsets": [], "until": "running", "delay": 1, "containers": None, "validate_certs": True, "ca_path": None}
        call = Call({**options, "url": task.sim.url, "api_key": task.sim.rw_key, "timeout": 60}, tell=told.append)
        assert perform(STATUS_INFO, call).values["attempts"] == 2
        assert [text.partition(",")[0] for text in told] == ["mailcow is not running yet (clamd-mailcow is ********)"]

    def test_waiting_for_docker(self, task: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        task.sim.fault(kind="html", path="status/containers", body="{}", type="application/json", times=1)
        monkeypatch.setattr(status, "until_running", functools.partial(until_running, sleep=lambda _seconds: None))
        assert task.run(subsets=[], until="running", delay=1)["attempts"] == 2

    def test_waiting_in_vain(self, task: Runs) -> None:
        task.sim.plant("container", "clamd-mailcow exited")
        assert "attempts: 1): clamd-mailcow is exited" in task.fail(until="running", timeout=60, delay=60)["msg"]
        assert task.run(until="running", containers=["postfix-mailcow"])["attempts"] == 1

    def test_one_answer_is_not_waited_for_longer_than_altogether(self) -> None:
        """Nor is it asked for three times, as it is without waiting."""
        with Scripted(Answer(after=60)) as slow:
            options = {"url": slow.url, "api_key": "K", "timeout": 1, "until": "running", "delay": 1}
            result = execute(STATUS_INFO, options)
            assert "attempts: 1): GET get/status/version: no answer from" in result["msg"]
            wait_until(lambda: slow.seen)
            assert len(slow.seen) == 1

    @pytest.mark.parametrize("good", [0, 1])
    def test_a_dripping_answer_is_not_waited_for_longer_either(self, good: int) -> None:
        """However many of them are asked for."""
        with Scripted(*['{"version":"x"}'] * good, Answer("x" * 1000, drip=0.1)) as slow:
            started = time.monotonic()
            result = execute(STATUS_INFO, {"url": slow.url, "api_key": "K", "timeout": 2, "until": "running", "delay": 1})
            assert "not running within 2 seconds" in result["msg"]
            assert time.monotonic() - started < PATIENCE

    @pytest.mark.parametrize("good", [0, 1])
    def test_what_is_no_answer_is_waited_out(self, good: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(status, "until_running", functools.partial(until_running, sleep=lambda _seconds: None))
        up = ['{"version":"x"}', '{"a":{"state":"running"}}']
        with Scripted(*up[:good], Answer("<html>", 502), *up) as server:
            options = {"url": server.url, "api_key": "K", "timeout": 60, "until": "running", "delay": 1, "subsets": []}
            assert execute(STATUS_INFO, options)["attempts"] == 2

    def test_a_delay_of_nothing(self, task: Runs) -> None:
        assert task.fail(delay=0)["msg"] == "status: delay: must be at least 1 second"
        assert task.asked() == []
