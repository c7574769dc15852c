# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the lists of modules and of kinds wherever they stand, so that nobody keeps them by hand, and what integration targets need.

Such a list stands between two comments, `generated: <name>` and `end: <name>`. The rows of tables are written by people:
of these only those that are missing are added, and those that are too many go.
"""

from __future__ import annotations

import importlib
import json
import re
import textwrap
from collections.abc import Callable, Collection, Sequence

import yaml

from plugins.module_utils._engine.kind import Kind
from plugins.module_utils._kinds._order import KINDS
from plugins.module_utils._tasks.lacking import FURTHER
from tests.tools import playbooks, rst, web_interface
from tests.tools.checkout import ROOT

VERSIONS = "docs/docsite/rst/guide_versions.rst"
PLAYBOOKS = "docs/docsite/rst/guide_playbooks.rst"
WEB_INTERFACE = "docs/docsite/rst/guide_web_interface.rst"
FILES = (
    "README.md",
    VERSIONS,
    PLAYBOOKS,
    WEB_INTERFACE,
    "meta/runtime.yml",
    "plugins/modules/mailcow_config.py",
    "plugins/modules/mailcow_config_info.py",
)
BLOCK = re.compile(
    r"^(?P<head>(?P<indent> *)(?P<mark>#|<!--|\.\.) generated: (?P<name>[a-z ]+?)(?: -->)?\n)"
    r"(?P<body>.*?)(?P<end>^ *(?P=mark) end: (?P=name)\b)",
    re.MULTILINE | re.DOTALL,
)
# What the integration target of a module depends on: the same for each.
NEEDS = "tests/integration/targets/{}/meta/main.yml"
# The action plugin of a module: the same for each.
ACTION = "plugins/action/{}.py"
ACTION_TEXT = """\
# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from ..plugin_utils._action import ActionModule

__all__ = ["ActionModule"]
"""
# Those for many objects stand beside those of the kinds.
BULK = ("mailcow_config", "mailcow_config_info")


class Indented(yaml.SafeDumper):
    """YAML with the items of lists further in, as it is written everywhere else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def modules() -> list[str]:
    """The names of all modules of the collection, without the collection's own."""
    return sorted(path.stem for path in (ROOT / "plugins/modules").glob("mailcow_*.py"))


def documentation(module: str, part: str) -> dict:
    """DOCUMENTATION or RETURN of a module, parsed."""
    return yaml.safe_load(getattr(importlib.import_module(f"plugins.modules.{module}"), part))


def single(kind: Kind) -> str:
    """The module of one object of a kind."""
    return f"mailcow_{kind.name}"


def others() -> list[str]:
    """The modules that are about no kind."""
    return [name for name in modules() if name not in BULK and name.removesuffix("_info") not in map(single, KINDS)]


def options_of(kind: Kind) -> str:
    """What a kind takes in mailcow_config, as lines of its documentation."""
    alone = "\n  There is one on each server, so it can also be a dictionary." if kind.read.only_one else ""
    return f"- C({kind.plural}) takes the options of M(community.mailcow.{single(kind)}).{alone}"


def sample(contains: dict) -> dict:
    """A result made of the samples of all values that are always there."""
    always = {name: entry for name, entry in contains.items() if entry["returned"] == "success" and name != "status"}
    return {name: entry["sample"] if "sample" in entry else sample(entry["contains"]) for name, entry in always.items()}


def exported(kind: Kind) -> list[str]:
    """What mailcow_config_info returns of a kind, as lines of its documentation; its sample is that of the info module."""
    shown = sample(documentation(f"{single(kind)}_info", "RETURN")[kind.plural]["contains"])
    types = {"type": "dict"} if kind.read.only_one else {"type": "list", "elements": "dict"}
    entry = {
        "description": f"With the options of M(community.mailcow.{single(kind)}).",
        "returned": "when requested",
        **types,
        "sample": shown if kind.read.only_one else [shown],
    }
    return yaml.dump({kind.plural: entry}, Dumper=Indented, sort_keys=False, allow_unicode=True, width=120).splitlines()


