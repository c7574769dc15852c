# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Templates of mailboxes (facts-mailboxes 2). An edit that leaves something out does harm, here as there."""

from __future__ import annotations

import json
import typing as t

from .. import db, php
from ..call import Call
from ..routes import DATA, add, delete, edit, get
from . import mailbox, mailbox_settings, user_acl

MIB = 1048576
PROTECTED = "Default"
FLAGS = {"force_pw_update": 0, "force_tfa": 0, "sogo_access": 1, "active": 1, "tls_enforce_in": 0, "tls_enforce_out": 0}
WORDS = {"tagged_mail_handler": "none", "quarantine_notification": "hourly", "quarantine_category": "reject"}
LIMIT = {"rl_frame": "s", "rl_value": ""}


def _read(call: Call, number: t.Any) -> dict[str, t.Any] | None:
    row = call.db.get("templates", type="mailbox", id=php.intval(number))
    return row and _decoded(row)


def _decoded(row: dict[str, t.Any]) -> dict[str, t.Any]:
    return {**row, "attributes": json.loads(row["attributes"])}


@get("mailbox", "template")
def read(call: Call) -> t.Any:
    """All templates, or the one with the number; a text counts as 0."""
    if call.extra in (None, "all"):
        return [_decoded(row) for row in call.db.all("SELECT * FROM templates WHERE type = 'mailbox' ORDER BY id")]
    return _read(call, call.extra)


def _attributes(data: dict[str, t.Any], defaults: dict[str, t.Any]) -> dict[str, t.Any]:
    """What both add and edit make of the request, but for protocols and rights; `defaults` for what is left out."""
    attributes: dict[str, t.Any] = {
        "quota": php.intval(data.get("quota")) * MIB,
        "tags": data["tags"] if php.isset(data, "tags") else defaults.get("tags"),
    }
    for name in (*WORDS, *LIMIT):
        attributes[name] = defaults.get(name) if php.empty(data.get(name)) else data[name]
    for name in FLAGS:
        attributes[name] = php.intval(data[name]) if php.isset(data, name) else defaults.get(name)
    return attributes


def _protocols(named: t.Any) -> dict[str, int]:
    return {name + "_access": int(php.in_array(name, php.array(named))) for name in mailbox.PROTOCOLS}


def _rights(named: t.Any) -> dict[str, int]:
    return {"acl_" + name: int(php.in_array(name, php.array(named))) for name in user_acl.RIGHTS}


@add("mailbox", "template", log=("mailbox", "add", "mailbox_templates", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    name = body.get("template")
    if php.empty(name):
        return call.danger("template_name_invalid")
    if call.db.exists("templates", type="mailbox", template=name):
        return call.danger(["template_exists", name])
    attributes = _attributes(body, {"tags": [], **WORDS, **LIMIT, **FLAGS})
    if not php.in_array(attributes["quarantine_category"], mailbox_settings.CATEGORIES):
        return call.danger("quarantine_category_invalid")
    if php.isset(body, "protocol_access"):
        attributes.update(_protocols(body["protocol_access"]))
    else:
        attributes.update({protocol + "_access": 1 for protocol in mailbox.PROTOCOLS})
    attributes.update(_rights(body.get("acl")))
    if not php.isset(body, "acl"):
        del attributes["acl_pw_reset"]
    call.db.insert("templates", type="mailbox", template=name, attributes=php.json_compact(attributes))
    return call.success(["template_added", name])


@edit("mailbox", "template", key="ids", log=("mailbox", "edit", "mailbox_templates", DATA, None), mask=("password", "password2"))
def change(call: Call) -> t.Any:
    """The name goes from one template to the next, and the last one stands in the only success."""
    data = call.data
    name = data.get("template")
    for number in call.items:
        now = None if number is None else _read(call, number)
        if now is None:
            call.danger("template_id_invalid")
            continue
        if name is None or (now["template"] == PROTECTED and not php.equals(name, PROTECTED)):
            name = now["template"]
        # The server looks for the old values in the row instead of in its attributes, where none of them is.
        attributes = _attributes(data, {})
        if not php.in_array(attributes["quarantine_category"], mailbox_settings.CATEGORIES):
            call.danger("quarantine_category_invalid")
            continue
        attributes.update(_protocols(data["protocol_access"]) if php.isset(data, "protocol_access") else now)
        attributes.update(_rights(data["acl"]) if php.isset(data, "acl") else now)
        call.db.update("templates", {"template": name, "attributes": php.json_compact(attributes)}, id=db.number(number, strict=True))
    return call.success(["template_modified", name])


@delete("mailbox", "template", key="ids", log=("mailbox", "delete", "mailbox_templates", DATA, None))
def remove(call: Call) -> t.Any:
    for number in call.items:
        call.db.execute(
            "DELETE FROM templates WHERE id = ? AND type = 'mailbox' AND template <> ?", db.number(number, strict=True), PROTECTED
        )
    return call.success("template_removed")
