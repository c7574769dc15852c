# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding hosts (facts-server 9). A host is an address, a network, or a name that becomes the addresses it sends from."""

from __future__ import annotations

import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add, delete, edit, get

HOSTS = "WHITELISTED_FWD_HOST"
KEEP = "KEEP_SPAM"


def show(call: Call, host: t.Any, source: str) -> dict[str, t.Any]:
    return {"host": host, "source": source, "keep_spam": "no" if php.empty(call.redis.hget(KEEP, php.string(host))) else "yes"}


def details(call: Call, host: t.Any) -> dict[str, t.Any] | None:
    """One host, looked for in the very same spelling."""
    if php.empty(host):
        return None
    source = call.redis.hget(HOSTS, php.arg(host))
    return None if php.empty(source) else show(call, host, source)


@get("fwdhost", "all")
def read_all(call: Call) -> t.Any:
    return [show(call, php.array_key(host), source) for host, source in call.redis.hgetall(HOSTS).items()]


@get("fwdhost")
def read_one(call: Call) -> t.Any:
    return details(call, call.object)


@add("fwdhost", log=("fwdhost", "add", DATA))
def create(call: Call) -> t.Any:
    source = call.body.get("hostname")
    host = php.trim(source)
    # Anything of these letters counts as an address: "abc", "1" and "/" as well.
    literal = re.fullmatch(r"[0-9a-fA-F:/]+|[0-9./]+", host)
    hosts = [host] if literal else call.state.dns.outgoing_hosts(host)
    if not hosts:
        return call.danger(["invalid_host", php.htmlspecialchars(host)])
    for one in hosts:
        call.redis.hset(HOSTS, one, php.string(source))
        if php.isset(call.body, "filter_spam") and php.equals(call.body["filter_spam"], 1):
            call.redis.hdel(KEEP, one)
        else:
            call.redis.hset(KEEP, one, 1)
    return call.success(["forwarding_host_added", php.htmlspecialchars(", ".join(hosts))])


@edit("fwdhost", key="fwdhost", log=("fwdhost", "edit", DATA))
def change(call: Call) -> None:
    """Without keep_spam the read value, yes or no, is taken, which is not 1: off."""
    for item in php.array(call.data.get("fwdhost")):
        if details(call, item) is None:
            call.danger("access_denied")
            continue
        if php.isset(call.data, "keep_spam") and php.equals(call.data["keep_spam"], 1):
            call.redis.hset(KEEP, php.string(item), 1)
        else:
            call.redis.hdel(KEEP, php.string(item))
        call.success(["object_modified", php.htmlspecialchars(item)])


@delete("fwdhost", key="forwardinghost", log=("fwdhost", "delete", DATA))
def remove(call: Call) -> None:
    for item in call.items:
        for table in (HOSTS, KEEP):
            call.redis.hdel(table, php.arg(item))
        call.success(["forwarding_host_removed", php.htmlspecialchars(item)])
