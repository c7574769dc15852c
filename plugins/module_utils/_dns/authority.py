# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries each name server of a zone for a record, without a cache.

A resolver is queried only for the name servers, never for the record: if it does not exist, the resolver would cache this, also for
the mail servers that use it, as long as the zone specifies (RFC 2308). The same applies to names above the record, because nothing
exists below a name that does not exist (RFC 8020).
"""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from .check import OK, UNKNOWN, Verdict, verdict
from .query import PAYLOAD, Unanswered, plain

try:
    import dns.exception
    import dns.flags
    import dns.message
    import dns.name
    import dns.query
    import dns.rcode
    import dns.rdatatype
except ImportError:
    # query.Dns reports this.
    pass

if TYPE_CHECKING:
    from .query import Dns
    from .records import Record

# Number of servers that are queried concurrently.
_CONNECTIONS = 16
# Maximum number of delegations and aliases to follow, because they can be circular.
_STEPS = 8


@dataclasses.dataclass(frozen=True)
class Opinion:
    """The result of one name server. ``server``: its name."""

    server: str
    verdict: Verdict


@dataclasses.dataclass
class Authorities:
    """``resolver``: finds the name servers of each zone; ``port``: that of the name servers; ``timeout``: seconds to wait for each of their
    addresses."""

    resolver: Dns
    port: int
    timeout: float

    def zone(self, domain: str) -> str:
        """Give the name of the zone of a domain. Raises Unanswered."""
        labels = domain.split(".")
        for start in range(len(labels)):
            name = ".".join(labels[start:])
            if self.resolver.ask(name, "SOA"):
                return name
        raise Unanswered("%s is in no zone that the DNS has" % domain)

    def opinions(self, record: Record) -> list[Opinion]:
        """Give the results of all name servers of the record's zone, sorted by name. Raises Unanswered if the zone has none."""
        servers = sorted({plain(rdata.target) for rdata in self.resolver.ask(record.zone, "NS")})
        if not servers:
            raise Unanswered("%s has no name servers" % record.zone)
        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            return list(pool.map(lambda server: Opinion(server, self._verdict(record, server)), servers))

    def _verdict(self, record: Record, server: str) -> Verdict:
        """Give the result of a name server on all of its addresses: the first problem on any of them. Unreachable addresses do not count if
        another one answers, because many networks have no IPv6.
        """
        try:
            verdicts = [verdict(record, _At(self, address)) for address in self._addresses(server)]
        except Unanswered as error:
            return Verdict(UNKNOWN, [], str(error))
        known = [found for found in verdicts if found.state != UNKNOWN] or verdicts
        return next((found for found in known if found.state != OK), known[0])

    def _addresses(self, server: str) -> list[str]:
        found = [rdata.address for kind in ("A", "AAAA") for rdata in self.resolver.ask(server, kind)]
        if not found:
            raise Unanswered("it has no address")
        return found

    def ask(self, address: str, name: str, kind: str, steps: int = _STEPS) -> list[Any]:
        """Give the records (of dnspython) of a name from the server at an address, or from those to which it refers. Raises
        Unanswered.
        """
        answer = self._answer(address, name, kind)
        if not answer.flags & dns.flags.AA:
            return self._of_those(self._delegated(answer, name), name, kind, steps)
        try:
            chain = answer.resolve_chaining()
        except dns.exception.DNSException as error:
            raise Unanswered(str(error)) from error
        if chain.answer is None and chain.cnames:
            target = plain(chain.canonical_name)
            servers = [plain(rdata.target) for rdata in self.resolver.ask(self.zone(_above(target)), "NS")]
            return self._of_those(servers, target, kind, steps)
        return list(chain.answer or [])

    def _answer(self, address: str, name: str, kind: str) -> dns.message.QueryMessage:
        query = dns.message.make_query(name, kind, flags=0, use_edns=0, payload=PAYLOAD)
        try:
            answer, _tcp = dns.query.udp_with_fallback(query, address, self.timeout, self.port)
        except dns.exception.Timeout as error:
            raise Unanswered("no answer within %s seconds" % self.timeout) from error
        except (dns.exception.DNSException, OSError, EOFError) as error:
            raise Unanswered(str(error) or type(error).__name__) from error
        if not isinstance(answer, dns.message.QueryMessage) or answer.rcode() not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
            raise Unanswered("it answers %s" % dns.rcode.to_text(answer.rcode()))
        return answer

    def _of_those(self, servers: list[str], name: str, kind: str, steps: int) -> list[Any]:
        """Give the records from the servers of another zone. Raises Unanswered if they differ."""
        if not steps:
            raise Unanswered("%s leads in a circle" % name)
        found = [self.ask(self._addresses(server)[0], name, kind, steps - 1) for server in sorted(servers)]
        if any({rdata.to_text() for rdata in records} != {rdata.to_text() for rdata in found[0]} for records in found):
            raise Unanswered("the name servers of %s do not agree" % name)
        return found[0]

    @staticmethod
    def _delegated(answer: dns.message.Message, name: str) -> list[str]:
        """Give the names of the servers to which an answer refers. Raises Unanswered if they are not closer to the name."""
        for found in answer.authority:
            if found.rdtype == dns.rdatatype.NS and dns.name.from_text(name).is_subdomain(found.name) and len(found.name) > 1:
                return [plain(rdata.target) for rdata in found]
        raise Unanswered("it is not responsible for %s" % name)


@dataclasses.dataclass(frozen=True)
class _At:
    """The server at one address, with the interface of `query.Dns`."""

    authorities: Authorities
    address: str

    def ask(self, name: str, kind: str) -> list[Any]:
        return self.authorities.ask(self.address, name, kind)


def _above(name: str) -> str:
    """Give the name to which a record belongs: the domain of a selector, or else the parent name."""
    return name.rpartition("._domainkey.")[2] if "._domainkey." in name else name.partition(".")[2] or name
