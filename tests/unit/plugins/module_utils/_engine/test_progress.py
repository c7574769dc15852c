# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far the engine is, and that it stops when whoever waits for it is interrupted."""

from __future__ import annotations

import time

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._engine import server as engine
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.reading import listed
from tests.simulator.process import PATIENCE
from tests.unit.plugins.module_utils.fakes import THING, Server, wish


def test_writes_and_lists_are_told() -> None:
    told: list[str] = []
    server = engine.Server(Server("a@one.example"), connections=4, tell=told.append)
    converge(THING, [wish(f"{name}@one.example", name=name) for name in "abc"], server)
    assert [text.partition(",")[0] for text in told if "written" in text] == [f"things: {number} of 3 written" for number in (1, 2, 3)]
    told.clear()
    listed(THING, server)
    assert [text.partition(",")[0] for text in told] == ["things: 1 of 2 lists read", "things: 2 of 2 lists read"]


def test_an_interruption_ends_all_that_is_done_side_by_side() -> None:
    """What is under way is brought to its end; nothing else is begun, and nothing is asked or written any more."""
    client = Server("a@one.example")
    server = engine.Server(client, connections=2)
    begun, ended = [], []
    end = time.monotonic() + PATIENCE

    def work(number: int) -> None:
        begun.append(number)
        if number == 0:
            raise KeyboardInterrupt
        while not server.stopped and time.monotonic() < end:
            time.sleep(0.001)
        ended.append(number)

    with pytest.raises(KeyboardInterrupt):
        server.each(work, range(50))
    assert len(begun) < 10
    assert sorted(ended) == sorted(set(begun) - {0})
    client.log.clear()
    with pytest.raises(MailcowError, match="interrupted"):
        server.ask_again("thing/all")
    with pytest.raises(MailcowError, match="interrupted"):
        converge(THING, [wish("b@one.example")], server)
    assert client.log == []
