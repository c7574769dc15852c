# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the integration targets against simulators of all recorded releases of mailcow; then sanity, the integration targets and
both-ways with each ansible-core that the collection promises to work with, and with the pre-release of the next.

With --mailcow-version or --core only those. What no Python of this machine can run is left out. A table at the end tells all of it.
That the pre-release does not pass is a failure only where it was asked for.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import typing as t
from collections.abc import Iterator
from pathlib import Path

from tests.simulator.releases import supported
from tests.tools import core
from tests.tools.checkout import ROOT


class Part(t.NamedTuple):
    """What came of one part: "ok", "FAILED" or why it was left out, and after how many seconds. ``counts``: whether its failure is one
    of the whole.
    """

    name: str
    result: str
    seconds: float = 0.0
    counts: bool = True


def recorded() -> list[str]:
    """The releases of mailcow before the newest of which there are recordings, the oldest first."""
    return sorted(path.name for path in (ROOT / "tests/recordings").glob("20*") if path.is_dir())


def run(name: str, python: Path, module: str, *options: str, counts: bool = True) -> Part:
    """Run a module of the tests by that Python, with the programs beside it."""
    print(f"==== {name}", flush=True)
    variables = {
        **os.environ,
        "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
        "PATH": os.pathsep.join([str(python.parent), os.environ.get("PATH", os.defpath)]),
        "PYTHONPATH": str(ROOT / ".cache/collections"),
    }
    start = time.monotonic()
    status = subprocess.run([python, "-m", module, *options], cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, check=False).returncode
    part = Part(name, "FAILED" if status else "ok", time.monotonic() - start, counts)
    print(f"==== {name}: {part.result} after {part.seconds:.0f} s\n", flush=True)
    return part


def with_mailcow(tag: str, targets: list[str]) -> Part:
    """The integration targets against simulators of a release."""
    return run(f"mailcow {tag}: integration", Path(sys.executable), "tests.integration", "--mailcow-version", tag, *targets)


def with_core(version: str, targets: list[str], counts: bool) -> Iterator[Part]:
    """All that depends on ansible-core, or only the integration targets where some are named."""
    name = f"ansible-core {version}"
    try:
        python = core.installed(version)
    except LookupError as reason:
        yield Part(name, f"left out: {reason}")
        return
    except subprocess.CalledProcessError as error:
        yield Part(f"{name}: installation", f"FAILED: {error}", counts=counts)
        return
    if not targets:
        yield run(f"{name}: sanity", python, "tests.tools.sanity", counts=counts)
    yield run(f"{name}: integration", python, "tests.integration", *targets, counts=counts)
    if not targets:
        yield run(f"{name}: both-ways", python, "tests.both_ways", counts=counts)


def told(parts: list[Part]) -> str:
    """The table at the end."""
    width = max(len(part.name) for part in parts)
    return "".join(
        f"{part.name:{width}}  {f'{part.seconds / 60:5.1f} min' if part.seconds else '':9}  {part.result}"
        f"{'' if part.counts or part.result == 'ok' else ', which is allowed: it is a pre-release'}\n"
        for part in parts
    )


def main(arguments: list[str]) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.matrix", description=__doc__)
    parser.add_argument("--mailcow-version", action="append", metavar="TAG", type=supported, default=[], help="this release of mailcow")
    parser.add_argument("--core", action="append", choices=core.CORES, default=[], help="this ansible-core")
    parser.add_argument("--target", action="append", metavar="NAME", default=[], help="of all tests only this integration target")
    given = parser.parse_args(arguments)
    everything = not (given.mailcow_version or given.core)
    targets = [f"--target={name}" for name in given.target]
    parts = [with_mailcow(tag, targets) for tag in (recorded() if everything else given.mailcow_version)]
    for version in core.CORES if everything else given.core:
        parts += with_core(version, targets, counts=not everything or version != core.NEXT)
    print(told(parts), end="")
    return int(any(part.counts and part.result.startswith("FAILED") for part in parts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
