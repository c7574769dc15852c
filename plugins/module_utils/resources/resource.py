# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A resource: a room or a thing that calendars can book (facts-mailboxes 18)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Choice, Domain, Flag, Number, Text
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource
from ansible_collections.community.mailcow.plugins.module_utils.values.resource import ResourceAddress, address_of


def _check(situation):
    domain = domain_of(situation.identity)
    if situation.given.get("domain", domain) != domain.lower():
        raise InvalidValue("domain", "the address %s is in another domain, and a resource cannot move" % situation.identity)
    if situation.current is None:
        made = address_of(situation.given["description"], domain)
        if made.lower() != situation.identity.lower():
            raise InvalidValue("address", "mailcow makes the address of the description; it would be %s" % made)


RESOURCE = Resource(
    kind="resource",
    plural="resources",
    title="resource",
    identity=ResourceAddress("address", read="name"),
    read=Read(one="resource", all="resource/all"),
    add=(Add("resource"),),
    edit="resource",
    delete="resource",
    parent=("domain", lambda wanted: domain_of(wanted.identity)),
    check=_check,
    domain_of=domain_of,
    keeps_parent=True,
    fields=(
        # The identity says it when a resource is created.
        Domain("domain", on_add=False, on_edit=False),
        Text("description", required_on_create=True, clearable=False),
        Choice("kind", choices=("location", "group", "thing"), required_on_create=True),
        Number("multiple_bookings", least=-1, default=0),
        Flag("active", default=True),
    ),
)
