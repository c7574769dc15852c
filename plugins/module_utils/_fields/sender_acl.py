# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The senders that a mailbox may use besides its own address (facts-mailboxes 1.7)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.names import address, domain_name, domain_of
from .._api.request import Request
from .field import MISSING, Field
from .mail import refuse_wildcards

if TYPE_CHECKING:
    from .field import Asks, Body, Raw


class SenderList(Field):
    """A set of senders: addresses, ``@domain`` for a whole domain, ``*`` for all."""

    type: ClassVar[str] = "list"

    def canonical(self, value: Any) -> Any:
        entries = set()
        for item in value:
            entry = str(item).strip().lower()
            if entry == "*":
                return ["*"]
            if "@" in entry[1:]:
                entries.add(address(entry))
            elif entry not in ("", "default"):
                entries.add("@" + domain_name(entry.lstrip("@")))
        return sorted(entries)

    def from_server(self, value: Any) -> Any:
        return sorted({entry.lower() for entry in value})


@dataclasses.dataclass(frozen=True)
class SenderAcl(SenderList):
    """The other senders that a mailbox may use. ``has_mailbox``: whether the server has a mailbox, of (name, domain, server, whether
    many are queried).
    """

    has_mailbox: Callable[[str, str, Asks, bool], bool] | None = None

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        # mailcow ignores what is allowed anyway: the mailbox's address, and its aliases with sender_allowed (facts-mailboxes 1.7).
        there = () if current is MISSING else current
        refuse_wildcards(self.option, wanted, there)
        return [entry for entry in wanted if entry in there or not (entry == identity or self._allowed_anyway(entry, identity, server))]

    def _allowed_anyway(self, entry: str, identity: str, server: Asks) -> bool:
        """Whether a new entry is an alias of the mailbox. Raises InvalidValue if there is no such sender, which mailcow would find
        only after it has stored the rest of the list.
        """
        if entry == "*":
            return False
        if entry.startswith("@"):
            known = server.ask("domain", entry[1:])
            alias: Raw = {}
        else:
            # From the list, because get/alias may return another one (facts-mailboxes 12.1).
            aliases = server.ask("alias/all", domain_of(entry)) or []
            alias = next((alias for alias in aliases if alias["address"].lower() == entry), {})
            known = alias or (self.has_mailbox and self.has_mailbox(entry, domain_of(entry), server, False))
        if not known and not server.check_mode:
            raise InvalidValue(self.option, "the server has no domain, alias or mailbox %s" % entry)
        return bool(alias.get("sender_allowed")) and identity in str(alias["goto"]).lower().split(",")

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        if attempt == 1 and set(current) - set(wanted):
            # mailcow keeps entries whose domain or address no longer exists in every edit; only "*" removes them (facts-mailboxes 1.7).
            return {}, [Request("edit/mailbox", {"items": [item], "attr": self.body(value)}, item) for value in (["*"], wanted)]
        return super().edits(item, current, wanted, attempt)

    def to_server(self, value: Any) -> Any:
        return value or ["default"]


class ExternalSenders(SenderList):
    """Addresses and domains outside this mailcow that a mailbox may send as; written as one text."""

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        refuse_wildcards(self.option, wanted)
        return wanted

    def to_server(self, value: Any) -> Any:
        return ",".join(value)
