# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A resource: a room or a thing that calendars can book (facts-mailboxes 18)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import domain_name, domain_of, split_address
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Situation, Write
from .._engine.ways import Named
from .._fields.mail import Address, Domain
from .._fields.plain import Choice, Flag, Number, Text
from ._places import ALIAS_NAMES, MAILBOX_NAMES

if TYPE_CHECKING:
    from .._fields.field import Body


def address_of(description: str, domain: str) -> str:
    """Give the local part that mailcow derives from a description: its ASCII letters and digits."""
    return "%s@%s" % (re.sub(r"[^A-Za-z0-9]", "", description), domain)


class ResourceAddress(Address):
    """The address of a resource, specified or derived from ``description`` and ``domain`` as by mailcow. It does not change with them."""

    needed = False

    def given(self, params: Mapping[str, Any]) -> Any:
        if params.get(self.option) is not None:
            return super().given(params)
        if params.get("description") is None or params.get("domain") is None:
            raise InvalidValue(None, "set domain and description, or %s" % self.option)
        try:
            domain = domain_name(params["domain"])
        except ValueError as error:
            raise InvalidValue("domain", str(error)) from error
        try:
            return self.canonical(address_of(params["description"], domain))
        except ValueError as error:
            raise InvalidValue("description", "mailcow derives the address from its ASCII letters and digits, and %s" % error) from error

    def body(self, value: Any) -> Body:
        # The local part is derived from the description.
        return {"domain": domain_of(value)}


class Description(Text):
    """The name for users. An add derives the address from it, so one that results in another address is set after the add."""

    def added(self, value: Any, identity: str) -> Body:
        local_part, domain = split_address(identity)
        return self.body(value if address_of(value, domain).lower() == identity.lower() else local_part)


def _check(situation: Situation) -> None:
    local_part, domain = split_address(situation.identity)
    if situation.given.get("domain", domain) != domain.lower():
        raise InvalidValue("domain", "the address %s is in another domain, and a resource cannot move" % situation.identity)
    made = address_of(local_part, domain)
    if situation.current is None and made.lower() != situation.identity.lower():
        raise InvalidValue("address", "before the @, mailcow creates only ASCII letters and digits; the nearest address is %s" % made)


RESOURCE = Kind(
    name="resource",
    plural="resources",
    title="resource",
    identity=ByName(ResourceAddress("address", read="name")),
    read=Named("resource", all="resource/all"),
    write=Write("resource"),
    belongs=In("domain", domain_of, gone_first=True),
    check=_check,
    clashes=lambda identity, holder: [(MAILBOX_NAMES, identity), (ALIAS_NAMES, identity)],
    fields=(
        # On add, it is part of the identity.
        Domain("domain", on_add=False, on_edit=False),
        Description("description", required_on_create=True, clearable=False),
        Choice("kind", choices=("location", "group", "thing"), required_on_create=True),
        Number("multiple_bookings", least=-1, default=0),
        Flag("active", default=True),
    ),
)
