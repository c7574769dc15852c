# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs ansible-test sanity on a copy of the checkout, without containers; arguments go to ansible-test.

Without arguments, the test that modules can be imported is repeated with the oldest Python of this machine.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from ansible_test._util.target.common.constants import REMOTE_ONLY_PYTHON_VERSIONS

from tests.tools import core
from tests.tools.checkout import ROOT, checkout

# ansible-test downloads a pip bootstrap script for its own virtual environments, and says where to put it by hand when it can not.
WANTED = re.compile(r"bootstrap script can be manually downloaded and saved to: (\S+)")
PIP = re.compile(r"(Looking in|Processing|Collecting|Installing|Successfully|Using cached|WARNING: Location| +━)|  [A-Z]\w+ing |  Found ")
BOOTSTRAP = '''\
"""Stands in for the pip bootstrap script where that can not be downloaded."""
import subprocess
import sys

arguments = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
subprocess.check_call([sys.executable, "-m", "ensurepip", "--upgrade"])
sys.exit(subprocess.call([sys.executable, "-m", "pip", "install"] + arguments))
'''


def sanity(collection: Path, version: str, *arguments: str) -> tuple[int, str]:
    """The exit status of ansible-test with that Python, and its output, which is shown as it comes, without pip's part of it."""
    command = ["ansible-test", "sanity", "--python", version, "--requirements", "--color", "no", *arguments]
    process = subprocess.Popen(command, cwd=collection, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = []
    for line in process.stdout:
        output.append(line)
        if not PIP.match(line):
            print(line, end="", flush=True)
    return process.wait(), "".join(output)


def main(arguments: list[str]) -> int:
    """Run it, a second time if it lacks the bootstrap script; the exit status."""
    collection = checkout(ROOT / ".cache/sanity")
    # Else ansible-test takes the surrounding repository, which ignores this.
    subprocess.run(["git", "init", "--quiet"], cwd=collection, check=True)
    version = "{}.{}".format(*sys.version_info)
    status, output = sanity(collection, version, *arguments)
    wanted = WANTED.search(output)
    if status and wanted:
        print(f"No download here: writing {wanted[1]} and starting again.", flush=True)
        Path(wanted[1]).write_text(BOOTSTRAP)
        status, output = sanity(collection, version, *arguments)
    if arguments:
        return status
    return with_oldest(collection) or status


def with_oldest(collection: Path) -> int:
    """Whether modules can be loaded by the oldest Python that they may meet on a host and this machine has; the exit status."""
    python = core.first(REMOTE_ONLY_PYTHON_VERSIONS)
    if not python:
        print(f"Left out: there is no Python {' or '.join(REMOTE_ONLY_PYTHON_VERSIONS)} on this machine.", flush=True)
        return 0
    # ansible-test takes the first one in PATH, which may be a shim of pyenv.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), str(python.parent), os.environ.get("PATH", os.defpath)])
    return sanity(collection, python.name.removeprefix("python"), "--test", "import")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
