# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Postfix's queue, asked for by way of Docker (facts-server 17)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, delete, edit, get

LIMIT = 10000


def recipient(value: dict[str, t.Any]) -> str:
    return "%(address)s (%(delay_reason)s)" % value if "delay_reason" in value else value["address"]


@get("mailq", "all")
def read(call: Call) -> php.Raw:
    """A list also when it is empty; compact, other than what most routes print."""
    queue = [] if call.config.docker_down else call.state.services.queue[:LIMIT]
    return call.json([{**mail, "recipients": [recipient(one) for one in mail["recipients"]]} for mail in queue])


@get("postcat")
def read_mail(call: Call) -> php.Raw:
    """One mail as Postfix shows it."""
    if call.config.docker_down:
        return php.Raw("")
    for mail in call.state.services.queue:
        if mail["queue_id"] == call.object:
            headers = ["From: %(sender)s" % mail] + ["To: %(address)s" % one for one in mail["recipients"]]
            return php.Raw("\n".join(["*** MESSAGE CONTENTS ***", *headers, "", "*** MESSAGE FILE END ***", ""]))
    return php.Raw("postcat: fatal: open queue file %s: No such file or directory\n" % php.string(call.object))


def run(call: Call, task: t.Any) -> None:
    if call.config.docker_down:
        call.danger("unknown")
        return
    call.state.services.queue_command(task, call.items)
    call.success("queue_command_success")


@edit("mailq", key="qid", log=("process_mailq_output", "edit", DATA))
def change(call: Call) -> None:
    """Without an action, or with one that there is not, nothing is done, and nothing said about it."""
    action = call.data.get("action")
    if php.in_array(action, ("hold", "unhold", "deliver")) and call.items:
        run(call, action)
    if php.in_array(action, ("flush", "super_delete")):
        run(call, action)


@delete("mailq", key="qid", log=("process_mailq_output", "delete", DATA))
def remove(call: Call) -> None:
    run(call, "delete")
