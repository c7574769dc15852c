# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The DNS that the simulated server asks, and what mailcow makes of it for a forwarding host given by name (facts-server 9)."""

from __future__ import annotations

import typing as t
from ipaddress import ip_address

from . import php

KINDS = ("A", "AAAA", "MX", "TXT")

# Names for tests and for trying it out; the option --dns adds others or replaces these.
NAMES: dict[str, list[str]] = {
    "host.dns.example": ["192.0.2.10"],
    "both.dns.example": ["192.0.2.20", "2001:db8::20"],
    "mx.dns.example": ["MX host.dns.example", "MX both.dns.example", "192.0.2.1"],
    "spf.dns.example": ["TXT v=spf1 ip4:198.51.100.0/24 a:both.dns.example ~all", "MX host.dns.example"],
}


def unique(values: t.Iterable[str]) -> list[str]:
    """Each value once, where it stands first."""
    return list(dict.fromkeys(values))


class Dns:
    """Records by name. A record is a text like "MX mx.example" or "TXT v=spf1 -all", an address alone an A or AAAA record."""

    def __init__(self, names: dict[str, list[str]] | None = None) -> None:
        self.names: dict[str, list[tuple[str, str]]] = {}
        for name, texts in {**NAMES, **(names or {})}.items():
            if not isinstance(texts, list):
                raise ValueError("dns: %s: a list of records is needed" % name)
            self.names[self._key(name)] = [self._record(name, text) for text in texts]

    @staticmethod
    def _key(name: str) -> str:
        return name.lower().removesuffix(".")

    @staticmethod
    def _record(name: str, text: t.Any) -> tuple[str, str]:
        kind, _unused, value = str(text).partition(" ")
        if php.is_ip(text):
            return ("A" if php.is_ip(text, 4) else "AAAA"), text
        if kind not in KINDS or not value:
            raise ValueError("dns: %s: %r is neither an address nor a record of type %s" % (name, text, ", ".join(KINDS)))
        return kind, value

    def records(self, name: str, kind: str) -> list[str]:
        """The values of a name's records of a kind."""
        return [value for known, value in self.names.get(self._key(name), ()) if known == kind]

    def addresses(self, name: str) -> list[str]:
        """A name's own addresses."""
        return self.records(name, "A") + self.records(name, "AAAA")

    def mail_servers(self, name: str) -> list[str]:
        """The addresses of a name's MX hosts."""
        return unique(address for host in self.records(name, "MX") for address in self.addresses(host))

    def outgoing_hosts(self, name: str) -> list[str]:
        """From where mail of a domain comes: SPF, else MX, else the addresses of the name itself."""
        return self.spf(name) or self.mail_servers(name) or self.addresses(name)

    def spf(self, name: str, expand: bool = False) -> list[str]:
        """The hosts that pass, read as loosely as mailcow does: a record ends at the first mechanism that fails.

        `expand`: the target of a redirect, whose IPv6 addresses (not its networks) are written in full.
        """
        hosts: list[str] = []
        for text in self.records(name, "TXT"):
            version, *mechanisms = text[:255].split(" ")
            if version != "v=spf1":
                continue
            for mechanism in mechanisms:
                if mechanism[:1] in ("-", "~"):
                    break
                if mechanism[:1] in ("+", "?"):
                    mechanism = mechanism[1:]
                if "=" in mechanism:
                    modifier, target = mechanism.split("=")[:2]
                    if modifier == "redirect":
                        return self.spf(target, expand=True)
                    continue
                hosts = unique(hosts + self._mechanism(name, mechanism))
        return [ip_address(host).exploded if expand and php.is_ip(host, 6) else host for host in hosts]

    def _mechanism(self, name: str, mechanism: str) -> list[str]:
        """The hosts of one mechanism. A prefix length is only seen after a colon: `a/24` is no known mechanism."""
        kind, colon, rest = mechanism.partition(":")
        parts = rest.split("/") if colon else [name]
        domain = parts[0]
        hosts: list[str] = []
        if kind == "include" and domain != name:
            hosts = self.spf(domain)
        elif kind == "a":
            hosts = self.addresses(domain)
        elif kind == "mx":
            hosts = self.mail_servers(domain)
        elif kind in ("ip4", "ip6"):
            hosts = [domain]
        return ["%s/%s" % (host, parts[1]) for host in hosts] if len(parts) > 1 else hosts
