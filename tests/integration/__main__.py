# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the integration targets as real playbooks: once for real, and once more in check mode, where any write fails the run.

The tasks are done in Ansible's own process, or as modules with --as-modules.

The server is MAILCOW_TEST_URL with MAILCOW_TEST_API_KEY when these are set (and, for what a key may do that only reads,
MAILCOW_TEST_READ_ONLY_KEY), else a simulator of each --mailcow-version, reset for each run. Variables without TEST in their names
are not looked at; in the playbooks of the targets MAILCOW_URL and so on are those of this server.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from tests import environment
from tests.environment import Server
from tests.integration.interpreter import playbooks
from tests.integration.read_only import read_only
from tests.simulator.process import ROOT, Simulator
from tests.simulator.releases import NEWEST

TARGETS = ROOT / "tests/integration/targets"
TAIL = 25  # lines of a failed playbook
PROGRAMS = Path(sys.executable).parent
SETTINGS = {
    "PATH": os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", os.defpath)]),
    "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
    "ANSIBLE_ROLES_PATH": str(TARGETS),
    # The targets give options from dictionaries; a warning about each would bury what failed.
    "ANSIBLE_INJECT_FACT_VARS": "False",
    # A task need not write its module to a file first.
    "ANSIBLE_PIPELINING": "True",
}
PLAYBOOK = """\
- name: {name}
  hosts: localhost
  gather_facts: false
  roles: [{name}]
"""


def targets() -> list[str]:
    """Every target but the setup_* ones, which others depend on."""
    found = (path.parents[1].name for path in TARGETS.glob("*/tasks/main.yml"))
    return sorted(name for name in found if not name.startswith("setup_"))


@contextmanager
def servers(real: Server | None) -> Iterator[Callable[[str], Server]]:
    """Gives the server to run against: the real one, else a simulator of that release, reset; each thread keeps its own."""
    with ExitStack() as stack:

        @cache
        def simulator(_thread: int, version: str) -> Simulator:
            return stack.enter_context(Simulator(mailcow_version=version))

        def server(version: str) -> Server:
            if real:
                return real
            found = simulator(threading.get_ident(), version)
            found.reset()
            return Server(found.url, found.rw_key, found.ro_key)

        yield server


def play(name: str, api: Server, *ansible: str) -> tuple[bool, str]:
    """Whether the playbook of a target passes, and its output; `ansible` is the command that runs a playbook."""
    with tempfile.TemporaryDirectory() as place:
        playbook = Path(place, f"{name}.yml")
        playbook.write_text(PLAYBOOK.format(name=name))
        variables = {**os.environ, **api.variables}
        command = [*ansible, str(playbook)]
        done = subprocess.run(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr


def for_real(name: str, api: Server, ansible: list[str]) -> tuple[bool, str]:
    """As `play`."""
    return play(name, api, *ansible, "--diff")


def in_check_mode(name: str, api: Server, ansible: list[str]) -> tuple[bool, str]:
    """As `for_real`, in check mode; a write that is tried fails the run and is told at the end of the output."""
    with read_only(api.url, api.validate_certs) as (proxy, writes):
        passed, output = play(name, api._replace(url=proxy), *ansible, "--check", "--diff")
    if writes:
        output += "\nWRITES IN CHECK MODE:\n" + "".join(f"  {write}\n" for write in writes)
    return passed and not writes, output


def _told(output: str) -> str:
    """What a failed playbook says where it fails, and at its end; between them it may clean up at length."""
    lines = output.splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith(("fatal:", "failed:", "ERROR"))), len(lines))
    start, end = max(0, first - 3), len(lines) - TAIL
    failure = [*lines[start : first + TAIL], "..."] if first + TAIL < end else lines[min(start, max(end, 0)) : max(end, 0)]
    return "\n".join([*failure, *lines[-TAIL:]]) + "\n"


def run(name: str, version: str, server: Callable[[str], Server], ansible: list[str], verbose: bool, once: bool) -> bool:
    """Whether both runs of a target pass, or the first one with `once`; each is reported when it is done, with the output if
    `verbose` or failed.
    """
    good = True
    for mode, runner in (("real", for_real), ("check mode", in_check_mode))[: 1 if once else None]:
        start = time.monotonic()
        passed, output = runner(name, server(version), ansible)
        line = f"{'ok' if passed else 'FAILED':6} {name} ({mode}, {version}) {time.monotonic() - start:.1f} s\n"
        shown = output if verbose else "" if passed else _told(output)
        print(shown + line, end="", flush=True)
        good = good and passed
    return good


def main() -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.integration", description=__doc__)
    parser.add_argument("--target", action="append", metavar="NAME", help="only this one; may be given more than once")
    parser.add_argument("--mailcow-version", action="append", metavar="TAG", help="a release for the simulators, or several")
    parser.add_argument("--once", action="store_true", help="for real only, and not once more in check mode")
    parser.add_argument("--list", action="store_true", help="list the targets and stop")
    parser.add_argument("--as-modules", action="store_true", help="do no task in Ansible's own process")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="the whole output of the playbooks; -vv and so on as in Ansible")
    arguments = parser.parse_args()
    known = targets()
    if arguments.list:
        print("\n".join(known))
        return 0
    chosen = arguments.target or known
    if unknown := set(chosen) - set(known):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")

    real = environment.take()
    if real and arguments.mailcow_version:
        parser.error("a real server is of one release")
    versions = arguments.mailcow_version or [real.url if real else NEWEST]
    print(f"{len(chosen)} targets against {'' if real else 'simulators of '}{', '.join(versions)}", flush=True)
    os.environ.update(SETTINGS, ANSIBLE_MAILCOW_IN_PROCESS=str(not arguments.as_modules))
    with ExitStack() as stack:
        program, python = stack.enter_context(playbooks())
        # Also for those that a target runs by itself.
        os.environ["PATH"] = os.pathsep.join([str(Path(program).parent), os.environ["PATH"]])
        ansible = [program, "-i", "localhost,", "-c", "local", "-e", f"ansible_python_interpreter={python}"]
        ansible += ["-" + "v" * arguments.verbose] if arguments.verbose else []
        server = stack.enter_context(servers(real))
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=1 if real else 2))
        runs = [(name, version) for version in versions for name in chosen]
        outcomes = pool.map(lambda one: run(*one, server, ansible, bool(arguments.verbose), arguments.once), runs)
        results = dict(zip(runs, outcomes, strict=True))
    failed = [f"{name} ({version})" if arguments.mailcow_version else name for (name, version), good in results.items() if not good]
    print(f"{len(results) - len(failed)} targets passed, {len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
