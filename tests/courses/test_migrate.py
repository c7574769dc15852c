# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A migration from the list to the end: what fails is mended, what hangs is waited for, who is killed goes on; nothing is done twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.courses.course import Course
from tests.examples.internet import KEY, READ_ONLY_KEY, Internet, internet
from tests.pages.browser import CHROMIUM, look, on_paper
from tests.pages.test_pages import PICTURES, SCREENS
from tests.simulator.process import PATIENCE

HEAD = "address;host;user;password;quota\n"
PEOPLE = ("anna", "ben", "clara", "david", "emma", "fritz")
PASSWORD = "Old{}.Secret.1 {{{{ 7 * 191 }}}} '"
# How it goes with them at first.
FATES = {"anna": "ok", "ben": "password", "clara": "quota", "david": "folder", "emma": "ok", "fritz": "hang"}


def line(user: str) -> str:
    return f"{user}@brewery.example;imap.old.example;{user};{PASSWORD.format(user)};100\n"


class Migration(Course):
    """A person with a list, and the server."""

    def __init__(self, place: Path, world: Internet) -> None:
        super().__init__(place, world)
        (place / "accounts.csv").write_text(HEAD + "".join(map(line, PEOPLE)))

    def phases(self, phases: str, *more: str) -> list[str]:
        """The playbook, and what it is given."""
        given = ["migrate_file=accounts.csv", f"migrate_phases={phases}", "migrate_interval=0", "migrate_at_once=2"]
        return ["community.mailcow.migrate", *(word for one in given for word in ("-e", one)), *more]

    def play(self, phases: str, *more: str, fails: bool = False) -> str:
        """Give phases, and what was printed."""
        return self.run(*self.phases(phases, *more), fails=fails)

    def kill_in(self, phases: str, path: str, number: int) -> None:
        """Give phases, and kill all that runs once so many requests of a path are done."""
        self.kill(path, number, *self.phases(phases))

    def report(self) -> dict:
        return json.loads((self.place / "migration/accounts.json").read_text())

    def outcomes(self) -> dict[str, str]:
        return {row["user"]: row["outcome"] for row in self.report()["mailboxes"]}

    def problems(self, user: str) -> str:
        return next("; ".join(row["problems"]) for row in self.report()["mailboxes"] if row["user"] == user)

    def jobs(self) -> dict[str, dict]:
        """The sync jobs that mailcow has, by the user."""
        url, certificate = f"{self.simulator.url}/api/v1/get/syncjobs/all/with_password", self.simulator.options["tls_cert"]
        jobs = requests.get(url, headers={"X-API-Key": KEY}, verify=certificate, timeout=PATIENCE).json()
        return {job["user1"]: job for job in jobs}

    def started(self) -> Counter[int]:
        """How often each job was told to run."""
        bodies = [request["body"] for request in self.simulator.requests() if "edit/syncjob" in request["path"]]
        return Counter(number for body in bodies if body["attr"].get("last_run") for number in body["items"])


@pytest.fixture(scope="module", name="course")
def fixture_course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migration]:
    place = tmp_path_factory.mktemp("migrate")
    with internet(place) as world:
        course = Migration(place, world)
        for user, fate in FATES.items():
            course.simulator.plant("imapsync", f"{user} {fate} 120 5")
        course.run("community.mailcow.tenant", "-e", "tenant_domain=brewery.example")
        yield course


def test_check_mode_tells_what_it_would_do(course: Migration) -> None:
    printed = course.play("prepare,sync,check", "--check", "-e", f"mailcow_api_key={READ_ONLY_KEY}")
    assert "changed=1" in printed
    assert "accounts: 6 without a sync job (of 6)" in printed
    assert not (course.place / "migration").exists()


def test_prepare_is_killed_and_goes_on(course: Migration) -> None:
    course.kill_in("prepare", "add/mailbox", 2)
    course.play("prepare")
    assert course.outcomes() == dict.fromkeys(PEOPLE, "waiting")
    assert {user: job["password1"] for user, job in course.jobs().items()} == {user: PASSWORD.format(user) for user in PEOPLE}