def table(present: Sequence[str], names: Collection[str]) -> list[str]:
    """The lines of a Markdown table, whose rows name modules in their first cells, with a row for each of these names."""
    head, rows = list(present[:2]), present[2:]
    kept = [row for row in rows if set(named_in(row)) <= set(names)]
    there = {name for row in kept for name in named_in(row)}
    further = "| " * (head[0].count("|") - 3)
    missing = [name for name in names if name not in there]
    return head + kept + [f"| `{name}` | {documentation(name, 'DOCUMENTATION')['short_description']} {further}|" for name in missing]


def named_in(row: str) -> list[str]:
    """The modules in the first cell of a row."""
    return re.findall(r"mailcow_\w+", row.split("|")[1])


def newer(kind: Kind) -> list[list[str]]:
    """The rows of a table about what older servers do not have of a kind."""
    rows = []
    for option, value, release in kind.releases():
        held = None if option is None or value is not None or option == "rename_to" else kind.by_option[option].before
        told = "" if held is None else ", ".join(f"``{json.dumps(shown)}``" for shown in kind.by_option[option].show(held).values())
        rows.append([f"``{single(kind)}``", part(option, value), release, told])
    return rows


def further_newer() -> list[list[str]]:
    """The same rows of what is not about a kind."""
    return [[f"``{module}``", part(one.option, one.value), one.release, ""] for module, ones in FURTHER.items() for one in ones]


def part(option: str | None, value: str | None) -> str:
    """What of a module is newer: all of it, an option, or a value of it; as reStructuredText."""
    if option is None:
        return "all options"
    return f"``{option}``" if value is None else f"``{option}``: {value}".replace("*", "\\*")


def newer_options() -> list[str]:
    """The table of what older servers do not have."""
    rows = [row for kind in KINDS for row in newer(kind)] + further_newer()
    return rst.table(("module", "option", "needs mailcow", "value before"), rows)


# The lines of each list, out of those that are there.
LISTS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "modules": lambda present: [f"- {name}" for name in modules()],
    "kinds": lambda present: [f"- {kind.plural}" for kind in KINDS],
    "removable kinds": lambda present: [f"- {kind.plural}" for kind in KINDS if kind.removable],
    "options of kinds": lambda present: [options_of(kind) for kind in KINDS],
    "exported kinds": lambda present: [line for kind in KINDS for line in exported(kind)],
    "modules of kinds": lambda present: table(present, [BULK[0], *map(single, KINDS)]),
    "newer options": lambda present: newer_options(),
    "playbooks": lambda present: playbooks.lines(),
    "fields of the web interface": lambda present: web_interface.lines(),
    "further modules": lambda present: table(present, others()),
}


def render(text: str) -> str:
    """A text with all of its lists as they have to be."""

    def block(match: re.Match[str]) -> str:
        lines = LISTS[match["name"]](match["body"].splitlines())
        return match["head"] + textwrap.indent("\n".join(lines), match["indent"]) + "\n" + match["end"]

    return BLOCK.sub(block, text)


def lists() -> set[str]:
    """The names of the lists that stand somewhere."""
    return {match["name"] for name in FILES for match in BLOCK.finditer((ROOT / name).read_text())}


def needs() -> dict[str, str]:
    """The files that are the same for each module, where they are missing, with their text."""
    texts = {NEEDS: (ROOT / NEEDS.format(BULK[0])).read_text(), ACTION: ACTION_TEXT}
    files = {name.format(module): text for name, text in texts.items() for module in modules()}
    return {name: text for name, text in files.items() if not (ROOT / name).exists()}


def stale() -> dict[str, str]:
    """The files that are missing or not as they have to be, with the text that they have to have."""
    texts = {name: (ROOT / name).read_text() for name in FILES}
    return {name: rendered for name, text in texts.items() if (rendered := render(text)) != text} | needs()


if __name__ == "__main__":
    for name, text in stale().items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text)
        print(name)
