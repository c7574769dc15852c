# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs playbooks, and tells how long each task took, and what their processes cost."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

from tests.environment import Server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Seconds until a process that was asked to end is killed.
_PATIENCE = 60


@dataclasses.dataclass(frozen=True)
class Play:
    """A run of a playbook: the seconds of each task by its name, and of all else; the peak resident memory of the largest process
    that did a task, and the CPU time of all of them."""

    tasks: dict[str, float]
    changed: dict[str, bool]
    start: float
    peak_mib: float
    cpu: float


class Player:
    """Runs the playbooks of this directory against one server."""

    def __init__(self, server: Server) -> None:
        self._work = Path(tempfile.mkdtemp(prefix="mailcow-bench-"))
        self._environment = {
            **os.environ,
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "bench_times",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            # Where a module runs from shows in its command line, by which our processes are told from those of others at the end.
            "ANSIBLE_REMOTE_TMP": str(self._work / "remote"),
            "ANSIBLE_LOCAL_TEMP": str(self._work / "local"),
            "BENCH_TIMES": str(self._work / "times.json"),
            **server.variables,
        }

    def play(self, name: str, config: dict[str, t.Any], **variables: t.Any) -> Play:
        """Run ``name``.yml with ``config`` in the file that it reads. Raises RuntimeError when it fails."""
        data = self._work / "config.json"
        data.write_text(json.dumps(config))
        command = [str(Path(sys.executable).with_name("ansible-playbook")), str(HERE / f"{name}.yml")]
        command += ["-e", json.dumps({"bench_file": str(data), **variables})]
        with tempfile.TemporaryFile("w+") as output:
            begin = time.perf_counter()
            # In a session of its own: Ctrl-C is for us alone, who then end the run and clean up behind it.
            process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=output, stderr=subprocess.STDOUT, text=True, start_new_session=True
            )
            try:
                status = process.wait()
            except BaseException:
                self._end(process)
                raise
            wall = time.perf_counter() - begin
            output.seek(0)
            if status:
                raise RuntimeError(f"{name}.yml failed:\n{output.read()[-5000:]}")
        times = json.loads((self._work / "times.json").read_text())
        tasks = times["tasks"]
        seconds = {task["name"]: task["seconds"] for task in tasks}
        changed = {task["name"]: task["changed"] for task in tasks}
        return Play(seconds, changed, wall - sum(seconds.values()), times["peak_kib"] / 1024, times["cpu"])

    def close(self) -> None:
        """Remove the files of the runs."""
        shutil.rmtree(self._work, ignore_errors=True)

    @property
    def _marker(self) -> bytes:
        return os.fsencode(self._work)

    def _end(self, process: subprocess.Popen[str]) -> None:
        """End the run with all processes that it started: Ansible puts its workers into sessions of their own."""
        end = time.monotonic() + _PATIENCE
        while left := [pid for pid, arguments in _processes() if any(self._marker in argument for argument in arguments)]:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM if time.monotonic() < end else signal.SIGKILL)
            # A child that is not waited for stays among the processes, without arguments.
            process.poll()
            time.sleep(0.1)
        process.wait()


def _processes() -> t.Iterator[tuple[int, list[bytes]]]:
    """Give the id and the arguments of each process that has any."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{entry}/cmdline", "rb") as file:
                arguments = file.read().split(b"\0")
                if arguments[0]:
                    yield int(entry), arguments
