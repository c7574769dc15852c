# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A relay host: a server that takes the mail of domains or mailboxes for delivery (facts-server 13)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.smtp import Credential, Host, UserName

_HOSTNAME = Host("hostname", required_on_create=True)
_USERNAME = UserName("username")


def _names(key):
    return lambda raw: [name for name in raw[key].split(", ") if name]


RELAYHOST = Resource(
    kind="relayhost",
    plural="relayhosts",
    title="relay host",
    identity=Compound("id", parts=(_HOSTNAME, _USERNAME), optional=("username",)),
    item="id",
    read=Read(all="relayhost/all"),
    add=(Add("relayhost"),),
    edit="relayhost",
    delete="relayhost",
    fields=(
        _HOSTNAME,
        _USERNAME,
        Credential("password"),
        # mailcow ignores it on add: a new one is active.
        Flag("active", on_add=False),
    ),
    status=dict(shows("id"), used_by_domains=_names("used_by_domains"), used_by_mailboxes=_names("used_by_mailboxes")),
)
