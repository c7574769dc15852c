# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports the artifact as Galaxy does, with galaxy-importer: `python -m tests.tools.importer .cache/galaxy dist/*.tar.gz`.

The importer also ends well when its ansible-lint crashes or finds something: whatever it says that is not progress is a failure here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT = 500_000
PROGRESS = re.compile(
    r"Importing with galaxy-importer |Getting doc strings |Finding content |Loading \w|Linting |\.\.\.ansible-lint run complete|"
    r"Collection loading complete|Importer processing completed successfully"
)


def said(venv: Path, artifact: Path) -> list[str]:
    """The lines that the importer, which is installed in `venv`, prints for the artifact. Raises SystemExit when it fails."""
    programs = venv.absolute() / "bin"
    variables = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    variables.pop("ANSIBLE_CONFIG", None)  # else the collection of the checkout is found
    with tempfile.TemporaryDirectory() as place:  # where it leaves its result
        command = [programs / "python", "-m", "galaxy_importer.main", artifact.absolute()]
        done = subprocess.run(command, cwd=place, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout)
    return done.stdout.splitlines()


def main(venv: Path, artifact: Path) -> int:
    """Import it; the exit status."""
    lines = said(venv, artifact)
    complaints = [line for line in lines if line.strip() and not PROGRESS.match(line)]
    complaints += [] if "Importer processing completed successfully" in lines else ["The import was not completed."]
    size = artifact.stat().st_size
    complaints += [f"The artifact has {size:,} bytes, more than {LIMIT:,}; see build_ignore in galaxy.yml."] if size > LIMIT else []
    print("\n".join(complaints or [f"Galaxy takes {artifact.name}: {size:,} bytes"]))
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
