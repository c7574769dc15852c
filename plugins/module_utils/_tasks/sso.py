# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A token that logs a domain administrator in to the web interface once, within 30 seconds (facts-server 6)."""

from __future__ import annotations

from typing import Any

from .._api.errors import MailcowError
from .connection import CONNECTION, connect
from .task import Call, Task


def _work(call: Call) -> dict[str, Any]:
    username = call.params["username"].strip().lower()
    call.title = "single sign-on of %s" % username
    server = connect(call)
    if call.check_mode:
        # An earlier task may create the administrator, so only the connection to mailcow is checked.
        server.ask("domain-admin", username)
        return {"changed": True, "token": None}
    token = server.client.obtain("add/sso/domain-admin", {"username": username}).get("token")
    if not isinstance(token, str) or not token:
        raise MailcowError("mailcow answered without a token", "POST add/sso/domain-admin")
    return {"changed": True, "token": token}


SSO_TOKEN = Task(dict(CONNECTION, username={"type": "str", "required": True}), _work)
