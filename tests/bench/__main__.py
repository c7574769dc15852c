# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: `make bench N=1000 JSON=out.json` measures one N; `make bench` measures all and writes the guide on performance.

On a simulator that answers as slowly as a real server, or on the server of MAILCOW_TEST_URL with MAILCOW_TEST_API_KEY, where it makes
domains bench-<random>-NNN.example and removes them again.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import sys
import time
from pathlib import Path

from tests import environment
from tests.bench import loops, machine, report
from tests.bench.measure import Bench, Effort, Figures
from tests.bench.server import chosen
from tests.environment import Server

SIZES = (100, 1000, 10000)


def arguments(real: Server | None) -> argparse.Namespace:
    """Give the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, metavar="N", help=f"mailboxes, and as many aliases; without it {SIZES} and a report")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there; with several N a list of them")
    parser.add_argument("--items", type=int, default=20, help="objects of each kind in a loop (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="runs without drift, whose median counts (default: %(default)s)")
    parser.add_argument("--task-rounds", type=int, default=5, help="runs of a task and of a loop of 200; 0 for none (default: %(default)s)")
    parser.add_argument("--latency", default="measured", help="of the simulator: none or measured (default: %(default)s)")
    options = parser.parse_args()
    if options.n is None and real:
        parser.error("say how many objects the server of MAILCOW_TEST_URL is to hold for a while: make bench N=100")
    if options.n is not None and options.n < 1:
        parser.error("N must be at least 1")
    if min(options.items, options.rounds) < 1:
        parser.error("--items and --rounds must be at least 1")
    return options


def measure(options: argparse.Namespace, real: Server | None) -> list[Figures]:
    """Give the figures of each N."""
    begin = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - begin:4.0f} s] {text}", file=sys.stderr, flush=True)

    load = os.getloadavg()[0]
    with chosen(options.latency, real) as server:
        bench = Bench(server, Effort(options.rounds, options.task_rounds, options.items), say)
        task = bench.task()
        loop = loops.measure(server, options.task_rounds, say) if options.task_rounds else None
        results = [bench.run(n) for n in ([options.n] if options.n else SIZES)]
        if not options.n:
            results[-1]["forms"] = bench.forms(SIZES[-1])
        shared = {
            "start": statistics.median(bench.starts),
            "task": task,
            "loop": loop,
            "server": server.describe(),
            "machine": machine.describe(),
            "load_before": round(load, 2),
            "loop_items": options.items,
        }
    say("done")
    return [{**figures, **shared} for figures in results]


def main() -> None:
    """Measure and report."""
    real = environment.take()
    options = arguments(real)

    def stop(*_unused: object) -> None:
        raise KeyboardInterrupt

    # Also SIGINT, which a shell ignores on behalf of what it runs in the background.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        results = measure(options, real)
    except KeyboardInterrupt:
        sys.exit("interrupted")
    except (RuntimeError, OSError) as error:
        sys.exit(str(error))
    print(report.text(results))
    if options.json:
        options.json.write_text(json.dumps(results[0] if options.n else results, indent=2) + "\n")
    if not options.n:
        report.write(results)


if __name__ == "__main__":
    main()
