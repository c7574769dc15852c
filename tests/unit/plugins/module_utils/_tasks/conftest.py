# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the tasks share: mailcow_config in this process, and its garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils._tasks.tenant import Run


@pytest.fixture(autouse=True)
def collect_garbage() -> Iterator[None]:
    """The module switches it off for its own process."""
    yield
    gc.enable()


@pytest.fixture
def run(sim: Simulator) -> Run:
    return Run(sim)
