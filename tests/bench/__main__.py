# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times a loop of mailcow_domain, with nothing to change, and a loop of ansible.builtin.uri that reads the same, side by side.

The rounds alternate, so that both see the same load of the machine, and the median counts. The start of ansible-playbook is measured
by itself and taken off. On a simulator that answers as slowly as a real server, or on the server of MAILCOW_URL
with the domain of BENCH_DOMAIN.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.simulator.process import Simulator

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("uri", "module")


def seconds(environment: dict[str, str], tool: str, count: int, domain: str) -> float:
    """How long a playbook with ``count`` items takes."""
    command = [Path(sys.executable).with_name("ansible-playbook"), ROOT / "tests/bench/loop.yml"]
    command += ["-e", json.dumps({"tool": tool, "count": count, "domain": domain})]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


def measure(environment: dict[str, str], domain: str, items: int, rounds: int) -> dict[str, float]:
    """Give the seconds of a playbook's start and of one item of each tool, and their ratio."""
    samples: dict[str, list[float]] = {tool: [] for tool in TOOLS}
    start = statistics.median(seconds(environment, "none", 0, domain) for _number in range(rounds))
    for number in range(rounds):
        for tool in TOOLS if number % 2 else reversed(TOOLS):
            samples[tool].append((seconds(environment, tool, items, domain) - start) / items)
    result = {tool: statistics.median(values) for tool, values in samples.items()}
    return {"start": start, **result, "ratio": result["module"] / result["uri"]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--items", type=int, default=20, help="items of a loop")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each tool")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the result there, too")
    options = parser.parse_args()
    if os.environ.get("MAILCOW_URL"):
        result = measure(dict(os.environ), os.environ.get("BENCH_DOMAIN", "example.com"), options.items, options.rounds)
    else:
        with Simulator(seed="domains=1", latency="measured") as simulator:
            environment = dict(os.environ, MAILCOW_URL=simulator.url, MAILCOW_API_KEY=simulator.rw_key)
            result = measure(environment, "tenant001.example", options.items, options.rounds)
    print(f"start of ansible-playbook       {result['start']:6.3f} s")
    print(f"ansible.builtin.uri             {result['uri']:6.3f} s an item")
    print(f"community.mailcow, no change    {result['module']:6.3f} s an item, {result['ratio']:.2f} times that of uri")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
