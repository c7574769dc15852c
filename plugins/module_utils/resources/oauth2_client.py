# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An OAuth2 client: an application that may sign users in with mailcow (facts-server 10)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.smtp import Trimmed

_REDIRECT_URI = Trimmed("redirect_uri", required_on_create=True, clearable=False)

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
    fields=(_REDIRECT_URI,),
    status=shows("id", "client_id", "scope", "grant_types"),
    secrets=shows("client_secret"),
)
