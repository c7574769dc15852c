# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Sieve filters of the server, which are two files of Dovecot's (facts-server 32)."""

from __future__ import annotations

import typing as t

from .. import php, sieve
from ..call import Call
from ..routes import DATA, add, get


@get("global_filters", "all")
def read_all(call: Call) -> t.Any:
    return dict(call.state.services.scripts)


@get("global_filters", "prefilter", "postfilter")
def read(call: Call) -> t.Any:
    return call.state.services.scripts[str(call.object)]


@add("global-filter", log=("mailbox", "add", "global_filter", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    """Written once it has no mistake; Dovecot is started anew each time."""
    scripts = call.state.services.scripts
    script = php.arg(call.body.get("script_data")).replace("\r\n", "\n").replace("\r", "\n")
    problem = sieve.problem(script)
    if problem is not None:
        return call.danger(["sieve_error", problem])
    filter_type = call.body.get("filter_type")
    if not php.in_array(filter_type, tuple(scripts)):
        return call.danger("invalid_filter_type")
    scripts[str(filter_type)] = script
    if call.config.docker_down:
        call.warning("dovecot_restart_failed")
    else:
        call.success("dovecot_restart_success")
    return call.success("global_filter_written")
