# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The places that mailcow's objects belong in, and the names that they share, said once for all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._api.names import domain_of
from .._api.shape import asked, name_in
from .._engine.kind import In, Others
from .._engine.ways import Owners, Places

if TYPE_CHECKING:
    from .._fields.field import Raw

DOMAINS = Places("domain", (("domain/all", "domain_name"),))
# An alias domain can have aliases, a key and a policy of its own.
EVERY_DOMAIN = Places("domain", (("domain/all", "domain_name"), ("alias-domain/all", "alias_domain")))
MAILBOXES = Owners(DOMAINS, "mailbox/reduced", name="username", place="domain", one="mailbox")

# Whose names stand in the way of others.
DOMAIN_NAMES = Others("domain", "domain_name", "domain/all", one="domain")
MAILBOX_NAMES = Others("mailbox", "username", "mailbox/reduced", place="domain", lists=True, one="mailbox")
# get/alias compares the leading digits of an address with ids (facts-mailboxes 12.1).
ALIAS_NAMES = Others("alias", "address", "alias/all", place="domain", lists=True, one="alias", hides=True)
RESOURCE_NAMES = Others("resource", "name", "resource/all", place="domain", one="resource")
ADMIN_NAMES = Others("administrator", "username", "admin/all", one="admin")
DOMAIN_ADMIN_NAMES = Others("domain administrator", "username", "domain-admin/all", one="domain-admin")


def itself(name: str) -> str:
    """Give the name: what belongs to something and is called by it."""
    return name


def target_of(domain: Raw) -> str:
    """Give the name that a domain as ``get/domain`` gives it says of itself: of an alias domain, that of its target. Raises
    BadAnswer.
    """
    return name_in(domain, "domain_name", asked("domain"))


def owner(identity: str) -> str | None:
    """Give the mailbox that something belongs to: its identity knows it as the place (see `_engine.identity.Name`)."""
    return getattr(identity, "place", None)


IN_MAILBOX = In("mailbox", owner, scope=domain_of)
