# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pushover (facts-mailboxes 9). There is no get; the mailbox shows whether it is on."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit

TOKEN_LENGTH = 30
GMAIL = "@gmail.com"


@edit("pushover", key="username", log=("pushover", "edit", DATA))
def change(call: Call) -> None:
    for username in call.items:
        if not call.has_mailbox(username):
            call.danger("access_denied")
        elif php.equals(call.data.get("delete"), "true"):
            call.db.delete("pushover", username=username)
            call.success("pushover_settings_edited")
        else:
            _save(call, username)


def _save(call: Call, username: t.Any) -> None:
    data = call.data
    now = call.db.get("pushover", username=username) or {}
    values = {name: now.get(name) if php.empty(data.get(name)) else data[name] for name in ("key", "token", "title", "text")}
    values.update({name: data[name] if php.isset(data, name) else now.get(name) for name in ("senders", "senders_regex")})
    values["active"] = php.intval(data["active"]) if php.isset(data, "active") else now.get("active")
    if not php.empty(values["senders_regex"]) and not php.is_valid_regex(values["senders_regex"]):
        call.danger("Invalid regex")
        return
    values["senders"] = _senders(values["senders"])
    for name in ("key", "token"):
        if not php.ctype_alnum(values[name]) or len(values[name]) != TOKEN_LENGTH:
            call.danger("pushover_" + name, [*call.log, call.log[-1]])
            return
    # The server looks for the old values of these in the wrong place: omitted, they are reset.
    values["attributes"] = php.json_compact(
        {
            "evaluate_x_prio": str(php.intval(data.get("evaluate_x_prio"))),
            "only_x_prio": str(php.intval(data.get("only_x_prio"))),
            "sound": php.string(data.get("sound")),
        }
    )
    call.db.replace("pushover", values, username=username)
    call.success("pushover_settings_edited")


def _senders(text: t.Any) -> str:
    """The valid addresses of a list in a text; Gmail's without dots before the @."""
    senders = [sender for sender in php.split(text) if php.is_valid_email(sender)]
    return ",".join(sender.removesuffix(GMAIL).replace(".", "") + GMAIL if sender.endswith(GMAIL) else sender for sender in senders)


@edit("pushover-test", key="username", log=("pushover", "test", DATA))
def test(call: Call) -> t.Any:
    """The real server asks Pushover's, which is not reachable unless told otherwise."""
    for username in call.items:
        if not call.has_mailbox(username):
            call.danger("access_denied")
        elif call.db.exists("pushover", username=username):
            if call.state.services.up("pushover"):
                call.success('Pushover API OK (200): {"status":1}')
            else:
                call.danger("Pushover API ERR (0): ")
        else:
            return call.danger("pushover_credentials_missing")
    return None
