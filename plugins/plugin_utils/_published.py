# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries all name servers of a zone for the record of a DKIM key, and waits until they have it."""

from __future__ import annotations

import dataclasses
import time
from typing import Any, Mapping, Sequence

from ..module_utils._dns.authority import Authorities
from ..module_utils._dns.check import MISSING, OK, UNKNOWN, WRONG
from ..module_utils._dns.query import Dns, Unanswered
from ..module_utils._dns.records import Record

# Some of the name servers have the key.
PARTIAL = "partial"
# The keys of a record that are returned.
_SHOWN = ("domain", "zone", "name", "fqdn", "type", "ttl", "value", "strings", "rdata")


@dataclasses.dataclass(frozen=True)
class Question:
    """``nameservers``: addresses of resolvers, empty for those of the system; ``port``: of resolvers and name servers; ``timeout``: seconds
    to wait for a response; ``ttl``: seconds, only returned.
    """

    nameservers: Sequence[str] = ()
    port: int = 53
    timeout: float = 5
    ttl: int = 3600

    def wait(self, keys: Sequence[Mapping[str, Any]], seconds: float = 0, interval: float = 10) -> list[dict[str, Any]]:
        """Give for each key (``domain``, ``selector``, ``value``) its record and the responses of the name servers. Queries are repeated
        every ``interval`` seconds until all servers have all keys, for at most ``seconds`` seconds. Raises MailcowError.
        """
        end = time.monotonic() + seconds
        found = self.ask(keys)
        while any(shown["state"] != OK for shown in found) and time.monotonic() < end:
            time.sleep(max(0, min(interval, end - time.monotonic())))
            lacking = [place for place, shown in enumerate(found) if shown["state"] != OK]
            for place, shown in zip(lacking, self.ask([keys[place] for place in lacking])):
                found[place] = shown
        return found

    def ask(self, keys: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Give for each key its record, and the present responses of the name servers. Raises MailcowError."""
        # A new resolver each time, because it caches responses.
        authorities = Authorities(Dns(self.nameservers or None, self.port, self.timeout), self.port, self.timeout)
        return [self._ask(authorities, key) for key in keys]

    def _ask(self, authorities: Authorities, key: Mapping[str, Any]) -> dict[str, Any]:
        domain, selector = str(key["domain"]).lower(), str(key["selector"]).lower()
        fqdn = "%s._domainkey.%s" % (selector, domain)
        record = Record(domain, "dkim", domain, fqdn, "TXT", self.ttl, {"text": str(key["value"])})
        try:
            record = dataclasses.replace(record, zone=authorities.zone(domain))
            opinions = authorities.opinions(record)
        except Unanswered as error:
            return dict(_shown(record), selector=selector, state=UNKNOWN, message=str(error), servers=[])
        servers = [{"server": it.server, "state": it.verdict.state, "message": it.verdict.message} for it in opinions]
        lacking = ["%(server)s: %(message)s" % server for server in servers if server["state"] != OK]
        state = together({it.verdict.state for it in opinions})
        return dict(_shown(record), selector=selector, state=state, message="; ".join(lacking), servers=servers)


def _shown(record: Record) -> dict[str, Any]:
    shown = record.shown()
    return {key: shown[key] for key in _SHOWN}


def together(states: set[str]) -> str:
    """Give the common state of several name servers."""
    if states == {OK}:
        return OK
    if OK in states:
        return PARTIAL
    return next(state for state in (WRONG, UNKNOWN, MISSING) if state in states)
