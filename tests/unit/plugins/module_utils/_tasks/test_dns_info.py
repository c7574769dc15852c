# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._dns import query
from ansible_collections.community.mailcow.plugins.module_utils._tasks import dns
from ansible_collections.community.mailcow.plugins.module_utils._tasks.dns import DNS_INFO
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.nameserver import Nameserver, nameserver
from tests.unit.plugins.module_utils.play import execute
from tests.unit.plugins.module_utils.scripted import Answer, Scripted, self_signed

__all__ = ["nameserver"]
QUOTAS = {"defquota": 10, "maxquota": 20, "quota": 30}
STS = {"version": "STSv1", "mode": "enforce", "mx": "mail.example.com", "max_age": 86400, "active": 1}
Run = Callable[..., dict]


@pytest.fixture
def try_(sim: Simulator) -> Run:
    def run(**options: object) -> dict:
        arguments = {"url": sim.url, "api_key": sim.ro_key, "timeout": 60, "hostname": "mail.example.com", **options}
        return execute(DNS_INFO, {name: value for name, value in arguments.items() if value is not None})

    return run


@pytest.fixture
def info(try_: Run) -> Run:
    def run(**options: object) -> dict:
        result = try_(**options)
        assert not result.get("failed"), result["msg"]
        assert result["changed"] is False
        return result

    return run


@pytest.fixture
def client(connect: Callable[..., Client]) -> Client:
    """For a server with a domain, one that is passed on, one that is off, and an alias domain of the first two."""
    client = connect()
    client.write("add/domain", dict(QUOTAS, domain="a.example", key_size=4096, dkim_selector="s1"))
    client.write("add/domain", dict(QUOTAS, domain="relayed.example", key_size=0))
    client.write("add/domain", dict(QUOTAS, domain="off.example", active=0))
    client.write("add/alias-domain", {"alias_domain": "alias.example", "target_domain": "a.example", "active": 1})
    client.write("add/alias-domain", {"alias_domain": "relayed-alias.example", "target_domain": "relayed.example", "active": 1})
    client.write("edit/domain", {"items": ["relayed.example"], "attr": {"backupmx": 1}})
    return client


def domains(result: dict) -> list[str]:
    return [domain["domain"] for domain in result["domains"]]


def purposes(result: dict, domain: str) -> set[str]:
    return {record["purpose"] for record in result["records"] if record["domain"] == domain}


class TestWhatMailcowHas:
    def test_all_that_is_active(self, client: Client, info: Run) -> None:
        result = info()
        assert domains(result) == ["a.example", "relayed.example", "alias.example", "relayed-alias.example"]
        kinds = [(domain["kind"], domain["target_domain"], domain["backupmx"], domain["active"]) for domain in result["domains"]]
        assert kinds == [
            ("domain", None, False, True),
            ("domain", None, True, True),
            ("alias_domain", "a.example", False, True),
            ("alias_domain", "relayed.example", True, True),
        ]
        assert purposes(result, "relayed.example") == purposes(result, "relayed-alias.example") == {"mx"}
        assert purposes(result, "alias.example") == {"mx", "spf", "dmarc"}
        assert [zone["zone"] for zone in result["zones"]] == domains(result)
        assert not {"problems", "summary"} & result.keys()
        assert "state" not in result["records"][0]

    def test_those_that_are_asked_for_in_any_spelling(self, client: Client, info: Run) -> None:
        result = info(domains=[" ALIAS.example", "off.example", "missing.example"])
        assert domains(result) == ["off.example", "alias.example"]
        assert result["domains"][0]["active"] is False
        assert "missing.example is neither a mail domain nor an alias domain" in str(result["warnings"])

    def test_none(self, info: Run) -> None:
        result = info()
        assert (result["domains"], result["records"], result["zones"]) == ([], [], [])

    def test_it_writes_nothing_and_asks_each_thing_once(self, client: Client, info: Run, sim: Simulator) -> None:
        sim.clear_requests()
        info()
        asked = [request["path"] for request in sim.requests()]
        assert {request["method"] for request in sim.requests()} == {"GET"}
        assert len([path for path in asked if path.startswith("/api/")]) == 2 + 4
        assert asked.count("/.well-known/mta-sts.txt") == 4

    def test_it_asks_only_for_what_is_wanted(self, client: Client, info: Run, sim: Simulator) -> None:
        sim.clear_requests()
        result = info(purposes=["mx"])
        assert len(sim.requests()) == 2
        assert {record["purpose"] for record in result["records"]} == {"mx"}


