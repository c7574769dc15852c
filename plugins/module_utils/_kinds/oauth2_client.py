# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An OAuth2 client: an application that may sign users in with mailcow (facts-server 10)."""

from __future__ import annotations

from typing import Any

from .._api.errors import InvalidValue
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.plain import Text


class RedirectUri(Text):
    """Where an application takes its users back. mailcow takes any text, and none at all."""

    def canonical(self, value: Any) -> Any:
        return str(value).strip()


def _check(situation: Situation) -> None:
    if situation.current is None and not situation.given["redirect_uri"]:
        raise InvalidValue("redirect_uri", "an OAuth2 client is of no use without it")


_REDIRECT_URI = RedirectUri("redirect_uri", required_on_create=True, clearable=False)

OAUTH2_CLIENT = Kind(
    name="oauth2_client",
    plural="oauth2_clients",
    title="OAuth2 client",
    identity=ByParts("id", parts=(_REDIRECT_URI,)),
    read=Table("oauth2-client/all"),
    write=Write("oauth2-client", unique=False),
    check=_check,
    fields=(_REDIRECT_URI,),
    status=shows("id", "client_id", "scope", "grant_types"),
    secrets=shows("client_secret"),
)
