# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of mailcow_dns_info: reads data from mailcow, builds the records, and compares them with the DNS."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from .._api.errors import ConnectionFailed, InvalidValue
from .._api.names import domain_names
from .._api.numbers import within
from .._api.shape import understood
from .._api.url import base_url
from .._dns import certificate
from .._dns.check import MISSING, OK, UNKNOWN, WRONG, Verdict, compare
from .._dns.domains import PORTS, PURPOSES, VERSIONS, MailDomain, Wishes, policy, records_for
from .._dns.query import Dns
from .._dns.records import Record, snippet
from .._engine.reading import Existing, find, listed
from .._kinds.alias_domain import ALIAS_DOMAIN
from .._kinds.dkim import DKIM, dns_record
from .._kinds.domain import DOMAIN
from .connection import CONNECTION, INFO_CONNECTIONS, connect
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.kind import Kind
    from .._engine.server import Server

_HTTPS, _SMTP = 443, 25
# Maximum of seconds to wait for a certificate: many networks drop connections to port 25.
_TLS_PATIENCE = 15
_LONGEST_DNS_TIMEOUT = 3600
_POLICY_PAGE = "/.well-known/mta-sts.txt"

SPEC: dict[str, dict[str, Any]] = {
    "domains": {"type": "list", "elements": "str"},
    "hostname": {"type": "str"},
    "purposes": {"type": "list", "elements": "str", "choices": list(PURPOSES), "default": list(PURPOSES)},
    "zones": {"type": "list", "elements": "str", "default": []},
    "ttl": {"type": "int", "default": 3600},
    "mx_priority": {"type": "int", "default": 10},
    "spf": {"type": "str", "default": "v=spf1 mx ~all"},
    "dmarc": {"type": "str"},
    "tls_rpt": {"type": "str"},
    "tlsa": {"type": "str", "choices": ["smtp", "https"]},
    "tlsa_certificate": {"type": "str"},
    "ports": {
        "type": "dict",
        "options": dict({name: {"type": "int", "default": port} for name, port in PORTS.items()}, https={"type": "int"}),
        "apply_defaults": True,
    },
    "compare": {"type": "bool", "default": False},
    "nameservers": {"type": "list", "elements": "str"},
    "nameserver_port": {"type": "int", "default": 53},
    "dns_timeout": {"type": "float", "default": 5.0},
}


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "DNS records", call.params
    _check(params)
    nameservers = _nameservers(params["nameservers"])
    dns = Dns(nameservers, params["nameserver_port"], params["dns_timeout"]) if params["compare"] else None
    names = domain_names(params["domains"])
    server = connect(call, INFO_CONNECTIONS)
    wishes = _wishes(params)
    with understood("the domains"):
        domains, failure = _domains(server, names, wishes.purposes)
    if failure:
        call.warn("DNS records: for some domains it is unknown whether they have an MTA-STS policy. %s" % failure)
    for name in sorted(set(names or ()) - {domain.name for domain in domains}):
        call.warn("DNS records: %s is neither a mail domain nor an alias domain of the server" % name)
    records = records_for(domains, wishes)
    verdicts = compare(records, dns, call.tell) if dns else None
    return dict(_result(wishes.hostname, domains, records, verdicts), changed=False)


def _result(hostname: str, domains: list[MailDomain], records: list[Record], verdicts: list[Verdict] | None) -> dict[str, Any]:
    zones: dict[str, list[Record]] = {}
    for record in records:
        zones.setdefault(record.zone, []).append(record)
    result: dict[str, Any] = {
        "hostname": hostname,
        "domains": [domain.shown() for domain in domains],
        "records": [record.shown() for record in records],
        "zones": [{"zone": zone, "snippet": snippet(zone, members)} for zone, members in zones.items()],
    }
    if verdicts is not None:
        for shown, verdict in zip(result["records"], verdicts):
            shown.update(state=verdict.state, found=verdict.found, message=verdict.message)
        result["problems"] = [_problem(shown) for shown in result["records"] if shown["state"] != OK]
        states = [verdict.state for verdict in verdicts]
        result["summary"] = dict({state: states.count(state) for state in (OK, MISSING, WRONG, UNKNOWN)}, records=len(states))
    return result


def _problem(shown: Mapping[str, Any]) -> dict[str, Any]:
    problem = {key: shown[key] for key in ("domain", "purpose", "required", "fqdn", "type", "state", "value", "found")}
    return dict(problem, message="%s %s is %s: %s" % (shown["type"], shown["fqdn"], shown["state"], shown["message"]))


def _domains(server: Server, names: list[str] | None, purposes: frozenset[str]) -> tuple[list[MailDomain], ConnectionFailed | None]:
    """Give the list of `_dns.domains.MailDomain` of these names, or of all active domains, and the reason if not everything about
    them is known, or None.
    """

    def read(kind: Kind, options: Collection[str]) -> list[Existing]:
        if names is None:
            return [found for found in listed(kind, server, None, options) if found.values["active"]]
        found = find(kind, names, options, server)
        return [found[name] for name in dict.fromkeys(names) if name in found]

    given = {found.identity: (found.values, bool(found.values["backupmx"]), None) for found in read(DOMAIN, ("active", "backupmx"))}
    relayed = ALIAS_DOMAIN.status["target_is_backupmx"]
    for found in read(ALIAS_DOMAIN, ("active", "target_domain")):
        given[found.identity] = (found.values, relayed(found.raw), found.values["target_domain"])
    keys = {}
    if "dkim" in purposes:
        keys = {found.identity: found for found in listed(DKIM, server, list(given), ("selector",))}
    policies: dict[str, str | None] = {}
    failure = None
    if not purposes.isdisjoint(("mta_sts", "tls_rpt")):
        policies, failure = _policies(server, list(given))
    domains = []
    for name, (values, backupmx, target) in given.items():
        key = keys.get(name)
        dkim = {"selector": key.values["selector"], "dkim": dns_record(key.raw)["value"]} if key else {}
        domains.append(MailDomain(name, values["active"], backupmx, target, mta_sts=policies.get(name), **dkim))
    return domains, failure


