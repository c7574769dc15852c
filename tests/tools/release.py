# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in the way of a release of the version in galaxy.yml: `python -m tests.tools.release`. With the built artifact: what to push.

It pushes and publishes nothing itself.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PUSH = """\
{artifact} is built and checked. What is left for you, once CI is green for this commit:

  git tag -a {version} -m 'community.mailcow {version}'
  git push origin main {version}
  ansible-galaxy collection publish {artifact} --token "$GALAXY_TOKEN"

Then set `version` in galaxy.yml to the next one that is expected, and commit."""


def _git(root: Path, *arguments: str) -> str:
    """What git prints in the checkout."""
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def version(root: Path = ROOT) -> str:
    """The version in galaxy.yml."""
    return str(yaml.safe_load((root / "galaxy.yml").read_text())["version"])


def problems(root: Path = ROOT) -> list[str]:
    """Why this checkout cannot be released, a line for each reason."""
    wanted = version(root)
    releases = yaml.safe_load((root / "changelogs/changelog.yaml").read_text())["releases"]
    noted = releases.get(wanted, {})
    found = [f"Not committed: {line}" for line in _git(root, "status", "--porcelain").splitlines()]
    if _git(root, "tag", "--list", wanted):
        found.append(f"There is a tag {wanted} already: raise the version in galaxy.yml")
    if not noted:
        found.append(f"changelogs/changelog.yaml has no {wanted}: run `make changelog`")
    if "release_summary" not in noted.get("changes", {}):
        found.append(f"{wanted} has no release_summary: write changelogs/fragments/{wanted}.yml")
    return found


def main(arguments: list[str]) -> int:
    """Say it; the exit status."""
    found = problems()
    if found:
        print(f"{version()} cannot be released:", *found, sep="\n  ")
    elif arguments:
        print(PUSH.format(artifact=arguments[0], version=version()))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
