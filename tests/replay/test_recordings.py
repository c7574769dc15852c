# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every recording of a real server, replayed against the simulator as that release; those of older ones stand in a folder each.

A recording in PENDING is expected to differ; it fails the run as soon as it does not, so that the list only shrinks.
"""

from __future__ import annotations

import contextlib
import pathlib
import typing as t

import pytest
import requests

from tests.simulator.process import Simulator
from tests.simulator.releases import NEWEST

from .replay import Replay, load

RECORDINGS = pathlib.Path(__file__).resolve().parents[1] / "recordings"

# recording -> why it cannot be replayed yet
PENDING: dict[str, str] = {}


@pytest.fixture(scope="session")
def simulators() -> t.Iterator[dict[str, Simulator]]:
    """By release, started when it is needed: one for all of its recordings, as a replay resets it."""
    with contextlib.ExitStack() as stack:

        class Started(dict[str, Simulator]):
            def __missing__(self, version: str) -> Simulator:
                self[version] = stack.enter_context(Simulator(mailcow_version=version))
                return self[version]

        yield Started()


def recorded() -> list[str]:
    """The names of all recordings, with the folder and without the suffix."""
    return sorted(path.relative_to(RECORDINGS).with_suffix("").as_posix() for path in RECORDINGS.rglob("*.json"))


def names() -> list[t.Any]:
    """One parameter per recording."""
    found = recorded()
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=PENDING[name], strict=True, raises=AssertionError)) if name in PENDING else name
        for name in found
    ]


@pytest.mark.parametrize("name", names())
def test_recording(name: str, simulators: dict[str, Simulator]) -> None:
    recording = load(RECORDINGS / (name + ".json"))
    mismatches = Replay(simulators[recording["mailcow_version"]].url).run(recording)
    assert not mismatches, "%d differences:\n%s" % (len(mismatches), "\n".join(map(str, mismatches[:20])))


def test_pending_exist() -> None:
    """No recording is pending that is not there."""
    assert set(PENDING) <= set(recorded())


def test_folders_are_releases() -> None:
    """A recording of an older release stands in the folder of its name."""
    older = [path for path in RECORDINGS.rglob("*.json") if path.parent != RECORDINGS]
    assert older
    assert [path for path in older if load(path)["mailcow_version"] != path.parent.name] == []


def test_reset(simulators: dict[str, Simulator]) -> None:
    """A simulator that had all recordings, and was broken, answers after a reset whatever they ask as one that was just started."""
    steps = [step for path in RECORDINGS.glob("*.json") for step in load(path)["steps"]]
    # The log of the API has the time of each request.
    reads = sorted({step["path"] for step in steps if step.get("method") == "GET" and "logs/api" not in step["path"]})
    assert len(reads) > 500

    def answers(simulator: Simulator) -> dict[str, tuple[int, str]]:
        with requests.Session() as session:
            session.headers["X-API-Key"] = simulator.rw_key
            found = {path: session.get(f"{simulator.url}/api/v1/{path}", timeout=60) for path in reads}
        return {path: (answer.status_code, answer.text) for path, answer in found.items()}

    used = simulators[NEWEST]
    used.plant("container", "clamd-mailcow restarting")
    used.plant("redis", "SET DKIM_SELECTORS x")
    used.fault(kind="status", status=503)
    used.reset()
    assert used.requests() == []
    with Simulator() as new:
        assert answers(used) == answers(new)
