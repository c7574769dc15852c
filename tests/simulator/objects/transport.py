# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Transport maps (facts-server 14). User name and password belong to the next hop: all entries with it share them."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get
from .relayhost import escape

COLUMNS = """SELECT id, is_mx_based, destination, nexthop, username, password, active,
          substr(password, 1, 3) || '...' AS password_short FROM transports"""


@get("transport", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all(COLUMNS + " ORDER BY id")


@get("transport")
def read_one(call: Call) -> t.Any:
    return call.db.one(COLUMNS + " WHERE id = ?", number(call.object))


def bare(nexthop: str) -> str | None:
    """What stands in brackets; None where there are none."""
    match = re.search(r"\[(.+)\]", nexthop)
    return match.group(1) if match else None


def valid(destination: str, is_mx_based: int) -> bool:
    """A domain, .domain, * or an address, or the inside of a regular expression. Other kinds than 0 and 1 are not checked."""
    if is_mx_based == 0:
        return not php.empty(destination) and (
            php.is_valid_domain_name(destination.removeprefix(".")) or destination == "*" or php.is_valid_email(destination)
        )
    return is_mx_based != 1 or (not php.empty(destination) and php.is_valid_regex("/%s/" % destination))


def interferes(nexthop: str, inner: str | None, clean: str, others: list[str]) -> list[str] | None:
    """The message where a next hop stands there with brackets and without."""
    if inner is not None:
        return ["next_hop_interferes", clean, nexthop] if php.in_array(clean, others) else None
    return ["next_hop_interferes_any", nexthop] if any(php.equals(bare(other), nexthop) for other in others) else None


@add("transport", log=("transport", "add", DATA))
def create(call: Call) -> t.Any:
    body = call.body
    destinations = php.split(body.get("destination"))
    active, is_mx_based = php.intval(body.get("active")), php.intval(body.get("is_mx_based"))
    nexthop = php.trim(body.get("nexthop"))
    if php.is_ip(nexthop):
        nexthop = "[%s]" % nexthop
    inner = bare(nexthop)
    clean = nexthop if inner is None else inner
    username, password = (escape(php.trim(body.get(name))) for name in ("username", "password"))
    if php.empty(nexthop):
        return call.danger(["invalid_nexthop"])
    known = call.db.all("SELECT destination, nexthop, username FROM transports ORDER BY id")
    for row in known:
        if php.in_array(row["nexthop"], (nexthop, clean)) and not php.equals(row["username"], username):
            return call.danger("invalid_nexthop_authenticated")
        # So destinations are only checked where there is a transport already.
        destinations = [destination for destination in destinations if _acceptable(call, destination, is_mx_based, row)]
    destinations = [destination for destination in dict.fromkeys(destinations) if not php.empty(destination)]
    if not destinations:
        return call.failed()
    problem = interferes(nexthop, inner, clean, [row["nexthop"] for row in known])
    if problem:
        return call.danger(problem)
    for destination in destinations:
        call.db.insert("transports", nexthop=nexthop, destination=destination, is_mx_based=is_mx_based, username=username,
                       password=escape(password), active=active)  # fmt: skip
    call.db.update("transports", {"username": username, "password": password}, nexthop=nexthop)
    return call.success(["relayhost_added", ""])


def _acceptable(call: Call, destination: str, is_mx_based: int, row: dict[str, t.Any]) -> bool:
    """Whether a new destination stays, next to one that is there."""
    if php.empty(destination):
        return False
    if php.equals(row["destination"], destination):
        return call.danger(["transport_dest_exists", destination])
    return valid(destination, is_mx_based) or call.danger(["invalid_destination", destination])


@edit("transport", key="id", log=("transport", "edit", DATA))
def change(call: Call) -> t.Any:
    data = call.data
    others: list[str] = []  # next hops; not emptied between the items, so that later ones meet those before them
    for item in php.array(data.get("id")):
        now = None if item is None else call.db.get("transports", id=number(item))
        if now is None:
            call.danger(["relayhost_invalid", item])
            continue
        values = _changed(data, now)
        nexthop = values["nexthop"]
        inner = bare(nexthop)
        if php.is_ip(nexthop):
            # Found to have no brackets before it gets them, an address alone is not checked as `[address]` is.
            nexthop = values["nexthop"] = "[%s]" % nexthop
        known = call.db.all("SELECT id, destination, nexthop FROM transports ORDER BY id")
        rows = [row for row in known if not php.equals(row["id"], item)]
        if any(php.equals(row["destination"], values["destination"]) for row in rows):
            return call.danger("transport_dest_exists")
        others += [row["nexthop"] for row in rows]
        if not valid(values["destination"], values["is_mx_based"]):
            return call.danger(["invalid_destination", values["destination"]])
        problem = interferes(nexthop, inner, nexthop if inner is None else inner, others)
        if problem:
            return call.danger(problem)
        try:
            call.db.update("transports", values, id=number(item, strict=True))
            call.db.update("transports", {"username": values["username"], "password": values["password"]}, nexthop=nexthop)
        except php.MysqlError as error:
            call.danger(error.message())
            continue
        call.success(["object_modified", ""])
    return None


def _changed(data: dict[str, t.Any], now: dict[str, t.Any]) -> dict[str, t.Any]:
    """The row after the edit. JSON's false equals "" here, and so keeps a flag; 0 does not."""
    values: dict[str, t.Any] = {}
    for name in ("destination", "nexthop"):
        values[name] = now[name] if php.empty(data.get(name)) else php.trim(data[name])
    for name in ("username", "password"):
        values[name] = php.trim(data[name]) if php.isset(data, name) else now[name]
    for name in ("is_mx_based", "active"):
        given = php.isset(data, name) and not php.equals(data[name], "")
        values[name] = php.intval(data[name]) if given else now[name]
    if php.empty(values["username"]):
        values["password"] = ""
    return values


@delete("transport", key="id", log=("transport", "delete", DATA))
def remove(call: Call) -> None:
    for item in call.items:
        try:
            call.db.delete_id("transports", item)
        except php.MysqlError as error:
            call.danger(error.message())
            continue
        # the message of the other kind of transport, as on the server
        call.success(["relayhost_removed", php.htmlspecialchars(item)])
