# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody leaves, and whoever sees them off is interrupted: the next run goes on, and what the mailbox was like is not forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.courses.course import Course
from tests.examples.internet import internet

DOMAIN = "xn--bru-rla.example"
JANE, BOB = f"jane@{DOMAIN}", f"bob@{DOMAIN}"
ALIASES = [f"alias{number}@{DOMAIN}" for number in range(8)]
GIVEN = {"offboard_address": "Jane@Bräu.example", "offboard_forward_to": [BOB], "offboard_aliases_to": ["Bob@Bräu.example"]}
BEFORE = {
    "domains": [{"domain": DOMAIN, "dkim_key_size": 0}],
    "mailboxes": [{"address": address, "password": "Barley.Hops.1516", "quota": 100} for address in (JANE, BOB)],
    "aliases": [{"address": alias, "goto": [JANE]} for alias in ALIASES],
    "app_passwords": [{"username": JANE, "app_name": "Phone", "password": "Malt.Yeast.1516"}],
}


class Offboarding(Course):
    """Whoever sees Jane off, and the server."""

    def words(self, *more: str) -> list[str]:
        """The playbook, and what it is given."""
        return ["community.mailcow.offboard", "-e", json.dumps(GIVEN), *more]

    def play(self, *more: str) -> str:
        """What was printed."""
        return self.run(*self.words(*more))

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
        self.run("tasks.json")


@pytest.fixture(scope="module", name="course")
def fixture_course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offboarding]:
    place = tmp_path_factory.mktemp("offboard")
    with internet(place) as world:
        course = Offboarding(place, world)
        course.tasks({"community.mailcow.mailcow_config": {"config": BEFORE}})
        yield course


def test_killed_in_the_middle_it_goes_on_and_does_nothing_twice(course: Offboarding) -> None:
    before = course.found()
    # The login is closed then, and the aliases are not handed over yet, or not all of them.
    course.kill("edit/", 1, *course.words())
    course.play()
    found = course.found()
    assert [box["address"] for box in found["mailboxes"] if not box["login"]] == [JANE]
    assert {tuple(alias["goto"]) for alias in found["aliases"]} == {(BOB,)}
    assert "app_passwords" not in found or not found["app_passwords"]
    assert "changed=0" in course.play()
    elsewhere = course.run(*course.words("-e", "mailcow_url=https://other.example.com"), fails=True)
    assert "is of https://mail.example.com, not of https://other.example.com." in " ".join(elsewhere.split())
    course.play("-e", "offboard_state=back", "-e", f"offboard_address={JANE}")
    for kind in ("mailboxes", "aliases"):
        assert course.found()[kind] == before[kind]


def test_killed_on_the_way_back_it_goes_on_too(course: Offboarding) -> None:
    before = course.found()
    course.play()
    course.kill("edit/", 1, *course.words("-e", "offboard_state=back"))
    course.play("-e", "offboard_state=back")
    assert course.found() == before
    assert "changed=0" in course.play("-e", "offboard_state=back")
