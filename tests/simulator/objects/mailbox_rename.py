# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Renaming a mailbox (facts-mailboxes 1.9).

The recorded server had a stand-in for Docker whose answer the code cannot take, so what passes the checks is an exception.
"""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit
from . import mailbox_read


@edit("rename-mbox", key="mailbox", log=("mailbox", "edit", "mailbox_rename", DATA, None))
def rename(call: Call) -> t.Any:
    old, new = (
        "%s@%s" % (php.string(call.data.get(name)), php.string(call.data.get("domain"))) for name in ("old_local_part", "new_local_part")
    )
    for username in (old, new):
        if not php.is_valid_email(username):
            return call.danger(["username_invalid", username])
    now = mailbox_read.details(call, old)
    if now is None or now["active"] not in (1, 2) or not call.has_domain(now["domain"]):
        return call.danger("access_denied")
    raise php.PhpException("Cannot access offset of type string on string")
