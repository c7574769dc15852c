# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin in a real playbook; `make both-ways` has what it does there, and here is where it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.environment import Server
from tests.simulator.process import ROOT, Simulator

PLAY = """\
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - community.mailcow.mailcow_domain_info:
      environment: {PYTHONPATH: ""}
"""


def test_what_ansibles_python_lacks_the_module_may_have(tmp_path: Path) -> None:
    (tmp_path / "requests.py").write_text("raise ImportError('hidden from Ansible')\n")
    (tmp_path / "play.yml").write_text(PLAY)
    program = Path(sys.executable).with_name("ansible-playbook")
    with Simulator() as sim:
        done = subprocess.run(
            [program, "-vvv", "-i", "localhost,", "-e", f"ansible_python_interpreter={sys.executable}", tmp_path / "play.yml"],
            env={
                **os.environ,
                **Server(sim.url, sim.rw_key).variables,
                "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
                "PYTHONPATH": str(tmp_path),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert "as a module, because Ansible's own Python has no requests" in done.stdout
    assert '"domains": []' in done.stdout
    assert done.returncode == 0
