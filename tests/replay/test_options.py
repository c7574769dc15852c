# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What no recording can show: options that make the simulated server fail, keys that differ, and clients that go away."""

from __future__ import annotations

import json
import socket
import typing as t
import urllib.parse
import urllib.request

import pytest
from cryptography.hazmat.primitives import serialization

from tests.simulator import keys
from tests.simulator.process import PATIENCE, Simulator

DOMAIN = json.dumps({"domain": "a.example", "key_size": 0}).encode()


def post(simulator: Simulator, path: str, body: t.Any) -> t.Any:
    """The `msg` of each entry of an answer."""
    request = urllib.request.Request("%s/api/v1/%s" % (simulator.url, path), method="POST", data=json.dumps(body).encode(),
                                     headers={"X-API-Key": simulator.rw_key, "Content-Type": "application/json"})  # fmt: skip
    with urllib.request.urlopen(request) as response:
        return [entry["msg"] for entry in json.load(response)]


def test_keys() -> None:
    """Keys of a size differ from each other, have that size, and belong together; also those shorter than the library makes."""
    for bits in (512, 777, 1024, 2048):
        pairs = [keys.generate(bits, number) for number in range(20)]
        assert len({public for public, _private in pairs}) == 20
        for public, private in pairs[-2:]:
            assert keys.public(private) == public
            assert serialization.load_pem_private_key(private.encode(), None).key_size == bits
    assert keys.generate(511, 0) is None


def test_openssl_queues() -> None:
    """Each generated key costs an import one failure; a failed import leaves more than it reports."""
    private = keys.generate(1024, 0)[1]
    with Simulator(openssl_queues=1) as simulator:
        for name in ("a", "b"):
            post(simulator, "add/domain", {"domain": name + ".example", "key_size": 1024})
        body = {"domain": "c.example", "private_key_file": private}
        stale = [["private_key_error", keys.RANDOM]]
        done = [["dkim_removed", "c.example"], ["dkim_added", "c.example"]]
        assert [post(simulator, "add/dkim_import", body) for _unused in range(3)] == [stale, stale, done]
        assert post(simulator, "add/dkim_import", {**body, "private_key_file": "junk"}) == [["private_key_error", keys.UNSUPPORTED]]
        body["overwrite_existing"] = 1
        assert [post(simulator, "add/dkim_import", body) for _unused in range(2)] == [[["private_key_error", keys.NO_START_LINE]], done]


def test_docker_down() -> None:
    with Simulator(docker_down=1) as simulator:
        body = {"domain": "a.example", "key_size": 0}
        assert post(simulator, "add/domain", {**body, "restart_sogo": "1"}) == ["domain_added_sogo_failed"]
        assert post(simulator, "delete/domain", ["a.example"]) == [
            "Could not move mail storage to garbage collector: ", ["domain_removed", "a.example"],
        ]  # fmt: skip
        assert post(simulator, "add/domain", body) == [["domain_added", "a.example"]]


def sent(simulator: Simulator, body: bytes) -> socket.socket:
    """A connection over which somebody creates a domain, with so much of the body."""
    head = "POST /api/v1/add/domain HTTP/1.1\r\nHost: x\r\nX-API-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    address = urllib.parse.urlsplit(simulator.url)
    connection = socket.create_connection((address.hostname, address.port), PATIENCE)
    connection.sendall((head % (simulator.rw_key, len(DOMAIN))).encode() + body)
    return connection


@pytest.mark.parametrize("left_out", [0, 1, len(DOMAIN)])
def test_client_that_goes_away(left_out: int) -> None:
    """A request is processed if all of it has come, and only then, whether anybody waits for the answer or not."""
    with Simulator() as simulator:
        with sent(simulator, DOMAIN[: len(DOMAIN) - left_out]) as connection:
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert (b"domain_added" in answer) == (left_out == 0)
        assert [request["body"]["domain"] for request in simulator.requests()] == ["a.example"] * (left_out == 0)


def test_settle() -> None:
    """It is waited for what somebody has asked who has gone."""
    with Simulator(fault={"kind": "slow", "path": "add/", "seconds": 1}) as simulator:
        sent(simulator, DOMAIN).close()
        simulator.settle()
        assert [request["status"] for request in simulator.requests()] == [200]
