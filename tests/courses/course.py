# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody who runs a playbook of the collection again and again, and is interrupted, with all that they have begun."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.examples.internet import KEY, Internet
from tests.simulator.process import PATIENCE, Simulator


def children(number: int) -> list[int]:
    """All processes that one has begun, and these in turn: Ansible's workers are sessions of their own, and go on without it."""
    found = [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    return found + [further for child in found for further in children(child)]


class Course:
    """Where they stand (`place`), and the server. `printed` is all that they have seen."""

    def __init__(self, place: Path, world: Internet) -> None:
        self.place = place
        self.simulator: Simulator = world.simulators["mail.example.com"]
        self.variables = {**world.variables, "MAILCOW_URL": "https://mail.example.com", "MAILCOW_API_KEY": KEY}
        self.printed = ""

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Start a playbook, which is the first word; the requests so far are forgotten."""
        self.simulator.clear_requests()
        command = ["ansible-playbook", *words]
        return subprocess.Popen(command, cwd=self.place, env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, *words: str, fails: bool = False) -> str:
        """Run a playbook to its end; what it printed."""
        process = self.begin(*words)
        printed = process.communicate()[0]
        self.printed += printed
        assert bool(process.returncode) == fails, printed
        return printed

    def kill(self, path: str, number: int, *words: str) -> None:
        """Start a playbook, and kill all that runs once so many requests of a path have been made."""
        process = self.begin(*words)
        end = time.monotonic() + PATIENCE
        while self.made(path) < number:
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < end
        for one in [process.pid, *children(process.pid)]:
            os.kill(one, signal.SIGKILL)
        self.printed += process.communicate()[0]

    def made(self, path: str) -> int:
        """How many requests of a path the last playbook made."""
        return sum(path in request["path"] for request in self.simulator.requests())
