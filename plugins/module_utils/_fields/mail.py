# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names: domains, addresses, mailboxes, DKIM selectors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.messages import NOT_ASKED
from .._api.names import address, askable, domain_name, split_address
from .field import MISSING, Field
from .plain import Text

if TYPE_CHECKING:
    from .field import Asks, Body

_SAFE_SELECTOR = re.compile(r"^[a-z0-9][a-z0-9_.-]*$", re.IGNORECASE)
# What users write to mean all addresses of a domain. mailcow treats it as an ordinary address.
_WILDCARD = re.compile(r"^(\*[^@]*|[^@]*\*)@")


def refuse_wildcards(option: str, wanted: Iterable[str], current: Iterable[str] = ()) -> None:
    """Raise InvalidValue if one of the addresses was meant as a pattern. Addresses in ``current`` exist already and are accepted."""
    there = {known.lower() for known in current}
    for text in wanted:
        if _WILDCARD.match(text) and text.lower() not in there:
            raise InvalidValue(
                option,
                "mailcow does not support patterns and would treat the * in %s as a letter; the catch-all of a domain is the alias %s"
                % (text, text[text.index("@") :]),
            )


class Domain(Field):
    """The name of a domain."""

    def canonical(self, value: Any) -> Any:
        return domain_name(value)

    def from_server(self, value: Any) -> Any:
        return str(value).lower()


class Address(Field):
    """An e-mail address. mailcow compares addresses without case, so case alone is no difference."""

    def canonical(self, value: Any) -> Any:
        return address(value)

    def from_server(self, value: Any) -> Any:
        return str(value)

    def same(self, current: str, wanted: str) -> bool:
        return current.lower() == wanted.lower()

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        refuse_wildcards(self.option, [wanted], [] if current is MISSING else [current])
        return wanted


class OptionalAddress(Address):
    """An e-mail address or nothing."""

    absent = ""
    left_out: ClassVar[bool] = True

    def canonical(self, value: Any) -> Any:
        return address(value) if str(value).strip() else ""


class AddressOrDomain(Address):
    """An address, or ``@example.com`` for a whole domain. mailcow lowers both."""

    def canonical(self, value: Any) -> Any:
        text = str(value).strip()
        if "@" in text[1:]:
            return address(text).lower()
        return "@" + domain_name(text.lstrip("@"))


class MailboxAddress(Address):
    """The address of a mailbox, which mailcow stores in lower case; an add sends it in two parts."""

    def canonical(self, value: Any) -> Any:
        return super().canonical(value).lower()

    def body(self, value: Any) -> Body:
        local_part, domain = split_address(value)
        return {"local_part": local_part, "domain": domain}


class MailboxName(MailboxAddress):
    """The mailbox that something belongs to. What belongs to one with a slash in its address, mailcow does not show."""

    def canonical(self, value: Any) -> Any:
        name = super().canonical(value)
        if not askable(name):
            raise ValueError(
                "%s: %s; give the mailbox another one first (rename_to of community.mailcow.mailcow_mailbox)" % (name, NOT_ASKED)
            )
        return name

    def body(self, value: Any) -> Body:
        return {self.write or self.option: value}


class Selector(Text):
    """A DKIM selector, which may have a dot since 2025-01."""

    new: ClassVar[tuple[str, str] | None] = ("one with a dot", "2025-01")

    def canonical(self, value: Any) -> Any:
        selector = str(value).strip()
        if not _SAFE_SELECTOR.match(selector):
            raise ValueError("%r is not a DKIM selector: use letters, digits, '-', '_' and '.'" % value)
        return selector

    def from_server(self, value: Any) -> Any:
        # A template may have no selector (facts-mailboxes 3).
        return str(value)

    def is_new(self, value: Any) -> bool:
        return "." in value