class TestDkim:
    def test_a_long_key(self, client: Client, info: Run) -> None:
        (key,) = (record for record in info()["records"] if record["purpose"] == "dkim")
        assert (key["fqdn"], key["name"], key["zone"]) == ("s1._domainkey.a.example", "s1._domainkey", "a.example")
        assert key["value"] == "v=DKIM1;k=rsa;t=s;s=email;p=" + client.get("dkim", "a.example")["pubkey"]
        assert [len(string) for string in key["strings"]][:2] == [255, 255]
        assert "".join(key["strings"]) == key["value"]
        assert key["rdata"] == '"%s"' % '" "'.join(key["strings"])

    def test_what_the_server_hands_out_split_is_joined(self, client: Client, info: Run) -> None:
        text = client.get("dkim", "a.example")["dkim_txt"]
        split = '"%s" "%s" "%s"' % (text[:255], text[255:510], text[510:])
        body = '{"pubkey": "x", "length": "4096", "dkim_txt": %s, "dkim_selector": "s1", "privkey": ""}' % _quoted(split)
        # The order in which mailcow is asked: domains, alias domains, key.
        answers = ['[{"domain_name": "a.example", "active": 1, "backupmx": 0}]', "{}", body]
        with Scripted(*answers) as server:
            (key,) = info(url=server.url, purposes=["dkim"])["records"]
        assert key["value"] == text


def _quoted(text: str) -> str:
    return '"%s"' % text.replace('"', '\\"')


class TestMtaSts:
    def test_a_policy(self, client: Client, info: Run) -> None:
        client.write("add/mta-sts", dict(STS, domain="a.example"))
        result = info()
        assert [domain["mta_sts_mode"] for domain in result["domains"]] == ["enforce", None, "enforce", None]
        assert {"mta_sts", "tls_rpt"} <= purposes(result, "a.example") & purposes(result, "alias.example")

    def test_one_that_is_off(self, client: Client, info: Run) -> None:
        client.write("add/mta-sts", dict(STS, domain="a.example", active=0))
        assert not {"mta_sts", "tls_rpt"} & purposes(info(), "a.example")

    def test_the_page_gets_no_key(self, info: Run) -> None:
        listing = '[{"domain_name": "a.example", "active": 1, "backupmx": 0}]'
        with Scripted(listing, "{}", Answer("version: STSv1\nmode: testing\n", headers={"Content-Type": "text/plain"})) as server:
            result = info(url=server.url, purposes=["mta_sts"])
            page = server.seen[-1]
        assert result["domains"][0]["mta_sts_mode"] == "testing"
        assert page.headers["Host"] == "mta-sts.a.example"
        assert "x-api-key" not in {name.lower() for name in page.headers}

    @pytest.mark.parametrize("answer", [Answer("<html>", 200), Answer("", 404), Answer("", 301, {"Location": "/"}), Answer("", 401)])
    def test_another_page_is_no_policy(self, info: Run, answer: Answer) -> None:
        with Scripted('[{"domain_name": "a.example", "active": 1, "backupmx": 0}]', "{}", answer) as server:
            assert info(url=server.url, purposes=["mta_sts"])["records"] == []

    def test_a_failure_is_told_and_does_not_stop_the_rest(self, info: Run) -> None:
        listing = '[{"domain_name": "a.example", "active": 1, "backupmx": 0}, {"domain_name": "b.example", "active": 1, "backupmx": 0}]'
        with Scripted(listing, "{}", Answer("", 500)) as server:
            result = info(url=server.url, purposes=["mx", "mta_sts"])
        warnings = str(result["warnings"])
        assert "unknown whether they have an MTA-STS policy. GET /.well-known/mta-sts.txt of mta-sts." in warnings
        assert "HTTP 500" in warnings
        assert [record["purpose"] for record in result["records"]] == ["mx", "mx"]


