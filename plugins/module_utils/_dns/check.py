# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares records with the DNS, by meaning, because the same record can be written in several ways.

The wanted records are arguments, and the existing ones come from `query.Dns`.
"""

from __future__ import annotations

import dataclasses
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, List, Optional, Tuple

from .._api.stage import Stage
from .domains import VERSIONS
from .query import Unanswered, plain
from .records import tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Protocol

    from dns.rdtypes.ANY.CNAME import CNAME
    from dns.rdtypes.ANY.MX import MX
    from dns.rdtypes.ANY.TLSA import TLSA
    from dns.rdtypes.ANY.TXT import TXT
    from dns.rdtypes.IN.SRV import SRV

    from .._api.stage import Tell
    from .query import Dns
    from .records import Record

    class Asks(Protocol):
        """The interface of `query.Dns`."""

        def ask(self, name: str, kind: str) -> list[Any]:
            """Give the records with this name and type."""

    # The values that were found, and the problem.
    Comparison = Tuple[List[str], Optional[str]]

OK, MISSING, WRONG, UNKNOWN = "ok", "missing", "wrong", "unknown"
# Number of concurrent queries.
_CONNECTIONS = 32
# The pattern of valid texts of a purpose, if any valid text is sufficient.
_VALID = {
    "dmarc": ("p", r"none|quarantine|reject"),
    "mta_sts": ("id", r"[a-z0-9]{1,32}"),
    "tls_rpt": ("rua", r"(mailto:|https:).+"),
}
# The qualifiers of SPF by strictness; without one, it is "+".
_QUALIFIERS = "+?~-"


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The result of a comparison. ``found``: the values in the DNS as texts; ``message``: the problem, None if there is
    none.
    """

    state: str
    found: list[str]
    message: str | None = None


def compare(records: Sequence[Record], dns: Dns, tell: Tell = lambda text: None) -> list[Verdict]:
    """Give a `Verdict` for each record; they are queried concurrently. ``tell`` is called with the progress."""
    stage = Stage(tell, "DNS records: %s looked up", len(records))

    def told(record: Record) -> Verdict:
        given = verdict(record, dns)
        stage.add()
        return given

    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        return list(pool.map(told, records))


def verdict(record: Record, dns: Asks) -> Verdict:
    """Give the `Verdict` on one record, with the answers of ``dns``."""
    try:
        found, problem = _COMPARE[record.type](record, dns)
    except Unanswered as error:
        return Verdict(UNKNOWN, [], str(error))
    if not found:
        return Verdict(MISSING, [], "there is no such record")
    return Verdict(WRONG if problem else OK, found, problem)


def _mx(record: Record, dns: Asks) -> Comparison:
    answer: list[MX] = dns.ask(record.fqdn, "MX")
    preferences = {plain(mx.exchange): mx.preference for mx in answer}
    mine = preferences.get(record.data["target"])
    problem = None
    if mine is None:
        problem = "mail is not delivered to %s" % record.data["target"]
    # If another host is preferred, it gets all mail. Less preferred ones are backups.
    elif mine > min(preferences.values()) and not record.suggested:
        problem = "another server is preferred over %s" % record.data["target"]
    return ["%d %s" % (mx.preference, plain(mx.exchange)) for mx in answer], problem


def _cname(record: Record, dns: Asks) -> Comparison:
    answer: list[CNAME] = dns.ask(record.fqdn, "CNAME")
    target = record.data["target"]
    names = [plain(cname.target) for cname in answer]
    if target in names:
        return names, None
    # Providers can replace aliases by addresses, and an alias can refer to others.
    addresses = _addresses(record.fqdn, dns)
    if not names and not addresses:
        return [], None
    same = addresses and addresses <= _addresses(target, dns)
    return names or sorted(addresses), None if same else "it does not point to %s" % target


def _addresses(name: str, dns: Asks) -> set[str]:
    return {rdata.address for kind in ("A", "AAAA") for rdata in dns.ask(name, kind)}


