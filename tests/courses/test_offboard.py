# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody leaves, and whoever sees them off is interrupted: the next run goes on, and what the mailbox was like is not forgotten."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.courses.family import kill_when
from tests.examples.internet import KEY, Internet, internet
from tests.simulator.process import Simulator

JANE, BOB = "jane@brewery.example", "bob@brewery.example"
ALIASES = [f"alias{number}@brewery.example" for number in range(8)]
GIVEN = {"offboard_address": JANE, "offboard_forward_to": [BOB], "offboard_aliases_to": [BOB]}
BEFORE = {
    "domains": [{"domain": "brewery.example", "dkim_key_size": 0}],
    "mailboxes": [{"address": address, "password": "Barley.Hops.1516", "quota": 100} for address in (JANE, BOB)],
    "aliases": [{"address": alias, "goto": [JANE]} for alias in ALIASES],
    "app_passwords": [{"username": JANE, "app_name": "Phone", "password": "Malt.Yeast.1516"}],
}


class Course:
    """Whoever sees Jane off, and the server."""

    def __init__(self, place: Path, world: Internet) -> None:
        self.place = place
        self.simulator: Simulator = world.simulators["mail.example.com"]
        self.variables = {**world.variables, "MAILCOW_URL": "https://mail.example.com", "MAILCOW_API_KEY": KEY}

    def begin(self, *more: str) -> subprocess.Popen[str]:
        command = ["ansible-playbook", "community.mailcow.offboard", "-e", json.dumps(GIVEN), *more]
        return subprocess.Popen(command, cwd=self.place, env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def play(self, *more: str) -> str:
        process = self.begin(*more)
        printed = process.communicate()[0]
        assert process.returncode == 0, printed
        return printed

    def found(self) -> dict:
        """What there is, as an export tells it."""
        task = {
            "community.mailcow.mailcow_config_info": {"kinds": ["mailboxes", "aliases", "sieve_filters", "app_passwords"]},
            "register": "found",
        }
        keep = {"ansible.builtin.copy": {"content": "{{ found.config | to_json }}", "dest": str(self.place / "found.json")}}
        self.tasks(task, keep)
        return json.loads((self.place / "found.json").read_text())

    def tasks(self, *tasks: dict) -> None:
        (self.place / "tasks.json").write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
        subprocess.run(["ansible-playbook", "tasks.json"], cwd=self.place, env=self.variables, stdout=subprocess.DEVNULL, check=True)


@pytest.fixture(scope="module", name="course")
def fixture_course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    place = tmp_path_factory.mktemp("offboard")
    with internet(place) as world:
        course = Course(place, world)
        course.tasks({"community.mailcow.mailcow_config": {"config": BEFORE}})
        yield course


def test_killed_in_the_middle_it_goes_on_and_does_nothing_twice(course: Course) -> None:
    before = course.found()
    course.simulator.clear_requests()
    # The login is closed then, and the aliases are not handed over yet, or not all of them.
    kill_when(course.begin(), course.simulator, "edit/", 1)
    course.play()
    found = course.found()
    assert [box["address"] for box in found["mailboxes"] if not box["login"]] == [JANE]
    assert {tuple(alias["goto"]) for alias in found["aliases"]} == {(BOB,)}
    assert "app_passwords" not in found or not found["app_passwords"]
    assert "changed=0" in course.play()
    course.play("-e", "offboard_state=back")
    for kind in ("mailboxes", "aliases"):
        assert course.found()[kind] == before[kind]


def test_killed_on_the_way_back_it_goes_on_too(course: Course) -> None:
    before = course.found()
    course.play()
    course.simulator.clear_requests()
    kill_when(course.begin("-e", "offboard_state=back"), course.simulator, "edit/", 1)
    course.play("-e", "offboard_state=back")
    assert course.found() == before
    assert "changed=0" in course.play("-e", "offboard_state=back")
