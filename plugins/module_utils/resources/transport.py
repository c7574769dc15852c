# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A transport map: the server that takes the mail for a destination (facts-server 14)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.smtp import Credential, Hop, NextHop, TransportDestination, UserName

_DESTINATION = TransportDestination("destination", required_on_create=True)


def _check(situation):
    hop = situation.given.get("nexthop")
    known = isinstance(hop, Hop)
    username = situation.given.get("username", hop.username if known else situation.merged.get("username"))
    if situation.given.get("password") and not username:
        raise InvalidValue("password", "mailcow drops a password without a username")
    if situation.current is None and known and ":" in hop.password and "password" not in situation.given:
        # The add writes it to all maps with the next hop, with a backslash before the colon.
        raise InvalidValue("password", "is needed, because the one that mailcow has for %s holds a colon, which it would spoil" % hop)


TRANSPORT = Resource(
    kind="transport",
    plural="transports",
    title="transport map",
    identity=Compound("id", parts=(_DESTINATION,)),
    item="id",
    read=Read(all="transport/all"),
    add=(Add("transport"),),
    edit="transport",
    delete="transport",
    check=_check,
    fields=(
        _DESTINATION,
        UserName("username"),
        Credential("password"),
        # After the credentials: those that the next hop has already go before what is wanted, which follows as a change.
        NextHop("nexthop", required_on_create=True),
        Flag("is_mx_based"),
        Flag("active", default=True),
    ),
    status=shows("id"),
)
