# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

import pytest
from dns.resolver import NoResolverConfiguration, Resolver

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._dns import query
from ansible_collections.community.mailcow.plugins.module_utils._dns.check import Verdict, compare
from ansible_collections.community.mailcow.plugins.module_utils._dns.domains import PORTS, PURPOSES, MailDomain, Wishes, records_for
from ansible_collections.community.mailcow.plugins.module_utils._dns.query import Dns
from ansible_collections.community.mailcow.plugins.module_utils._dns.records import Record, snippet
from tests.unit.plugins.module_utils.nameserver import Nameserver, parsed, serve

# As long as the public keys of 2048 and 4096 bits are in Base64.
KEYS = {2048: "MIIB" + "aB3/" * 97, 4096: "MIIC" + "xY9+" * 183}
POLICY = "version: STSv1\nmode: enforce\nmax_age: 86400\nmx: mail.example.com\n"
DIGEST = "ab" * 32
WISHES = Wishes("mail.example.com", dict(PORTS, https=443, pop3=0), frozenset(PURPOSES), spf="v=spf1 mx ~all", tlsa=DIGEST)
ADDRESSES = ("mail.example.com. 60 IN A 192.0.2.1", "mail.example.com. 60 IN AAAA 2001:db8::1", "other.example.com. 60 IN A 192.0.2.2")


def mail_domain(bits: int = 2048, **facts: object) -> MailDomain:
    text = "v=DKIM1;k=rsa;t=s;s=email;p=" + KEYS[bits]
    return dataclasses.replace(MailDomain("a.example", True, False, selector="dkim", dkim=text, mta_sts=POLICY), **facts)


def records(bits: int = 2048, **wishes: object) -> list[Record]:
    return records_for([mail_domain(bits)], dataclasses.replace(WISHES, **wishes))


def the(purpose: str, kind: str = "", **wishes: object) -> Record:
    return next(record for record in records(**wishes) if record.purpose == purpose and kind in ("", record.type))


@pytest.fixture(scope="module")
def running_nameserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nameserver]:
    yield from serve(tmp_path_factory.mktemp("zones"))


@pytest.fixture
def nameserver(running_nameserver: Nameserver) -> Nameserver:
    """With the addresses of the mail server, and nothing else."""
    for path in running_nameserver.directory.iterdir():
        path.unlink()
    running_nameserver.has(*ADDRESSES, file="addresses")
    return running_nameserver


def ask(nameserver: Nameserver, timeout: float = 60) -> Dns:
    return Dns(["127.0.0.1"], nameserver.port, timeout)


def verdict(nameserver: Nameserver, record: Record, *there: str) -> Verdict:
    """What is said of a record when the DNS has these instead, written as "TYPE rdata"."""
    nameserver.has(*("%s. 60 IN %s" % (record.fqdn, line) for line in there))
    return compare([record], ask(nameserver))[0]


class TestPublished:
    """The lines for zone files, read by dnspython and served by a server that reads them in its own way."""

    @pytest.mark.parametrize("bits", KEYS)
    def test_it_is_all_right(self, nameserver: Nameserver, bits: int) -> None:
        wanted = records(bits)
        zones = {zone: [record for record in wanted if record.zone == zone] for zone in ("a.example", "example.com")}
        for zone, members in zones.items():
            text = snippet(zone, members)
            nameserver.has(text, file=zone)
            assert parsed(text, zone) == {(record.fqdn + ".", record.type): [record.rdata] for record in members}
        verdicts = compare(wanted, ask(nameserver))
        assert [(record.fqdn, said) for record, said in zip(wanted, verdicts, strict=True) if said.state != "ok"] == []
        assert [said.found for said in verdicts] == [[record.value] for record in wanted]

    def test_nothing_is_there(self, nameserver: Nameserver) -> None:
        nameserver.has("x.a.example. 60 IN A 192.0.2.7")
        assert {(said.state, said.message) for said in compare(records(), ask(nameserver))} == {("missing", "there is no such record")}


