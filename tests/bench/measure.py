# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The measurements: the same work in different ways, on one server, for one N."""

from __future__ import annotations

import dataclasses
import statistics
import typing as t

from tests.bench import bare
from tests.bench.loops import AS_MODULES
from tests.bench.playbooks import Play
from tests.bench.scenario import KINDS, Scenario
from tests.bench.server import Server

# More are not provisioned: it takes a server a minute, by any way.
MOST_PROVISIONED = 1000
_TASK_NAMES = dict(zip(KINDS, ("Domains", "Mailboxes", "Aliases"), strict=True))
# The playbooks that hand the declared state to mailcow_config, by what it is then.
_FORMS = {"text": "by_config", "from_json": "form_from_json", "vars_files": "form_vars_files"}

# What is run on some objects and multiplied.
LOOPS = ("loop", "module_loop", "uri_loop")

Figures = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Effort:
    """How often things are measured: ``rounds`` of what takes seconds and of the task beside uri, ``items`` of loops."""

    rounds: int
    task_rounds: int
    items: int


class Bench:
    """Measures on one server; ``starts`` are the seconds that each run of ansible-playbook took besides its tasks."""

    def __init__(self, server: Server, effort: Effort, say: t.Callable[[str], None]) -> None:
        self._server = server
        self._effort = effort
        self._say = say
        self._provisioned: dict[int, Figures] = {}
        self.starts: list[float] = []

    def task(self) -> Figures | None:
        """Give the seconds of a task of mailcow_domain, with nothing to change, in Ansible's own process and as a module, and of the
        same read by uri, and the ratio of the first to the last.

        The rounds alternate, so that both see the same load of the machine, and the median counts.
        """
        if not self._effort.task_rounds:
            return None
        self._say("a task beside ansible.builtin.uri")
        domain = self._server.filled(1).names[0]
        tools = {"uri": {}, "module": AS_MODULES, "in_process": {}}
        samples: dict[str, list[float]] = {name: [] for name in tools}
        for number in range(self._effort.task_rounds):
            for tool in samples if number % 2 else reversed(samples):
                play = self._play("task", {}, tool=tool, count=self._effort.items, domain=domain, **tools[tool])
                (seconds,) = play.tasks.values()
                samples[tool].append(seconds / self._effort.items)
        result = {tool: statistics.median(values) for tool, values in samples.items()}
        return {**result, "ratio": result["in_process"] / result["uri"]}

    def run(self, n: int) -> Figures:
        """Give all figures for one N."""
        provisioned = min(n, MOST_PROVISIONED)
        if provisioned not in self._provisioned:
            self._provisioned[provisioned] = self._provision(provisioned)
        provision = self._provisioned[provisioned]
        no_drift = self._no_drift(n)
        loops = {"no_drift": n, "provision": provisioned}
        return {
            "n": n,
            "no_drift": no_drift,
            "provision": provision,
            "extrapolated": [f"{part}.{way}" for part, count in loops.items() if count > self._effort.items for way in LOOPS],
        }

    def forms(self, n: int) -> Figures:
        """Give the seconds of the task and of the start of the play, for each way to hand the declared state to mailcow_config."""
        scenario = self._server.filled(n)
        result = {}
        for form, name in _FORMS.items():
            self._say(f"{n}, no drift: handed over as {form}")
            play = self._server.player.play(name, scenario.config)
            result[form] = {"task": play.tasks["Config"], "start": play.start}
        return result

    def _no_drift(self, n: int) -> Figures:
        scenario = self._server.filled(n)
        floors, plays = [], []
        for _number in range(self._effort.rounds):
            self._say(f"{n}, no drift: lists, mailcow_config")
            floors.append(bare.list_all(self._server.api, scenario))
            self._server.clear_requests()
            plays.append(self._play("by_config", scenario.config))
            requests = self._requests()
            if plays[-1].changed["Config"]:
                raise RuntimeError("mailcow_config changed something that was as declared")
        self._say(f"{n}, no drift: object by object")
        each = bare.get_each(self._server.api, scenario)
        self._say(f"{n}, no drift: loops")
        return {
            "floor": statistics.median(floors),
            "mailcow_config": statistics.median(play.tasks["Config"] for play in plays),
            "loop": self._loop("by_module", scenario),
            "module_loop": self._loop("by_module", scenario, **AS_MODULES),
            "uri_loop": self._loop("by_uri_get", scenario),
            "get_each_10": each,
            "requests": requests,
            **_cost(plays),
        }

    def _provision(self, n: int) -> Figures:
        self._say(f"{n}, provisioning: bare requests")
        floor = bare.add_all(self._server.api, self._server.empty(n))
        self._say(f"{n}, provisioning: mailcow_config")
        scenario = self._server.empty(n)
        self._server.clear_requests()
        play = self._play("by_config", scenario.config)
        requests = self._requests()
        self._say(f"{n}, provisioning: loops")
        return {
            "n": n,
            "floor": floor,
            "mailcow_config": play.tasks["Config"],
            "loop": self._loop("by_module", self._server.empty(n)),
            "module_loop": self._loop("by_module", self._server.empty(n), **AS_MODULES),
            "uri_loop": self._loop("by_uri_post", self._server.empty(n)),
            "requests": requests,
            **_cost([play]),
        }

    def _requests(self) -> int | None:
        log = self._server.log()
        return None if log is None else len(log)

    def _loop(self, name: str, scenario: Scenario, **variables: t.Any) -> float:
        """Give the seconds of loops over all that is declared, from the seconds of the first few of each kind."""
        few = scenario.first(self._effort.items)
        play = self._play(name, few, **variables)
        return sum(play.tasks[_TASK_NAMES[kind]] / len(few[kind]) * len(items) for kind, items in scenario.config.items())

    def _play(self, name: str, config: Figures, **variables: t.Any) -> Play:
        play = self._server.player.play(name, config, **variables)
        self.starts.append(play.start)
        return play


def _cost(plays: list[Play]) -> Figures:
    """Give the peak memory and the CPU time of the process that does mailcow_config."""
    return {"peak_mib": round(max(play.peak_mib for play in plays), 1), "cpu": statistics.median(play.cpu for play in plays)}
