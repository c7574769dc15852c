# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's faults, as a client gets them that is not the collection's."""

from __future__ import annotations

import http.client
import json
import re

import pytest

from tests.reliability.server import Server
from tests.simulator.process import PATIENCE, wait_until

ADD = {"domain": "a.example", "key_size": 0}
PATH = "/api/v1/add/domain"


def ask(server: Server, path: str, body: object = None, timeout: float = PATIENCE) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    client = http.client.HTTPConnection(server.url.partition("//")[2], timeout=timeout)
    try:
        text = None if body is None else json.dumps(body)
        client.request("GET" if text is None else "POST", path, text, {"X-API-Key": server.key, "Content-Type": "application/json"})
        response = client.getresponse()
        return response.status, dict(response.headers), response.read()
    finally:
        client.close()


def add(server: Server, timeout: float = PATIENCE, **rule: object) -> object:
    """The answer to the creation of a domain under a fault."""
    server.fault({"path": "add/", **rule})
    return json.loads(ask(server, PATH, ADD, timeout)[2])


def there(server: Server) -> bool:
    """Whether the domain was made."""
    return any("'domain': 'a.example'" in row for row in server.state().rows if row.startswith("domain "))


@pytest.mark.parametrize("body", ["[null]", '{"a": 1}', "3", '[{"type'])
def test_any_json(server: Server, body: str) -> None:
    server.fault({"kind": "json", "body": body, "times": 1})
    status, headers, answer = ask(server, "/api/v1/get/domain/all")
    assert (status, headers["Content-Type"], answer.decode()) == (200, "application/json", body)
    assert ask(server, "/api/v1/get/domain/all")[2] == b"{}"


@pytest.mark.parametrize("when", ["before", "after"])
def test_before_and_after(server: Server, when: str) -> None:
    assert add(server, kind="json", body="[1]", when=when) == [1]
    assert there(server) == (when == "after")


def test_a_status_with_its_headers(server: Server) -> None:
    server.fault({"kind": "status", "status": 302, "headers": {"Location": "/"}, "body": ""})
    status, headers, body = ask(server, "/api/v1/get/domain/all")
    assert (status, headers["Location"], body) == (302, "/", b"")


def test_late(server: Server) -> None:
    server.fault({"kind": "late", "path": "add/", "seconds": PATIENCE})
    assert ask(server, PATH, ADD)[0] == 504
    assert not there(server)
    assert server.busy()
    server.calm()
    assert there(server)


def test_late_is_nothing_to_another_server(server: Server) -> None:
    server.fault({"kind": "late", "path": "add/", "seconds": PATIENCE})
    ask(server, PATH, ADD)
    record = server.application.requests[0]
    server.application.reset()
    wait_until(lambda: record["seconds"] is not None)
    assert not there(server)


@pytest.mark.parametrize(("when", "at_once"), [("before", False), ("after", True)])
def test_slow(server: Server, when: str, at_once: bool) -> None:
    """It is done also for a client that has gone."""
    with pytest.raises(TimeoutError):
        add(server, timeout=0.3, kind="slow", seconds=PATIENCE, when=when)
    wait_until(server.busy)
    wait_until(lambda: there(server) or not at_once)
    assert there(server) == at_once
    server.calm()
    assert there(server)


def test_keys(server: Server) -> None:
    assert {"type", "log"} == add(server, kind="without", key="^msg$", times=1)[0].keys()
    server.fault({"kind": "instead", "key": "^(gal|backupmx)$", "value": [7]})
    domain = json.loads(ask(server, "/api/v1/get/domain/a.example")[2])
    assert (domain["gal"], domain["domain_name"]) == ([7], "a.example")


def test_an_echo(server: Server) -> None:
    (refusal,) = add(server, kind="echo", times=1)
    assert (refusal["type"], refusal["msg"], there(server)) == ("danger", ["echo", "a.example", 0], False)
    done, warning = add(server, kind="echo", when="after")
    assert (done["type"], warning["type"], warning["msg"], there(server)) == ("success", "warning", refusal["msg"], True)


def test_broken_compression(server: Server) -> None:
    server.fault({"kind": "gzip"})
    _status, headers, body = ask(server, "/api/v1/get/status/version")
    assert headers["Content-Encoding"] == "gzip"
    assert not re.search(b"version", body)


def test_a_wrong_length(server: Server) -> None:
    whole = ask(server, "/api/v1/get/status/version")[2]
    server.fault({"kind": "length"})
    assert ask(server, "/api/v1/get/status/version")[2] == whole[: len(whole) // 2]
