# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the scenarios of the roles, with ansible-playbook forked off a process that has it loaded: `python -m tests.molecule [ROLE ...]`.

What molecule keeps of a scenario is in .cache/ansible/tmp, so that no other checkout has it in the same place.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.integration.interpreter import ROOT, playbooks


def main(roles: list[str]) -> int:
    """Test all scenarios of these roles, or of all; the exit status of the first one that fails."""
    roles = roles or sorted(path.parent.name for path in ROOT.glob("roles/*/molecule"))
    with playbooks() as (program, _python):
        path = os.pathsep.join([str(Path(program).parent), str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        variables = {**os.environ, "PATH": path, "ANSIBLE_HOME": str(ROOT / ".cache/ansible"), "ANSIBLE_PIPELINING": "True"}
        runs = (subprocess.run(["molecule", "test", "--all"], cwd=ROOT / "roles" / role, env=variables, check=False) for role in roles)
        return next((done.returncode for done in runs if done.returncode), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
