# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mails about full mailboxes: settings that only can be written (facts-server 18)."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit


def cleaned(value: t.Any) -> str:
    """A text without control characters and without what is not ASCII."""
    return re.sub(r"[^\x20-\x7f]", "", php.string(value))


def mail_address(value: t.Any) -> str:
    """An address, cleaned; "" if it is none."""
    text = cleaned(value)
    return text if php.is_valid_email(text) else ""


@edit("quota_notification", log=("quota_notification", "edit", DATA))
def change(call: Call) -> t.Any:
    """All of them: what is not given is emptied."""
    data = call.data
    values = {"QW_SENDER": mail_address(data.get("sender")), "QW_SUBJ": data.get("subject"), "QW_HTML": data.get("html_tmpl")}
    for key, value in values.items():
        call.redis.set(key, php.string(value))
    return call.success("saved_settings")


@edit("quota_notification_bcc", log=("quota_notification_bcc", "edit", DATA))
def change_bcc(call: Call) -> t.Any:
    """The copies of one domain's mails; it stands among the attributes. Without a recipient they are off."""
    data = call.data
    domain = data.get("domain")
    if not call.has_domain(domain):
        return call.danger("access_denied")
    recipients = []
    for recipient in map(cleaned, php.split(data.get("bcc_rcpt"))):
        if not php.empty(recipient) and not php.is_valid_email(recipient):
            call.danger(["goto_invalid", php.htmlspecialchars(recipient)])
        elif not php.empty(recipient) and recipient not in recipients:
            recipients.append(recipient)
    active = php.intval(data.get("active")) if recipients else 0
    call.redis.hset("QW_BCC", php.string(domain), php.json_compact({"bcc_rcpts": recipients, "active": active}))
    return call.success("saved_settings")
