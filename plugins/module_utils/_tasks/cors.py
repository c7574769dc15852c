# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The web pages that may use mailcow's API. mailcow never returns the setting, but the headers of its answers depend on it, so
each origin can be tested (facts-server 23).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .._api.errors import BadAnswer, InvalidValue
from .._api.names import domain_name, network
from .attempt import Unknown, attempt, look
from .connection import CONNECTION, INFO_CONNECTIONS, connect
from .newer import Newer, refuse_newer
from .task import Call, Task, diff

if TYPE_CHECKING:
    from .._engine.server import Server

METHODS = ("GET", "POST", "PUT", "DELETE")
ANY = "*"
# No origin has this name, so it is allowed only if all are (RFC 2606).
_STRANGER = "https://community-mailcow.invalid"
# Before this release, mailcow compared the origins that browsers send with hostnames.
NEWER = (Newer("allowed_origins", "2026-07a", "an origin", lambda wanted: wanted["allowed_origins"] not in ([], [ANY])),)


def origin(option: str, text: str) -> str:
    """Give an origin as browsers send it, such as ``https://app.example.com``. Raises InvalidValue for what is none."""
    if text.strip() == ANY:
        return ANY
    try:
        parts = urlsplit(text.strip().lower())
        port = "" if parts.port is None else ":%d" % parts.port
        found = "%s://%s%s" % (parts.scheme, _host(parts.hostname or ""), port)
    except ValueError:
        found = ""
    else:
        if parts.scheme not in ("http", "https") or parts.username is not None or parts.path or parts.query or parts.fragment:
            found = ""
    if not found:
        raise InvalidValue(option, "%r is not an origin: write it like https://app.example.com, without a path" % text)
    return found


def _host(name: str) -> str:
    try:
        address = network(name)
    except ValueError:
        return domain_name(name)
    return "[%s]" % address if ":" in address else address


def _origins(option: str, given: Iterable[str]) -> list[str]:
    found = sorted({origin(option, text) for text in given})
    return [ANY] if ANY in found else found


def _seen(server: Server, asked: Sequence[str]) -> dict[str, Any]:
    """Give the origins that are allowed now, and the methods. Raises MailcowError."""
    # Verifies that the key is accepted, and that the server is mailcow.
    server.ask("status", "version")
    names = [_STRANGER, *(name for name in asked if name != ANY)]
    headers = server.each(lambda name: server.client.headers("get/status/version", {"Origin": name}), names)
    shown = [one.get("Access-Control-Allow-Origin") for one in headers]
    methods = [one.get("Access-Control-Allow-Methods") for one in headers]
    if None in methods:
        raise BadAnswer("mailcow answered without the headers that show its CORS settings", "GET get/status/version")
    allowed = [ANY] if shown[0] == ANY else [name for name, one in zip(names, shown) if one == name]
    return {"allowed_origins": allowed, "allowed_methods": [method for method in METHODS if method in str(methods[0]).split(", ")]}


def _work(call: Call) -> dict[str, Any]:
    call.title, params = "CORS settings", call.params
    allowed = _origins("allowed_origins", params["allowed_origins"])
    denied = _origins("denied_origins", params["denied_origins"])
    both = sorted(set(allowed) & set(denied))
    if both or (denied and allowed == [ANY]):
        raise InvalidValue("denied_origins", "%s cannot be both allowed and denied" % ", ".join(both or denied))
    if not params["allowed_methods"]:
        raise InvalidValue("allowed_methods", "at least one is required, because mailcow would take an empty list for all of them")
    wanted = {"allowed_origins": allowed, "allowed_methods": [method for method in METHODS if method in params["allowed_methods"]]}
    server = connect(call, INFO_CONNECTIONS)
    before = _seen(server, [*allowed, *denied])
    result: dict[str, Any] = {"changed": params["force"] or before != wanted, "cors": wanted}
    if result["changed"]:
        refuse_newer(NEWER, wanted, server)
    if call.diff:
        result["diff"] = diff(call.title, before, wanted)
    if not result["changed"] or call.check_mode:
        return result
    # Some releases do not answer with JSON (facts-server 23), and an answer can get lost; the headers show the result.
    lost = attempt(server, "edit/cors", {"items": [], "attr": wanted})
    try:
        now = look(server, lambda: _seen(server, [*allowed, *denied]))
    except Unknown as error:
        return dict(result, **error.details(), msg="%s: %s" % (call.title, error))
    if now == wanted:
        return result
    told = ", ".join("%s is %s" % (option, " and ".join(value) or "empty") for option, value in now.items())
    return dict(result, changed=now != before, msg="%s: mailcow did not apply them: %s%s" % (call.title, told, lost))


CORS = Task(
    dict(
        CONNECTION,
        allowed_origins={"type": "list", "elements": "str", "required": True},
        allowed_methods={"type": "list", "elements": "str", "choices": sorted(METHODS), "default": list(METHODS)},
        denied_origins={"type": "list", "elements": "str", "default": []},
        force={"type": "bool", "default": False},
    ),
    _work,
)
