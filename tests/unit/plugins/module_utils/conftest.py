# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the unit tests share: one simulator for the whole run, fresh for each test, and no waiting between attempts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api import client
from ansible_collections.community.mailcow.plugins.module_utils._engine import converge
from tests.simulator.process import Simulator


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_BACKOFF", 0.001)
    monkeypatch.setattr(converge, "_PAUSE", 0)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set where the tests run must not change them."""
    for name in ("MAILCOW_URL", "MAILCOW_API_KEY", "MAILCOW_VALIDATE_CERTS", "MAILCOW_TIMEOUT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def sim(running_simulator: Simulator) -> Simulator:
    """An empty server without faults and with an empty request log."""
    running_simulator.clear_faults()
    running_simulator.reset()
    running_simulator.clear_requests()
    return running_simulator


@pytest.fixture
def connect(sim: Simulator) -> Callable[..., client.Client]:
    """Make a client of the simulator; keyword arguments are those of `Client`."""

    def make(api_key: str = sim.rw_key, timeout: float = 60, **options: object) -> client.Client:
        return client.Client(sim.url, api_key, timeout=timeout, **options)

    return make
