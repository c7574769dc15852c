# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server that is measured: a simulator of our own, or a real one on which only names of our own are touched."""

from __future__ import annotations

import secrets
import signal
import sys
import time
import typing as t

from tests import environment
from tests.bench import bare
from tests.bench.playbooks import Player
from tests.bench.scenario import Item, Scenario, domains_for
from tests.simulator.process import Simulator

# A request that was on its way when a run was broken off may still be at work.
_CLEANUPS = 5
_PAUSE = 2


class Server(t.Protocol):
    """What the measurements need of a server, and leave as it was found at the end of its context."""

    player: Player
    api: bare.Api

    def __enter__(self) -> Server:
        """Be ready to be measured."""

    def __exit__(self, *unused: t.Any) -> None:
        """Leave it as it was found."""

    def empty(self, n: int) -> Scenario:
        """Give a scenario of which nothing is there yet."""

    def filled(self, n: int) -> Scenario:
        """Give a scenario of which all is there."""

    def clear_requests(self) -> None:
        """Start to count requests anew."""

    def log(self) -> list[Item] | None:
        """Give the requests since then, None when they cannot be known."""

    def describe(self) -> str:
        """Give a sentence for the report."""


class Simulated:
    """A simulator that answers as slowly as a real server."""

    def __init__(self, latency: str) -> None:
        self._latency = latency
        self._simulator = Simulator(latency=latency)

    def __enter__(self) -> Simulated:
        self._simulator.start()
        server = environment.Server(self._simulator.url, self._simulator.rw_key)
        self.player = Player(server)
        self.api = bare.Api(server)
        return self

    def __exit__(self, *unused: t.Any) -> None:
        self.player.close()
        self._simulator.stop()

    def empty(self, n: int) -> Scenario:
        self._simulator.reset("")
        return self._scenario(n)

    def filled(self, n: int) -> Scenario:
        scenario = self._scenario(n)
        self._simulator.reset(scenario.seed)
        return scenario

    def _scenario(self, n: int) -> Scenario:
        return Scenario.of(n, [f"tenant{number:03}.example" for number in range(1, domains_for(n) + 1)])

    def clear_requests(self) -> None:
        self._simulator.clear_requests()

    def log(self) -> list[Item] | None:
        return self._simulator.requests()

    def describe(self) -> str:
        return f"the simulator of this repository, latency model `{self._latency}`"


class Real:
    """The server of MAILCOW_TEST_URL: domains with names of this run, made by mailcow_config and removed at the end in any case."""

    def __init__(self, server: environment.Server) -> None:
        self._server = server
        self._run = "bench-" + secrets.token_hex(4)
        self._given = 0
        self._there: dict[int, Scenario] = {}

    def __enter__(self) -> Real:
        self.player = Player(self._server)
        self.api = bare.Api(self._server)
        return self

    def __exit__(self, *unused: t.Any) -> None:
        # From here on nothing stops us any more.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        try:
            self._remove()
        finally:
            self.player.close()

    def empty(self, n: int) -> Scenario:
        names = [f"{self._run}-{self._given + number:03}.example" for number in range(1, domains_for(n) + 1)]
        self._given += len(names)
        return Scenario.of(n, names)

    def filled(self, n: int) -> Scenario:
        if n not in self._there:
            scenario = self.empty(n)
            self.player.play("by_config", scenario.config)
            self._there[n] = scenario
        return self._there[n]

    def clear_requests(self) -> None:
        """Nobody counts them."""

    def log(self) -> list[Item] | None:
        return None

    def describe(self) -> str:
        return f"the real server {self._server.url}"

    def _left(self) -> list[str]:
        names = [raw["domain_name"] for raw in self.api.get("domain/all") or []]
        return [name for name in names if name.startswith(self._run + "-")]

    def _remove(self) -> None:
        print(f"Removing the domains {self._run}-*.example …", file=sys.stderr, flush=True)
        # mailcow keeps the key of a domain that is deleted.
        keys = [{"domain": f"{self._run}-{number:03}.example", "state": "absent"} for number in range(1, self._given + 1)]
        for _attempt in range(_CLEANUPS):
            # No connection is an OSError.
            try:
                domains = [{"domain": name, "state": "absent"} for name in self._left()]
                self.player.play("by_config", {"domains": domains, "dkim_keys": keys})
                time.sleep(_PAUSE)
                if not self._left():
                    return
            except (RuntimeError, OSError) as error:
                print(error, file=sys.stderr)
                time.sleep(_PAUSE)
        print(f"There may be domains {self._run}-*.example left: delete them by hand.", file=sys.stderr)


def chosen(latency: str, real: environment.Server | None) -> Server:
    """Give the real server, else a simulator."""
    return Real(real) if real else Simulated(latency)
