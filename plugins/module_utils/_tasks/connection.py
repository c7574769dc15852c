# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection that every task has: its options, and the server behind them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ansible.module_utils.common.parameters import env_fallback

from .._api.client import Client
from .._api.errors import MailcowError
from .._api.numbers import within
from .._api.url import is_encrypted, stays_here
from .._engine.server import Server

if TYPE_CHECKING:
    from .task import Call


def variable(name: str) -> str:
    """Give an environment variable, "" if it is not set. `connect` then reports what to do, whereas Ansible would only report a
    missing option.
    """
    return os.environ.get(name, "")


CONNECTION: dict[str, dict[str, Any]] = {
    "url": {"type": "str", "required": True, "fallback": (variable, ["MAILCOW_URL"])},
    "api_key": {"type": "str", "required": True, "no_log": True, "fallback": (variable, ["MAILCOW_API_KEY"])},
    "validate_certs": {"type": "bool", "default": True, "fallback": (env_fallback, ["MAILCOW_VALIDATE_CERTS"])},
    "ca_path": {"type": "path"},
    "timeout": {"type": "int", "default": 120, "fallback": (env_fallback, ["MAILCOW_TIMEOUT"])},
}
# A day. Some systems do not accept larger timeouts.
_LONGEST_TIMEOUT = 86400
_OPEN = "url: the connection to %s is not encrypted, so others can read the API key and all passwords. Use https://"
# Number of concurrent requests of tasks that only read.
INFO_CONNECTIONS = 4


def connect(call: Call, connections: int = 1, **options: Any) -> Server:
    """Give the server for the connection options of a call. ``options`` are those of `_api.client.Client`, in addition to the
    call's or instead of them. Raises MailcowError for invalid ones, LibraryMissing without requests.
    """
    params = call.params
    needed = {"url": "no URL", "api_key": "no API key"}
    lacking = [
        "%s: %s is set. Set the option %s or the environment variable MAILCOW_%s" % (option, what, option, option.upper())
        for option, what in needed.items()
        if not params[option].strip()
    ]
    if lacking:
        raise MailcowError("; ".join(lacking))
    if params["timeout"] <= 0:
        raise MailcowError("timeout: must be at least 1 second")
    within("timeout", params["timeout"], most=_LONGEST_TIMEOUT)
    settings = {name: params[name] for name in ("url", "validate_certs", "ca_path", "timeout")}
    client = Client(**dict(settings, api_key=params["api_key"].strip(), connections=connections, kept=call.kept, **options))
    warning = _OPEN % client.url
    # Tasks that wait for a server connect several times, but warn only once.
    if not (is_encrypted(client.url) or stays_here(client.url) or warning in call.warnings):
        call.warn(warning)
    return Server(client, call.check_mode, connections, params["timeout"], call.tell, call.warn)