def _policies(server: Server, names: list[str]) -> tuple[dict[str, str | None], ConnectionFailed | None]:
    """Give {domain: text or None} of the MTA-STS policies, and the reason if not all are known, or None. The API does not return
    them, but the page that other mail servers read does (facts-server 26). A proxy may block it.
    """
    failures: list[ConnectionFailed] = []

    def read(name: str) -> str | None:
        # After a failure, the others would also fail, each after several attempts.
        try:
            text = None if failures else server.client.page(_POLICY_PAGE, "mta-sts.%s" % name)
        except ConnectionFailed as error:
            failures.append(error)
            text = None
        return text if text and policy(text).get("version", "").lower() == "stsv1" else None

    policies = dict(zip(names, server.each(read, names)))
    return policies, failures[0] if failures else None


def _wishes(params: Mapping[str, Any]) -> Wishes:
    url = urlsplit(base_url(params["url"]))
    hostname = _hostname(params["hostname"], url)
    ports = dict(params["ports"])
    own = (url.port or _HTTPS) if url.scheme.lower() == "https" else _HTTPS
    ports["https"] = own if ports["https"] is None else ports["https"]
    return Wishes(
        hostname=hostname,
        ports=ports,
        purposes=frozenset(params["purposes"]),
        zones=tuple(domain_names(params["zones"], "zones") or ()),
        ttl=params["ttl"],
        mx_priority=params["mx_priority"],
        spf=params["spf"],
        dmarc=params["dmarc"],
        tls_rpt=params["tls_rpt"],
        tlsa=_tlsa(params, hostname, ports["https"]) if "tlsa" in params["purposes"] else None,
    )


def _hostname(given: str | None, url: SplitResult) -> str:
    host = url.hostname or ""
    if given is None and not _is_name(host):
        raise InvalidValue("hostname", "set the name of the mail server, because the host in url, %s, is not its full name" % host)
    name = next(iter(domain_names([given or host], "hostname") or ()))
    if not _is_name(name):
        raise InvalidValue("hostname", "%r is not a fully qualified hostname" % name)
    return name


def _is_name(host: str) -> bool:
    """Whether a host is a name that other servers can resolve."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host
    return False


def _tlsa(params: Mapping[str, Any], hostname: str, https: int) -> str | None:
    """Give the digest for the TLSA record, None if no record is wanted."""
    if params["tlsa_certificate"]:
        return certificate.digest(params["tlsa_certificate"], "tlsa_certificate")
    if not params["tlsa"]:
        return None
    fetch, port = (certificate.over_https, https) if params["tlsa"] == "https" else (certificate.over_smtp, _SMTP)
    context = certificate.trust(params["validate_certs"], params["ca_path"])
    return certificate.digest(fetch(hostname, port, min(params["timeout"], _TLS_PATIENCE), context), "tlsa")


def _nameservers(nameservers: list[str] | None) -> list[str] | None:
    """Give the name servers of the option. Raises InvalidValue for one that is not an IP address, because resolving its name would
    require a name server.
    """
    for server in nameservers or ():
        try:
            ipaddress.ip_address(server)
        except ValueError as error:
            raise InvalidValue("nameservers", "%r is not an IP address" % server) from error
    return nameservers


def _check(params: Mapping[str, Any]) -> None:
    """Raise InvalidValue for a number that is impossible in the DNS, and for a text that receivers would not recognize."""
    ports = {"ports.%s" % name: port for name, port in params["ports"].items() if port is not None}
    limits = dict(ports, mx_priority=params["mx_priority"], nameserver_port=params["nameserver_port"])
    for option, number in limits.items():
        if not 0 <= number <= 65535:
            raise InvalidValue(option, "%d is not between 0 and 65535" % number)
    if not 0 <= params["ttl"] < 2**31:
        raise InvalidValue("ttl", "must be a number of seconds between 0 and %d" % (2**31 - 1))
    within("dns_timeout", params["dns_timeout"], most=_LONGEST_DNS_TIMEOUT)
    if params["tlsa"] and params["tlsa_certificate"]:
        raise InvalidValue("tlsa", "cannot be combined with tlsa_certificate")
    if params["dns_timeout"] <= 0:
        raise InvalidValue("dns_timeout", "must be more than 0 seconds")
    for option in ("spf", "dmarc", "tls_rpt"):
        if params[option] and not re.match(VERSIONS[option], params[option], re.IGNORECASE):
            raise InvalidValue(option, "%r does not have the prefix of such a record, see the examples" % params[option])


DNS_INFO = Task(dict(CONNECTION, **SPEC), _work)
