# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries the DNS with dnspython. If a record does not exist, the answer is empty; if this is unknown, an exception is raised."""

from __future__ import annotations

import traceback
from threading import Lock
from typing import TYPE_CHECKING, Any

from .._api.errors import LibraryMissing, MailcowError
from .._api.once import Once

try:
    import dns.exception
    import dns.resolver
except ImportError:
    DNSPYTHON_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    DNSPYTHON_IMPORT_ERROR = None

if TYPE_CHECKING:
    from collections.abc import Collection

    from dns.name import Name

# The size of answers that are not fragmented in any network (DNS flag day 2020); larger ones use TCP.
PAYLOAD = 1232
# Seconds after which a query is sent again, until the timeout.
_AGAIN = 2
# After this number of consecutive queries without an answer, the name servers are considered to be down.
_DEAD = 40


class Unanswered(Exception):
    """It is unknown whether the record exists; ``str()`` gives the reason."""


def plain(name: Name) -> str:
    """Give a name of dnspython in the format of `records.Record`."""
    return name.to_text().lower().rstrip(".") or "."


class Dns:
    """Sends each query only once, from several threads.

    ``nameservers``: addresses, None for those of the system; ``timeout``: seconds for each query, including
    repetitions. Raises MailcowError when the system has no name servers, LibraryMissing without dnspython.
    """

    def __init__(self, nameservers: Collection[str] | None = None, port: int = 53, timeout: float = 5) -> None:
        if DNSPYTHON_IMPORT_ERROR:
            raise LibraryMissing("dnspython", DNSPYTHON_IMPORT_ERROR)
        try:
            self._resolver = dns.resolver.Resolver(configure=not nameservers)
        except dns.resolver.NoResolverConfiguration as error:
            raise MailcowError("nameservers: this host has none configured (%s); set the option" % error) from error
        if nameservers:
            self._resolver.nameservers = list(nameservers)
            self._resolver.port = port
        self._resolver.lifetime = timeout
        self._resolver.timeout = min(_AGAIN, timeout)
        self._resolver.use_edns(0, 0, PAYLOAD)
        self._timeout = timeout
        self._silent = 0
        self._answers = Once()
        self._lock = Lock()

    def ask(self, name: str, kind: str) -> list[Any]:
        """Give the records (of dnspython) of a name, following aliases; none if the name does not exist or has no such
        record. Raises Unanswered.
        """
        answer: list[Any] = self._answers.ask((name.lower(), kind), lambda: self._ask(name, kind))
        return answer

    def _ask(self, name: str, kind: str) -> list[Any]:
        if self._silent >= _DEAD:
            raise Unanswered("not queried, because the name servers do not answer")
        try:
            found = self._resolver.resolve(name + ".", kind, raise_on_no_answer=False, search=False).rrset
        except dns.resolver.LifetimeTimeout as error:
            with self._lock:
                self._silent += 1
            raise Unanswered("no answer within %s seconds" % self._timeout) from error
        except dns.resolver.NXDOMAIN:
            found = None
        except (dns.exception.DNSException, OSError, ValueError) as error:
            raise Unanswered(str(error)) from error
        self._silent = 0
        return list(found or [])
