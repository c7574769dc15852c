# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody who runs a playbook of the collection again and again, and is interrupted, with all that they have begun."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.examples.internet import KEY, Internet
from tests.simulator.process import PATIENCE, Simulator

# Seconds for a playbook that waits for many things.
WHOLE_PLAYBOOK = 10 * PATIENCE


class Course:
    """Where they stand (`place`), and the server. `printed` is all that they have seen."""

    def __init__(self, place: Path, world: Internet) -> None:
        self.place, self.world = place, world
        self.simulator: Simulator = world.simulators["mail.example.com"]
        self.variables = {**world.variables, "MAILCOW_URL": "https://mail.example.com", "MAILCOW_API_KEY": KEY}
        self.printed = ""
        # What the last playbook printed: a pipe that nobody reads would stop it.
        self.output = place / "output.txt"

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a playbook, which is the first word; the requests so far are forgotten."""
        self.simulator.clear_requests()
        with self.output.open("w") as output:
            command = ["ansible-playbook", *words]
            return subprocess.Popen(command, cwd=self.place, env=self.variables, stdout=output, stderr=subprocess.STDOUT)

    def run(self, *words: str, fails: bool = False) -> str:
        """Run a playbook to its end; what it printed."""
        process = self.begin(*words)
        process.wait()
        printed = self.output.read_text()
        self.printed += printed
        assert bool(process.returncode) == fails, printed
        return printed

    def kill(self, path: str, number: int, *words: str) -> None:
        """Start a playbook, and kill all that runs once so many requests of a path are done; the last of them is not answered."""
        self.simulator.fault(kind="timeout", when="after", path=path, after=number - 1, seconds=86400)
        self.kill_when(lambda: any("fault" in request and request["key"] for request in self.simulator.requests()), *words)

    def kill_when(self, happened: Callable[[], bool], *words: str) -> None:
        """Start a playbook that does not end before it happens, and kill all that runs then. What it has asked is done."""
        process = self.begin(*words)
        end = time.monotonic() + WHOLE_PLAYBOOK
        while not happened():
            assert process.poll() is None, self.output.read_text()
            assert time.monotonic() < end, self.output.read_text()
            time.sleep(0.05)
        # Ansible's workers are sessions of their own, and go on without it.
        while running := self.running():
            for one in running:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
        process.wait()
        self.printed += self.output.read_text()
        self.simulator.clear_faults()
        self.world.settle()

    def running(self) -> list[int]:
        """The processes with the environment of this course."""
        mine, found = f"HOME={self.variables['HOME']}".encode(), []
        for path in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if mine in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
        return found

    def made(self, path: str) -> int:
        """How many requests of a path the last playbook made."""
        return sum(path in request["path"] for request in self.simulator.requests())
