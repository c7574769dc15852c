# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server of somebody's MAILCOW_URL is never asked by the tests, the demo and the bench, and none of their children knows of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import types
import typing as t
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ansible_collections.community.mailcow.plugins.module_utils._tasks.connection import CONNECTION
from tests import environment
from tests.bench.server import chosen
from tests.demo import __main__ as demo
from tests.integration import __main__ as integration
from tests.tools import install_check
from tests.unit.plugins.module_utils.scripted import Scripted

ROOT = Path(__file__).resolve().parents[2]
KEY = "THE-KEY-OF-A-REAL-SERVER"
# What the modules read from the environment.
READ = {name for option in CONNECTION.values() for name in option.get("fallback", (None, []))[1]}


@pytest.fixture
def theirs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    """A server as somebody has set it up for their work, which nobody may ask."""
    for name in [name for name in os.environ if name.startswith("MAILCOW_")]:
        monkeypatch.delenv(name)
    with Scripted("[]") as server:
        values = {"URL": server.url, "API_KEY": KEY, "READ_ONLY_KEY": KEY, "VALIDATE_CERTS": "false", "TIMEOUT": "7"}
        for name, value in values.items():
            monkeypatch.setenv("MAILCOW_" + name, value)
        yield server
        assert server.seen == []


class Children:
    """In place of the module subprocess: keeps the environment of each child, and starts none."""

    PIPE = DEVNULL = STDOUT = None

    def __init__(self) -> None:
        self.environments: list[dict[str, str]] = []

    def _start(self, command: t.Any, **options: t.Any) -> types.SimpleNamespace:
        self.environments.append(dict(options.get("env") or os.environ))
        printed = "PLAY RECAP: changed=0 failed=0\n"
        stdout = printed if options.get("capture_output") else [printed]
        return types.SimpleNamespace(returncode=0, stdout=stdout, stderr="", wait=lambda: 0)

    run = Popen = _start


def knows_nothing(variables: dict[str, str], server: Scripted) -> None:
    assert "MAILCOW_URL" in variables, "it shows nothing when no server is given"
    told = {name: value for name, value in variables.items() if server.url in value or KEY in value}
    assert told == {}
    assert variables["MAILCOW_VALIDATE_CERTS"] == "true"
    assert "MAILCOW_TIMEOUT" not in variables


def test_the_demo_is_on_a_simulator_with_a_password_of_its_own(theirs: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    children = Children()
    monkeypatch.setattr(demo, "subprocess", children)
    for _run in range(2):
        demo.main()
    assert len(children.environments) == 10
    for variables in children.environments:
        knows_nothing(variables, theirs)
    assert len({variables["DEMO_PASSWORD"] for variables in children.environments}) == 2


def test_the_playbook_of_the_demo_has_no_published_password() -> None:
    command = [Path(sys.executable).with_name("ansible"), "localhost", "-e", f"@{ROOT / 'playbooks/vars/demo.yml'}"]
    command += ["-m", "ansible.builtin.debug", "-a", "msg=<{{ demo_password }}>"]
    passwords = []
    for _run in range(2):
        shown = subprocess.run(command, env={**os.environ, "DEMO_PASSWORD": ""}, capture_output=True, text=True, check=True).stdout
        passwords += re.findall("<([^<>]+)>", shown)
    assert len(set(passwords)) == 2
    for password in passwords:
        assert len(password) >= 20
        assert all(re.search(needed, password) for needed in ("[a-z]", "[A-Z]", "[0-9]", r"[^\w]")), "a policy may refuse it"


def test_the_playbooks_of_the_targets_are_on_a_simulator(theirs: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    children = Children()
    monkeypatch.setattr(integration, "subprocess", children)
    real = environment.take()
    assert real is None
    with integration.servers(real) as server:
        assert integration.for_real("mailcow_alias", server(integration.NEWEST), [])[0]
        assert integration.in_check_mode("mailcow_alias", server(integration.NEWEST), [])[0]
    assert len(children.environments) == 2
    for variables in children.environments:
        knows_nothing(variables, theirs)


def test_the_bench_is_on_a_simulator(theirs: Scripted) -> None:
    with chosen("none", environment.take()) as server:
        knows_nothing(server.player._environment, theirs)
        server.api.get("domain/all")


def test_the_check_of_the_artifact_is_on_a_simulator(theirs: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    children = Children()
    monkeypatch.setattr(install_check, "subprocess", children)
    monkeypatch.setattr(install_check, "use", lambda user: user.run("ansible-playbook"))
    install_check.main("artifact.tar.gz")
    assert len(children.environments) == 2
    for variables in children.environments:
        knows_nothing(variables, theirs)


def test_the_scenarios_are_on_their_simulators() -> None:
    scenarios = list(ROOT.glob("roles/*/molecule/*/molecule.yml"))
    assert len(scenarios) >= 4
    for scenario in scenarios:
        variables = yaml.safe_load(scenario.read_text())["provisioner"]["env"]
        assert variables.keys() >= READ, scenario
        assert variables["MAILCOW_URL"] == "http://127.0.0.1:1"


def test_a_real_server_has_variables_of_its_own(theirs: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"URL": "https://test.example/", "API_KEY": "rw", "READ_ONLY_KEY": "ro", "VALIDATE_CERTS": "No"}
    for name, value in values.items():
        monkeypatch.setenv("MAILCOW_TEST_" + name, value)
    server = environment.take()
    assert server == environment.Server("https://test.example", "rw", "ro", False)
    assert server.variables == {
        "MAILCOW_URL": "https://test.example",
        "MAILCOW_API_KEY": "rw",
        "MAILCOW_READ_ONLY_KEY": "ro",
        "MAILCOW_VALIDATE_CERTS": "false",
    }
    assert not [name for name in os.environ if name.startswith("MAILCOW_")]
