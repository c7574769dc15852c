# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all roles do, they do and document in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.community.mailcow.plugins.module_utils._tasks.connection import CONNECTION
from tests.tools.checkout import ROOT

ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())
CONNECTIONS = {f"mailcow_{option}" for option in CONNECTION}
GROUP = "group/community.mailcow.mailcow"
each_role = pytest.mark.parametrize("role", ROLES)


def file_of(role: str, path: str) -> Any:
    """A file of a role."""
    return yaml.safe_load((ROOT / "roles" / role / path).read_text())


def options(role: str) -> dict[str, dict[str, Any]]:
    """The options of a role's entry point `main`."""
    return file_of(role, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]


def tasks(found: Any) -> Iterator[dict[str, Any]]:
    """All tasks of a file, those in blocks among them."""
    for task in found:
        yield task
        for part in ("block", "rescue", "always"):
            yield from tasks(task.get(part, []))


def all_tasks(role: str) -> list[dict[str, Any]]:
    """All tasks of a role."""
    files: list[Path] = sorted((ROOT / "roles" / role / "tasks").glob("*.yml"))
    return [task for path in files for task in tasks(yaml.safe_load(path.read_text()))]


@each_role
def test_the_connection_is_said_once(role: str) -> None:
    defaults = [task["module_defaults"][GROUP] for task in all_tasks(role) if "module_defaults" in task]
    # The role tenant asks for drift_audit.
    assert len(defaults) == (0 if role == "drift_audit" else 1)
    modules = [task[name] or {} for task in all_tasks(role) for name in task if name.startswith("community.mailcow.")]
    assert [given for given in modules if CONNECTION.keys() & given.keys()] == []
    (health,) = yaml.safe_load((ROOT / "playbooks/health.yml").read_text())
    for given in defaults:
        same = {name: value for name, value in given.items() if role != "tenant" or name != "api_key"}
        assert same.items() <= health["module_defaults"][GROUP].items()
        assert given.keys() == CONNECTION.keys()


@each_role
def test_all_options_are_documented_alike(role: str) -> None:
    given = options(role)
    # The variables of tenant are documented there.
    assert given.keys() >= (set() if role == "drift_audit" else CONNECTIONS)
    for name in CONNECTIONS & given.keys():
        assert given[name] == options("tenant")[name]
    foreign = given[f"{role}_foreign_variables"]
    assert str(foreign).replace(role, "tenant") == str(options("tenant")["tenant_foreign_variables"])


@each_role
def test_defaults_are_those_that_are_documented(role: str) -> None:
    defaults = file_of(role, "defaults/main.yml")
    documented = {name: option["default"] for name, option in options(role).items() if "default" in option}
    # What depends on something else cannot be documented as a value.
    assert {name: value for name, value in defaults.items() if name not in documented and "{{" not in str(value)} == {}
    assert {name: defaults.get(name) for name in documented} == documented


@each_role
def test_its_readme_lists_its_variables(role: str) -> None:
    readme = (ROOT / "roles" / role / "README.md").read_text()
    listed = re.findall(r"^\| (`.*?`) \|", readme.partition("## Variables")[2].partition("\n## ")[0], re.MULTILINE)
    names = set(re.findall(r"`(\w+)`", " ".join(listed)))
    assert names == {name for name in options(role) if name.startswith((role, "mailcow_"))}


def defaults_in_readme(role: str) -> Iterator[tuple[str, str]]:
    """The variables in the table of a README, and what it says of the default of each."""
    table = (ROOT / "roles" / role / "README.md").read_text().partition("## Variables")[2].partition("\n## ")[0]
    for names, default in re.findall(r"^\| (`.*?`) \|.*\| (.*?) ?\|$", table, re.MULTILINE):
        listed = re.findall(r"`(\w+)`", names)
        # Several defaults are separated by commas; a single one is that of all variables in the row.
        parts = re.findall(r"(?:`[^`]*`|[^`,])+", default) if len(listed) > 1 else [default]
        yield from zip(listed, map(str.strip, parts if len(parts) > 1 else [default] * len(listed)), strict=True)


@each_role
def test_its_readme_has_the_defaults(role: str) -> None:
    defaults, given = file_of(role, "defaults/main.yml"), options(role)
    found = list(defaults_in_readme(role))
    assert len(found) > 10
    for name, text in found:
        default = defaults.get(name)
        literal = re.fullmatch(r"`(.*)`|(\d+)", text)
        if literal or (default not in (None, "", [], {}) and "{{" not in str(default)):
            assert literal, f"{name} has a default that the README does not show: {default}"
            assert yaml.safe_load(literal[1] or literal[2]) == default, name
        assert (text == "required") == given.get(name, {}).get("required", False), name


@each_role
def test_vaulted_values_are_taken(role: str) -> None:
    assert "no_log" not in (ROOT / "roles" / role / "meta/argument_specs.yml").read_text(), "ansible-core 2.18 cannot have both"
