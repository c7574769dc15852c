# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OAuth2 clients (facts-server 10)."""

from __future__ import annotations

import secrets
import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, add, delete, edit, get

SECRET_BYTES = 12


@get("oauth2-client", "all")
def read_all(call: Call) -> t.Any:
    return call.db.all("SELECT * FROM oauth_clients ORDER BY id")


@get("oauth2-client")
def read_one(call: Call) -> t.Any:
    return call.db.get("oauth_clients", id=number(call.object))


@add("oauth2-client", log=("oauth2", "add", "client", DATA))
def create(call: Call) -> t.Any:
    """Nothing but redirect_uri is looked at, and that is not checked."""
    call.db.insert("oauth_clients", client_id=secrets.token_hex(6), client_secret=secrets.token_hex(SECRET_BYTES), scope="profile",
                   redirect_uri=call.body.get("redirect_uri"))  # fmt: skip
    return call.success("Added client access")


@edit("oauth2-client", key="id", log=("oauth2", "edit", "client", DATA))
def change(call: Call) -> t.Any:
    """Revoking tokens goes before a new secret, and that before a new URI: one of them a call."""
    data = call.data
    for item in php.array(data.get("id")):
        now = call.db.get("oauth_clients", id=number(item))
        if now is None:
            return call.danger("access_denied")
        redirect_uri = now["redirect_uri"] if php.empty(data.get("redirect_uri")) else data["redirect_uri"]
        if php.isset(data, "revoke_tokens"):
            for table in ("oauth_access_tokens", "oauth_refresh_tokens"):
                call.db.delete(table, client_id=now["client_id"])
        elif php.isset(data, "renew_secret"):
            call.db.update("oauth_clients", {"client_secret": secrets.token_hex(SECRET_BYTES)}, id=number(item, strict=True))
        elif php.empty(redirect_uri):
            call.danger("Redirect/Callback URL cannot be empty")
            continue
        else:
            call.db.update("oauth_clients", {"redirect_uri": redirect_uri}, id=number(item, strict=True))
        call.success(["object_modified", php.htmlspecialchars(item)])
    return None


@delete("oauth2-client", key="id", log=("oauth2", "delete", "client", DATA))
def remove(call: Call) -> None:
    """One entry for all, with the last id."""
    for item in call.items:
        if not php.is_numeric(item):
            call.danger("access_denied")
            continue
        call.db.delete("oauth_clients", id=number(item))
    call.success(["items_deleted", php.htmlspecialchars(call.items[-1] if call.items else None)])