class TestComparison:
    def test_what_is_published_is_right(self, client: Client, info: Run, nameserver: Nameserver) -> None:
        client.write("add/mta-sts", dict(STS, domain="a.example"))
        nameserver.has(*(zone["snippet"] for zone in info(tlsa_certificate=_certificate(nameserver))["zones"]))
        result = info(tlsa_certificate=_certificate(nameserver), compare=True, **nameserver.options)
        assert result["problems"] == []
        count = len(result["records"])
        assert result["summary"] == {"records": count, "ok": count, "missing": 0, "wrong": 0, "unknown": 0}

    def test_what_is_not_is_told(self, client: Client, info: Run, nameserver: Nameserver) -> None:
        nameserver.has("a.example. 60 IN MX 10 other.example.", "alias.example. 60 IN MX 10 mail.example.com.")
        nameserver.fails("relayed.example")
        result = info(
            compare=True, purposes=["mx"], domains=["a.example", "alias.example", "relayed.example", "off.example"], **nameserver.options
        )
        assert result["summary"] == {"records": 4, "ok": 1, "missing": 1, "wrong": 1, "unknown": 1}
        assert [(problem["domain"], problem["state"]) for problem in result["problems"]] == [
            ("a.example", "wrong"),
            ("relayed.example", "unknown"),
            ("off.example", "missing"),
        ]
        assert result["problems"][0] == {
            "domain": "a.example",
            "purpose": "mx",
            "required": True,
            "fqdn": "a.example",
            "type": "MX",
            "state": "wrong",
            "value": "10 mail.example.com",
            "found": ["10 other.example"],
            "message": "MX a.example is wrong: mail is not delivered to mail.example.com",
        }

    def test_it_needs_dnspython(self, try_: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(query, "DNSPYTHON_IMPORT_ERROR", "Traceback: no module named dns")
        assert not try_().get("failed")
        assert "dnspython" in try_(compare=True)["msg"]


def _certificate(nameserver: Nameserver) -> str:
    path = nameserver.directory / "server.pem"
    return (path if path.exists() else self_signed(nameserver.directory)).read_text()


class TestOptions:
    def test_the_name_of_the_server_stands_in_the_url(self, try_: Run) -> None:
        assert (
            "hostname: set the name of the mail server, because the host in url, 127.0.0.1, is not its full name"
            in try_(hostname=None)["msg"]
        )
        assert "localhost, is not its full name" in try_(hostname=None, url="http://localhost")["msg"]
        assert dns._wishes(_given("https://Mail.example.com/api/v1/")).hostname == "mail.example.com"

    @pytest.mark.parametrize(
        ("url", "port"),
        [("https://m.example", 443), ("https://m.example:8443", 8443), ("http://m.example:8080", 443), ("HTTPS://m.example:1", 1)],
    )
    def test_so_does_its_port(self, url: str, port: int) -> None:
        assert dns._wishes(_given(url)).ports["https"] == port

    @pytest.mark.parametrize(
        ("option", "value", "says"),
        [
            ("hostname", "mail", "hostname: 'mail' is not"),
            ("hostname", "192.0.2.1", "hostname: '192.0.2.1' is not"),
            ("hostname", "no name", "hostname: 'no name' is not a domain name"),
            ("domains", ["no domain"], "domains: 'no domain' is not a domain name"),
            ("zones", ["no zone"], "zones: 'no zone' is not a domain name"),
            ("nameservers", ["ns.example"], "nameservers: 'ns.example' is not an IP address"),
            ("nameserver_port", 70000, "nameserver_port: 70000 is not between 0 and 65535"),
            ("mx_priority", -1, "mx_priority: -1 is not between"),
            ("ports", {"imap": 99999}, "ports.imap: 99999 is not between"),
            ("ttl", -1, "ttl: must be a number of seconds"),
            ("dns_timeout", 0, "dns_timeout: must be more than 0"),
            ("dns_timeout", float("inf"), "dns_timeout: inf is not a usable number"),
            ("dns_timeout", float("nan"), "dns_timeout: nan is not a usable number"),
            ("dns_timeout", 1e300, "dns_timeout: 1e+300 is too large; the maximum is 3600"),
            ("tlsa_certificate", "x", "tlsa_certificate: is not a certificate"),
            ("spf", "v=spf2", "spf: 'v=spf2' does not have the prefix of"),
            ("dmarc", "p=none", "dmarc: 'p=none' does not have the prefix of"),
            ("tls_rpt", "rua=mailto:x", "tls_rpt: 'rua=mailto:x' does not have the prefix of"),
        ],
    )
    def test_what_cannot_be_is_refused_before_anything_is_asked(
        self, try_: Run, sim: Simulator, option: str, value: object, says: str
    ) -> None:
        result = try_(**{option: value})
        assert result["failed"]
        assert says in result["msg"]
        assert sim.requests() == []

    def test_authorities_that_are_not_there(self, try_: Run) -> None:
        options = {"url": "https://127.0.0.1:1", "purposes": ["tlsa"], "tlsa": "https", "ca_path": "/nonexistent"}
        assert try_(**options)["msg"].startswith("DNS records: ca_path: /nonexistent cannot be read on the host that runs the module")

    def test_there_is_one_certificate(self, try_: Run) -> None:
        assert "tlsa: cannot be combined with tlsa_certificate" in try_(tlsa="smtp", tlsa_certificate="x")["msg"]


def _given(url: str) -> dict:
    unset = {name: details.get("default") for name, details in dns.SPEC.items()}
    return dict(unset, url=url, ports=dict(dns.PORTS, https=None))
