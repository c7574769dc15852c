# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""BCC maps, and the addresses that they can be for (facts-server 12)."""

from __future__ import annotations

import collections
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

COLUMNS = "SELECT id, local_dest, bcc_dest, active, type, created, domain, modified FROM bcc_maps"
# rows whose domain is gone are hidden until it is back
VISIBLE = "(domain IN (SELECT domain FROM domain) OR domain IN (SELECT alias_domain FROM alias_domain))"


def details(call: Call, wanted: t.Any) -> dict[str, t.Any] | None:
    row = call.db.one(COLUMNS + " WHERE id = ?", php.intval(wanted))
    return row if row and call.has_domain(row["domain"]) else None


@get("bcc", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all("%s WHERE %s ORDER BY id" % (COLUMNS, VISIBLE))


@get("bcc")
def read_one(call: Call) -> t.Any:
    row = details(call, call.object)
    return {**row, "0": None} if row else None


@get("bcc-destination-options")
def options(call: Call) -> t.Any:
    """Domains, alias domains, and each mailbox with the aliases that lead to it."""
    db = call.db
    data: dict[str, t.Any] = {}
    domains = db.column("SELECT domain FROM domain ORDER BY domain")
    if domains:
        data["domains"] = domains
    direct, shared = collections.defaultdict(list), collections.defaultdict(list)
    for row in db.all("SELECT address, goto FROM alias WHERE address NOT LIKE '@%' ORDER BY id"):
        goto = row["goto"].lower().split(",")
        for target in dict.fromkeys(goto):
            if target != row["address"].lower():
                (shared if len(goto) > 1 else direct)[target].append(row["address"])
    names = collections.defaultdict(list)
    for row in db.all("SELECT alias_domain, target_domain FROM alias_domain ORDER BY alias_domain"):
        names[row["target_domain"].lower()].append(row["alias_domain"])
    mailboxes = {}
    for row in db.all("SELECT username, local_part, domain FROM mailbox WHERE kind = '' ORDER BY domain, UPPER(username)"):
        name = row["username"]
        below = ["%s@%s" % (row["local_part"], alias_domain) for alias_domain in names[row["domain"].lower()]]
        mailboxes[name] = [name, *dict.fromkeys([*direct[name.lower()], *below]), *shared[name.lower()]]
    if mailboxes and domains:
        data["mailboxes"] = mailboxes
    alias_domains = db.column("SELECT alias_domain FROM alias_domain ORDER BY target_domain, alias_domain")
    if alias_domains:
        data["alias_domains"] = alias_domains
    return data


def known_address(call: Call, address: str) -> bool:
    """A mailbox (or resource), or an alias in this very spelling; catch-alls have no address."""
    if call.has_mailbox(address):
        return True
    found = call.db.one("SELECT address FROM alias WHERE address = ? COLLATE BINARY AND goto <> address", address)
    return found is not None and call.has_domain(address.split("@")[1]) and call.has_alias(address)


@add("bcc", log=("bcc", "add", DATA, None))
def create(call: Call) -> t.Any:
    local = php.strtolower(php.trim(call.body.get("local_dest")))
    target, kind = call.body.get("bcc_dest"), call.body.get("type")
    if not php.equals(kind, "sender") and not php.equals(kind, "rcpt"):
        return call.danger("invalid_bcc_map_type")
    if php.empty(target):
        return call.danger("bcc_empty")
    if php.is_valid_domain_name(local):
        if not call.has_domain(local):
            return call.danger("access_denied")
        domain = php.idn_to_ascii(local)
        local = "@%s" % domain
    elif php.is_valid_email(local):
        if not known_address(call, local):
            return call.danger("access_denied")
        domain = php.idn_to_ascii(local.partition("@")[2])
    else:
        return call.failed()
    if not php.is_valid_email(target):
        return call.danger(["bcc_must_be_email", php.htmlspecialchars(target)])
    if call.db.exists("bcc_maps", local_dest=local, type=kind):
        return call.danger(["bcc_exists", php.htmlspecialchars(local), kind])
    call.db.insert("bcc_maps", local_dest=local, bcc_dest=target, domain=domain, active=php.intval(call.body.get("active")), type=kind)
    return call.success("bcc_saved")


@edit("bcc", key="id", log=("bcc", "edit", DATA, None))
def change(call: Call) -> None:
    data = call.data
    for item in call.items:
        now = details(call, item)
        if now is None:
            call.danger("access_denied")
            continue
        values = {name: now[name] if php.empty(data.get(name)) else data[name] for name in ("bcc_dest", "type")}
        values["active"] = php.intval(data["active"]) if php.isset(data, "active") else now["active"]
        if not php.is_valid_email(values["bcc_dest"]):
            call.danger(["bcc_must_be_email", values["bcc_dest"]])
            continue
        other = call.db.get("bcc_maps", local_dest=now["local_dest"], type=values["type"])
        if other and not php.equals(other["id"], item):
            call.danger(["bcc_exists", php.htmlspecialchars(now["local_dest"]), values["type"]])
            continue
        call.db.update("bcc_maps", values, id=number(item, strict=True))
        call.success(["bcc_edited", values["bcc_dest"]])


@delete("bcc", key="id", log=("bcc", "delete", DATA, None))
def remove(call: Call) -> t.Any:
    for item in call.items:
        if not php.is_numeric(item):
            return call.failed()
        row = call.db.get("bcc_maps", id=number(item))
        if row is None or not call.has_domain(row["domain"]):
            call.danger("access_denied")
            continue
        call.db.delete("bcc_maps", id=number(item))
        call.success(["bcc_deleted", item])
    return None
