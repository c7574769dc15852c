# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks that ansible-doc shows every module in full, and that the examples are tasks with that module."""

from __future__ import annotations

import json
import subprocess
import sys

from ansible.errors import AnsibleParserError
from ansible.parsing.dataloader import DataLoader

from tests.tools.generate import modules


def described(names: list[str]) -> dict[str, dict]:
    """What ansible-doc knows of the modules; one that it can not read is missing or without documentation."""
    process = subprocess.run(["ansible-doc", "-t", "module", "--json", *names], capture_output=True, text=True, check=False)
    print(process.stderr, end="", file=sys.stderr)
    return json.loads(process.stdout or "{}")


def problems(name: str, doc: dict) -> list[str]:
    """What is wrong with the documentation `doc` of the module of that full name."""
    missing = [f"no {part}" for part in ("doc", "examples", "return") if not doc.get(part)]
    if missing:
        return missing
    try:
        tasks = DataLoader().load(doc["examples"])
    except AnsibleParserError as error:
        return [f"the examples are not YAML: {error}"]
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        return ["the examples are not a list of tasks"]
    return [] if any(name in task for task in tasks) else ["no example uses the module by its full name"]


def main() -> int:
    """Look at all modules and print what is wrong; the exit status."""
    names = [f"community.mailcow.{name}" for name in modules()]
    docs = described(names)
    found = [f"{name}: {problem}" for name in names for problem in problems(name, docs.get(name, {}))]
    print("\n".join(found or [f"{len(names)} modules documented, with examples that parse"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
