# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds the collection to its own promises: no route without a module, no module without documentation and tests, and small files."""

from __future__ import annotations

import ast
import io
import re
import statistics
import tokenize
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.tools.checkout import names
from tests.tools.generate import LISTS, ROOT, lists, modules, stale

MODULES = modules()
FILES = [Path(name) for name in names()]
KINDS = sorted((ROOT / "plugins/module_utils/_kinds").glob("[!_]*.py"))
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
TABLE = "docs/mailcow/api-table.md"


def path_of(module: str) -> Path:
    return ROOT / "plugins/modules" / f"{module}.py"


@cache
def documented(module: str) -> dict[str, str]:
    """The documentation strings of a module by name."""
    return {
        node.targets[0].id: node.value.value
        for node in ast.parse(path_of(module).read_text()).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in DOCUMENTATION and isinstance(node.value, ast.Constant)
    }


def code_lines(path: Path) -> int:
    """How many lines hold code: no comments, no docstrings, no documentation."""
    source = path.read_text()
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        documentation = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in DOCUMENTATION
        if docstring or documentation:
            lines.difference_update(range(node.lineno, node.end_lineno + 1))
    return len(lines)


def promises() -> str:
    """The tables of routes that have a module: those of mailcow's OpenAPI document, and all others."""
    return (ROOT / TABLE).read_text().partition("\n## In mailcow's OpenAPI document\n")[2].partition("\n## Without a module\n")[0]


def promised() -> set[str]:
    """What these tables name: "module" or "module option"."""
    found = set()
    for line in promises().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 5 or "mailcow_" not in cells[2]:
            continue
        first = re.match(r"mailcow_\w+", cells[2])[0]
        found.update(re.findall(r"mailcow_\w+", cells[2]))
        if "…_info" in cells[2]:
            found.add(f"{first}_info")
        found.update(f"{first} {option}" for option in re.findall(r"`(\w+)[^`]*`", cells[2]))
    return found


def exists(promise: str) -> bool:
    module, _space, option = promise.partition(" ")
    if not option:
        return module in MODULES
    return module in MODULES and option in yaml.safe_load(documented(module)["DOCUMENTATION"]).get("options", {})


def test_the_tables_are_read() -> None:
    assert {"mailcow_domain", "mailcow_relayhost_info", "mailcow_mailbox spam_score", "mailcow_log_info count"} <= promised()
    assert {"mailcow_cors", "mailcow_admin_info", "mailcow_queue_info content"} <= promised()


def test_every_endpoint_has_a_module() -> None:
    assert {promise for promise in promised() if not exists(promise)} == set(), f"promised by {TABLE}"


def test_the_lists_of_modules_and_kinds_are_as_they_are_generated() -> None:
    assert lists() == set(LISTS), "a list has lost its markers"
    assert sorted(stale()) == [], "run `make generate`"


@pytest.mark.parametrize("module", MODULES)
def test_module_is_documented(module: str) -> None:
    assert set(documented(module)) == DOCUMENTATION


def test_what_is_new_says_since_when() -> None:
    known = {str(yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"])}
    known |= set(yaml.safe_load((ROOT / "changelogs/changelog.yaml").read_text())["releases"])
    said = [
        (name, version)
        for name in names()
        if name.startswith(("plugins/", "roles/")) and name.endswith((".py", ".yml"))
        for version in re.findall(r"version_added: (\S+)", (ROOT / name).read_text())
    ]
    assert len(said) > 50
    assert [(name, version) for name, version in said if version not in known] == [], "neither a release nor the coming one in galaxy.yml"


@pytest.mark.parametrize("module", MODULES)
def test_module_has_an_integration_target(module: str) -> None:
    assert (ROOT / "tests/integration/targets" / module / "tasks/main.yml").is_file()


@pytest.mark.parametrize("module", MODULES)
def test_module_is_thin(module: str) -> None:
    assert code_lines(path_of(module)) <= 15


def test_the_median_module_is_thinner() -> None:
    assert statistics.median([code_lines(path_of(module)) for module in MODULES]) <= 7


@pytest.mark.parametrize("kind", KINDS, ids=lambda path: path.stem)
def test_a_kind_is_one_small_file(kind: Path) -> None:
    assert code_lines(kind) < 200


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".py" and path.parent.name != "modules"], ids=str)
def test_no_file_outgrows_its_reason(path: Path) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= 500
