# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every route of the server stands in docs/mailcow/api-table.md, and is asked for by the code, or has a reason why not.

What routes there are, the simulator knows, which answers 404 to all others.
"""

from __future__ import annotations

import ast
import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.simulator.routes import ROUTES
from tests.tools.generate import ROOT

TABLE = "docs/mailcow/api-table.md"
UTILS = ROOT / "plugins/module_utils"
WITHOUT = "\n## Without a module\n"
_NAMED = re.compile(r"\b(?:add|edit|delete|get|search)/[\w/{},-]+")
_GROUP = re.compile(r"\{([\w-]+(?:,[\w-]+)+)\}")


def served() -> set[str]:
    """All routes: verb and category, and what the server treats on its own below a category, but for lists of all."""
    found = {f"{verb}/{category}" for verb, categories in ROUTES.items() for category in categories}
    return found | {
        f"{verb}/{category}/{part}"
        for verb, categories in ROUTES.items()
        for category, parts in categories.items()
        for part in parts
        if part not in ("*", "all")
    }


def spelled_out(text: str) -> Iterator[str]:
    """The routes in a text, with one for each of several names in braces, as `served` names them."""
    for route in _NAMED.findall(text):
        pieces = _GROUP.split(route)
        for names in itertools.product(*(piece.split(",") if number % 2 else [piece] for number, piece in enumerate(pieces))):
            verb, category, *rest = ("".join(names).strip(",") + "/").split("/")
            own = rest and rest[0] != "all" and rest[0] in ROUTES[verb].get(category, ())
            yield f"{verb}/{category}/{rest[0]}" if own else f"{verb}/{category}"


def with_categories(routes: Iterable[str]) -> set[str]:
    """Routes, and what those are part of that the server treats on their own."""
    return {part for route in routes for part in (route, "/".join(route.split("/")[:2]))}


@cache
def page() -> tuple[set[str], set[str]]:
    """The routes of the page with a module, and those without one."""
    text = (ROOT / TABLE).read_text().partition("\n## In mailcow's OpenAPI document\n")[2]
    with_module, _heading, without = text.partition(WITHOUT)
    return with_categories(spelled_out(with_module)), set(spelled_out(without))


@cache
def texts() -> set[str]:
    """All texts in the code but for docstrings."""
    found = set()
    for path in UTILS.rglob("*.py"):
        tree = ast.parse(path.read_text())
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        documentation = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)}
        strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        found |= {node.value for node in strings if id(node) not in documentation}
    return found


def written(kind: Kind) -> Iterator[str]:
    """The routes by which a kind is written."""
    adds = [kind.write.route] if kind.write.adds is None else [add.route for add in kind.write.adds]
    yield from (f"add/{route}" for route in adds)
    if kind.write.edits:
        yield f"edit/{kind.write.route}"
    if kind.write.deletes:
        yield f"delete/{kind.write.route}"
    if kind.write.trial:
        yield f"edit/{kind.write.trial.route}"
    for field in kind.fields:
        # Some fields have routes of their own, for whatever they do there.
        names = {value for part in (field, getattr(field, "older", None)) for value in leaves(part)}
        yield from (f"{verb}/{name}" for verb in ("add", "edit", "delete") for name in names)


def leaves(value: object) -> Iterator[str]:
    """The texts in a declaration."""
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from leaves(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from leaves(inner)


@cache
def asked_for() -> set[str]:
    """The routes that the code asks for, as `served` names them. What is no whole route in the code is a GET."""
    found = {route for text in texts() for route in spelled_out(text)}
    found |= {route for kind in KINDS for text in written(kind) for route in spelled_out(text)}
    found |= {route for text in texts() for route in spelled_out(f"get/{text}")}
    # A GET may be put together of its parts.
    return with_categories(found | {route for route in served() if route.startswith("get/") and texts() >= set(route.split("/")[1:])})


def test_every_route_of_the_server_is_on_the_page() -> None:
    with_module, without = page()
    assert with_module & without == set()
    assert with_module | without == served()


def test_every_route_with_a_module_is_asked_for() -> None:
    with_module, _without = page()
    assert with_module - asked_for() == set()


def test_no_route_without_a_module_is_written() -> None:
    _with_module, without = page()
    assert {route for route in without & asked_for() if not route.startswith("get/")} == set()


def test_the_page_and_the_code_are_read() -> None:
    with_module, without = page()
    assert {"get/logs/cron", "delete/domain/tag", "edit/fail2ban/banlist", "add/sso/domain-admin"} <= with_module & asked_for()
    assert {"edit/self", "search/mailbox", "get/status/container"} <= without
    assert "add/resource" in asked_for()
    assert not {"add/no-such-route", "delete/passwordpolicy", "delete/fail2ban"} & asked_for()
