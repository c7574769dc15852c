# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Takes a kind out of a copy of the checkout, adds it again by the steps of docs/developing.md and no others, and runs the tests there.

What a person writes are the files of that kind. A change of the checkout that makes a new kind need more than that fails here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.checkout import ROOT, checkout
from tests.tools.generate import FILES, NEEDS, PLAYBOOKS, VERSIONS

MODULES = ("mailcow_rspamd_setting", "mailcow_rspamd_setting_info")
# What a person writes of a kind.
WRITTEN = (
    "plugins/module_utils/_kinds/rspamd_setting.py",
    *(f"plugins/modules/{module}.py" for module in MODULES),
    *(f"tests/integration/targets/{module}/tasks/main.yml" for module in MODULES),
    "tests/unit/plugins/module_utils/_kinds/test_rspamd_setting.py",
)
# Its place among the other kinds: a line for the import, and one for the order.
ORDER = "plugins/module_utils/_kinds/_order.py"
# The fields of the web interface.
FIELDS = "docs/docsite/web_interface.yml"
SECTION = re.compile(r"^  mailcow_rspamd_setting:\n(?:   .*\n)+", re.MULTILINE)
PLACES = ("from .rspamd_setting import RSPAMD_SETTING\n", "    RSPAMD_SETTING,\n")
# What a change of any kind can break.
TESTS = (
    "test_completeness.py",
    "test_documentation.py",
    "test_citations.py",
    "plugins/module_utils/_kinds/test_every_kind.py",
    "plugins/module_utils/_kinds/test_rspamd_setting.py",
    "plugins/module_utils/_tasks/test_config_kinds.py",
    "plugins/module_utils/test_callers.py",
    "plugins/module_utils/test_rooms.py",
)


def command(place: Path, *words: str) -> list[str]:
    """Run a command in the copy, however long it takes; the lines of its output."""
    # Neither a server nor a repository that is set where the tests run is meant.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAILCOW_", "GIT_"))}
    done = subprocess.run(words, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


def touched(place: Path) -> set[str]:
    """The files that are new in the copy or no longer as they were."""
    return set(command(place, "git", "ls-files", "--modified", "--others", "--exclude-standard"))


def take_out(place: Path) -> None:
    """Leave the checkout as it would be without the kind."""
    for name in (*WRITTEN, *map(NEEDS.format, MODULES)):
        (place / name).unlink()
    order = (place / ORDER).read_text()
    for line in PLACES:
        assert order.count(line) == 1
        order = order.replace(line, "")
    (place / ORDER).write_text(order)
    fields, count = SECTION.subn("", (place / FIELDS).read_text())
    assert count == 1
    (place / FIELDS).write_text(fields)
    command(place, sys.executable, "-m", "tests.tools.generate")


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout without the kind, found by the name of the collection as `make venv` has it."""
    place = checkout(tmp_path_factory.mktemp("copy"))
    link = place / ".cache/collections/ansible_collections/community/mailcow"
    link.parent.mkdir(parents=True)
    link.symlink_to(place)
    take_out(place)
    command(place, "git", "init", "--quiet")
    command(place, "git", "add", "--all")
    return place


@pytest.fixture(scope="module")
def by_hand(without: Path) -> set[str]:
    """The files that a person wrote."""
    for name in (*WRITTEN, ORDER, FIELDS):
        (without / name).parent.mkdir(parents=True, exist_ok=True)
        (without / name).write_text((ROOT / name).read_text())
    return touched(without)


@pytest.fixture(scope="module")
def place(without: Path, by_hand: set[str]) -> Path:
    """The copy with the kind."""
    command(without, sys.executable, "-m", "tests.tools.generate")
    return without


def test_a_person_writes_few_files(by_hand: set[str]) -> None:
    # A line of the changelog is the ninth.
    assert len(by_hand) == 8


def test_the_rest_is_generated(place: Path, by_hand: set[str]) -> None:
    # Every server has it, and no playbook is about it.
    assert touched(place) - by_hand == {*FILES, *map(NEEDS.format, MODULES)} - {VERSIONS, PLAYBOOKS}


def test_it_is_well_written(place: Path, by_hand: set[str]) -> None:
    python = [name for name in by_hand if name.endswith(".py")]
    command(place, sys.executable, "-m", "ruff", "check", *python)
    command(place, sys.executable, "-m", "ruff", "format", "--check", *python)
    command(place, sys.executable, "-m", "yamllint", "--strict", *(by_hand - {*python}))


def test_its_tests_pass(place: Path) -> None:
    command(place, sys.executable, "-m", "pytest", "--quiet", *(f"tests/unit/{name}" for name in TESTS))


def test_its_playbooks_pass(place: Path) -> None:
    command(place, sys.executable, "-m", "tests.integration", *(f"--target={name}" for name in MODULES))
