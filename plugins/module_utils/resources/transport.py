# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A transport map: the server that takes the mail for a destination (facts-server 14)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.smtp import Credential, NextHop, Trimmed, UserName


def _check(situation):
    if situation.given.get("password") and not situation.merged.get("username"):
        raise InvalidValue("password", "mailcow drops a password without a username")


TRANSPORT = Resource(
    kind="transport",
    plural="transports",
    title="transport map",
    identity=Trimmed("destination"),
    item="id",
    read=Read(all="transport/all"),
    add=(Add("transport"),),
    edit="transport",
    delete="transport",
    check=_check,
    fields=(
        NextHop("nexthop", required_on_create=True),
        UserName("username"),
        Credential("password"),
        Flag("is_mx_based"),
        Flag("active", default=True),
    ),
    status=shows("id"),
)
