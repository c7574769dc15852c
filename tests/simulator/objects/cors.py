# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""edit/cors (facts-server 23). Its effect on the headers of all answers is in ../cors.py."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit

METHODS = ("GET", "POST", "PUT", "DELETE")


@edit("cors", log=("cors", "edit", DATA))
def write(call: Call) -> t.Any:
    done = _write(call)
    if not call.since("2025-03") or call.since("2025-12"):
        return done
    # A "break" is missing on the server: it goes on with edit/identity-provider, and prints all entries once more (source).
    first = php.json_compact(call.session.returns)
    call.danger(["required_data_missing", ""], ["identity_provider", "edit", call.log[-1]])
    return php.Raw(first + php.json_compact(call.session.returns))


def _write(call: Call) -> t.Any:
    origins = call.data.get("allowed_origins")
    if origins is None:
        origins = [call.base_url if call.since("2026-07a") else call.config.hostname]
    elif not php.is_array(origins):
        origins = [line for line in map(php.trim, php.arg(origins).split("\n")) if not php.empty(line)]
    checked = []
    for origin in php.array(origins):
        if origin != "*" and not (php.valid_origin if call.since("2026-07a") else php.valid_hostname)(origin):
            return call.danger("cors_invalid_origin")
        checked.append(php.strtolower(origin) if call.since("2026-07a") else php.string(origin))
    methods = call.data.get("allowed_methods")
    if methods is None:
        methods = METHODS
    methods = php.array(methods) if php.is_array(methods) else php.split(methods)
    if not all(method in METHODS for method in methods):
        return call.danger("cors_invalid_method")
    call.redis.hset("CORS_SETTINGS", "allowed_origins", ", ".join(checked), "allowed_methods", ", ".join(methods))
    return call.success("cors_headers_edited")
