# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An app password: a further password of a mailbox, for some protocols (facts-mailboxes 17)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.app_password import PROTOCOLS, EscapedName, HashedPassword, Protocols
from ansible_collections.community.mailcow.plugins.module_utils.values.mailbox import MailboxName, domain_of_owner, owner_of

# Both stand in every edit: the owner because mailcow fails without it, the name because it would be escaped once more.
_USERNAME = MailboxName("username", read="mailbox", keep=True, on_edit=False, required_on_create=True)
_APP_NAME = EscapedName("app_name", read="name", keep=True, required_on_create=True, clearable=False)

APP_PASSWORD = Resource(
    kind="app_password",
    plural="app_passwords",
    title="app password",
    identity=Compound("id", parts=(_USERNAME, _APP_NAME), place="username"),
    item="id",
    read=Read(scoped="app-passwd/all", per_mailbox=True),
    add=(Add("app-passwd"),),
    edit="app-passwd",
    delete="app-passwd",
    parent=("mailbox", owner_of),
    domain_of=domain_of_owner,
    fields=(
        _USERNAME,
        _APP_NAME,
        HashedPassword("password", read="password", write="app_passwd", policy="update_password", required_on_create=True, clearable=False),
        Protocols("protocols", choices=PROTOCOLS, default=PROTOCOLS),
        Flag("active", default=True),
    ),
    status=shows("id", "created", "modified"),
)
