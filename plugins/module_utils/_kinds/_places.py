# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The objects that contain others, and the names that several kinds share, defined once for all kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._api.names import domain_of
from .._api.shape import asked, name_in
from .._engine.kind import In, Others
from .._engine.ways import Owners, Places

if TYPE_CHECKING:
    from .._fields.field import Raw

DOMAINS = Places("domain", (("domain/all", "domain_name"),))
# An alias domain can have its own aliases, DKIM key and policy.
EVERY_DOMAIN = Places("domain", (("domain/all", "domain_name"), ("alias-domain/all", "alias_domain")))
MAILBOXES = Owners(DOMAINS, "mailbox/reduced", name="username", place="domain", one="mailbox")

# Kinds whose names can clash with those of others.
DOMAIN_NAMES = Others("domain", "domain_name", "domain/all", one="domain")
MAILBOX_NAMES = Others("mailbox", "username", "mailbox/reduced", place="domain", lists=True, one="mailbox")
# get/alias compares the leading digits of an address with ids (facts-mailboxes 12.1).
ALIAS_NAMES = Others("alias", "address", "alias/all", place="domain", lists=True, one="alias", hides=True)
RESOURCE_NAMES = Others("resource", "name", "resource/all", place="domain", one="resource")
ADMIN_NAMES = Others("administrator", "username", "admin/all", one="admin")
DOMAIN_ADMIN_NAMES = Others("domain administrator", "username", "domain-admin/all", one="domain-admin")


def itself(name: str) -> str:
    """Give the name itself, for objects that have the name of what they belong to."""
    return name


def target_of(domain: Raw) -> str:
    """Give the name in a domain as returned by ``get/domain``; for an alias domain, it is that of its target. Raises BadAnswer."""
    return name_in(domain, "domain_name", asked("domain"))


def owner(identity: str) -> str | None:
    """Give the mailbox to which something belongs, which is the place of its identity (see `_engine.identity.Name`)."""
    return getattr(identity, "place", None)


IN_MAILBOX = In("mailbox", owner, scope=domain_of)
