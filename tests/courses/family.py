# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All processes of a run of Ansible: its workers are sessions of their own, and go on working when only it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.simulator.process import PATIENCE, Simulator


def children(number: int) -> list[int]:
    """All processes that one has begun, and these in turn."""
    found = [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    return found + [further for child in found for further in children(child)]


def kill_when(process: subprocess.Popen[str], simulator: Simulator, path: str, number: int) -> str:
    """Kill a run and all that it has begun once so many requests of a path have been made; what it printed."""
    end = time.monotonic() + PATIENCE
    while sum(path in request["path"] for request in simulator.requests()) < number:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
    for one in [process.pid, *children(process.pid)]:
        os.kill(one, signal.SIGKILL)
    return process.communicate()[0]
