# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which DNS records mailcow's domains need (the DNS page of its web UI and of its manual).

The data of the domains and the user's options are arguments.
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING, Any

from .records import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from .records import Data

# The purposes of records, in the order in which they are returned.
PURPOSES = (
    "mx",
    "spf",
    "dkim",
    "dmarc",
    "autodiscover",
    "autoconfig",
    "mail_clients",
    "calendars",
    "mta_sts",
    "tls_rpt",
    "tlsa",
)
# mailcow's default ports of services, by the names of their SRV records
# (RFC 6186, RFC 8314, RFC 5804).
PORTS = {"imap": 143, "imaps": 993, "pop3": 110, "pop3s": 995, "submission": 587, "submissions": 465, "sieve": 4190}
# The beginnings of texts of a purpose: other texts can have the same name.
VERSIONS = {
    "spf": r"v=spf1( |$)",
    "dkim": r"v\s*=\s*DKIM1\s*(;|$)|(.*;)?\s*p\s*=",
    "calendars": r"path=",
    "dmarc": r"v\s*=\s*DMARC1\s*(;|$)",
    "mta_sts": r"v\s*=\s*STSv1\s*(;|$)",
    "tls_rpt": r"v\s*=\s*TLSRPTv1\s*(;|$)",
}
# The paths of SOGo's calendars and address books (RFC 6764).
_DAV_PATH = "path=/SOGo/dav/"
# The difference of the preference of a backup MX, if nothing else is known.
_BACKUP_STEP = 10


@dataclasses.dataclass(frozen=True)
class MailDomain:
    """mailcow's data of a domain. ``target``: that of an alias domain, else None; ``backupmx``: whether mail is only
    relayed; ``selector`` and ``dkim``: of its key and the text to publish, or None; ``mta_sts``: the text of its policy,
    or None.
    """

    name: str
    active: bool
    backupmx: bool
    target: str | None = None
    selector: str | None = None
    dkim: str | None = None
    mta_sts: str | None = None

    def shown(self) -> dict[str, Any]:
        """Give the domain as the module returns it."""
        return {
            "domain": self.name,
            "kind": "alias_domain" if self.target else "domain",
            "target_domain": self.target,
            "active": self.active,
            "backupmx": self.backupmx,
            "dkim_selector": self.selector,
            "mta_sts_mode": policy(self.mta_sts).get("mode") if self.mta_sts else None,
        }


@dataclasses.dataclass(frozen=True)
class Wishes:
    """Values that the API does not return, from the module's options. ``spf``, ``dmarc``, ``tls_rpt``: texts, None for a
    suggestion, empty for no record; ``tlsa``: the digest of the server's public key, or None.
    """

    hostname: str
    ports: Mapping[str, int]
    purposes: frozenset[str]
    zones: tuple[str, ...] = ()
    ttl: int = 3600
    mx_priority: int = 10
    spf: str = ""
    dmarc: str | None = None
    tls_rpt: str | None = None
    tlsa: str | None = None


def records_for(domains: Collection[MailDomain], wishes: Wishes) -> list[Record]:
    """Give the list of `records.Record` that the domains and the server need."""
    needed = [record for domain in domains for record in _Builder(domain, wishes).records()]
    if wishes.tlsa:
        needed.append(_tlsa(domains, wishes, wishes.tlsa))
    return [record for record in needed if record.purpose in wishes.purposes]


def policy(text: str) -> dict[str, str]:
    """Give the values of an MTA-STS policy (RFC 8461) as a dict of the first value of each key."""
    pairs = [line.partition(":") for line in text.splitlines()]
    return {key.strip(): value.strip() for key, _colon, value in reversed(pairs)}


