# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Builds the documentation site: guides from docs/docsite/rst, all else by antsibull-docs from the documentation of modules and roles.

Warnings are errors. Only what refers to Ansible's own documentation is taken on trust where its inventory cannot be fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.request
from http.client import HTTPException
from pathlib import Path

from tests.tools.checkout import ROOT

DOCSITE = ROOT / "docs/docsite"
INVENTORY = "https://docs.ansible.com/projects/ansible/latest/objects.inv"
SECONDS = 20  # for the inventory


def fetched(place: Path) -> str:
    """The path of the inventory of Ansible's documentation, fetched into `place`; empty, and said, where it cannot be."""
    try:
        with urllib.request.urlopen(INVENTORY, timeout=SECONDS) as answer:
            place.write_bytes(answer.read())
    except (OSError, HTTPException) as problem:
        print(f"{INVENTORY} cannot be reached ({problem}): references to Ansible's documentation are not looked at")
        return ""
    return str(place)


def build(place: Path) -> Path:
    """Build the site anew below `place`; its first page. Raises subprocess.CalledProcessError, with all said, when it does not build."""
    shutil.rmtree(place, ignore_errors=True)
    pages = place / "rst"
    pages.mkdir(parents=True, mode=0o755)
    tools = Path(sys.executable).parent
    environment = {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".cache/collections"),
        "SITE_INVENTORY": fetched(place / "ansible.inv"),
    }
    command = [tools / "antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error", "--cleanup", "everything"]
    subprocess.run([*command, "--dest-dir", pages, "community.mailcow"], check=True, env=environment)
    (pages / "images").mkdir()
    for picture in (DOCSITE / "images").glob("*"):
        shutil.copy2(picture, pages / "images")
    command = [
        tools / "sphinx-build",
        "--builder",
        "html",
        "--fail-on-warning",
        "--quiet",
        "--jobs",
        "auto",
        "--conf-dir",
        DOCSITE,
        "--doctree-dir",
        place / "doctrees",
    ]
    subprocess.run([*command, pages, place / "html"], check=True, env=environment)
    return place / "html/index.html"


def main() -> int:
    """Build it into .cache/site; the exit status."""
    try:
        print(f"The site is {build(ROOT / '.cache/site').relative_to(ROOT)}")
    except subprocess.CalledProcessError as problem:
        print(f"The site does not build: {Path(problem.cmd[0]).name} failed")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
