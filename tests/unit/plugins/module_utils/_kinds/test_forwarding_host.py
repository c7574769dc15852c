# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._kinds.forwarding_host import FORWARDING_HOST
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"hostname": "192.0.2.7", "filter_spam": False}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, FORWARDING_HOST)


@pytest.fixture
def server(connect: Callable[..., Client]) -> Client:
    return connect()


def hosts(server: Client) -> list:
    return sorted(entry["host"] for entry in server.get("fwdhost/all") or [])


@pytest.mark.parametrize(
    ("given", "name", "addresses"),
    [
        ("192.0.2.1", "192.0.2.1", ["192.0.2.1"]),
        (" 2001:DB8:0::1 ", "2001:db8::1", ["2001:db8::1"]),
        ("192.0.2.7/24", "192.0.2.0/24", ["192.0.2.0/24"]),
        ("2001:db8::/32", "2001:db8::/32", ["2001:db8::/32"]),
        ("Host.dns.Example", "host.dns.example", ["192.0.2.10"]),
        ("mx.dns.example", "mx.dns.example", ["192.0.2.10", "192.0.2.20", "2001:db8::20"]),
        ("spf.dns.example", "spf.dns.example", ["192.0.2.20", "198.51.100.0/24", "2001:db8::20"]),
    ],
)
def test_an_address_a_network_or_a_name(play: Play, server: Client, given: str, name: str, addresses: list) -> None:
    """facts-server 9: a name becomes several addresses."""
    assert play.round_trip(hostname=given) == {"hostname": name, "filter_spam": True}
    assert hosts(server) == addresses
    assert sorted(play.info()[0]["status"]["hosts"]) == addresses
    assert play.change(hostname=given, filter_spam=False) == {"hostname": name, "filter_spam": False}
    assert {entry["keep_spam"] for entry in server.get("fwdhost/all")} == {"yes"}
    assert play.change(hostname=given, filter_spam=True)["filter_spam"] is True
    play.gone(hostname=given)
    assert hosts(server) == []


def test_created_without_filter(play: Play) -> None:
    assert play.round_trip(hostname="both.dns.example", filter_spam=False)["filter_spam"] is False
    play.unchanged(hostname="both.dns.example")


def test_addresses_with_different_flags(play: Play, server: Client) -> None:
    play.run(hostname="both.dns.example")
    server.write("edit/fwdhost", {"items": ["192.0.2.20"], "attr": {"keep_spam": 1}})
    assert "filter_spam" not in play.info()[0]
    play.unchanged(hostname="both.dns.example")
    assert play.change(hostname="both.dns.example", filter_spam=True)["filter_spam"] is True


def test_what_others_spelled_differently(play: Play, server: Client) -> None:
    for name in ("2001:DB8::1", " Host.DNS.example", "2001:db8:0::1"):
        server.write("add/fwdhost", {"hostname": name, "filter_spam": 1})
    play.unchanged(hostname="host.dns.example", filter_spam=True)
    play.unchanged(hostname="2001:db8::1", filter_spam=True)
    play.gone(hostname="2001:db8::1")
    assert hosts(server) == ["192.0.2.10"]


def test_others_are_left_alone(play: Play) -> None:
    play.run(hostname="192.0.2.1", filter_spam=False)
    play.run(hostname="both.dns.example")
    play.run(hostname="192.0.2.2")
    play.gone(hostname="both.dns.example")
    play.unchanged(hostname="192.0.2.1", filter_spam=False)
    assert [one["hostname"] for one in play.info()] == ["192.0.2.1", "192.0.2.2"]


@pytest.mark.parametrize("name", ["cafe", "1", "/", "999.1.1.1", "192.0.2.0/33", "abc:"])
def test_what_mailcow_would_take_for_an_address(play: Play, name: str) -> None:
    assert "hostname: %r is neither an address nor a network" % name in play.fail(hostname=name)["msg"]
    assert play.writes() == []


@pytest.mark.parametrize("name", ["no host", "two..dots", "x_y.example"])
def test_what_is_no_name(play: Play, name: str) -> None:
    assert "is not an address, a network or a hostname" in play.fail(hostname=name)["msg"]


def test_a_name_that_the_server_cannot_resolve(play: Play) -> None:
    assert "gone.example is not an address, and the DNS of the mailcow server" in play.fail(hostname="gone.example")["msg"]
