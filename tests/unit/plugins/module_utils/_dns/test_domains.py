# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._dns.domains import PORTS, PURPOSES, MailDomain, Wishes, records_for
from ansible_collections.community.mailcow.plugins.module_utils._dns.records import Record

HOST = "mail.example.com"
WISHES = Wishes(HOST, dict(PORTS, https=443), frozenset(PURPOSES), spf="v=spf1 mx ~all")
POLICY = "version: STSv1\nmode: enforce\nmax_age: 86400\nmx: mail.example.com\nmx: other.example.com\n"
DOMAIN = MailDomain("a.example", True, False, selector="s1", dkim="v=DKIM1;p=AB")


def records(domain: MailDomain = DOMAIN, **wishes: object) -> list[Record]:
    return records_for([domain], dataclasses.replace(WISHES, **wishes))


def named(found: list[Record]) -> set[str]:
    return {"%s %s %s" % (record.fqdn, record.type, record.value) for record in found}


def test_a_domain_needs_all_of_these() -> None:
    assert named(records()) == {
        "a.example MX 10 mail.example.com",
        "a.example TXT v=spf1 mx ~all",
        "s1._domainkey.a.example TXT v=DKIM1;p=AB",
        "_dmarc.a.example TXT v=DMARC1; p=none",
        "autodiscover.a.example CNAME mail.example.com",
        "_autodiscover._tcp.a.example SRV 0 1 443 mail.example.com",
        "autoconfig.a.example CNAME mail.example.com",
        "_imap._tcp.a.example SRV 0 1 143 mail.example.com",
        "_imaps._tcp.a.example SRV 0 1 993 mail.example.com",
        "_pop3._tcp.a.example SRV 0 1 110 mail.example.com",
        "_pop3s._tcp.a.example SRV 0 1 995 mail.example.com",
        "_submission._tcp.a.example SRV 0 1 587 mail.example.com",
        "_submissions._tcp.a.example SRV 0 1 465 mail.example.com",
        "_sieve._tcp.a.example SRV 0 1 4190 mail.example.com",
        "_caldavs._tcp.a.example SRV 0 1 443 mail.example.com",
        "_caldavs._tcp.a.example TXT path=/SOGo/dav/",
        "_carddavs._tcp.a.example SRV 0 1 443 mail.example.com",
        "_carddavs._tcp.a.example TXT path=/SOGo/dav/",
    }
    assert {record.fqdn for record in records() if record.required} == {
        "a.example",
        "s1._domainkey.a.example",
        "autodiscover.a.example",
        "autoconfig.a.example",
    }


def test_an_alias_domain_has_nothing_for_mail_programs() -> None:
    found = records(dataclasses.replace(DOMAIN, target="b.example", mta_sts=POLICY))
    assert [record.purpose for record in found] == ["mx", "spf", "dkim", "dmarc", "mta_sts", "mta_sts", "tls_rpt"]


def test_a_backup_mx_has_incoming_mail_only() -> None:
    (mx,) = records(dataclasses.replace(DOMAIN, backupmx=True))
    assert (mx.purpose, mx.value, mx.suggested) == ("mx", "20 mail.example.com", True)
    assert not records()[0].suggested


def test_a_domain_with_a_policy_has_mta_sts_and_reports() -> None:
    found = records(dataclasses.replace(DOMAIN, mta_sts=POLICY), purposes=frozenset(["mta_sts", "tls_rpt"]))
    (alias, text, report) = found
    assert (alias.fqdn, alias.type, alias.value) == ("mta-sts.a.example", "CNAME", HOST)
    assert (text.fqdn, report.fqdn) == ("_mta-sts.a.example", "_smtp._tls.a.example")
    assert report.value == "v=TLSRPTv1; rua=mailto:postmaster@a.example"
    assert text.suggested
    assert report.suggested


def test_the_id_of_a_policy_changes_with_it_and_only_with_it() -> None:
    def identity(text: str) -> str:
        return next(record.value for record in records(dataclasses.replace(DOMAIN, mta_sts=text)) if record.fqdn.startswith("_mta"))

    assert identity(POLICY) == identity(POLICY.replace("\n", "\r\n")) != identity(POLICY.replace("enforce", "testing"))


@pytest.mark.parametrize(
    ("wish", "text", "suggested"),
    [
        ({"dmarc": "v=DMARC1; p=reject; rua=mailto:d@{domain}"}, "v=DMARC1; p=reject; rua=mailto:d@a.example", False),
        ({"tls_rpt": "v=TLSRPTv1; rua=mailto:t@x.example"}, "v=TLSRPTv1; rua=mailto:t@x.example", False),
        ({"spf": "v=spf1 mx:{domain} -all"}, "v=spf1 mx:a.example -all", False),
        ({}, "v=DMARC1; p=none", True),
    ],
)
def test_texts_can_be_given(wish: dict, text: str, suggested: bool) -> None:
    assert [record.suggested for record in records(**wish) if record.value == text] == [suggested]


def test_empty_texts_are_no_records() -> None:
    found = records(dataclasses.replace(DOMAIN, mta_sts=POLICY), spf="", dmarc="", tls_rpt="")
    assert not {"spf", "dmarc", "tls_rpt"} & {record.purpose for record in found}


def test_a_service_that_there_is_not_is_announced_as_such() -> None:
    found = records(ports=dict(PORTS, https=0, pop3=0, imap=1143))
    assert {"_pop3._tcp.a.example SRV 0 0 0 .", "_imap._tcp.a.example SRV 0 1 1143 mail.example.com"} <= named(found)
    assert [record.type for record in found if record.purpose == "calendars"] == ["SRV", "SRV"]


@pytest.mark.parametrize(
    ("zones", "zone", "name"),
    [
        ((), "sub.a.example", "_dmarc"),
        (("a.example",), "a.example", "_dmarc.sub"),
        (("a.example", "sub.a.example"), "sub.a.example", "_dmarc"),
        (("b.example", "ub.a.example"), "sub.a.example", "_dmarc"),
    ],
)
def test_a_record_is_in_the_closest_zone(zones: tuple, zone: str, name: str) -> None:
    (dmarc,) = records(MailDomain("sub.a.example", True, False), zones=zones, purposes=frozenset(["dmarc"]))
    assert (dmarc.zone, dmarc.name) == (zone, name)


@pytest.mark.parametrize(
    ("host", "zones", "zone"),
    [("mail.a.example", (), "a.example"), ("mail.b.example", (), "b.example"), ("m.x.b.example", ("b.example",), "b.example")],
)
def test_the_key_of_the_server_is_told_once(host: str, zones: tuple, zone: str) -> None:
    other = MailDomain("c.example", True, False)
    wishes = dataclasses.replace(WISHES, hostname=host, zones=zones, tlsa="ab", purposes=frozenset(["tlsa"]))
    (tlsa,) = records_for([DOMAIN, other], wishes)
    assert (tlsa.fqdn, tlsa.zone, tlsa.rdata, tlsa.domain) == ("_25._tcp." + host, zone, "3 1 1 ab", host)
