# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A release is refused while something stands in its way, and an artifact that Galaxy does not like is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tools import importer, release

LINES = [
    "Importing with galaxy-importer 0.4.44",
    "Loading module mailcow_domain",
    "Linting module mailcow_domain via ansible-lint...",
    "...ansible-lint run complete",
    "Importer processing completed successfully",
]


def _git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=me", "-c", "user.email=me@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout that can be released."""
    (tmp_path / "galaxy.yml").write_text("version: 1.2.3\n")
    (tmp_path / "changelogs").mkdir()
    (tmp_path / "changelogs/changelog.yaml").write_text("releases: {1.2.3: {changes: {release_summary: All is well.}}}\n")
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "--message", "All")
    return tmp_path


def test_nothing_stands_in_the_way(root: Path) -> None:
    assert release.problems(root) == []


def test_a_file_that_is_not_committed(root: Path) -> None:
    (root / "new").touch()
    assert release.problems(root) == ["Not committed: ?? new"]


def test_a_tag_that_is_there_already(root: Path) -> None:
    _git(root, "tag", "1.2.3")
    assert release.problems(root) == ["There is a tag 1.2.3 already: raise the version in galaxy.yml"]


def test_a_changelog_that_knows_nothing_of_it(root: Path) -> None:
    (root / "galaxy.yml").write_text("version: 1.3.0\n")
    _git(root, "commit", "--quiet", "--all", "--message", "Next")
    assert [line.partition(":")[0] for line in release.problems(root)] == [
        "changelogs/changelog.yaml has no 1.3.0",
        "1.3.0 has no release_summary",
    ]


@pytest.mark.parametrize(
    ("lines", "size", "told"),
    [
        (LINES, 10, "Galaxy takes artifact.tar.gz: 10 bytes"),
        ([*LINES[:3], "Traceback (most recent call last):", *LINES[3:]], 10, "Traceback"),
        ([*LINES[:3], "WARNING: No changelog found", *LINES[3:]], 10, "WARNING: No changelog found"),
        (LINES[:-1], 10, "The import was not completed."),
        (LINES, importer.LIMIT + 1, "more than 500,000"),
    ],
)
def test_what_galaxy_says(
    lines: list[str], size: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    artifact = tmp_path / "artifact.tar.gz"
    artifact.write_bytes(bytes(size))
    monkeypatch.setattr(importer, "said", lambda *_arguments: lines)
    good = told.startswith("Galaxy takes")
    assert importer.main(tmp_path, artifact) == (0 if good else 1)
    assert told in capsys.readouterr().out
