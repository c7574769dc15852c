# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Aliases (facts-mailboxes 12). A mailbox's own row (address = goto) is hidden everywhere."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get
from . import domain as domains

FLAGS = ("sogo_visible", "internal", "sender_allowed", "active")
SINCE = {"internal": "2025-09", "sender_allowed": "2026-01"}
COMMENT_LIMIT = 160
DISCARDING = (("goto_null", "null@localhost"), ("goto_spam", "spam@localhost"), ("goto_ham", "ham@localhost"))


def shown(call: Call, row: dict[str, t.Any], target: str) -> dict[str, t.Any]:
    """What get/alias shows of a row; `target`: the target domain where the row's domain is an alias domain, else ""."""
    data = {"in_primary_domain": target}
    for name in ("id", "domain", "public_comment", "private_comment", "goto", "address"):
        data[name] = row[name]
    data["is_catch_all"] = 0 if php.is_valid_email(row["address"]) else 1
    data["internal"] = row["internal"]
    for name in ("active", "sogo_visible"):
        data[name] = data[name + "_int"] = row[name]
    for name in ("sender_allowed", "created", "modified"):
        data[name] = row[name]
    return call.shown(data, SINCE)


def target_of(call: Call, domain: t.Any) -> str:
    return call.db.value("SELECT target_domain FROM alias_domain WHERE alias_domain = ?", domain) or ""


def details(call: Call, wanted: t.Any) -> dict[str, t.Any] | None:
    """One alias by id or address; the leading digits of an address are an id too (facts-mailboxes 12.1)."""
    if wanted is None:
        return None
    text = php.string(wanted)
    # Trailing blanks do not count where MariaDB compares texts.
    row = call.db.one("SELECT * FROM alias WHERE (id = ? OR address = ?) AND address <> goto ORDER BY id", number(text), text.rstrip(" "))
    if row is None or not call.has_domain(row["domain"]):
        return None
    return shown(call, row, target_of(call, row["domain"]))


@get("alias", "all")
def read_all(call: Call) -> t.Any:
    """All aliases, or those of the domains in `extra`; one that stands there twice comes twice."""
    if php.empty(call.extra):
        wanted = call.db.column("SELECT domain FROM domain ORDER BY domain")
        wanted += call.db.column("SELECT alias_domain FROM alias_domain ORDER BY target_domain, alias_domain")
    else:
        wanted = php.string(call.extra).split(",")
    result = []
    for domain in wanted:
        if call.has_domain(domain):
            target = target_of(call, domain)
            rows = call.db.all("SELECT * FROM alias WHERE address <> goto AND domain = ? ORDER BY id", domain)
            result += [shown(call, row, target) for row in rows]
    return result


@get("alias")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


def split_address(address: t.Any) -> tuple[str, str]:
    """Local part and converted domain, at the first @; both empty without one, the domain also where it cannot be converted."""
    local, _unused, domain = php.arg(address).partition("@") if "@" in php.arg(address) else ("", "", "")
    return local, php.idn_to_ascii(domain) or ""


def is_taken(call: Call, address: str, local: str, domain: str) -> bool:
    """Whether an alias or mailbox has the address, or it would hide a mailbox of the domain's target."""
    sql = """SELECT 1 FROM alias WHERE address = ?1 OR address IN (
          SELECT username FROM mailbox, alias_domain
          WHERE alias_domain.alias_domain = ?3 AND mailbox.username = ?2 || '@' || alias_domain.target_domain)"""
    return call.db.one(sql, address, local, domain) is not None


def is_domain(call: Call, name: str) -> bool:
    """Whether mail for a name is received: a domain, or an alias domain whose target is there."""
    sql = "SELECT 1 FROM domain WHERE domain = ?1 OR domain = (SELECT target_domain FROM alias_domain WHERE alias_domain = ?1)"
    return call.db.one(sql, name) is not None


def discarding(data: dict[str, t.Any]) -> str | None:
    """The pseudo target of goto_null, goto_spam or goto_ham; only the number 1 sets one."""
    return next((target for name, target in DISCARDING if php.intval(data.get(name)) == 1), None)


# --- add ---------------------------------------------------------------------------------------------------------------


@add("alias", log=("mailbox", "add", "alias", DATA, None), mask=("password", "password2"), anonymous="handler")
def create(call: Call) -> t.Any:
    return create_from(call, call.body, call.log)


