# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every recording of the real server, replayed against the simulator.

A recording in PENDING is expected to differ; it fails the run as soon as it does not, so that the list only shrinks.
"""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from tests.simulator.process import Simulator

from .replay import Replay, load

RECORDINGS = pathlib.Path(__file__).resolve().parents[1] / "recordings"

# recording -> why it cannot be replayed yet
PENDING: dict[str, str] = {}


@pytest.fixture(scope="session")
def simulator() -> t.Iterator[Simulator]:
    """One for all recordings: a replay resets it."""
    with Simulator() as running:
        yield running


def names() -> list[t.Any]:
    """One parameter per recording."""
    found = sorted(path.stem for path in RECORDINGS.glob("*.json"))
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=PENDING[name], strict=True, raises=AssertionError)) if name in PENDING else name
        for name in found
    ]


@pytest.mark.parametrize("name", names())
def test_recording(name: str, simulator: Simulator) -> None:
    mismatches = Replay(simulator.url).run(load(RECORDINGS / (name + ".json")))
    assert not mismatches, "%d differences:\n%s" % (len(mismatches), "\n".join(map(str, mismatches[:20])))


def test_pending_exist() -> None:
    """No recording is pending that is not there."""
    assert set(PENDING) <= {path.stem for path in RECORDINGS.glob("*.json")}
