# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the same playbooks twice, in Ansible's own process and as modules, and compares all results, key by key.

Each run has a simulator of its own. With --core, by the ansible-core of that version, in a virtual environment in .cache.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from tests import environment
from tests.both_ways.plays import plays
from tests.integration.interpreter import interpreter
from tests.simulator.process import ROOT, Simulator
from tests.tools import core

HERE = ROOT / "tests/both_ways"
PASSWORD, VAULT = "Hunter2-hunter2", "correct horse"
INVENTORY = """\
first ansible_connection=local ansible_python_interpreter="{own}"
second ansible_connection=local ansible_python_interpreter="{own}"
third ansible_connection=local ansible_python_interpreter={other}
nobody ansible_connection=local ansible_python_interpreter=/both/python
far ansible_connection=ssh ansible_host=127.0.0.1 ansible_port=1 ansible_pipelining=false
"""
# What two runs cannot have in common: times, and what is made up anew.
VOLATILE = {"created", "modified", "password_changed", "uptime_seconds", "cpu_percent", "memory_percent", "system_time"}
VOLATILE |= {
    "expires",
    "client_id",
    "client_secret",
    "public_key",
    "dns_record",
    "private_key",
    "start",
    "end",
    "delta",
    "ansible_job_id",
    "started",
    "finished",
    "ansible_facts",
}
VOLATILE |= {"results_file", "stdout", "stdout_lines", "stderr", "stderr_lines", "elapsed", "date", "timedout"}
# The address of the simulator is whatever begins as one: from 2.22 on, ansible-core masks a secret wherever it stands, and one is "0".
MADE_UP = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\b127\.[^\s/'\"]+|\bp=[\w+/]+=*|\b[a-z]+\.[a-z]+(?=@a\.example)")
# In these Ansible says "Module failed" or "Action failed"; the latter it has only after a module.
OF_ANSIBLE = {"exception", "failed_when_suppressed_exception"}
HOW = re.compile(r"^<\S+> \S+ is done (in Ansible's own process|as a module, because .*)$", re.MULTILINE)
EXPECTED = re.compile(r"\(as a module, because (.*)\)$")
Result = tuple[str, str, str, Any]


def run(programs: Path, in_process: bool, python: str) -> tuple[list[Result], list[str]]:
    """The results of all tasks, in order, and how each was done."""
    with tempfile.TemporaryDirectory() as directory, Simulator() as simulator:
        place = Path(directory)
        (place / "all.yml").write_text(yaml.safe_dump(plays(), sort_keys=False) + (HERE / "keywords.yml").read_text().partition("---\n")[2])
        (place / "inventory").write_text(INVENTORY.format(own="{{ ansible_playbook_python }}" if in_process else python, other=python))
        (place / "vault").write_text(VAULT)
        variables = {
            **os.environ,
            **environment.Server(simulator.url, simulator.rw_key).variables,
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "all_results",
            "ANSIBLE_INJECT_FACT_VARS": "False",
            "ANSIBLE_MAILCOW_IN_PROCESS": str(in_process),
            "ANSIBLE_PIPELINING": "True",
            "ALL_RESULTS": str(place / "results"),
        }
        secret = subprocess.run(
            [programs / "ansible-vault", "encrypt_string", "--vault-password-file", place / "vault", "--name", "both_vault", PASSWORD],
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
        given = {
            "both_password": PASSWORD,
            "both_read_only_key": simulator.ro_key,
            "both_interpreter": python,
            "both_kind": "domain",
        }
        (place / "variables.yml").write_text(yaml.safe_dump(given) + secret.stdout)
        command = [programs / "ansible-playbook", "-vvv", "-i", place / "inventory", "--vault-password-file", place / "vault"]
        command += ["-e", f"@{place}/variables.yml", place / "all.yml"]
        done = subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"the playbook failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
        results = [json.loads(line) for line in (place / "results").read_text().splitlines()]
        return [steady(result) for result in results], HOW.findall(done.stdout)


def steady(value: Any) -> Any:
    """A value without what two runs cannot have in common."""
    if isinstance(value, dict):
        return {name: "" if name in VOLATILE else steady(inner) for name, inner in value.items() if name not in OF_ANSIBLE}
    if isinstance(value, list):
        values = [steady(inner) for inner in value]
        # mailcow lists them by addresses that it makes up.
        return sorted(values, key=str) if any(isinstance(inner, dict) and "permanent" in inner for inner in values) else values
    return MADE_UP.sub("", value) if isinstance(value, str) else value


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Where two results are not the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            yield from differences(one.get(name, "(nothing)"), other.get(name, "(nothing)"), f"{where}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{where}[{number}]")
    elif one != other or type(one) is not type(other):
        yield f"{where}: {one!r} in process, {other!r} as a module"


def compare(version: str | None) -> list[str]:
    """What is not the same either way."""
    programs = (core.installed(version) if version else Path(sys.executable)).parent
    with interpreter(str(programs / "python")) as python, ThreadPoolExecutor(2) as pool:
        both = pool.map(lambda in_process: run(programs, in_process, python), [True, False])
    (in_process, ways), (by_module, other_ways) = both
    problems = [
        f"{one[0]} ({one[1]}, {one[2]}) {found}"
        for one, other in zip(in_process, by_module, strict=False)
        for found in differences(one, other)
    ]
    if len(in_process) != len(by_module):
        problems.append(f"{len(in_process)} results in process, {len(by_module)} as modules")
    reasons = [way.partition("because ")[2] for way in ways if "because" in way]
    expected = [found[1] for name in dict.fromkeys(name for name, *_rest in in_process) if (found := EXPECTED.search(name))]
    problems += differences(expected, [reason.split(", /")[0] for reason in reasons], "the reasons for modules")
    if "in Ansible's own process" in other_ways:
        problems.append("something was done in Ansible's own process although that was off")
    print(f"{len(in_process)} results, {len(ways) - len(reasons)} tasks in process, {len(other_ways)} by module")
    return problems


def main() -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.both_ways", description=__doc__)
    parser.add_argument("--core", choices=core.CORES, help="without it, the ansible-core that is there")
    arguments = parser.parse_args()
    environment.take()
    # Ansible's messages name the members of sets.
    os.environ["PYTHONHASHSEED"] = "0"
    problems = compare(arguments.core)
    print("\n".join(problems) or "the same both ways")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
