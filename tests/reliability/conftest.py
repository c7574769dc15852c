# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of reliability share: no pauses that are for a real server, and one simulator that is emptied."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.reliability.matrix import impatient
from tests.reliability.server import Server


@pytest.fixture(autouse=True, scope="session")
def no_waiting() -> Iterator[None]:
    with impatient():
        yield
    # mailcow_config switches it off for its own process.
    gc.enable()


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set where the tests run must not change them."""
    for name in ("MAILCOW_URL", "MAILCOW_API_KEY", "MAILCOW_VALIDATE_CERTS", "MAILCOW_TIMEOUT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    server = Server(latency="measured")
    yield server
    server.close()


@pytest.fixture
def server(running: Server) -> Server:
    """An empty server without faults."""
    running.fresh()
    return running
