# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may send as whom: sender_acl and extended_sender_acl of edit/mailbox (facts-mailboxes 1.7)."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call


def _domains(call: Call) -> list[str]:
    return call.db.column("SELECT domain FROM domain UNION ALL SELECT alias_domain FROM alias_domain")


def _sticky(call: Call, username: str) -> list[str]:
    """Entries whose domain or address is gone: the server takes them for those of somebody else, and keeps them."""
    entries = call.db.column("SELECT send_as FROM sender_acl WHERE logged_in_as = ? AND external = 0 ORDER BY id", username)
    domains = [entry.replace("@", "") for entry in entries if entry.startswith("@")]
    return [
        *(domain for domain in domains if php.is_valid_domain_name(domain) and not call.has_domain(domain)),
        *(entry for entry in entries if php.is_valid_email(entry) and not call.has_alias(entry)),
    ]


def leading_to(call: Call, username: str) -> list[dict[str, t.Any]]:
    """The aliases with the address among their targets. LIKE goes first, as it is much faster over tens of thousands."""
    return call.db.all(
        "SELECT address, goto, sender_allowed FROM alias WHERE goto LIKE ? AND goto REGEXP ?",
        "%" + username + "%",
        "(^|,)%s($|,)" % (re.escape(username) if call.since("2025-01") else username),
    )


def _own(call: Call, username: str) -> set[str]:
    """Addresses that need no entry: the mailbox's own aliases, unless sending is forbidden for them."""
    return {
        alias["address"] for alias in leading_to(call, username) if alias["sender_allowed"] == 1 and not alias["address"].startswith("@")
    }


def wanted(entries: list[t.Any]) -> list[t.Any]:
    """The list as it is meant: "*" alone, or without (the first) "default"."""
    if php.in_array("*", entries):
        return ["*"]
    for index, entry in enumerate(entries):
        if php.equals(entry, "default"):
            return entries[:index] + entries[index + 1 :]
    return entries


def _allowed(call: Call, entry: t.Any, domains: list[str]) -> bool:
    domain = php.arg(entry).lstrip("@")
    if php.is_valid_domain_name(domain):
        return domain in domains
    return php.equals(entry, "*") or (php.is_valid_email(entry) and call.has_alias(entry))


def replace(call: Call, username: str, entries: list[t.Any]) -> None:
    """Store a new list. What is not valid is noted and left out; the rest is stored all the same."""
    domains = _domains(call)
    sticky = _sticky(call, username)
    valid = []
    for entry in entries:
        if _allowed(call, entry, domains):
            valid.append(php.string(entry))
        else:
            call.danger(["sender_acl_invalid", entry])
    merged = valid + sticky
    if "*" in merged:
        merged = ["*"]
    call.db.delete("sender_acl", external=0, logged_in_as=username)
    own = _own(call, username)
    for entry in merged:
        domain = entry.lstrip("@")
        send_as = "@" + domain if php.is_valid_domain_name(domain) else entry
        if send_as not in own:
            call.db.insert("sender_acl", send_as=send_as, logged_in_as=username)


class External:
    """extended_sender_acl of one call. It remembers the last foreign domain across entries and items, as the server does."""

    def __init__(self) -> None:
        self.last_domain: t.Any = None

    def replace(self, call: Call, username: str, text: t.Any) -> None:
        domains = _domains(call)
        stored: dict[str, None] = {}
        for entry in php.split(text):
            if php.empty(entry):
                continue
            address = entry.lstrip("@") if entry.startswith("@") else entry
            is_email = php.is_valid_email(address)
            if not is_email and not php.is_valid_domain_name(address):
                call.danger(["extra_acl_invalid", php.htmlspecialchars(address)])
                continue
            if is_email:
                self.last_domain = php.idn_to_ascii(address.partition("@")[2])
            if (self.last_domain if is_email else address) in domains:
                call.danger(["extra_acl_invalid_domain", self.last_domain])
                continue
            stored[address if is_email else "@" + address] = None
        call.db.delete("sender_acl", external=1, logged_in_as=username)
        for entry in stored:
            call.db.insert("sender_acl", send_as=entry, logged_in_as=username, external=1)
