# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A recipient map: mail for one address or domain goes to another (facts-server 11)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.maps import AddressOrDomain

_OLD = AddressOrDomain("recipient_map_old", required_on_create=True)

RECIPIENT_MAP = Resource(
    kind="recipient_map",
    plural="recipient_maps",
    title="recipient map",
    identity=Compound("id", parts=(_OLD,)),
    item="id",
    read=Read(all="recipient_map/all"),
    add=(Add("recipient_map"),),
    edit="recipient_map",
    delete="recipient_map",
    fields=(
        _OLD,
        AddressOrDomain("recipient_map_new", required_on_create=True),
        Flag("active", default=True),
    ),
    scope=lambda identity, values: domain_of(values["recipient_map_old"]).lower() if "recipient_map_old" in values else None,
    status=shows("id", "created", "modified"),
)