RIGHT = [
    ("mx", ["MX 99 MAIL.Example.COM."]),
    ("mx", ["MX 10 mail.example.com.", "MX 20 other.example.com."]),
    ("spf", ['TXT "V=SPF1 +mx include:x.example ip4:192.0.2.1 -ALL"', 'TXT "verification=1"']),
    ("spf", ['TXT "v=spf1 m" "x ~all"']),
    ("spf", ['TXT "v=spf1 mx redirect=x.example"']),
    ("dkim", ['TXT "k=rsa; p=%s" "%s"' % (KEYS[2048][:200], KEYS[2048][200:])]),
    ("dkim", ['TXT "v=DKIM1; s=*; p= %s" " %s ;"' % (KEYS[2048][:200], KEYS[2048][200:])]),
    ("dmarc", ['TXT "v=DMARC1;p=reject;rua=mailto:x@x.example"']),
    ("mta_sts", ['TXT "v=STSv1; id=20260101000000;"']),
    ("tls_rpt", ['TXT "v=TLSRPTv1;rua=https://x.example/report"']),
    ("autoconfig", ["CNAME Mail.Example.com."]),
    ("autoconfig", ["A 192.0.2.1"]),
    ("autoconfig", ["A 192.0.2.1", "AAAA 2001:db8::1"]),
    ("mail_clients", ["SRV 5 7 143 mail.example.com.", "SRV 9 9 143 other.example.com."]),
    ("tlsa", ["TLSA 3 1 1 %s" % DIGEST.upper(), "TLSA 2 1 1 %s" % ("00" * 32)]),
]
WRONG = [
    ("mx", ["MX 10 other.example.com."], "mail is not delivered to mail.example.com"),
    ("mx", ["MX 10 mail.example.com.", "MX 5 other.example.com."], "another server is preferred over mail.example.com"),
    ("spf", ['TXT "v=spf1 a -mx ~all"'], "it does not contain mx"),
    ("spf", ['TXT "v=spf1 mx ?all"'], "it is less strict than ~all for other servers"),
    ("spf", ['TXT "v=spf1 mx"'], "it is less strict than ~all for other servers"),
    ("spf", ['TXT "v=spf1 mx +all"'], "it is less strict than ~all for other servers"),
    ("spf", ['TXT "v=spf1 mx ~all"', 'TXT "v=spf1 mx -all"'], "there are 2 such records, so receivers ignore all of them"),
    ("dkim", ['TXT "v=DKIM1; p=%s" "%s"' % (KEYS[4096][:99], KEYS[4096][99:300])], "it has a different key"),
    ("dkim", ['TXT "v=DKIM1; p="'], "it has no key, which means that the key was revoked"),
    ("dkim", ['TXT "k=ed25519; p=%s" "%s"' % (KEYS[2048][:200], KEYS[2048][200:])], "it has a different type of key"),
    ("dkim", ['TXT "s=other; p=%s" "%s"' % (KEYS[2048][:200], KEYS[2048][200:])], "its key is not for email"),
    ("dmarc", ['TXT "v=DMARC1; p=perhaps"'], "its tag p is not valid"),
    ("mta_sts", ['TXT "v=STSv1; id=2026-01-01"'], "its tag id is not valid"),
    ("tls_rpt", ['TXT "v=TLSRPTv1; rua=x@x.example"'], "its tag rua is not valid"),
    ("autoconfig", ["CNAME other.example.com."], "it does not point to mail.example.com"),
    ("autoconfig", ["A 192.0.2.1", "A 192.0.2.9"], "it does not point to mail.example.com"),
    ("mail_clients", ["SRV 0 1 1143 mail.example.com."], "it does not point to mail.example.com, port 143"),
    ("tlsa", ["TLSA 3 1 1 %s" % ("00" * 32)], "it does not match the current key of the server"),
]
KIND = {"mta_sts": "TXT", "calendars": "TXT"}