def _srv(record: Record, dns: Asks) -> Comparison:
    answer: list[SRV] = dns.ask(record.fqdn, "SRV")
    found = ["%d %d %d %s" % (srv.priority, srv.weight, srv.port, plain(srv.target)) for srv in answer]
    places = [(plain(srv.target), srv.port) for srv in answer]
    if not record.data["port"]:
        return found, None if {target for target, _port in places} == {"."} else "it announces a service that does not exist"
    wanted = (record.data["target"], record.data["port"])
    return found, None if wanted in places else "it does not point to %s, port %d" % wanted


def _tlsa(record: Record, dns: Asks) -> Comparison:
    answer: list[TLSA] = dns.ask(record.fqdn, "TLSA")
    found = [rdata.to_text() for rdata in answer]
    # There may be other records for the next key or other authorities: one that matches is sufficient (RFC 7671).
    return found, None if record.value in (text.lower() for text in found) else "it does not match the current key of the server"


def _txt(record: Record, dns: Asks) -> Comparison:
    answer: list[TXT] = dns.ask(record.fqdn, "TXT")
    texts = [b"".join(rdata.strings).decode(errors="replace") for rdata in answer]
    found = [text for text in texts if re.match(VERSIONS[record.purpose], text.strip(), re.IGNORECASE)]
    if len(found) > 1:
        return found, "there are %d such records, so receivers ignore all of them" % len(found)
    return found, _text_problem(record, found[0]) if found else None


def _text_problem(record: Record, text: str) -> str | None:
    """Give the problem of the only text of its kind, None if there is none."""
    if record.purpose == "calendars":
        return None if text == record.value else "it is not %s" % record.value
    if record.purpose == "spf":
        return _spf_problem(record.value, text)
    there = tags(text)
    if record.purpose == "dkim":
        return _dkim_problem(tags(record.value), there)
    if record.suggested:
        tag, valid = _VALID[record.purpose]
        return None if re.fullmatch(valid, there.get(tag, ""), re.IGNORECASE) else "its tag %s is not valid" % tag
    wanted = tags(record.value)
    other = [tag for tag, value in wanted.items() if there.get(tag, "").lower() != value.lower()]
    return "it differs in %s" % ", ".join(other) if other else None


def _dkim_problem(wanted: Mapping[str, str], there: Mapping[str, str]) -> str | None:
    if not there.get("p"):
        return "it has no key, which means that the key was revoked"
    if there["p"] != wanted["p"]:
        return "it has a different key"
    if there.get("k", "rsa") != wanted.get("k", "rsa"):
        return "it has a different type of key"
    if not {"*", "email"}.intersection(there.get("s", "*").split(":")):
        return "its key is not for email"
    return None


def _spf_problem(wanted: str, text: str) -> str | None:
    """Give what an SPF record lacks: it has to contain the terms of the wanted one, and be as strict. It may have more."""
    needed, strictness = _spf(wanted)
    there, found_strictness = _spf(text)
    lacking = [term for term in needed if term not in there]
    if lacking:
        return "it does not contain %s" % " ".join(lacking)
    redirects = any(term.startswith("redirect=") for term in there)
    if found_strictness < strictness and not redirects:
        return "it is less strict than %sall for other servers" % _QUALIFIERS[strictness]
    return None


def _spf(text: str) -> tuple[list[str], int]:
    """Give the terms of an SPF record but "all", and how strict that is; without it the result is neutral (RFC 7208, 4.7)."""
    terms = [term.lower()[1:] if term.startswith("+") else term.lower() for term in text.split()[1:]]
    last = next((term for term in terms if re.fullmatch(r"[?~-]?all", term)), "?all")
    return [term for term in terms if term != last], _QUALIFIERS.index(last[:-3] or "+")


_COMPARE: dict[str, Callable[[Record, Asks], Comparison]] = {"MX": _mx, "CNAME": _cname, "SRV": _srv, "TLSA": _tlsa, "TXT": _txt}
