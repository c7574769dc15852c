# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the user of a mailbox may do (facts-mailboxes 4). There is no get."""

from __future__ import annotations

from .. import php, schema
from ..call import Call
from ..routes import DATA, edit

RIGHTS = tuple(name for name in schema.TABLES["user_acl"].columns if name != "username")
SINCE = {"pw_reset": "2024-08"}


def rights(call: Call) -> tuple[str, ...]:
    """Those that the server knows."""
    return call.known(RIGHTS, SINCE)


@edit("user-acl", key="username", log=("acl", "edit", "user", DATA))
def change(call: Call) -> None:
    for username in call.items:
        named = {php.arg(right) for right in php.array(call.data.get("user_acl"))}
        if not call.has_mailbox(username):
            call.danger("access_denied")
        elif not call.db.exists("user_acl", username=username):
            call.danger("Cannot determine current ACL")
        else:
            call.db.update("user_acl", {right: int(right in named) for right in rights(call)}, username=username)
            call.success(["acl_saved", username])
