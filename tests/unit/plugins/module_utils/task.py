# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs modules that are about no declared object in this process, and gives what the recorded server answered."""

from __future__ import annotations

import json

from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Task
from tests.simulator.process import ROOT, Simulator
from tests.unit.plugins.module_utils.play import execute


def recorded(name: str, path: str, which: int = 0) -> object:
    """What the recorded server answered to a GET, the first time that it was not empty, or a later one."""
    steps = json.loads((ROOT / "tests/recordings" / f"{name}.json").read_text())["steps"]
    return [step["response"] for step in steps if step.get("path") == path and step.get("response")][which]


class Runs:
    """Runs the module of one task against a simulator; options are those of the module."""

    def __init__(self, sim: Simulator, task: Task) -> None:
        self.sim = sim
        self.task = task
        self.connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}

    def try_(self, check: bool = False, diff: bool = False, **options: object) -> dict:
        self.sim.clear_requests()
        return execute(self.task, dict(self.connection, **options), check, diff)

    def run(self, check: bool = False, diff: bool = False, **options: object) -> dict:
        result = self.try_(check, diff, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def fail(self, **options: object) -> dict:
        result = self.try_(**options)
        assert result.get("failed"), result
        return result

    def asked(self) -> list[str]:
        """The requests of the last run."""
        return ["%s %s" % (request["method"], request["path"][8:]) for request in self.sim.requests()]