def create_from(call: Call, data: dict[str, t.Any], log: list[t.Any]) -> t.Any:
    """Create the aliases that `data` asks for; expand_alias and rename-mbox call it too, with their own log."""
    addresses, gotos = php.split(data.get("address")), php.split(data.get("goto"))
    if max([len(php.arg(data.get(name)).encode()) for name in ("private_comment", "public_comment")]) > COMMENT_LIMIT:
        return call.danger("comment_too_long", log)
    if php.empty(addresses[0]):
        return call.danger("alias_empty", log)
    if php.empty(gotos[0]) and sum(php.intval(data.get(name)) for name, _unused in DISCARDING) == 0:
        return call.danger("goto_empty", log)
    goto = discarding(data)
    if goto is None:
        accepted, last_accepted = _targets(call, gotos, log)
        if not accepted:
            return call.failed()
        goto = ",".join(accepted)
        # The server overwrites the last target by all of them before it looks for addresses among their own targets.
        gotos = [*accepted[:-1], goto] if last_accepted else accepted
    left: dict[str, int | None] = {}
    for address in addresses:
        if php.empty(address) or php.in_array(address, gotos):
            continue
        local, domain = split_address(address)
        problem = _problem(call, local, domain, left)
        if problem is not None:
            call.danger(problem, log)
            if problem == "max_alias_exceeded":
                return call.failed()
            continue
        address = "%s@%s" % (local, domain)
        row = {"address": address if php.is_valid_email(address) else "@" + domain, "goto": goto, "domain": domain}
        row.update((name, data.get(name)) for name in ("public_comment", "private_comment"))
        row.update((name, php.intval(data.get(name))) for name in call.known(FLAGS, SINCE))
        call.success(["alias_added", address, str(call.db.insert("alias", row))], log)
        _count(call, row["address"], domain, left)
        if call.since("2026-03"):
            gotos = goto.split(",")
    return True


def _targets(call: Call, gotos: list[str], log: list[t.Any]) -> tuple[list[str], bool]:
    """The valid targets, each once, and whether the last given one is the last of them."""
    accepted: list[str] = []
    last_accepted = False
    for goto in gotos:
        last_accepted = False
        if php.empty(goto):
            continue
        target = "%s@%s" % split_address(goto)
        # A resource is no target here; edit/alias takes it (facts-mailboxes 12.4).
        resource = call.db.value("SELECT kind IN ('location', 'group', 'thing') FROM mailbox WHERE username = ?", target)
        if resource or not php.is_valid_email(target):
            call.danger(["goto_invalid", php.htmlspecialchars(target)], log)
        elif target not in accepted:
            accepted.append(target)
            last_accepted = True
    return accepted, last_accepted


def _left(call: Call, domain: str, left: dict[str, int | None]) -> int | None:
    """How many aliases a domain may still have, None if it is not there. `left` keeps it, as counting takes long for many."""
    if not call.has_domain(domain):
        return None
    owner = target_of(call, domain) or domain
    if owner not in left:
        limits = domains.details(call, domain)
        left[owner] = None if limits is None else limits["aliases_left"]
    return left[owner]


def _count(call: Call, address: str, domain: str, left: dict[str, int | None]) -> None:
    """One alias more; one over a resource's address does not count."""
    owner = target_of(call, domain) or domain
    number_left = left.get(owner)
    if number_left is not None and not call.db.exists("mailbox", username=address):
        left[owner] = number_left - 1


def _problem(call: Call, local: str, domain: str, left: dict[str, int | None]) -> t.Any:
    """What forbids a new address, None if nothing."""
    address = "%s@%s" % (local, domain)
    if _left(call, domain, left) == 0:
        return "max_alias_exceeded"
    if is_taken(call, address, local, domain):
        return ["is_alias_or_mailbox", php.htmlspecialchars(address)]
    if not is_domain(call, domain):
        return ["domain_not_found", php.htmlspecialchars(domain)]
    if call.db.exists("spamalias", address=address):
        return ["is_spam_alias", php.htmlspecialchars(address)]
    if not php.is_valid_email(address) and not php.empty(local):
        return ["alias_invalid", address]
    return None if call.has_domain(domain) else "access_denied"


# --- edit --------------------------------------------------------------------------------------------------------------