class _Builder:
    """The records of one domain."""

    def __init__(self, domain: MailDomain, wishes: Wishes) -> None:
        self.domain = domain
        self.wishes = wishes

    def records(self) -> Iterator[Record]:
        """Give the records of all purposes.

        A backup MX has no mailboxes, and other servers send mail from its domain. For alias domains, mailcow obtains only the
        certificate of mta-sts (acme.sh), so their names cannot be used for autoconfiguration of mail programs.
        """
        yield self._mx()
        if not self.domain.backupmx:
            yield from self._sending()
            if not self.domain.target:
                yield from self._mail_programs()
        yield from self._transport()

    def _mx(self) -> Record:
        backup = self.domain.backupmx
        priority = self.wishes.mx_priority + (_BACKUP_STEP if backup else 0)
        return self._record("mx", "MX", "", {"priority": priority, "target": self.wishes.hostname}, required=True, suggested=backup)

    def _sending(self) -> Iterator[Record]:
        if self.wishes.spf:
            yield self._text("spf", "", self.wishes.spf, required=True)
        if self.domain.dkim and self.domain.selector is not None:
            yield self._text("dkim", self.domain.selector + "._domainkey", self.domain.dkim, required=True)
        yield from self._wished("dmarc", "_dmarc", self.wishes.dmarc, "v=DMARC1; p=none")

    def _mail_programs(self) -> Iterator[Record]:
        https = self.wishes.ports["https"]
        yield self._alias("autodiscover", required=True)
        yield self._service("autodiscover", "_autodiscover._tcp", https)
        yield self._alias("autoconfig", required=True)
        for service in PORTS:
            yield self._service("mail_clients", "_%s._tcp" % service, self.wishes.ports[service])
        for service in ("_caldavs._tcp", "_carddavs._tcp"):
            yield self._service("calendars", service, https)
            if https:
                yield self._text("calendars", service, _DAV_PATH)

    def _transport(self) -> Iterator[Record]:
        suggestion = None
        if self.domain.mta_sts:
            suggestion = "v=TLSRPTv1; rua=mailto:postmaster@{domain}"
            # mailcow displays its own ID only in its web UI. Any ID that changes with the policy is suitable.
            digest = hashlib.sha256("\n".join(self.domain.mta_sts.split()).encode()).hexdigest()[:32]
            yield self._alias("mta-sts", purpose="mta_sts")
            yield self._text("mta_sts", "_mta-sts", "v=STSv1; id=%s" % digest, suggested=True)
        yield from self._wished("tls_rpt", "_smtp._tls", self.wishes.tls_rpt, suggestion)

    def _wished(self, purpose: str, label: str, wish: str | None, suggestion: str | None) -> Iterator[Record]:
        """Give the record with the text of the option, or with a suggestion if it is not set."""
        text = suggestion if wish is None else wish
        if text:
            yield self._text(purpose, label, text, suggested=wish is None)

    def _alias(self, label: str, purpose: str | None = None, required: bool = False) -> Record:
        return self._record(purpose or label, "CNAME", label, {"target": self.wishes.hostname}, required)

    def _service(self, purpose: str, label: str, port: int) -> Record:
        """Give the SRV record of a service; port 0 means that the service does not exist (RFC 2782: the target is the root)."""
        data: Data = {"priority": 0, "weight": int(bool(port)), "port": port, "target": self.wishes.hostname if port else "."}
        return self._record(purpose, "SRV", label, data)

    def _text(self, purpose: str, label: str, text: str, required: bool = False, suggested: bool = False) -> Record:
        return self._record(purpose, "TXT", label, {"text": text.replace("{domain}", self.domain.name)}, required, suggested)

    def _record(self, purpose: str, kind: str, label: str, data: Data, required: bool = False, suggested: bool = False) -> Record:
        name = self.domain.name
        fqdn = "%s.%s" % (label, name) if label else name
        zone = _zone(fqdn, self.wishes.zones) or name
        return Record(name, purpose, zone, fqdn, kind, self.wishes.ttl, data, required, suggested)


def _tlsa(domains: Iterable[MailDomain], wishes: Wishes, digest: str) -> Record:
    """Give the TLSA record of the server's key, which belongs to the server, not to a domain."""
    host = wishes.hostname
    zone = _zone(host, wishes.zones) or _zone(host, [domain.name for domain in domains]) or host.partition(".")[2]
    data: Data = {"usage": 3, "selector": 1, "matching_type": 1, "digest": digest}
    return Record(host, "tlsa", zone, "_25._tcp." + host, "TLSA", wishes.ttl, data)


def _zone(name: str, zones: Iterable[str]) -> str | None:
    """Give the closest of the zones that contain a name, None if none does."""
    return max((zone for zone in zones if name == zone or name.endswith("." + zone)), key=len, default=None)