@pytest.mark.parametrize(("purpose", "there"), RIGHT)
def test_right(nameserver: Nameserver, purpose: str, there: list[str]) -> None:
    said = verdict(nameserver, the(purpose, KIND.get(purpose, "")), *there)
    assert (said.state, said.message) == ("ok", None)


@pytest.mark.parametrize(("purpose", "there", "problem"), WRONG)
def test_wrong(nameserver: Nameserver, purpose: str, there: list[str], problem: str) -> None:
    said = verdict(nameserver, the(purpose, KIND.get(purpose, "")), *there)
    assert (said.state, said.message) == ("wrong", problem)
    assert len(said.found) == len([line for line in there if "verification" not in line])


def test_what_is_wrong_is_told(nameserver: Nameserver) -> None:
    assert verdict(nameserver, the("mx"), "MX 10 other.example.com.", "MX 5 Third.example.").found == [
        "10 other.example.com",
        "5 third.example",
    ]
    assert verdict(nameserver, the("autoconfig"), "CNAME other.example.com.").found == ["other.example.com"]
    assert verdict(nameserver, the("autoconfig"), "A 192.0.2.9").found == ["192.0.2.9"]
    assert verdict(nameserver, the("dmarc"), 'TXT "v=DMARC1" "; p=x"').found == ["v=DMARC1; p=x"]


@pytest.mark.parametrize(
    ("purpose", "there"),
    [
        ("spf", 'TXT "verification=1"'),
        ("dkim", 'TXT "v=spf1 -all"'),  # as a wildcard gives everywhere
        ("calendars", 'TXT "v=spf1 -all"'),
        ("dmarc", 'TXT "v=DMARC2; p=none"'),
        ("mx", "A 192.0.2.1"),
        ("autoconfig", 'TXT "x"'),
    ],
)
def test_missing_beside_others(nameserver: Nameserver, purpose: str, there: str) -> None:
    assert verdict(nameserver, the(purpose, KIND.get(purpose, "")), there).state == "missing"


def test_given_texts_are_compared_tag_by_tag(nameserver: Nameserver) -> None:
    dmarc = the("dmarc", dmarc="v=DMARC1; p=reject; rua=mailto:d@a.example")
    assert verdict(nameserver, dmarc, 'TXT "v=DMARC1;rua=mailto:D@a.example; pct=100; p=Reject"').state == "ok"
    assert verdict(nameserver, dmarc, 'TXT "v=DMARC1; p=none"').message == "it differs in p, rua"
    report = the("tls_rpt", tls_rpt="v=TLSRPTv1; rua=mailto:t@a.example")
    assert verdict(nameserver, report, 'TXT "v=TLSRPTv1; rua=mailto:x@a.example"').message == "it differs in rua"


def test_a_service_that_there_is_not(nameserver: Nameserver) -> None:
    pop3 = next(record for record in records() if record.fqdn.startswith("_pop3."))
    assert verdict(nameserver, pop3, "SRV 9 9 0 .").state == "ok"
    assert verdict(nameserver, pop3, "SRV 0 1 110 mail.example.com.").message == "it announces a service that does not exist"


def test_calendars(nameserver: Nameserver) -> None:
    path = the("calendars", "TXT")
    assert verdict(nameserver, path, 'TXT "path=/SOGo/dav/"').state == "ok"
    assert verdict(nameserver, path, 'TXT "path=/dav/"').message == "it is not path=/SOGo/dav/"


def test_the_place_of_a_backup_does_not_matter(nameserver: Nameserver) -> None:
    (mx,) = records_for([mail_domain(backupmx=True, mta_sts=None)], dataclasses.replace(WISHES, tlsa=None))
    assert verdict(nameserver, mx, "MX 5 other.example.com.", "MX 50 mail.example.com.").state == "ok"
    assert verdict(nameserver, mx, "MX 5 other.example.com.").state == "wrong"


