# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An OAuth2 client: an application that may sign users in with mailcow (facts-server 10)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.oauth2_client import RedirectUri


def _check(situation):
    if situation.current is None and not situation.given["redirect_uri"]:
        raise InvalidValue("redirect_uri", "an OAuth2 client without it is of no use, so that none is created")


_REDIRECT_URI = RedirectUri("redirect_uri", required_on_create=True, clearable=False)

OAUTH2_CLIENT = Resource(
    kind="oauth2_client",
    plural="oauth2_clients",
    title="OAuth2 client",
    identity=Compound("id", parts=(_REDIRECT_URI,)),
    item="id",
    read=Read(all="oauth2-client/all"),
    add=(Add("oauth2-client"),),
    edit="oauth2-client",
    delete="oauth2-client",
    check=_check,
    fields=(_REDIRECT_URI,),
    status=shows("id", "client_id", "scope", "grant_types"),
    secrets=shows("client_secret"),
)
