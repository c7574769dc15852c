# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changing mailboxes (facts-mailboxes 1.2, 1.3)."""

from __future__ import annotations

import typing as t

from .. import db, passwords, php
from ..call import Call
from ..routes import DATA, edit
from . import mailbox, mailbox_read, mailbox_settings, sender_acl

MIB = 1048576
FLAGS = (
    "force_pw_update",
    "force_tfa",
    "sogo_access",
    "imap_access",
    "sieve_access",
    "pop3_access",
    "relayhost",
    "smtp_access",
    "eas_access",
    "dav_access",
)


@edit("mailbox", key="username", log=("mailbox", "edit", "mailbox", DATA, None), mask=("password", "password2"))
def change(call: Call) -> t.Any:
    data = dict(call.data)
    mailbox.spread_protocols(call, data)
    external = sender_acl.External()
    senders = php.array(data["sender_acl"]) if php.isset(data, "sender_acl") else None
    for username in call.items:
        if not php.is_valid_email(username):
            call.danger(["username_invalid", username])
            continue
        now = mailbox_read.details(call, username)
        if now is None:
            call.danger("access_denied")
            continue
        values, attributes = _changed(call, data, now)
        if not call.has_domain(now["domain"]):
            call.danger("access_denied")
            continue
        problem = _too_much(call, values["quota"], now)
        if problem:
            call.danger(problem)
            continue
        if php.isset(data, "extended_sender_acl"):
            external.replace(call, username, data["extended_sender_acl"])
        if senders is not None:
            # The server edits its copy of the list: of several "default" each item takes one away.
            senders = sender_acl.wanted(senders)
            sender_acl.replace(call, username, senders)
        if not php.empty(data.get("password")) and not _set_password(call, username, data):
            continue
        call.db.update("alias", {"active": values["active"]}, address=username)
        try:
            call.db.update("mailbox", {**values, "quota": values["quota"] * MIB}, username=username)
            mailbox_settings.set_attributes(call, username, attributes)
        except php.MysqlError as error:
            if not call.since("2024-08"):
                raise
            return call.danger(str(error))
        if php.isset(data, "tagged_mail_handler") and call.since(mailbox_settings.HANDLER_SINCE):
            mailbox_settings.set_delimiter(call, username, data["tagged_mail_handler"])
        mailbox.add_tags(call, username, data.get("tags"))
        call.success(["mailbox_modified", username])
    return True


def _changed(call: Call, data: dict[str, t.Any], now: dict[str, t.Any]) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    """The columns and the attributes after the edit. Each field has its own idea of what counts as given."""
    old = now["attributes"] or {}
    authsource = mailbox.source(call, data.get("authsource"), now.get("authsource", "mailcow"))
    flags = call.known(FLAGS, mailbox.FLAGS_SINCE)
    attributes: dict[str, t.Any] = {flag: php.intval(data[flag] if php.isset(data, flag) else old.get(flag)) for flag in flags}
    if authsource in mailbox.EXTERNAL_SOURCES:
        attributes["force_pw_update"] = 0
    if authsource == "generic-oidc" and "force_tfa" in attributes:
        attributes["force_tfa"] = 0
    if call.since("2024-08"):
        given = php.isset(data, "pw_recovery_email") and authsource == "mailcow"
        attributes["recovery_email"] = data["pw_recovery_email"] if given else old.get("recovery_email")
    if call.since(mailbox.HASH_SINCE):
        attributes["attribute_hash"] = "" if php.empty(data.get("attribute_hash")) else data["attribute_hash"]
    quota = (now["quota"] or 0) / MIB
    if php.isset(data, "quota") and not php.equals(data["quota"], ""):
        quota = php.intval(data["quota"])
    values = {
        "active": php.intval(data["active"]) if php.isset(data, "active") else now["active"],
        "name": now["name"] if php.empty(data.get("name")) else mailbox.plain_name(data["name"]),
        "quota": quota,
        "authsource": authsource,
    }
    return values, attributes


def _too_much(call: Call, quota: float, now: dict[str, t.Any]) -> t.Any:
    """What forbids the quota, None if nothing. It is checked on each edit, also where it stays (facts-mailboxes 1.5)."""
    left = now["max_new_quota"] / MIB
    if quota > left:
        return ["mailbox_quota_left_exceeded", int(left) if left == int(left) else left]
    # In bytes, while the quota is in MiB: the server compares the two as they are.
    limit = call.db.value("SELECT maxquota FROM domain WHERE domain = ?", now["domain"]) * MIB
    if quota > limit:
        return ["mailbox_quota_exceeded", limit]
    return None


def _set_password(call: Call, username: str, data: dict[str, t.Any]) -> bool:
    """Store a new password; nothing happens where another source is the one that knows them."""
    repeated = None if php.empty(data.get("password2")) else data["password2"]
    if not passwords.acceptable(call, data["password"], repeated):
        return False
    password = passwords.stored(data["password"])
    if call.db.update("mailbox", {"password": password}, username=username, authsource="mailcow"):
        mailbox_settings.set_attributes(call, username, {"passwd_update": db.now()})
    return True
