# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the targets of the Makefile need is installed once, and never by two pips at the same moment."""

from __future__ import annotations

import collections
import os
import threading
from pathlib import Path

import pytest

from tests.tools import install

# Stands in for pip: fails where another one is at work, and takes long enough to be met.
PIP = """\
#!/bin/sh
set -e
mkdir {place}/at-work
echo "$@" >> {place}/calls
sleep 0.3
rmdir {place}/at-work
exit {status}
"""


class Place:
    """An environment with a pip of our own, and two files of requirements."""

    def __init__(self, path: Path) -> None:
        self.path, self.venv = path, path / "venv"
        self.units, self.lint = path / "units.txt", path / "lint.txt"
        self.units.write_text("# Tests.\npytest >=8.0\nhypothesis >=6\n")
        self.lint.write_text("ruff >=0.9\n")
        (self.venv / "bin").mkdir(parents=True)
        self.pip()

    def pip(self, status: int = 0) -> None:
        """A pip that ends with that status."""
        program = self.venv / "bin/pip"
        program.write_text(PIP.format(place=self.path, status=status))
        program.chmod(0o755)

    def calls(self) -> list[str]:
        """What pip was told, a line each time."""
        calls = self.path / "calls"
        return calls.read_text().splitlines() if calls.exists() else []


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_it_says_what_it_installs_and_does_it_once(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    install.install(place.venv, place.units)
    install.install(place.venv, place.units)
    assert "pytest, hypothesis" in capsys.readouterr().out
    (call,) = place.calls()
    assert f"--requirement {place.units}" in call
    assert f"--constraint {place.lint}" in call


def test_a_file_that_changed_is_installed_again(place: Place) -> None:
    install.install(place.venv, place.units)
    later = place.units.stat().st_mtime + 3600
    os.utime(place.units, (later, later))
    install.install(place.venv, place.units)
    assert len(place.calls()) == 2


def test_two_pips_never_meet(place: Place) -> None:
    # `mkdir` of the second one would fail.
    failures: list[BaseException] = []

    def run(requirements: Path) -> None:
        try:
            install.install(place.venv, requirements)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(requirements,)) for requirements in (place.units, place.lint, place.units)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert len(place.calls()) == 2


def test_what_failed_is_tried_again(place: Place) -> None:
    place.pip(status=1)
    with pytest.raises(SystemExit, match=r"units.txt could not be installed"):
        install.install(place.venv, place.units)
    place.pip()
    install.install(place.venv, place.units)
    assert len(place.calls()) == 2


def test_each_package_stands_in_one_file() -> None:
    files = list(install.REQUIREMENTS.glob("*.txt"))
    counted = collections.Counter(package for file in files for package in install.packages(file))
    assert {package: count for package, count in counted.items() if count > 1} == {}
    assert {"ansible-core", "pytest", "matplotlib"} <= set(counted)
