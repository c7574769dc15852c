# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A BCC map: a copy of the mail of an address or a domain goes to another address (facts-server 12)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Address, Choice, Flag
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.maps import LocalDestination

_LOCAL_DEST = LocalDestination("local_dest", required_on_create=True, on_edit=False)
_TYPE = Choice("type", choices=("sender", "rcpt"), required_on_create=True)


def _check(situation):
    given, current = situation.given, situation.current
    if current and "local_dest" in given and not _LOCAL_DEST.same(current["local_dest"], given["local_dest"]):
        raise InvalidValue("local_dest", "mailcow cannot change it; delete the BCC map and create another one")


BCC_MAP = Resource(
    kind="bcc_map",
    plural="bcc_maps",
    title="BCC map",
    identity=Compound("id", parts=(_LOCAL_DEST, _TYPE)),
    item="id",
    read=Read(all="bcc/all"),
    add=(Add("bcc"),),
    edit="bcc",
    delete="bcc",
    check=_check,
    fields=(
        _LOCAL_DEST,
        _TYPE,
        Address("bcc_dest", required_on_create=True),
        Flag("active", default=True),
    ),
    scope=lambda identity, values: domain_of(values["local_dest"]).lower() if "local_dest" in values else None,
    status=shows("id", "created", "modified"),
)
