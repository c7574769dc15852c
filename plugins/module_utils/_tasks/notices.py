# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The e-mails that mailcow sends: if a mailbox is nearly full, and to reset a password (facts-server 18 and 25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._api.errors import InvalidValue
from .._api.names import address, domain_names
from .._api.request import Request
from .newer import Newer
from .unseen import Unseen, sender, write

# mailcow accepts them only together.
_MAIL = ("sender", "subject", "html_tmpl")
_QUOTA: dict[str, dict[str, Any]] = {
    "sender": {"type": "str"},
    "subject": {"type": "str"},
    "html_tmpl": {"type": "str"},
    "bcc": {
        "type": "list",
        "elements": "dict",
        "options": {
            "domain": {"type": "str", "required": True},
            "recipients": {"type": "list", "elements": "str", "required": True},
            "active": {"type": "bool", "default": True},
        },
    },
}
_PASSWORD_RESET: dict[str, dict[str, Any]] = {
    "from": {"type": "str", "default": ""},
    "subject": {"type": "str", "default": ""},
    "text_tmpl": {"type": "str", "default": ""},
    "html_tmpl": {"type": "str", "default": ""},
}


def quota_settings(params: Mapping[str, Any]) -> dict[str, Any]:
    """Give the specified settings of quota notifications in mailcow's format. Raises InvalidValue for values that it would drop."""
    values: dict[str, Any] = {}
    if any(params[option] is not None for option in _MAIL):
        values = {option: params[option] or "" for option in _MAIL}
        values["sender"] = sender("sender", values["sender"])
    if params["bcc"] is not None:
        values["bcc"] = [_copies(copies) for copies in params["bcc"]]
    domains = [copies["domain"] for copies in values.get("bcc", ())]
    for domain in domains:
        if domains.count(domain) > 1:
            raise InvalidValue("bcc", "%s is listed twice" % domain)
    return values


def _copies(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the recipients of copies of notifications to mailboxes of a domain."""
    domain = (domain_names([given["domain"]], "bcc.domain") or [""])[0]
    try:
        recipients = sorted({address(recipient) for recipient in given["recipients"] if recipient.strip()})
    except ValueError as error:
        raise InvalidValue("bcc.recipients", str(error)) from error
    # mailcow disables copies without recipients.
    return {"domain": domain, "recipients": recipients, "active": bool(given["active"] and recipients)}


def _quota_requests(values: Mapping[str, Any]) -> Iterator[Request]:
    if "sender" in values:
        yield Request("edit/quota_notification", {"items": [], "attr": {option: values[option] for option in _MAIL}})
    for copies in values.get("bcc", ()):
        attributes = {"domain": copies["domain"], "bcc_rcpt": ",".join(copies["recipients"]), "active": int(copies["active"])}
        yield Request("edit/quota_notification_bcc", {"items": [], "attr": attributes})


def password_reset_settings(params: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings of e-mails for resetting passwords. Raises InvalidValue for values that mailcow would drop, and for a sender
    without a subject, with which it would send nothing (facts-server 25).
    """
    settings = {**{option: params[option] for option in _PASSWORD_RESET}, "from": sender("from", params["from"])}
    if settings["from"] and not settings["subject"]:
        raise InvalidValue("subject", "is required with from; without it mailcow does not send password reset messages")
    return settings


def _password_reset_requests(values: Mapping[str, Any]) -> Iterator[Request]:
    yield Request("edit/reset-password-notification", {"items": [], "attr": dict(values)})


PASSWORD_RESET_NEWER = (Newer(None, "2024-08"),)

QUOTA_NOTIFICATION = write(Unseen("quota_notification", "quota notification", _QUOTA, quota_settings, _quota_requests))
PASSWORD_RESET_NOTIFICATION = write(
    Unseen(
        "password_reset_notification",
        "password reset notification",
        _PASSWORD_RESET,
        password_reset_settings,
        _password_reset_requests,
        PASSWORD_RESET_NEWER,
    )
)
