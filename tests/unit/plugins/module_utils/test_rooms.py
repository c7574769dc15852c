# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which room may know what (docs/developing.md): arrows run one way, and the engine knows no kind."""

from __future__ import annotations

import ast
import dataclasses
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.simulator.process import ROOT

UTILS = ROOT / "plugins/module_utils"
# What each room may import from; "" is the folder itself, where the module's caller lies.
ARROWS = {
    "_api": set(),
    "_fields": {"_api"},
    "_engine": {"_api", "_fields"},
    "_kinds": {"_api", "_fields", "_engine"},
    "_dns": {"_api"},
    "_tasks": {"_api", "_fields", "_engine", "_kinds", "_dns"},
    "": {"_tasks"},
}
FILES = sorted(path for path in UTILS.rglob("*.py") if path.name != "__init__.py")
ENGINE = sorted((UTILS / "_engine").glob("[!_]*.py"))


def room(path: Path) -> str:
    """The room that a file lies in."""
    return "" if path.parent == UTILS else path.parent.name


def imported(source: str, own: str) -> set[str]:
    """The rooms that a file of the room `own` imports from, others than its own; types count as well."""
    rooms = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            first = (node.module or "").partition(".")[0]
            # From the folder itself a room is below, from inside of a room it is beside.
            rooms |= {first} if node.level == 2 or not own else set()
    return rooms - {own}


def words(source: str) -> Iterator[str]:
    """The names and texts of a source, without comments and docstrings."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {node.body[0].lineno for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node, clean=False)}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME:
            yield token.string
        elif token.type == tokenize.STRING and token.start[0] not in docstrings:
            yield from ast.literal_eval(token.string).replace("/", " ").split()


def routes(declaration: object) -> Iterator[str]:
    """The routes in a way of reading or writing: all texts in it."""
    for value in dataclasses.asdict(declaration).values():
        for text in [value] if isinstance(value, str) else value if isinstance(value, (tuple, list)) else ():
            if isinstance(text, str):
                yield text


KNOWN = {word for kind in KINDS for word in (kind.name, kind.plural)}
# Of a route what it is about: "all" and "reduced" are no names.
KNOWN |= {route.partition("/")[0] for kind in KINDS for route in (*routes(kind.read), *routes(kind.write))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{room(path)}/{path.name}")
def test_arrows_run_one_way(path: Path) -> None:
    assert imported(path.read_text(), room(path)) <= ARROWS[room(path)]


@pytest.mark.parametrize("path", sorted(path for path in (UTILS / "_kinds").glob("[!_]*.py")), ids=lambda path: path.stem)
def test_a_kind_does_not_know_the_others(path: Path) -> None:
    beside = [node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom) and node.level == 1]
    assert all(name.startswith("_") and name != "_order" for name in beside)


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_knows_no_kind(path: Path) -> None:
    assert set(words(path.read_text())) & KNOWN == set()


def test_the_names_to_look_for_are_found() -> None:
    assert {"mailbox", "mailboxes", "app-passwd", "policy_wl_domain", "fwdhost", "syncjobs"} <= KNOWN


def test_a_name_would_be_found() -> None:
    source = '"""A mailbox."""\n# An alias.\ndef f(resource):\n    """A domain."""\n    return ask("dkim/all", \'relayhost\')\n'
    assert set(words(source)) & KNOWN == {"resource", "dkim", "relayhost"}
    assert imported("from .._kinds.alias import ALIAS\nfrom .plan import Plan\n", "_engine") == {"_kinds"}
    assert imported("from ._tasks.task import Task\n", "") == {"_tasks"}
