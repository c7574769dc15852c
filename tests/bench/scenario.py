# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is declared in a run: N mailboxes and N aliases in N/100 domains, named and filled as the simulator's seed does it."""

from __future__ import annotations

import dataclasses
import secrets
import typing as t

# Per domain, unless there are fewer objects.
_MEMBERS = 100
KINDS = ("domains", "mailboxes", "aliases")
# Of mailboxes that are there for a few minutes, perhaps on a server that others can reach.
_PASSWORD = "Aa1." + secrets.token_urlsafe(12)

Item = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Scenario:
    """A declared state, in the shape of mailcow_config's option ``config``; ``seed`` makes the simulator hold it."""

    domains: list[Item]
    mailboxes: list[Item]
    aliases: list[Item]
    seed: str

    @classmethod
    def of(cls, n: int, names: list[str]) -> Scenario:
        """Give the scenario of ``n`` mailboxes and aliases in the domains ``names``."""
        most = -(-n // len(names))
        domains = [
            {
                "domain": name,
                "description": name,
                "mailboxes": max(10, most),
                "aliases": max(400, most),
                "defquota": 1024,
                "maxquota": 10240,
                "quota": max(10240, 1024 * most),
            }
            for name in names
        ]
        counts = [n // len(names) + (number < n % len(names)) for number in range(len(names))]
        places = [(name, number) for name, count in zip(names, counts, strict=True) for number in range(1, count + 1)]
        return cls(
            domains=domains,
            mailboxes=[
                {"address": f"user{number:04}@{name}", "name": f"user{number:04}", "password": _PASSWORD, "quota": 1024}
                for name, number in places
            ],
            aliases=[{"address": f"alias{number:04}@{name}", "goto": [f"user{number:04}@{name}"]} for name, number in places],
            seed=f"domains={len(names)},mailboxes={most},aliases={most}",
        )

    @property
    def names(self) -> list[str]:
        """The names of the domains."""
        return [item["domain"] for item in self.domains]

    @property
    def config(self) -> dict[str, list[Item]]:
        """The option ``config`` of mailcow_config."""
        return {kind: getattr(self, kind) for kind in KINDS}

    def first(self, count: int) -> dict[str, list[Item]]:
        """Give ``config`` with up to ``count`` objects of each kind; their domains are among them."""
        return {kind: items[:count] for kind, items in self.config.items()}


def domains_for(n: int) -> int:
    """Give the number of domains for ``n`` mailboxes."""
    return max(1, n // _MEMBERS)
