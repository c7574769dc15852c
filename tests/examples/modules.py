# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of all modules, as one playbook with a play for each module, on a server that is prepared for it.

`prepared.yml` says what an example needs to be there, and which task is not run, with the reason. What of an example fails when it is
pasted, after what it says has been prepared, is to be mended in the example.
"""

from __future__ import annotations

import json
import re
import subprocess
import typing as t
from pathlib import Path

import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.examples.internet import KEY, READ_ONLY_KEY, internet
from tests.examples.session import SETTINGS
from tests.simulator.process import ROOT
from tests.tools.generate import modules

PREPARED = yaml.safe_load(Path(__file__).with_name("prepared.yml").read_text(encoding="utf-8"))
EXAMPLES = re.compile(r'^EXAMPLES = r?"""(.*?)^"""', re.MULTILINE | re.DOTALL)
OURS = ("ansible.builtin.", "community.mailcow.")
HOSTS = ("mail.example.com", "mail.example.org")
PYTHON = "ansible_python_interpreter={{ ansible_playbook_python }}"
PLAY = re.compile(r"^PLAY \[(\w+)\]", re.MULTILINE)
RECAP = re.compile(r"^(\w+) +: .*\bunreachable=0 +failed=0 .*\brescued=0\b", re.MULTILINE)

Task = dict[str, t.Any]


def examples(module: str) -> list[Task]:
    """The tasks of its examples."""
    found = EXAMPLES.search((ROOT / f"plugins/modules/{module}.py").read_text(encoding="utf-8"))
    assert found, module
    return yaml.safe_load(found[1])


def why_not(task: Task) -> str:
    """Why a task cannot be run here, if so: a collection that is not here, or what `prepared.yml` says."""
    others = [key.rpartition(".")[0] for key in task if "." in key and not key.startswith(OURS)]
    return f"it needs {others[0]}" if others else PREPARED["not run"].get(task["name"], "")


def play(module: str, url: str) -> list[Task]:
    """A play that prepares the server and runs the examples of a module."""
    wanted = PREPARED["modules"].get(module, {})
    config = wanted.get("config", PREPARED["config"])
    tasks: list[Task] = [{"name": "Begin anew", "fresh_server": {"url": url, "plants": wanted.get("plants", [])}}]
    if config:
        tasks.append({"name": "Prepare", "community.mailcow.mailcow_config": {"config": config}})
    tasks += [task for task in examples(module) if not why_not(task)]
    # A play that fails would be the last one.
    block = {"name": "Examples", "block": tasks, "rescue": [{"name": "Go on", "ansible.builtin.meta": "noop"}]}
    return [{"name": module, "hosts": module, "gather_facts": False, "vars_files": ["secrets.yml"], "tasks": [block]}]


def secrets() -> dict[str, t.Any]:
    """What is in the vault."""
    keys = {"vault_mailcow_api_key": KEY, "vault_other_api_key": KEY, "vault_mailcow_read_only_key": READ_ONLY_KEY}
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return {**PREPARED["secrets"], **keys, **dict.fromkeys(("vault_example_com_dkim_key", "vault_example_org_dkim_key"), pem.decode())}


class Outcome(t.NamedTuple):
    """What one run of all gave: what was printed for each module, and the modules whose examples all work."""

    printed: dict[str, str]
    good: set[str]


def run(place: Path, *names: str) -> Outcome:
    """Run the examples of these modules, of all if none is given, in a directory."""
    with internet(place, *HOSTS) as world:
        for name, text in PREPARED["files"].items():
            (path := place / name).parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        chosen = names or modules()
        url = world.simulators[HOSTS[0]].url
        (place / "secrets.yml").write_text(json.dumps(secrets()), encoding="utf-8")
        (place / "play.yml").write_text(json.dumps([one for name in chosen for one in play(name, url)]), encoding="utf-8")
        done = subprocess.run(
            ["ansible-playbook", "--connection", "local", "--inventory", ",".join(chosen) + ",", "--extra-vars", PYTHON, "play.yml"],
            cwd=place,
            env={
                **world.variables,
                **SETTINGS,
                "MAILCOW_URL": f"https://{HOSTS[0]}",
                "MAILCOW_API_KEY": KEY,
                "PYTHONPATH": str(ROOT),
                "ANSIBLE_ACTION_PLUGINS": str(Path(__file__).with_name("action_plugins")),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        parts = PLAY.split(done.stdout)
        # Before the first play there is what is wrong with the playbook.
        printed = dict(zip(parts[1::2], parts[2::2], strict=True)) if len(parts) > 1 else dict.fromkeys(chosen, done.stdout)
        return Outcome(printed, set(RECAP.findall(done.stdout)))