def test_an_alias_over_another_leads_there(nameserver: Nameserver) -> None:
    nameserver.has("hop.example.net. 60 IN CNAME mail.example.com.", file="hop")
    assert verdict(nameserver, the("autoconfig"), "CNAME hop.example.net.").state == "ok"


def test_a_key_behind_an_alias(nameserver: Nameserver) -> None:
    dkim = the("dkim")
    nameserver.has("key.example.net. 60 IN TXT %s" % dkim.rdata, file="hop")
    assert verdict(nameserver, dkim, "CNAME key.example.net.").state == "ok"


class TestFailures:
    def test_a_failing_server_is_not_a_missing_record(self, nameserver: Nameserver) -> None:
        nameserver.fails("a.example")
        said = verdict(nameserver, the("mx"))
        assert (said.state, said.found) == ("unknown", [])
        assert "SERVFAIL" in said.message

    def test_silence_is_not_a_missing_record(self, nameserver: Nameserver) -> None:
        nameserver.fails("_dmarc.a.example", how="silent")
        assert compare([the("dmarc")], ask(nameserver, 0.2)) == [Verdict("unknown", [], "no answer within 0.2 seconds")]

    def test_failing_addresses_are_not_a_wrong_alias(self, nameserver: Nameserver) -> None:
        nameserver.fails("mail.example.com")
        assert verdict(nameserver, the("autoconfig"), "A 192.0.2.1").state == "unknown"

    def test_other_records_are_compared_all_the_same(self, nameserver: Nameserver) -> None:
        nameserver.fails("_dmarc.a.example")
        nameserver.has("a.example. 60 IN MX 10 mail.example.com.")
        assert [said.state for said in compare([the("dmarc"), the("mx"), the("spf")], ask(nameserver))] == ["unknown", "ok", "missing"]

    def test_a_dead_server_is_not_asked_for_ever(self, nameserver: Nameserver, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(query, "_DEAD", 3)
        nameserver.fails("a.example", "_dmarc.a.example", how="silent")
        dns = ask(nameserver, 0.2)
        dns._silent = 2
        assert compare([the("mx")], dns)[0].message == "no answer within 0.2 seconds"
        assert compare([the("dmarc")], dns)[0].message == "not queried, because the name servers do not answer"

    def test_an_answer_proves_it_alive(self, nameserver: Nameserver) -> None:
        dns = ask(nameserver)
        dns._silent = 2
        dns.ask("mail.example.com", "A")
        assert dns._silent == 0

    def test_a_name_that_cannot_be(self, nameserver: Nameserver) -> None:
        long = dataclasses.replace(the("mx"), fqdn=".".join(["x" * 60] * 5))
        assert compare([long], ask(nameserver))[0].state == "unknown"

    def test_no_nameservers_are_configured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def read(_resolver: object, _path: str) -> None:
            raise NoResolverConfiguration("cannot open /etc/resolv.conf")

        monkeypatch.setattr(Resolver, "read_resolv_conf", read)
        with pytest.raises(MailcowError, match=r"nameservers: this host has none configured \(.*resolv.conf"):
            Dns()


def test_a_hundred_domains_take_seconds(nameserver: Nameserver) -> None:
    wishes = dataclasses.replace(WISHES, tlsa=None)
    domains = [dataclasses.replace(mail_domain(), name="d%03d.example" % number) for number in range(100)]
    wanted = records_for(domains, wishes)
    nameserver.has(*(snippet(domain.name, [record for record in wanted if record.domain == domain.name]) for domain in domains))
    dns = ask(nameserver)
    dns.ask("mail.example.com", "A")
    started = time.monotonic()
    states = [said.state for said in compare(wanted, dns)]
    assert time.monotonic() - started < 60
    assert states == ["ok"] * 2100
