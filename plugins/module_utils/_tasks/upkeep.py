# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Information about a mailbox that is not a setting: logins, the Sieve script of its owner, and what can be reset (facts-mailboxes 11
and 16, facts-server 27).
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from .._api.errors import BadAnswer, InvalidValue, MailcowError
from .._api.numbers import within
from .._api.shape import asked, one, rows, understood
from .._api.times import iso
from .._fields.mail import MailboxName
from .connection import CONNECTION, INFO_CONNECTIONS, connect
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.server import Server

_MAILBOX = MailboxName("addresses")
# What can be reset, and the route, which returns nothing before the reset.
_CACHES = {"activesync": "delete/eas_cache", "sogo_profile": "delete/sogo_profile"}
_LOGINS = "logins"
_INTERNAL = re.compile(r"^.*\((.+)\)$")
# In days. mailcow's query calculates in hours, of which MariaDB supports up to 838.
_LONGEST = 34


def _addresses(call: Call) -> list[str]:
    """Give the addresses of the specified mailboxes in mailcow's spelling. Raises InvalidValue."""
    try:
        return list(dict.fromkeys(map(_MAILBOX.canonical, call.params["addresses"])))
    except ValueError as error:
        raise InvalidValue("addresses", str(error)) from error


def _missing(server: Server, names: list[str]) -> list[str]:
    """Give the names that are not mailboxes, for which mailcow's answers are like those for others, or contain nulls."""

    def known(name: str) -> bool:
        return bool((one(server.ask("mailbox", name), asked("mailbox", name)) or {}).get("username"))

    return [name for name, found in zip(names, server.each(known, names)) if not found]


def _refuse_missing(server: Server, names: list[str]) -> None:
    missing = _missing(server, names)
    if missing:
        raise MailcowError("there is no such mailbox: %s" % ", ".join(missing))


def _look_at_logins(call: Call) -> dict[str, Any]:
    call.title = "logins"
    names = _addresses(call)
    within("days", call.params["days"], 1, _LONGEST)
    server = connect(call, INFO_CONNECTIONS)
    _refuse_missing(server, names)
    found = server.each(lambda name: _logins(server, name, call.params["days"]), names)
    return {"changed": False, "mailboxes": [dict({"address": name}, **logins) for name, logins in zip(names, found)]}


def _logins(server: Server, name: str, days: int) -> dict[str, Any]:
    """Give the logins to a mailbox, newest first. Raises MailcowError."""
    request = asked("last-login", name, str(days))
    raw = one(server.ask("last-login", name, str(days)), request) or {}
    with understood(request):
        interface = raw["ui"] or None
        return {
            "logins": [_login(login) for login in rows(raw["sasl"], request)],
            "web_interface": interface and {"ip": interface["remote"], "time": iso(int(interface["time"]))},
        }


def _login(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "service": str(raw["service"]).lower(),
        # The address of a login from inside mailcow is in brackets.
        "ip": _INTERNAL.sub(r"\1", raw["real_rip"]),
        "location": raw.get("location") or None,
        # Without a time zone, because it is that of the server.
        "time": datetime.datetime.strptime(raw["datetime"], "%Y-%m-%d %H:%M:%S").isoformat(" "),
        "app_password": raw["app_password_name"],
    }


def _look_at_scripts(call: Call) -> dict[str, Any]:
    call.title = "Sieve scripts"
    names = _addresses(call)
    server = connect(call, INFO_CONNECTIONS)
    _refuse_missing(server, names)

    def script(name: str) -> str | None:
        request = asked("active-user-sieve", name)
        answer = server.ask("active-user-sieve", name)
        with understood(request):
            # A list with one text, or an empty answer.
            return str(answer[0]).replace("\r\n", "\n") if answer else None

    return {"changed": False, "mailboxes": [{"address": name, "script": text} for name, text in zip(names, server.each(script, names))]}


def _reset(call: Call) -> dict[str, Any]:
    call.title = "reset of mailboxes"
    names, what = _addresses(call), list(dict.fromkeys(call.params["reset"]))
    if not what:
        raise InvalidValue("reset", "set what to reset")
    server = connect(call)
    missing = _missing(server, names)
    # In check mode, an earlier task may have created them; they have nothing to reset yet.
    if missing and not call.check_mode:
        _refuse_missing(server, missing)
    there = [name for name in names if name not in missing]
    done: dict[str, list[str]] = {}
    if _LOGINS in what:
        # The only reset for which mailcow returns whether there is anything to reset.
        done[_LOGINS] = [name for name in there if _has_logins(server, name)]
    done.update({name: there for name in _CACHES if name in what})
    wanted = {name: done[name] for name in what}
    if call.check_mode:
        return {"changed": any(wanted.values()), "done": wanted}
    reached: dict[str, list[str]] = {name: [] for name in what}
    try:
        for name in what:
            _carry_out(server, name, done[name])
            reached[name] = done[name]
    except MailcowError as error:
        return dict(error.details(), msg="%s: %s: %s" % (call.title, name, error), changed=any(reached.values()), done=reached)
    return {"changed": any(reached.values()), "done": reached}


def _has_logins(server: Server, name: str) -> bool:
    found = _logins(server, name, _LONGEST)
    return bool(found["logins"] or found["web_interface"])


def _carry_out(server: Server, what: str, names: list[str]) -> None:
    if what in _CACHES and names:
        server.write(_CACHES[what], names)
    for name in names if what == _LOGINS else ():
        # A GET that deletes, and only answers true (facts-server 27). It is never sent in check mode.
        if server.text("reset-last-login", name).strip() != "true":
            raise BadAnswer("%s: mailcow did not confirm it" % asked("reset-last-login", name), asked("reset-last-login", name))


_MAILBOXES = {"addresses": {"type": "list", "elements": "str", "required": True}}
LOGIN_INFO = Task(dict(CONNECTION, **_MAILBOXES, days={"type": "int", "default": 7}), _look_at_logins)
SIEVE_SCRIPT_INFO = Task(dict(CONNECTION, **_MAILBOXES), _look_at_scripts)
MAILBOX_RESET = Task(
    dict(CONNECTION, **_MAILBOXES, reset={"type": "list", "elements": "str", "required": True, "choices": [*_CACHES, _LOGINS]}), _reset
)
