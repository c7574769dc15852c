# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailboxes and their templates share: whether they are active, and what their owners may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .field import MISSING, Field

if TYPE_CHECKING:
    from .field import Asks, Spec

# What the owner of a mailbox may change (facts-mailboxes 4).
PERMISSIONS = (
    "spam_alias",
    "tls_policy",
    "spam_score",
    "spam_policy",
    "delimiter_action",
    "syncjobs",
    "eas_reset",
    "sogo_profile_reset",
    "pushover",
    "quarantine",
    "quarantine_attachments",
    "quarantine_notification",
    "quarantine_category",
    "app_passwds",
    "pw_reset",
)
# The releases of mailcow that introduced some of them.
NEW_PERMISSIONS = {"pw_reset": "2024-08"}


class Activity(Field):
    """mailcow's ``active`` of a mailbox as two options: 0 is off, 1 on, 2 on without login (mail is accepted). Its API stores any other
    number, but Postfix and Dovecot treat the mailbox as off then.
    """

    def argument_spec(self) -> Spec:
        return {"active": {"type": "bool"}, "login": {"type": "bool"}}

    def given(self, params: Mapping[str, Any]) -> Any:
        pair = (params.get("active"), params.get("login"))
        return MISSING if pair == (None, None) else pair

    def from_server(self, value: Any) -> Any:
        number = int(value)
        return number if number in (1, 2) else 0

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        there = 1 if current is MISSING else current
        active = there != 0 if wanted[0] is None else wanted[0]
        login = there != 2 if wanted[1] is None else wanted[1]
        return (1 if login else 2) if active else 0

    def show(self, value: Any) -> dict[str, Any]:
        return {} if value is MISSING else {"active": value != 0, "login": value != 2}
