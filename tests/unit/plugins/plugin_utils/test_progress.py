# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the person at the terminal sees of a long task, and what becomes of it at Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils import _progress
from ansible_collections.community.mailcow.plugins.plugin_utils._progress import Progress
from tests.environment import Server
from tests.simulator.process import PATIENCE, ROOT, Simulator

DOMAIN = {"domain": "a.example", "mailboxes": 900, "defquota": 1, "maxquota": 10, "quota": 9000, "dkim_key_size": 0}


class Screen:
    """In place of Ansible's display."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def display(self, text: str, **how: object) -> None:
        assert how["screen_only"]
        self.lines.append(text)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    screen = Screen()
    monkeypatch.setattr(_progress, "_DISPLAY", screen)
    return screen


def test_it_is_shown_every_few_seconds(screen: Screen) -> None:
    now = [0.0]
    progress = Progress("here", shown=True, clock=lambda: now[0])
    for second in range(20):
        now[0] = second
        progress(f"{second} of 20")
    assert screen.lines == [f"here: {second} of 20" for second in (3, 8, 13, 18)]


def test_it_is_not_shown_to_those_who_do_not_want_it(screen: Screen) -> None:
    now = [0.0]
    progress = Progress("here", shown=False, clock=lambda: now[0])
    now[0] = 100
    progress("1 of 20")
    assert screen.lines == []


@pytest.mark.parametrize(
    ("terminal", "callback", "watched"),
    [
        (7, "default", True),
        (7, "community.general.yaml", True),
        (7, "awx_display", False),
        (7, "ansible.posix.json", False),
        (7, "ansible.posix.jsonl", False),
        (None, "default", False),
    ],
)
def test_who_is_a_person_at_a_terminal(terminal: int | None, callback: str, watched: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_progress, "_TERMINAL", terminal)
    monkeypatch.setattr(_progress.C, "DEFAULT_STDOUT_CALLBACK", callback)
    assert _progress.is_watched() is watched


def start(sim: Simulator, tmp_path: Path, mailboxes: int, **streams: object) -> subprocess.Popen[bytes]:
    """Start a playbook that has mailboxes to make."""
    boxes = [{"address": f"box{number}@a.example", "password": "Hunter2-hunter2", "quota": 1} for number in range(mailboxes)]
    tasks = [{"community.mailcow.mailcow_config": {"config": {"domains": [DOMAIN], "mailboxes": boxes}}}]
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
    (tmp_path / "play.yml").write_text(json.dumps([play]))
    program = Path(sys.executable).with_name("ansible-playbook")
    variables = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), **Server(sim.url, sim.rw_key).variables}
    return subprocess.Popen([program, "-i", "localhost,", tmp_path / "play.yml"], env=variables, start_new_session=True, **streams)


def test_ctrl_c_ends_a_task_cleanly_and_says_what_was_done(tmp_path: Path) -> None:
    mine, theirs = pty.openpty()
    # The last ones take a second each, four at a time: it is interrupted before they are done.
    few, many = 120, 120 + 4 * PATIENCE
    with Simulator(latency="measured", fault={"kind": "slow", "path": "add/mailbox", "after": few, "seconds": 1}) as sim:
        process = start(sim, tmp_path, many, stdin=theirs, stdout=theirs, stderr=theirs)
        # Reading fails then when all others have closed it.
        os.close(theirs)
        seen = ""
        while f" of {many} written" not in seen:
            seen += os.read(mine, 65536).decode()
        process.send_signal(2)
        while "Run it again to continue" not in seen:
            seen += os.read(mine, 65536).decode()
        assert process.wait() == 99
        done = int(seen.rpartition("interrupted; mailboxes: ")[2].split()[0])
        added = [request for request in sim.requests() if request["path"].endswith("add/mailbox")]
    os.close(mine)
    assert 0 < done == len(added) < many
    assert all(request["seconds"] is not None for request in added)


def test_nothing_is_shown_where_nobody_watches(tmp_path: Path) -> None:
    with Simulator(latency="measured") as sim:
        process = start(sim, tmp_path, 150, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = process.communicate()[0].decode()
    assert "changed=1" in output
    assert "written" not in output
