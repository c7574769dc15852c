# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation says of each option which release of mailcow it needs, as the declaration does, and of no other one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.module_utils._api.releases import OLDEST
from plugins.module_utils._engine.kind import Kind
from plugins.module_utils._kinds._order import KINDS
from plugins.module_utils._tasks.lacking import FURTHER
from tests.simulator import releases
from tests.tools.checkout import ROOT
from tests.tools.generate import documentation, single

RELEASE = re.compile(r"\b20\d\d-\d\d[a-z]?\b")
RECORDINGS = ROOT / "tests/recordings"


def declared(kind: Kind) -> dict[str, set[str]]:
    """The releases that options need, or are shown since."""
    found: dict[str, set[str]] = {}
    for option, _value, release in kind.releases():
        found.setdefault(option or "", set()).add(release)
    for field in kind.fields:
        if field.shown_since:
            found.setdefault(field.option, set()).add(field.shown_since)
    return found


def told(options: dict) -> dict[str, set[str]]:
    """The releases that the documentation of options names, where they are described."""
    found = {}
    for name, option in options.items():
        texts = [option["description"], *(sub["description"] for sub in option.get("suboptions", {}).values())]
        named = set(RELEASE.findall(str(texts)))
        # When it is written, is said for others.
        if named and not name.startswith("update_"):
            found[name] = named
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_options_say_what_they_need(kind: Kind) -> None:
    declaration = declared(kind)
    whole = declaration.pop("", set())
    document = documentation(single(kind), "DOCUMENTATION")
    assert told(document["options"]) == declaration
    assert whole <= set(RELEASE.findall(str(document["description"])))


@pytest.mark.parametrize("module", FURTHER)
def test_what_is_not_about_a_kind_says_what_it_needs(module: str) -> None:
    document = documentation(module, "DOCUMENTATION")
    declaration: dict[str, set[str]] = {}
    for one in FURTHER[module]:
        declaration.setdefault((one.option or "").partition(".")[0], set()).add(one.release)
    whole = declaration.pop("", set())
    # The values of an option may be described one by one.
    assert {name: set(RELEASE.findall(str(document["options"][name]))) for name in declaration} == declaration
    assert whole <= set(RELEASE.findall(str(document["description"])))


def test_the_page_names_what_is_recorded() -> None:
    page = (ROOT / "docs/docsite/rst/guide_versions.rst").read_text()
    recorded = {path.name for path in RECORDINGS.iterdir() if path.is_dir()}
    assert recorded
    assert {version for version in recorded | {releases.NEWEST} if version not in page} == set()


def test_the_range_is_the_same_everywhere() -> None:
    assert OLDEST == releases.OLDEST
    for name in ("README.md", "docs/docsite/rst/guide_versions.rst"):
        assert f"since {OLDEST}" in Path(ROOT, name).read_text()
