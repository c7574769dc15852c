# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The quarantine: its mails and its settings (facts-server 18). Postfix and Rspamd are those of ../services.py."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..db import number
from ..routes import DATA, delete, edit, get

# virus_flag is where the text is found
LIST = """SELECT id, qid, subject, instr(symbols, 'VIRUS_FOUND') AS virus_flag, score, rcpt, sender, action,
       CAST(strftime('%s', created, 'utc') AS INTEGER) AS created, notified FROM quarantine ORDER BY id"""
LOG = ("quarantine", "edit", DATA)


@get("quarantine", "all", empty="[]")
def read_all(call: Call) -> t.Any:
    return call.db.all(LIST)


@get("quarantine", empty="[]")
def read_one(call: Call) -> t.Any:
    """The whole row, with the mail."""
    if not php.is_numeric(call.object) or php.empty(call.object):
        return None
    return call.db.get("quarantine", id=number(call.object))


@edit("qitem", key="id", log=LOG)
def change_item(call: Call) -> t.Any:
    return change(call)


@edit("quarantine", log=LOG)
def change_settings(call: Call) -> t.Any:
    return change(call)


def change(call: Call) -> t.Any:
    """One function for both routes: the action decides."""
    action = call.data.get("action")
    if php.equals(action, "settings"):
        return _settings(call)
    if php.equals(action, "release") or php.equals(action, "learnham"):
        return _each(call, _release)
    if php.equals(action, "learnspam"):
        return _each(call, _learn_spam)
    return True


def _each(call: Call, function: t.Callable[[Call, t.Any, dict[str, t.Any]], bool]) -> bool:
    """Handle the mails that there are, until one says to stop."""
    ids = call.data.get("id")
    for item in php.array(ids) if php.is_array(ids) else [ids]:
        row = call.db.get("quarantine", id=number(item)) if php.is_numeric(item) else None
        if row is None or php.empty(row["rcpt"]):
            call.danger("access_denied")
        elif not function(call, item, row):
            return call.failed()
    return True


def _release(call: Call, item: t.Any, row: dict[str, t.Any]) -> bool:
    """Send the mail, delete it, and teach it as ham; while Postfix does not take it, it stays."""
    services = call.state.services
    release_format = call.redis.get("Q_RELEASE_FORMAT")
    if release_format == "attachment":
        sender = "sender-unknown@rspamd" if php.empty(row["sender"]) else row["sender"]
        # The errors of the library that sends it are not caught.
        if not php.is_valid_email(sender) or not php.is_valid_email(row["rcpt"]) or services.refusal():
            raise php.PhpException("SMTP Error: Could not send the mail.")
    elif release_format == "raw" and services.refusal():
        return call.warning(services.refusal())
    call.db.delete("quarantine", id=row["id"])
    call.success(["item_released", item])
    _learned(call, item, "ham_learn_error", "learned_ham")
    return True


def _learn_spam(call: Call, item: t.Any, row: dict[str, t.Any]) -> bool:
    call.db.delete("quarantine", id=row["id"])
    _learned(call, item, "spam_learn_error", "qlearn_spam")
    return True


def _learned(call: Call, item: t.Any, failure: str, success: str) -> None:
    problem = call.state.services.learn_error()
    if problem:
        call.danger([failure, problem])
    else:
        call.success([success, item])


def _settings(call: Call) -> t.Any:
    """All of them: what is not given is emptied. None can be read through the API."""
    data = call.data

    def mail_address(name: str) -> str:
        return data[name] if php.is_valid_email(data.get(name)) else ""

    release_format, max_score, max_age = data.get("release_format"), data.get("max_score"), php.intval(data.get("max_age"))
    values = {
        "Q_RETENTION_SIZE": php.intval(data.get("retention_size")),
        "Q_MAX_SIZE": php.intval(data.get("max_size")),
        "Q_MAX_SCORE": "" if php.equals(max_score, "") else number(max_score),
        "Q_MAX_AGE": max_age if max_age > 0 else 365,
        "Q_EXCLUDE_DOMAINS": php.json_compact(php.array(data.get("exclude_domains"))),
        "Q_RELEASE_FORMAT": release_format if php.in_array(release_format, ("attachment", "raw")) else "raw",
        "Q_SENDER": mail_address("sender"),
        "Q_BCC": mail_address("bcc"),
        "Q_REDIRECT": mail_address("redirect"),
        "Q_SUBJ": data.get("subject"),
        "Q_HTML": data.get("html_tmpl"),
    }
    for key, value in values.items():
        call.redis.set(key, php.string(value))
    return call.success("saved_settings")


@delete("qitem", key="id", log=("quarantine", "delete", DATA))
def remove(call: Call) -> None:
    for item in call.items:
        if not php.is_numeric(item):
            call.danger("access_denied")
            continue
        call.db.delete("quarantine", id=number(item))
        call.success(["item_deleted", item])
