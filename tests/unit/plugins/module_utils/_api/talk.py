# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the client have in common: something to read and something to write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from tests.simulator.process import Simulator

KEY = "SECRET-111111-222222"
DONE = '[{"type":"success","log":["x"],"msg":["done","a"]}]'
DOMAIN = {"domain": "a.example", "defquota": 1, "maxquota": 1, "quota": 1}
Connect = Callable[..., Client]


def read(client: Client) -> object:
    return client.get("domain/all")


def write(client: Client) -> object:
    return client.write("add/domain", DOMAIN)


either = pytest.mark.parametrize("ask", [read, write])


def statuses(sim: Simulator) -> list[int]:
    return [request["status"] for request in sim.requests()]
