# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Renaming a mailbox (facts-mailboxes 1.9).

The recorded 2026-07a had a stand-in for Docker whose answer to the question for Dovecot's ACLs the code cannot take, so what passes the
checks is an exception there, and wherever the service dovecot is down.
"""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit
from . import alias, mailbox_read

# Tables in which the address stands, and its columns; in lists of targets, limits, flags and scores it is not renamed.
TRACES = (
    ("tags_mailbox", "username"),
    ("sieve_filters", "username"),
    ("app_passwd", "mailbox"),
    ("user_acl", "username"),
    ("da_acl", "username"),
    ("quota2", "username"),
    ("quota2replica", "username"),
    ("pushover", "username"),
    ("alias", "goto"),
    ("imapsync", "user2"),
    ("bcc_maps", "local_dest"),
    ("bcc_maps", "bcc_dest"),
    ("recipient_maps", "old_dest"),
    ("recipient_maps", "new_dest"),
    ("sender_acl", "logged_in_as"),
    ("sender_acl", "send_as"),
)


@edit("rename-mbox", key="mailbox", log=("mailbox", "edit", "mailbox_rename", DATA, None))
def rename(call: Call) -> t.Any:
    old, new = (
        "%s@%s" % (php.string(call.data.get(name)), php.string(call.data.get("domain"))) for name in ("old_local_part", "new_local_part")
    )
    for username in (old, new):
        if not php.is_valid_email(username):
            return call.danger(["username_invalid", username])
    now = mailbox_read.details(call, old)
    if now is None or (now["active"] not in (1, 2) and call.since("2025-03a")) or not call.has_domain(now["domain"]):
        return call.danger("access_denied")
    if not call.state.services.up("dovecot"):
        raise php.PhpException("Cannot access offset of type string on string")
    try:
        with call.db.transaction():
            _rename(call, old, new)
    except php.MysqlError as error:
        return call.danger(str(error))
    if php.intval(call.data.get("create_alias")) == 1:
        comment = "Mailbox was renamed from %s to %s" % (old, new)
        values = {"address": old, "goto": new, "active": 1, "sogo_visible": 1, "private_comment": comment}
        alias.create_from(call, values, ["mailbox", "add", "alias", values, None])
    return call.success(["mailbox_renamed", old, new])


def _rename(call: Call, old: str, new: str) -> None:
    call.db.update("mailbox", {"username": new, "local_part": php.string(call.data.get("new_local_part"))}, username=old)
    call.db.update("alias", {"address": new, "goto": new}, address=old)
    for table, column in TRACES:
        call.db.update(table, {column: new}, **{column: old})
