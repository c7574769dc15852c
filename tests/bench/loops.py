# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A loop over mailcow_mailbox beside what it is made of: its requests, and what Ansible takes for an item that does nothing."""

from __future__ import annotations

import statistics
import typing as t

from tests.bench import bare
from tests.bench.scenario import Item, Scenario
from tests.bench.server import Server

COUNT = 200
# Ways that take a Python start for each item are measured with fewer, and multiplied.
_FEW = 20
AS_MODULES = {"ansible_mailcow_in_process": False}

Figures = dict[str, t.Any]


def measure(server: Server, rounds: int, say: t.Callable[[str], None]) -> Figures | None:
    """Give the seconds for `COUNT` mailboxes, with nothing to change and when they are made; None on a server whose requests
    nobody counts. The rounds alternate, so that all ways see the same load of the machine, and the median counts.
    """
    if server.log() is None:
        return None
    return {part: _medians([one(server, say) for _round in range(rounds)]) for part, one in (("no_drift", _same), ("provision", _made))}


def _medians(samples: list[Figures]) -> Figures:
    return {way: statistics.median(sample[way] for sample in samples) for way in samples[0]}


def _same(server: Server, say: t.Callable[[str], None]) -> Figures:
    say(f"a loop over {COUNT} mailboxes, nothing to change")
    result, log = _loop(server, server.filled(COUNT), "by_uri_get")
    return {**result, "floor": bare.replay(server.api, log)}


def _made(server: Server, say: t.Callable[[str], None]) -> Figures:
    say(f"a loop over {COUNT} mailboxes, which are made")
    result, log = _loop(server, _domains_only(server), "by_uri_post", lambda: _domains_only(server))
    _domains_only(server)
    return {**result, "floor": bare.replay(server.api, log)}


def _domains_only(server: Server) -> Scenario:
    """Have the domains and no mailbox in them."""
    scenario = server.empty(COUNT)
    server.player.play("by_config", {"domains": scenario.domains})
    return scenario


def _loop(server: Server, scenario: Scenario, uri: str, anew: t.Callable[[], Scenario] | None = None) -> tuple[Figures, list[Item]]:
    """Give the seconds of each way to loop, and the requests of the loop in process; ``anew`` makes what it changes undone."""

    def seconds(name: str, count: int, **variables: t.Any) -> float:
        config = {"domains": [], "mailboxes": scenario.mailboxes[:count], "aliases": []}
        return server.player.play(name, config, **variables).tasks["Mailboxes"] * COUNT / count

    result: Figures = {"ansible": seconds("by_debug", COUNT)}
    for way, (name, count, variables) in {
        "uri": (uri, _FEW, {}),
        "module": ("by_module", _FEW, AS_MODULES),
        "loop": ("by_module", COUNT, {}),
    }.items():
        if anew:
            anew()
        server.clear_requests()
        result[way] = seconds(name, count, **variables)
    return result, server.log() or []