@edit("alias", key="id", log=("mailbox", "edit", "alias", DATA, None), mask=("password", "password2"))
def change(call: Call) -> None:
    address: t.Any = None
    for item in call.items:
        now = details(call, item)
        if now is None:
            # The address of the item before it, as far as that one came.
            call.danger(["alias_invalid", address])
            continue
        address = now["address"] if php.empty(call.data.get("address")) else call.data["address"]
        if php.equals(call.data.get("expand_alias"), 1):
            _expand(call, address)
            continue
        local, domain = split_address(address)
        if not php.equals(now["address"], address):
            address = "%s@%s" % (local, domain)
            problem = _move_problem(call, now["address"], address)
            if problem is not None:
                call.danger(problem)
                continue
        goto = discarding(call.data) or _new_targets(call, address, now)
        if not php.empty(goto):
            row = {"address": address, "domain": domain, "goto": goto}
            for name in ("public_comment", "private_comment"):
                row[name] = call.data[name] if php.isset(call.data, name) else now[name]
            for name in call.known(FLAGS, SINCE):
                row[name] = php.intval(call.data[name]) if php.isset(call.data, name) else now[name]
            call.db.update("alias", row, id=now["id"])
        call.success(["alias_modified", php.htmlspecialchars(address)])


def _move_problem(call: Call, old: str, address: str) -> t.Any:
    """What forbids another address (the limits of its domain do not), None if nothing."""
    local, domain = split_address(address)
    if not call.has_domain(domain):
        return "access_denied"
    if not php.is_valid_email(address) and not php.empty(local):
        return ["alias_invalid", address]
    if php.strtolower(old) != php.strtolower(address) and is_taken(call, address, local, domain):
        return ["is_alias_or_mailbox", php.htmlspecialchars(address)]
    if not is_domain(call, domain):
        return ["domain_not_found", php.htmlspecialchars(domain)]
    if call.db.exists("spamalias", address=address):
        return ["is_spam_alias", php.htmlspecialchars(address)]
    return None


def _new_targets(call: Call, address: str, now: dict[str, t.Any]) -> str:
    """The goto after the edit, "" where no target is valid (nothing is stored then). Each target loses its sender_acl entry.

    An alias that discards mail keeps a target that is not valid here, unless it is asked for again (facts-mailboxes 12.4).
    """
    targets: dict[str, None] = {}
    for goto in php.split(now["goto"] if php.empty(call.data.get("goto")) else call.data["goto"]):
        if php.empty(goto):
            continue
        if not php.is_valid_email(goto):
            call.danger(["goto_invalid", goto])
        elif goto == address:
            call.danger("alias_goto_identical")
        else:
            call.db.delete("sender_acl", logged_in_as=goto, send_as=address)
            targets[goto] = None
    return ",".join(targets)


def _expand(call: Call, address: t.Any) -> t.Any:
    """Create the local part in every alias domain that lacks it (facts-mailboxes 12.5)."""
    row = call.db.one("SELECT * FROM alias WHERE address = ? AND domain NOT IN (SELECT alias_domain FROM alias_domain)", address)
    if row is None:
        return call.warning(["is_not_primary_alias", php.htmlspecialchars(address)])
    if php.strtolower(row["address"]) != php.strtolower(row["goto"]):
        local = row["address"].partition("@")[0]
        names = call.db.column("SELECT alias_domain FROM alias_domain WHERE target_domain = ? ORDER BY alias_domain", row["domain"])
        aliases = ["%s@%s" % (local, name) for name in names]
        missing = [name for name in aliases if not call.db.one("SELECT 1 FROM alias WHERE address = ? AND address <> goto", name)]
        if missing:
            data = {"address": ",".join(missing), "goto": row["goto"], "sogo_visible": 1, "active": 1}
            create_from(call, data, ["mailbox", "add", "alias", data, None])
    return call.success(["alias_modified", php.htmlspecialchars(address)])


# --- delete ------------------------------------------------------------------------------------------------------------


@delete("alias", key="id", log=("mailbox", "delete", "alias", DATA, None))
def remove(call: Call) -> None:
    for item in call.items:
        now = details(call, item)
        if now is None:
            call.danger("access_denied")
            continue
        call.db.delete("alias", id=now["id"])
        call.db.delete("sender_acl", send_as=now["address"])
        call.success(["alias_removed", php.htmlspecialchars(now["address"])])
