# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Installs the built collection into an empty place without network, and uses it there: documentation, and a task in check mode."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.simulator.process import Simulator

MODULE = "community.mailcow.mailcow_domain"
TASK = ("ansible", "localhost", "-i", "localhost,", "-c", "local", "-e", f"ansible_python_interpreter={sys.executable}", "--check", "-m")


def main(artifact: str) -> None:
    """`artifact`: the path of the built collection. Raises CalledProcessError when something does not work."""
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": place, "ANSIBLE_HOME": f"{place}/home"}
        environment.pop("ANSIBLE_CONFIG", None)  # else the collection of the checkout is found

        def run(*command: str, **variables: str) -> None:
            subprocess.run(command, check=True, cwd=place, env={**environment, **variables})

        run("ansible-galaxy", "collection", "install", str(Path(artifact).resolve()), "--offline", "-p", place)
        run("ansible-doc", "-t", "module", "-s", MODULE, ANSIBLE_PAGER="cat")
        with Simulator() as simulator:
            run(*TASK, MODULE, "-a", "domain=example.com", MAILCOW_URL=simulator.url, MAILCOW_API_KEY=simulator.rw_key)


if __name__ == "__main__":
    main(sys.argv[1])
