# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A key is published when all name servers have it, and can be waited for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils import _published
from ansible_collections.community.mailcow.plugins.plugin_utils._published import Question, together
from tests.unit.plugins.module_utils.nameserver import Nameserver, running

ZONE = """brewery.example. 60 IN SOA ns.brewery.example. root.brewery.example. 1 60 60 60 60
brewery.example. 60 IN NS ns.brewery.example.
ns.brewery.example. 60 IN A 127.0.0.1""".splitlines()
VALUE = "v=DKIM1;k=rsa;t=s;s=email;p=" + "A" * 300
KEY = {"domain": "brewery.example", "selector": "2026-11", "value": VALUE}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Nameserver]:
    with running(tmp_path) as server:
        server.has(*ZONE)
        yield server


def look(server: Nameserver, *keys: dict, seconds: float = 0, interval: float = 10) -> list[dict]:
    return Question(["127.0.0.1"], server.port, 60, 600).wait(keys, seconds, interval)


def publish(server: Nameserver, shown: dict) -> None:
    server.has(f"{shown['fqdn']}. 60 IN TXT {shown['rdata']}", file="key")


def test_what_is_missing_can_be_published_by_what_is_returned(server: Nameserver) -> None:
    (shown,) = look(server, KEY)
    assert {key: shown[key] for key in ("selector", "zone", "name", "fqdn", "type", "ttl", "state", "message")} == {
        "selector": "2026-11",
        "zone": "brewery.example",
        "name": "2026-11._domainkey",
        "fqdn": "2026-11._domainkey.brewery.example",
        "type": "TXT",
        "ttl": 600,
        "state": "missing",
        "message": "ns.brewery.example: there is no such record",
    }
    publish(server, shown)
    (shown,) = look(server, KEY)
    assert (shown["state"], shown["message"]) == ("ok", "")
    assert shown["servers"] == [{"server": "ns.brewery.example", "state": "ok", "message": None}]


def test_it_is_waited_for(server: Nameserver, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            publish(server, look(server, KEY)[0])

    monkeypatch.setattr(_published.time, "sleep", pause)
    assert look(server, KEY, seconds=600, interval=7)[0]["state"] == "ok"
    assert pauses == [7, 7]


def test_the_wait_ends(server: Nameserver) -> None:
    assert look(server, KEY, seconds=0.1, interval=0.01)[0]["state"] == "missing"


def test_no_value_is_anything_that_there_is(server: Nameserver) -> None:
    anything = dict(KEY, value="p=")
    assert look(server, anything)[0]["state"] == "missing"
    publish(server, look(server, KEY)[0])
    assert look(server, anything)[0]["state"] == "wrong"


def test_several_keys_in_their_order(server: Nameserver) -> None:
    publish(server, look(server, KEY)[0])
    found = look(server, KEY, dict(KEY, domain="elsewhere.example"))
    assert [shown["state"] for shown in found] == ["ok", "unknown"]
    assert (found[1]["zone"], found[1]["message"]) == ("elsewhere.example", "elsewhere.example is in no zone that the DNS has")


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ({"ok"}, "ok"),
        ({"ok", "missing"}, "partial"),
        ({"ok", "unknown", "wrong"}, "partial"),
        ({"wrong", "unknown"}, "wrong"),
        ({"missing", "unknown"}, "unknown"),
        ({"missing"}, "missing"),
    ],
)
def test_several_servers_have_one_state(states: set[str], state: str) -> None:
    assert together(states) == state
