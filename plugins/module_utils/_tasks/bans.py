# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bans of single addresses, which leave all others and the settings of Fail2ban unchanged (facts-server 16)."""

from __future__ import annotations

import dataclasses
import ipaddress
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import network, network_or_name
from .._api.shape import asked, one, understood
from .attempt import Unknown, attempt, look
from .connection import CONNECTION, connect
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._engine.server import Server

_ROUTE = "fail2ban"
# mailcow's actions that lead to a state.
_ACTIONS = {"allowed": "whitelist", "banned": "blacklist", "unbanned": "unban"}


@dataclasses.dataclass(frozen=True)
class Lists:
    """What mailcow returns. ``allowed``, ``blocked``: its lists, the entries as written by their canonical form; ``active``: the
    networks that are banned temporarily, without those that are about to be unbanned.
    """

    allowed: Mapping[str, str]
    blocked: Mapping[str, str]
    active: tuple[str, ...]

    def state_of(self, name: str) -> str:
        """Give the state of an address or network: allowed, blocked (permanently), banned (temporarily), none, or several of them."""
        found = ["allowed"] * (name in self.allowed) + ["blocked"] * (name in self.blocked) + ["banned"] * bool(self.bans_of(name))
        return " and ".join(found) or "none"

    def bans_of(self, name: str) -> list[str]:
        """Give the temporary bans that contain an address or network, or that are inside of it."""
        try:
            wanted = ipaddress.ip_network(name)
        except ValueError:
            return []
        return [ban for ban in self.active if _overlap(wanted, ipaddress.ip_network(ban, strict=False))]

    def lacks(self, state: str, name: str) -> list[str]:
        """Give what to send to mailcow to set the state of an address or network: itself, or its spelling in a list."""
        if state == "unbanned":
            return self.bans_of(name)
        here, there = (self.allowed, self.blocked) if state == "allowed" else (self.blocked, self.allowed)
        # mailcow removes it from the other list only in exactly its spelling there.
        return [there[name]] if name in there else [] if name in here else [name]


def _overlap(one_: Any, other: Any) -> bool:
    return bool(one_.version == other.version and one_.overlaps(other))


def read(server: Server) -> Lists:
    """Read the present state. Raises MailcowError."""
    raw = one(server.ask(_ROUTE), asked(_ROUTE)) or {}
    with understood(asked(_ROUTE)):
        # All releases return these keys.
        allowed, blocked = (_listed(raw[name]) for name in ("whitelist", "blacklist"))
        active = tuple(str(ban["network"]) for ban in raw.get("active_bans") or () if not int(ban["queued_for_unban"]))
        return Lists(allowed, blocked, active)


def _listed(text: Any) -> dict[str, str]:
    return {network_or_name(entry): entry for entry in str(text or "").split()}


def names(state: str, given: Sequence[str]) -> list[str]:
    """Give the canonical forms of addresses and networks. Raises InvalidValue."""
    found = []
    for text in given:
        try:
            name = network(text)
        except ValueError:
            raise InvalidValue(
                "networks", "%r is neither an address nor a network; mailcow does not accept hostnames here" % text
            ) from None
        if state == "banned" and name in ("0.0.0.0", "0.0.0.0/0", "::/0"):
            raise InvalidValue("networks", "%r would ban everyone" % text)
        found.append(name)
    return list(dict.fromkeys(found))


def _work(call: Call) -> dict[str, Any]:
    call.title, state = "bans", call.params["state"]
    wanted = names(state, call.params["networks"])
    server = connect(call)
    before = read(server)
    lacking = {name: before.lacks(state, name) for name in wanted}
    items = list(dict.fromkeys(item for told in lacking.values() for item in told))
    changed = [name for name in wanted if lacking[name]]
    result: dict[str, Any] = {"changed": bool(items), "networks": changed}
    if call.diff:
        result["diff"] = diff(call.title, {name: before.state_of(name) for name in changed}, dict.fromkeys(changed, state))
    if not items or call.check_mode:
        return result
    lost = attempt(server, "edit/fail2ban", {"items": items, "attr": {"action": _ACTIONS[state]}})
    try:
        now = look(server, lambda: read(server))
    except Unknown as error:
        return dict(result, **error.details(), msg="%s: %s" % (call.title, error))
    left = [name for name in wanted if now.lacks(state, name)]
    if not left:
        return result
    told = "%s: mailcow did not apply it: %s is not %s%s" % (call.title, ", ".join(left), state, lost)
    return dict(result, changed=now != before, networks=[name for name in changed if name not in left], msg=told)


FAIL2BAN_BAN = Task(
    dict(
        CONNECTION,
        networks={"type": "list", "elements": "str", "required": True},
        state={"type": "str", "required": True, "choices": sorted(_ACTIONS)},
    ),
    _work,
)
