# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide that maps the fields of mailcow's web interface to options, from docs/docsite/web_interface.yml and the declarations."""

from __future__ import annotations

import re
import typing as t
from collections.abc import Iterator

import yaml

from plugins.module_utils._kinds._order import KINDS
from plugins.module_utils._tasks.every import TASKS
from plugins.module_utils._tasks.objects import item_spec
from tests.tools import rst
from tests.tools.checkout import ROOT

DECLARED = ROOT / "docs/docsite/web_interface.yml"
CONNECTION = {"url", "api_key", "validate_certs", "ca_path", "timeout"}


def declared() -> dict[str, t.Any]:
    """What is declared of the web interface."""
    return yaml.safe_load(DECLARED.read_text(encoding="utf-8"))


def options() -> dict[str, list[str]]:
    """The options of the modules that the guide is about, without those of the connection: of all kinds, and of others that have fields."""
    kinds = {f"mailcow_{kind.name}": list(item_spec(kind)) for kind in KINDS}
    others = [module for module in declared()["modules"] if module in TASKS and module not in kinds]
    return {**kinds, **{module: [option for option in TASKS[module].spec if option not in CONNECTION] for module in others}}


def missing(web: dict[str, t.Any]) -> Iterator[str]:
    """What is wrong with what is declared: options of which nothing is said, and things that are no options."""
    known = options()
    for module in sorted({*known, *web["modules"]}):
        there, told = set(known.get(module, [])), web["modules"].get(module, {})
        fields, without = set(told.get("fields", {})), set(told.get("no field", {}))
        yield from (
            f"{module}: {option} has neither a field nor a reason" for option in sorted(there - fields - without - set(web["everywhere"]))
        )
        yield from (f"{module}: {option} is no option" for option in sorted((fields | without) - there))
        yield from (f"{module}: {option} has a field, and has none" for option in sorted(fields & without))


def marked(text: str) -> str:
    """A text with `V()` as reStructuredText."""
    return re.sub(r"V\((.+?)\)", r"``\1``", text)


def option(module: str, name: str) -> str:
    """A reference to an option."""
    return f":ansopt:`community.mailcow.{module}#module:{name}`"


def lines() -> list[str]:
    """The generated part of the guide."""
    web, known = declared(), options()
    found = [
        "",
        "Options without a field",
        "-----------------------",
        "",
        "Many modules have these options, for which there is no field:",
        "",
    ]
    found += [f"- ``{name}``: {marked(text)}" for name, text in web["everywhere"].items()]
    for module, told in web["modules"].items():
        if module not in known:
            continue
        title = told["where"]
        found += ["", title, "-" * len(title), "", f"Module :ansplugin:`community.mailcow.{module}#module`"]
        found += rst.table(("field", "option"), [(field, option(module, name)) for name, field in told["fields"].items()])
        found += [f"- {option(module, name)}: {marked(text)}" for name, text in told.get("no field", {}).items()]
    return [*found, ""]
