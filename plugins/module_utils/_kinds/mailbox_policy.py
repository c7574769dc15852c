# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The antispam policy of a mailbox: its allow list and block list of senders (facts-mailboxes 19)."""

from __future__ import annotations

from .._api.names import domain_of
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Write
from .._engine.ways import ListsOfPlace
from .._fields.mail import MailboxName
from .._fields.senders import Senders, refuse_both
from ._places import MAILBOXES, itself

MAILBOX_POLICY = Kind(
    name="mailbox_policy",
    plural="mailbox_policies",
    title="antispam policy of",
    identity=ByName(MailboxName("username")),
    read=ListsOfPlace(MAILBOXES, ("policy_wl_mailbox", "policy_bl_mailbox")),
    write=Write("mailbox-policy", adds=(), deletes=False),
    reset={"allow": [], "block": []},
    belongs=In("mailbox", itself, scope=domain_of),
    check=lambda situation: refuse_both(situation.given, situation.merged),
    fields=(
        Senders("allow", read="policy_wl_mailbox", write="wl", route="mailbox-policy", owner="username"),
        Senders("block", read="policy_bl_mailbox", write="bl", route="mailbox-policy", owner="username"),
    ),
)
