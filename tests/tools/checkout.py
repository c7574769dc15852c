# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies what git would commit (tracked, or new and not ignored) to a path that ends in ansible_collections/community/mailcow."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def names() -> list[str]:
    """The paths below ROOT that git would commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    # A file may be deleted and that not yet committed.
    return [name for name in listing.split("\0") if name and (ROOT / name).exists()]


def checkout(parent: Path) -> Path:
    """Make the copy anew below `parent`; its path."""
    target = parent / "ansible_collections/community/mailcow"
    shutil.rmtree(target, ignore_errors=True)
    for name in names():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy)
    return target


if __name__ == "__main__":
    print(checkout(Path(sys.argv[1])))
