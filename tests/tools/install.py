# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Installs a file of tests/requirements into a virtual environment, and says so: `python3 tests/tools/install.py .venv units`.

Make calls it when a target first needs the file, with a Python that has nothing but its standard library. Two stages of
`make test` may want something at the same moment: one waits for the other, because two pips in one environment break it.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
NEEDED = "Python 3.11 or newer with its venv module is needed (Debian: apt-get install python3-venv)"


def packages(requirements: Path) -> list[str]:
    """The names of the packages in a file of requirements."""
    lines = (line.partition("#")[0].split() for line in requirements.read_text().splitlines())
    return [words[0] for words in lines if words]


def install(venv: Path, requirements: Path) -> None:
    """Install them into `venv`, which is made if it is not there; nothing to do if they are there since the file last changed.

    All other files are constraints, so that no version depends on what was installed first. Raises SystemExit when it fails.
    """
    stamp = venv / ".installed" / requirements.stem
    stamp.parent.mkdir(parents=True, exist_ok=True)
    with (stamp.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.stat().st_mtime >= requirements.stat().st_mtime:
            return
        print(f"Installing into {venv}, once: {', '.join(packages(requirements))} …", flush=True)
        start = time.monotonic()
        pip = venv / "bin/pip"
        if not pip.exists():
            _make(venv)
        constraints = [option for other in sorted(requirements.parent.glob("*.txt")) for option in ("--constraint", str(other))]
        command = [str(pip), "install", "--quiet", "--quiet", "--requirement", str(requirements), *constraints]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(f"{requirements} could not be installed")
        stamp.touch()
        print(f"Installed in {time.monotonic() - start:.0f} s", flush=True)


def _make(venv: Path) -> None:
    """Make the environment. Raises SystemExit when this Python cannot."""
    if sys.version_info < (3, 11) or subprocess.run([sys.executable, "-m", "venv", venv], check=False).returncode:
        raise SystemExit(NEEDED)


if __name__ == "__main__":
    install(Path(sys.argv[1]), REQUIREMENTS / f"{sys.argv[2]}.txt")
