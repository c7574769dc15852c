# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names of mail: domains, addresses, mailboxes, DKIM selectors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .._api.names import address, domain_name, split_address
from .field import Field
from .plain import Text

if TYPE_CHECKING:
    from .field import Body

_SAFE_SELECTOR = re.compile(r"^[a-z0-9][a-z0-9_.-]*$", re.IGNORECASE)


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


class AddressOrDomain(Address):
    """An address, or ``@example.com`` for a whole domain. mailcow lowers both."""

    def canonical(self, value: Any) -> Any:
        text = str(value).strip()
        if "@" in text[1:]:
            return address(text).lower()
        return "@" + domain_name(text.lstrip("@"))


class MailboxAddress(Address):
    """The address of a mailbox, which mailcow stores in lower case; on add it is given in two parts."""

    def canonical(self, value: Any) -> Any:
        return super().canonical(value).lower()

    def body(self, value: Any) -> Body:
        local_part, domain = split_address(value)
        return {"local_part": local_part, "domain": domain}


class MailboxName(MailboxAddress):
    """The mailbox that something belongs to."""

    def body(self, value: Any) -> Body:
        return {self.write or self.option: value}


class Selector(Text):
    """A DKIM selector."""

    def canonical(self, value: Any) -> Any:
        selector = str(value).strip()
        if not _SAFE_SELECTOR.match(selector):
            raise ValueError("%r is not a DKIM selector: use letters, digits, '-', '_' and '.'" % value)
        return selector
