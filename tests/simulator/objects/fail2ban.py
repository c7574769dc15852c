# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fail2ban: settings, lists, bans and the ban list's id (facts-server 16). netfilter shares them through Redis."""

from __future__ import annotations

import json
import time
import typing as t
import uuid

from .. import php
from ..call import Call
from ..router import error
from ..routes import DATA, edit, get

OPTIONS, REGEX, WHITE, BLACK = "F2B_OPTIONS", "F2B_REGEX", "F2B_WHITELIST", "F2B_BLACKLIST"
UNBAN = "F2B_QUEUE_UNBAN"
EVERYBODY = ("0.0.0.0", "0.0.0.0/0")  # the own networks are meant to be refused as well, but pass


def decoded(call: Call, key: str) -> t.Any:
    return php.json_decode(call.redis.get(key) or "")


def address(network: str) -> str:
    return network.lstrip("/").split("/")[0]


def remaining(until: str) -> str:
    """How long a ban lasts yet; one that is over has minutes and seconds below 0."""
    seconds = php.intval(until) - int(time.time())
    whole, sign = abs(seconds), 1 if seconds >= 0 else -1
    return "%02dh %02dm %02ds" % (sign * (whole // 3600), sign * (whole // 60 % 60), sign * (whole % 60))


@get("fail2ban")
def read(call: Call) -> dict[str, t.Any]:
    """The settings as their last writer left them; the bans only where there are any."""
    data: dict[str, t.Any] = decoded(call, OPTIONS) or {}
    data["regex"] = decoded(call, REGEX)
    for name, key in (("whitelist", WHITE), ("blacklist", BLACK)):
        data[name] = "\n".join(php.natsort(call.redis.hkeys(key)))
    permanent = [{"network": php.array_key(network), "ip": address(network)} for network in call.redis.hkeys("F2B_PERM_BANS")]
    if permanent:
        data["perm_bans"] = permanent
    queued = call.redis.hgetall(UNBAN)
    active = [
        {
            "queued_for_unban": int(php.equals(queued.get(network), 1)),
            "network": php.array_key(network),
            "ip": address(network),
            "banned_until": remaining(until),
        }
        for network, until in call.redis.hgetall("F2B_ACTIVE_BANS").items()
    ]
    if active:
        data["active_bans"] = active
    return data


@edit("fail2ban", key="network", log=("fail2ban", "edit", DATA))
def change(call: Call) -> t.Any:
    """An action without networks falls through to the settings, but for the two of the regular expressions."""
    data = call.data
    if php.isset(data, "action"):
        if php.equals(data["action"], "reset-regex"):
            call.redis.delete(REGEX)
            call.state.services.restart_netfilter()
            if php.empty(decoded(call, REGEX)):
                return call.danger(["reset_f2b_regex"])
        elif php.equals(data["action"], "edit-regex"):
            if php.is_array(data.get("regex")) and data["regex"]:
                numbered = {str(number): text for number, text in enumerate(php.array(data["regex"]), 1)}
                call.redis.set(REGEX, json.dumps(numbered))
            return call.success(["object_modified", ""])
        if not php.empty(data.get("network")):
            for network in php.array(data["network"]):
                _act(call, data["action"], network)
            return True
    return _settings(call)


def _act(call: Call, action: t.Any, network: t.Any) -> None:
    """One network; an unknown action, and the unban of nonsense, are successes that do nothing."""
    lists = ((WHITE, BLACK), (BLACK, WHITE))
    if php.equals(action, "unban"):
        if php.valid_network(network):
            call.redis.hset(UNBAN, network, 1)
    elif php.equals(action, "whitelist") or php.equals(action, "blacklist"):
        to, other = lists[0] if php.equals(action, "whitelist") else lists[1]
        if php.empty(network):
            return
        if not php.valid_network(network) or (to == BLACK and network in EVERYBODY):
            call.danger(["network_host_invalid", network])
            return
        call.redis.hset(to, network, 1)
        call.redis.hdel(other, network, "1")
        if to == WHITE:
            call.redis.hset(UNBAN, network, 1)
    call.success(["object_modified", php.htmlspecialchars(network)])


def _settings(call: Call) -> t.Any:
    """All of the settings, with what is not given as it is - but the two flags, which are off then."""
    data, now = call.data, read(call)

    def given(name: str) -> t.Any:
        return data[name] if php.isset(data, name) else now.get(name)

    number = {
        name: php.intval(given(name))
        for name in ("ban_time", "max_ban_time", "max_attempts", "retry_window", "netban_ipv4", "netban_ipv6", "manage_external")
    }
    increment = php.isset(data, "ban_time_increment") and php.equals(data["ban_time_increment"], "1")
    options = {
        "ban_time": max(60, number["ban_time"]),
        "ban_time_increment": increment,
        "max_ban_time": max(60, number["max_ban_time"]),
        "netban_ipv4": min(32, number["netban_ipv4"]),
        "netban_ipv6": min(128, number["netban_ipv6"]),
        "max_attempts": max(1, number["max_attempts"]),
        "retry_window": max(1, number["retry_window"]),
        "banlist_id": now.get("banlist_id"),
        "manage_external": int(php.isset(data, "manage_external") and number["manage_external"] > 0),
    }
    call.redis.set(OPTIONS, json.dumps(options))
    call.redis.delete(WHITE, BLACK)
    # A JSON list is an exception here, after both lists are gone.
    for name, key in (("whitelist", WHITE), ("blacklist", BLACK)):
        value = given(name)
        if php.empty(value):
            continue
        for entry in filter(lambda piece: not php.empty(piece), php.split(value)):
            valid = php.valid_network(entry) and entry not in EVERYBODY if key == BLACK else _host(entry)
            if valid:
                call.redis.hset(key, entry, 1)
            else:
                call.danger(["network_host_invalid", entry])
    return call.success("f2b_modified")


def _host(entry: str) -> bool:
    return php.valid_network(entry) or php.valid_hostname(entry)


@edit("fail2ban", "banlist", log=("fail2ban", "banlist", "refresh"))
def refresh(call: Call) -> t.Any:
    """A new id for the ban list, for who knows the present one; else the only failure with a status of its own."""
    known = call.items[0] if call.items else None
    options = decoded(call, OPTIONS) or {}
    if not php.equals(known, options.get("banlist_id")):
        raise error(404, "Cannot edit item")
    options["banlist_id"] = str(uuid.uuid4())
    call.redis.set(OPTIONS, json.dumps(options))
    return call.success("f2b_banlist_refreshed", [*call.log, known])