def test_sync_is_killed_and_tells_what_is_wrong(course: Migration) -> None:
    course.kill_in("sync", "syncjobs/all", 3)
    # His job hangs, and is the last to run.
    course.kill_when(lambda: course.jobs()["fritz"]["is_running"], *course.phases("prepare,sync"))
    assert max(course.started().values()) == 1
    printed = course.play("prepare,sync", "-e", "migrate_wait=0", "-e", "migrate_at_once=1", fails=True)
    assert course.outcomes() == {**dict.fromkeys(PEOPLE, "failed"), "anna": "succeeded", "emma": "succeeded", "fritz": "running"}
    assert "the old server rejects the user name or the password" in course.problems("ben")
    assert "the mailbox is full" in course.problems("clara")
    assert "the folder Old/Gone does not exist" in course.problems("david")
    assert "still running after 0 seconds" in course.problems("fritz")
    assert "accounts: 2 synced, 3 failed, 1 still running (of 6), see" in printed
    assert "ben@brewery.example: the old server rejects" in printed
    assert course.started() == {}


@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here, so that nobody looks at the pages: install the package chromium")
@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_fits_the_screen(course: Migration, screen: str) -> None:
    width, dark = SCREENS[screen]
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = course.place / "migration/accounts.html"
    layout = look(page, PICTURES / f"migration-{screen}.png", width, dark)
    assert (layout.width, layout.torn) == (width, [])
    if screen == "desk":
        on_paper(page, PICTURES / "migration.pdf")


def test_what_was_mended_is_tried_again(course: Migration) -> None:
    for user in PEOPLE:
        course.simulator.plant("imapsync", f"{user} ok 120 5")
    course.play("prepare,sync")
    assert course.outcomes() == dict.fromkeys(PEOPLE, "succeeded")
    assert set(course.started().values()) <= {1}
    assert len(course.started()) <= 4, "Anna's and Emma's jobs had run"
    printed = course.play("prepare,sync,check")
    assert "changed=0" in printed
    assert course.made("edit/") == 0


def test_the_end_is_killed_and_nothing_runs_twice(course: Migration) -> None:
    for user in PEOPLE:
        course.simulator.plant("imapsync", f"{user} ok 123 5")
    course.simulator.plant("imapsync", "emma connection 123 5")
    predicted = course.play("finish", "--check")
    assert "changed=2" in predicted, predicted
    course.kill_in("finish", "syncjobs/all", 4)
    before = course.started()
    course.play("finish", fails=True)
    assert course.outcomes() == {**dict.fromkeys(PEOPLE, "finished"), "emma": "failed"}
    again = before + course.started()
    # Those that were under way when it was killed, and no others.
    assert sum(number > 1 for number in again.values()) <= 2
    assert course.made("delete/syncjob") == 1
    course.simulator.plant("imapsync", "emma ok 123 5")
    course.play("finish")
    assert course.outcomes() == dict.fromkeys(PEOPLE, "finished")
    assert {row["messages"] for row in course.report()["mailboxes"]} == {123}
    printed = course.play("prepare,sync,check,finish")
    assert "changed=0" in printed
    assert "accounts: 6 finished (of 6)" in printed
    assert course.made("POST") + course.made("add/") + course.made("edit/") + course.made("delete/") == 0


def test_no_password_is_told(course: Migration) -> None:
    written = "".join(path.read_text() for path in (course.place / "migration").iterdir())
    for text in (course.printed, written):
        assert "Secret" not in text
        assert "1337" not in text
    assert "Old/Gone" in course.printed


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-e", "migrate_phases=prepare,syncc"], "migrate_phases: unknown: syncc. The phases are prepare, sync, check, finish."),
        (["-e", "mailcow_url=https://other.example.com"], "is the report of https://mail.example.com, not of https://other.example.com."),
        (["-e", "migrate_wiat=5"], "No such variable: migrate_wiat (did you mean migrate_wait?)"),
    ],
)
def test_what_is_wrong_is_told_at_once(course: Migration, options: list[str], said: str) -> None:
    printed = " ".join(course.play("check", *options, fails=True).split())
    assert said in printed
    assert course.simulator.requests() == []
