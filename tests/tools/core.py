# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The releases of ansible-core that the collection is tested with, each in a virtual environment of its own in .cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.tools.checkout import ROOT
from tests.tools.install import REQUIREMENTS

# The Pythons that each of them runs with; ansible-test takes no others.
CORES = {
    "2.18": ("3.11", "3.12", "3.13"),
    "2.19": ("3.11", "3.12", "3.13"),
    "2.20": ("3.12", "3.13", "3.14"),
    "2.21": ("3.12", "3.13", "3.14"),
    "2.22": ("3.13", "3.14", "3.15"),
}
# The one that is not out yet: its newest pre-release is taken, and that it does not pass is no failure of the collection.
NEXT = "2.22"
# What the tests need beside it.
NEEDED = ("simulator", "dns", "units")


def interpreter(version: str) -> Path:
    """A Python of this machine for that ansible-core. Raises LookupError, with the reason, when there is none."""
    if python := first(CORES[version]):
        return python
    *others, last = CORES[version]
    raise LookupError(f"no Python {', '.join(others)} or {last} with its venv module on this machine")


def first(versions: Iterable[str]) -> Path | None:
    """The first of these Pythons that is on this machine, with its venv module."""
    for python in (path for version in versions for path in _called(f"python{version}")):
        # A shim of pyenv is there without what it stands for, and Debian has Pythons without venv.
        tried = subprocess.run([python, "-c", "import ensurepip, venv"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if tried.returncode == 0:
            return python
    return None


def _called(name: str) -> Iterator[Path]:
    """The programs of that name: the one in PATH, and those of pyenv, which need not be in it."""
    if found := shutil.which(name):
        yield Path(found)
    yield from Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/*/bin/{name}")


def requirements(version: str) -> list[str]:
    """What pip has to install for that ansible-core."""
    lines = (line.partition("#")[0] for name in NEEDED for line in (REQUIREMENTS / f"{name}.txt").read_text().splitlines())
    others = ["".join(line.split()) for line in lines if line.strip() and not line.startswith("ansible-core")]
    # pip takes a pre-release only where one is named.
    return [f"ansible-core>={version}.0.dev0,<{version}.999" if version == NEXT else f"ansible-core=={version}.*", *others]


def installed(version: str) -> Path:
    """The Python of the environment with that ansible-core, made when it is not there as it has to be.

    Raises LookupError when no Python of this machine can run it, CalledProcessError when it cannot be installed.
    """
    place = ROOT / f".cache/core-{version}"
    stamp, wanted = place / ".installed", requirements(version)
    if not stamp.exists() or stamp.read_text() != "\n".join(wanted):
        python = interpreter(version)
        print(f"Installing ansible-core {version} for {python} into {place}, once …", flush=True)
        subprocess.run([python, "-m", "venv", "--clear", place], check=True)
        subprocess.run([place / "bin/pip", "install", "--quiet", "--quiet", *wanted], check=True)
        stamp.write_text("\n".join(wanted))
    return place / "bin/python"
