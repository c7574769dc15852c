# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The link with which an external firewall reads the list of banned addresses (facts-server 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._api.errors import MailcowError
from .._api.shape import asked, one
from .attempt import Unknown, attempt, look
from .connection import CONNECTION, connect
from .task import Call, Task

if TYPE_CHECKING:
    from .._engine.server import Server

_ROUTE = "fail2ban"


def _id(server: Server) -> Any:
    """Give the secret in the link, None if there is none. Raises MailcowError."""
    return (one(server.ask(_ROUTE), asked(_ROUTE)) or {}).get("banlist_id")


def _work(call: Call) -> dict[str, Any]:
    call.title = "list of bans"
    server = connect(call)
    now = before = _id(server)
    if call.params["renew"] and not call.check_mode:
        lost = attempt(server, "edit/fail2ban/banlist", {"items": [before], "attr": {}})
        try:
            now = look(server, lambda: _id(server))
        except Unknown as error:
            return dict(error.details(), changed=True, msg="%s: %s" % (call.title, error))
        if now in (None, before):
            raise MailcowError("mailcow did not renew the link%s" % lost, "POST edit/fail2ban/banlist")
    url = "%s/f2b-banlist?id=%s" % (server.client.url, now) if now else None
    return {"changed": call.params["renew"], "id": now, "url": url}


FAIL2BAN_BANLIST = Task(dict(CONNECTION, renew={"type": "bool", "default": False}), _work)
