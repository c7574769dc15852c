# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Allow and deny lists of domains (facts-server 8)."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, get

LISTS = {"bl": "blacklist_from", "wl": "whitelist_from"}


def entries(call: Call, option: str) -> list[dict[str, t.Any]]:
    """A list of a domain, with the entries of its mailboxes."""
    if not call.has_domain(call.object):
        return []
    domain = php.idn_to_ascii(php.strtolower(php.trim(call.object)))
    return call.db.all(
        "SELECT object, value, prefid FROM filterconf WHERE option = ? AND (object LIKE ? OR object = ?) ORDER BY prefid",
        option,
        "%%@%s" % domain,
        domain,
    )


@get("policy_wl_domain")
def read_allowed(call: Call) -> t.Any:
    return entries(call, "whitelist_from")


@get("policy_bl_domain")
def read_denied(call: Call) -> t.Any:
    return entries(call, "blacklist_from")


@add("domain-policy", log=("policy", "add", "domain", DATA))
def create(call: Call) -> t.Any:
    body = call.body
    if not call.has_domain(body.get("domain")):
        return call.danger("access_denied")
    domain = php.idn_to_ascii(php.strtolower(php.trim(body["domain"])))
    option = next((LISTS[name] for name in LISTS if php.equals(body.get("object_list"), name)), None)
    value = php.trim(php.strtolower(body.get("object_from")))
    if not php.ctype_alnum(re.sub(r"[@_.*-]", "", value)):
        return call.danger("policy_list_from_invalid")
    if option is None:
        return call.danger("access_denied")
    if call.db.one(
        "SELECT object FROM filterconf WHERE option IN ('whitelist_from', 'blacklist_from') AND object = ? AND value = ?", domain, value
    ):
        return call.danger("policy_list_from_exists")
    call.db.insert("filterconf", object=domain, option=option, value=value)
    return call.success(["domain_modified", domain])


@delete("domain-policy", key="prefid", log=("policy", "delete", "domain", DATA))
def remove(call: Call) -> None:
    for item in call.items:
        # an entry of a mailbox has no domain name as its object, and is refused
        row = call.db.get("filterconf", prefid=number(item)) if php.is_numeric(item) else None
        if row is None or not call.has_domain(row["object"]):
            call.danger("access_denied")
            continue
        call.db.delete("filterconf", prefid=row["prefid"])
        call.success(["item_deleted", item])
