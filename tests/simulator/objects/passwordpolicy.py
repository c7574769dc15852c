# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The password policy (facts-server 22)."""

from __future__ import annotations

import typing as t

from .. import passwords, php
from ..call import Call
from ..routes import DATA, edit, get

# Of the recorded 2026-07a these are our own words, of those before it mailcow's.
SENTENCES = {
    "length": "At least %s characters",
    "chars": "A letter",
    "special_chars": "A character that is neither letter nor digit",
    "lowerupper": "Lower and upper case letters",
    "numbers": "A digit",
}

SENTENCES_BEFORE = {
    "length": "Minimum password length is %s",
    "chars": "Must contain at least one alphabetic character",
    "special_chars": "Must contain special characters",
    "lowerupper": "Must contain lowercase and uppercase characters",
    "numbers": "Must contain at least one number",
}


@get("passwordpolicy")
def read(call: Call) -> t.Any:
    return passwords.policy(call)


@get("passwordpolicy", "html")
def read_html(call: Call) -> str:
    """The policy in words, for the web interface."""
    sentences = SENTENCES if call.since("2026-07a") else SENTENCES_BEFORE
    lines = [sentences[name].replace("%s", value) for name, value in passwords.policy(call).items() if php.intval(value) != 0]
    return '<p class="help-block small">- %s</p>' % "<br>- ".join(lines)


@edit("passwordpolicy", log=("password_complexity", "edit", DATA))
def change(call: Call) -> None:
    values: dict[str, t.Any] = {name: php.intval(call.data[name]) for name in SENTENCES if php.isset(call.data, name)}
    if values.get("length", 3) < 3:
        del values["length"]
    call.redis.hset("PASSWD_POLICY", *[part for pair in {**passwords.policy(call), **values}.items() for part in pair])
    call.success("password_policy_saved")
