# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Name servers of one zone that have the same, or not: two on loopback, and a resolver that knows them."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._dns.authority import Authorities
from ansible_collections.community.mailcow.plugins.module_utils._dns.query import Dns, Unanswered
from ansible_collections.community.mailcow.plugins.module_utils._dns.records import Record
from tests.unit.plugins.module_utils.nameserver import Nameserver, running

NAME = "2026-11._domainkey.brewery.example"
KEY = f'{NAME}. 60 IN TXT "v=DKIM1; k=rsa; p=AAAA"'
ZONE = """brewery.example. 60 IN SOA one.dns.example. root.brewery.example. 1 60 60 60 60
brewery.example. 60 IN NS one.dns.example.
brewery.example. 60 IN NS two.dns.example.
one.dns.example. 60 IN A 127.0.0.1
two.dns.example. 60 IN A 127.0.0.2
dns.example. 60 IN SOA one.dns.example. root.dns.example. 1 60 60 60 60
dns.example. 60 IN NS one.dns.example.""".splitlines()


@pytest.fixture(scope="module", name="both")
def fixture_both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Nameserver, Nameserver]]:
    """On the same port; the first is the resolver as well."""
    with running(tmp_path_factory.mktemp("one")) as one, running(tmp_path_factory.mktemp("two"), "127.0.0.2", one.port) as two:
        yield one, two


@pytest.fixture
def servers(both: tuple[Nameserver, Nameserver]) -> tuple[Nameserver, Nameserver]:
    """With the zone, and no key in it."""
    for server in both:
        for path in server.directory.iterdir():
            path.unlink()
        server.has(*ZONE)
    return both


def authorities(server: Nameserver, timeout: float = 60) -> Authorities:
    return Authorities(Dns(["127.0.0.1"], server.port, timeout), server.port, timeout)


def record(zone: str = "brewery.example") -> Record:
    return Record("brewery.example", "dkim", zone, NAME, "TXT", 60, {"text": "v=DKIM1;k=rsa;t=s;s=email;p=AAAA"})


def said(server: Nameserver, timeout: float = 60) -> dict[str, tuple[str, str | None]]:
    opinions = authorities(server, timeout).opinions(record())
    return {opinion.server: (opinion.verdict.state, opinion.verdict.message) for opinion in opinions}


def test_the_zone_is_found_above_the_domain(servers: tuple[Nameserver, Nameserver]) -> None:
    assert authorities(servers[0]).zone("mail.lists.brewery.example") == "brewery.example"
    with pytest.raises(Unanswered, match=r"elsewhere\.test is in no zone"):
        authorities(servers[0]).zone("elsewhere.test")


def test_each_name_server_is_asked(servers: tuple[Nameserver, Nameserver]) -> None:
    one, two = servers
    assert {state for state, _message in said(one).values()} == {"missing"}
    one.has(KEY, file="key")
    assert said(one) == {"one.dns.example": ("ok", None), "two.dns.example": ("missing", "there is no such record")}
    two.has(KEY.replace("AAAA", "BBBB"), file="key")
    assert said(one)["two.dns.example"] == ("wrong", "it has a different key")
    two.has(KEY, file="key")
    assert {state for state, _message in said(one).values()} == {"ok"}


@pytest.mark.parametrize(
    ("how", "message"),
    [("servfail", "it answers SERVFAIL"), ("lame", f"it is not responsible for {NAME}"), ("silent", "no answer within 0.3 seconds")],
)
def test_who_does_not_know_has_no_opinion(servers: tuple[Nameserver, Nameserver], how: str, message: str) -> None:
    one, two = servers
    one.has(KEY, file="key")
    two.fails(NAME, how=how)
    found = authorities(one)
    found.timeout = 0.3 if how == "silent" else 60
    told = {opinion.server: opinion.verdict for opinion in found.opinions(record())}["two.dns.example"]
    assert (told.state, told.message) == ("unknown", message)


def test_an_address_that_says_nothing_does_not_count_beside_one_that_does(servers: tuple[Nameserver, Nameserver]) -> None:
    one, two = servers
    one.has("two.dns.example. 60 IN A 127.0.0.1", file="more")
    one.fails(NAME)
    two.has(KEY, file="key")
    assert {server: state for server, (state, _message) in said(one).items()} == {"one.dns.example": "unknown", "two.dns.example": "ok"}
    two.fails(NAME)
    assert said(one)["two.dns.example"][0] == "unknown"


def test_an_address_that_differs_counts(servers: tuple[Nameserver, Nameserver]) -> None:
    one, two = servers
    one.has("two.dns.example. 60 IN A 127.0.0.1", file="more")
    two.has(KEY, file="key")
    assert said(one)["two.dns.example"][0] == "missing"


def test_a_server_without_an_address_has_no_opinion(servers: tuple[Nameserver, Nameserver]) -> None:
    servers[0].has("brewery.example. 60 IN NS three.dns.example.", file="more")
    assert said(servers[0])["three.dns.example"] == ("unknown", "it has no address")


def test_a_zone_without_name_servers(servers: tuple[Nameserver, Nameserver]) -> None:
    with pytest.raises(Unanswered, match="no name servers"):
        authorities(servers[0]).opinions(record(zone="nowhere.example"))


def test_a_delegation_is_followed_and_all_of_its_servers_have_to_agree(servers: tuple[Nameserver, Nameserver]) -> None:
    one, two = servers
    for server in servers:
        server.has(*[f"_domainkey.brewery.example. 60 IN NS {name}.keys.example." for name in ("one", "two")], file="cut")
    # Nobody has the child zone: they refer to each other for ever.
    one.has("one.keys.example. 60 IN A 127.0.0.1", "two.keys.example. 60 IN A 127.0.0.2", file="addresses")
    assert {message for _state, message in said(one).values()} == {f"{NAME} leads in a circle"}
    two.has("_domainkey.brewery.example. 60 IN SOA x. y. 1 60 60 60 60", KEY, file="child")
    one.has("one.keys.example. 60 IN A 127.0.0.2", "two.keys.example. 60 IN A 127.0.0.2", file="addresses")
    assert {state for state, _message in said(one).values()} == {"ok"}


def test_an_alias_is_followed_to_the_servers_of_its_target(servers: tuple[Nameserver, Nameserver]) -> None:
    one, two = servers
    for server in servers:
        server.has(f"{NAME}. 60 IN CNAME 2026-11._domainkey.provider.example.", file="alias")
    one.has(
        "provider.example. 60 IN SOA x. y. 1 60 60 60 60",
        "provider.example. 60 IN NS two.dns.example.",
        file="provider",
    )
    assert {state for state, _message in said(one).values()} == {"missing"}
    two.has(KEY.replace("brewery", "provider"), file="provider")
    assert {state for state, _message in said(one).values()} == {"ok"}


def test_a_resolver_is_never_asked_for_the_record(servers: tuple[Nameserver, Nameserver], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = Dns.ask
    monkeypatch.setattr(Dns, "ask", lambda self, name, kind: asked.append(name) or real(self, name, kind))
    found = authorities(servers[0])
    found.opinions(record(found.zone("brewery.example")))
    assert asked
    assert [name for name in asked if "_domainkey" in name] == []


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Authorities(Dns(["127.0.0.1"], port, 0.3), port, 0.3)
    with pytest.raises(Unanswered):
        found.zone("brewery.example")
