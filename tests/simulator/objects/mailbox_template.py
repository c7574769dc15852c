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
SINCE = {"tagged_mail_handler": mailbox_settings.HANDLER_SINCE}
WORDS = {"tagged_mail_handler": "none", "quarantine_notification": "hourly", "quarantine_category": "reject"}
ADD_SINCE = {"force_tfa": "2026-03"}
EDIT_SINCE = {"force_tfa": "2026-07"}
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


def _attributes(call: Call, data: dict[str, t.Any], defaults: dict[str, t.Any], since: dict[str, str]) -> dict[str, t.Any]:
    """What both add and edit make of the request, but for protocols and rights; `defaults` for what is left out."""
    attributes: dict[str, t.Any] = {
        "quota": php.intval(data.get("quota")) * MIB,
        "tags": data["tags"] if php.isset(data, "tags") else defaults.get("tags"),
    }
    for name in call.known((*WORDS, *LIMIT), SINCE):
        attributes[name] = defaults.get(name) if php.empty(data.get(name)) else data[name]
    for name in call.known(FLAGS, since):
        attributes[name] = php.intval(data[name]) if php.isset(data, name) else defaults.get(name)
    return attributes


def _protocols(call: Call, named: t.Any) -> dict[str, int]:
    known = call.known(mailbox.PROTOCOLS, mailbox.PROTOCOLS_SINCE)
    return {name + "_access": int(php.in_array(name, php.array(named))) for name in known}


def _rights(call: Call, named: t.Any) -> dict[str, int]:
    return {"acl_" + name: int(php.in_array(name, php.array(named))) for name in user_acl.rights(call)}


@add("mailbox", "template", log=("mailbox", "add", "mailbox_templates", DATA, None), mask=("password", "password2"))
def create(call: Call) -> t.Any:
    body = call.body
    name = body.get("template")
    if php.empty(name):
        return call.danger("template_name_invalid")
    if call.db.exists("templates", type="mailbox", template=name):
        return call.danger(["template_exists", name])
    attributes = _attributes(call, body, {"tags": [], **WORDS, **LIMIT, **FLAGS}, ADD_SINCE)
    if not mailbox_settings.is_category(call, attributes["quarantine_category"]):
        return call.danger("quarantine_category_invalid")
    attributes.update(_protocols(call, body["protocol_access"] if php.isset(body, "protocol_access") else mailbox.PROTOCOLS))
    attributes.update(_rights(call, body.get("acl")))
    if not php.isset(body, "acl"):
        attributes.pop("acl_pw_reset", None)
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
        attributes = _attributes(call, data, {}, EDIT_SINCE)
        if not mailbox_settings.is_category(call, attributes["quarantine_category"]):
            call.danger("quarantine_category_invalid")
            continue
        attributes.update(_protocols(call, data["protocol_access"]) if php.isset(data, "protocol_access") else now)
        attributes.update(_rights(call, data["acl"]) if php.isset(data, "acl") else now)
        call.db.update("templates", {"template": name, "attributes": php.json_compact(attributes)}, id=db.number(number, strict=True))
    return call.success(["template_modified", name])


@delete("mailbox", "template", key="ids", log=("mailbox", "delete", "mailbox_templates", DATA, None))
def remove(call: Call) -> t.Any:
    for number in call.items:
        call.db.execute(
            "DELETE FROM templates WHERE id = ? AND type = 'mailbox' AND template <> ?", db.number(number, strict=True), PROTECTED
        )
    return call.success("template_removed")
