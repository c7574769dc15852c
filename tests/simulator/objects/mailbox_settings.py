# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of a mailbox that have a route of their own (facts-mailboxes 5 to 8, 10, 11)."""

from __future__ import annotations

import json
import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, delete, edit, get
from . import mailbox_read, ratelimit

NOTIFICATIONS = ("never", "hourly", "daily", "weekly")
CATEGORIES = ("add_header", "reject", "all")
HANDLER_SINCE = "2025-09"  # as a field of add/mailbox and edit/mailbox, and in templates
DELIMITERS = {"subject": "RCPT_WANTS_SUBJECT_TAG", "subfolder": "RCPT_WANTS_SUBFOLDER_TAG"}
DEFAULT_SCORE = "5, 15"
BAD_SCORE = 'Invalid spam score, format must be "1,2" where first is low and second is high spam value.'


def is_category(call: Call, value: t.Any) -> bool:
    """Whether a mailbox or a template may have it as its quarantine_category; mailcow before 2026-03b takes anything."""
    return not call.since("2026-03b") or php.in_array(value, CATEGORIES)


def attributes(call: Call, username: t.Any) -> dict[str, t.Any]:
    """The stored attributes; also those of a resource, which has none."""
    text = call.db.value("SELECT attributes FROM mailbox WHERE username = ?", username)
    return json.loads(text) if text else {}


def set_attributes(call: Call, username: t.Any, values: dict[str, t.Any]) -> None:
    """JSON_SET with bound parameters: every value becomes a text. A row without attributes stays without."""
    row = call.db.get("mailbox", username=username)
    if row and row["attributes"] is not None:
        texts = {name: None if value is None else php.string(value) for name, value in values.items()}
        call.db.update("mailbox", {"attributes": json.dumps({**json.loads(row["attributes"]), **texts})}, username=username)


@edit("tls_policy", key="username", log=("mailbox", "edit", "tls_policy", DATA, None))
def tls_policy(call: Call) -> None:
    for username in call.items:
        if not call.has_mailbox(username):
            call.danger("access_denied")
            continue
        now = attributes(call, username)
        set_attributes(
            call,
            username,
            {
                flag: php.intval(call.data[flag] if php.isset(call.data, flag) else now.get(flag))
                for flag in ("tls_enforce_out", "tls_enforce_in")
            },
        )
        call.success(["mailbox_modified", username])


def _choose(call: Call, setting: str, choices: tuple[str, ...]) -> None:
    """Set an attribute that is one of a few words. Omitted it is an exception on the server (facts-mailboxes 6)."""
    for username in call.items:
        if not call.has_mailbox(username):
            call.danger("access_denied")
            continue
        now = attributes(call, username).get(setting)
        if php.empty(now):
            call.danger("access_denied")
            continue
        if not php.isset(call.data, setting):
            raise php.PhpException("Cannot access offset of type string on string")
        if not php.in_array(call.data[setting], choices):
            call.danger("access_denied")
            continue
        set_attributes(call, username, {setting: call.data[setting]})
        call.success(["mailbox_modified", username])


@edit("quarantine_notification", key="username", log=("mailbox", "edit", "quarantine_notification", DATA, None))
def quarantine_notification(call: Call) -> None:
    _choose(call, "quarantine_notification", NOTIFICATIONS)


@edit("quarantine_category", key="username", log=("mailbox", "edit", "quarantine_category", DATA, None))
def quarantine_category(call: Call) -> None:
    _choose(call, "quarantine_category", CATEGORIES)


def set_delimiter(call: Call, username: t.Any, action: t.Any, log: t.Any = None) -> None:
    """What happens to mail for user+tag. add/mailbox and edit/mailbox come here too, with an entry of its own."""
    if log is None:
        log = ["mailbox", "edit", "delimiter_action", {"username": username, "tagged_mail_handler": action}, None]
    if not php.is_valid_email(username) or not call.has_mailbox(username):
        call.danger("access_denied", log)
        return
    chosen = next((word for word in DELIMITERS if action is not None and php.equals(action, word)), None)
    for word, key in DELIMITERS.items():
        if word == chosen:
            call.redis.hset(key, username, 1)
        else:
            call.redis.hdel(key, username)
    call.success(["mailbox_modified", username], log)


@edit("delimiter_action", key="username", log=("mailbox", "edit", "delimiter_action", DATA, None))
def delimiter_action(call: Call) -> None:
    for username in call.items:
        set_delimiter(call, username, call.data.get("tagged_mail_handler"), call.log)


@get("spam-score")
def read_spam_score(call: Call) -> t.Any:
    """The limits of a mailbox; the server's own where it has none, and for what is no address."""
    name = call.object
    if php.is_valid_email(name) and not call.has_mailbox(name):
        return None
    rows = call.db.all(
        """SELECT option, value FROM filterconf WHERE object = ? AND option IN ('lowspamlevel', 'highspamlevel')""",
        name if php.is_valid_email(name) else "API",
    )
    levels = {row["option"]: row["value"] for row in reversed(rows)}
    score = "%s, %s" % (levels.get("lowspamlevel", ""), levels.get("highspamlevel", "")) if rows else DEFAULT_SCORE
    return {"score": re.sub(r"\s+", "", score)}


@edit("spam-score", key="username", log=("mailbox", "edit", "spam_score", DATA, None))
def spam_score(call: Call) -> None:
    score = call.data.get("spam_score")
    for username in call.items:
        if call.since("2026-03b") and not call.has_mailbox(username):
            call.danger("access_denied")
            continue
        levels: dict[str, t.Any] = {}
        if not php.equals(score, "default"):
            low, _unused, rest = php.arg(score).partition(",")
            high: t.Any = rest.split(",")[0]
            if not php.is_numeric(low) or not php.is_numeric(high):
                call.danger(BAD_SCORE)
                continue
            if php.equals(low, high):
                high = float(high) + 0.1
            levels = {"highspamlevel": high, "lowspamlevel": low}
        call.db.execute("DELETE FROM filterconf WHERE object = ? AND option IN ('lowspamlevel', 'highspamlevel')", username)
        for option, value in levels.items():
            call.db.insert("filterconf", object=username, option=option, value=php.string(value))
        call.success(["mailbox_modified", username])


@get("rl-mbox", "all")
def read_limits(call: Call) -> t.Any:
    """The mailboxes that have a limit, in the order of get/mailbox/all."""
    rows = call.db.column(
        "SELECT m.username FROM mailbox m JOIN domain ON domain.domain = m.domain WHERE m.kind = '' ORDER BY domain.domain, m.username"
    )
    limits = call.redis.hgetall("RL_VALUE")
    return [{**ratelimit.read(call, name), "mailbox": name} for name in rows if limits.get(name)]


@get("rl-mbox")
def read_limit(call: Call) -> t.Any:
    return ratelimit.read(call, t.cast(str, call.object)) if call.has_mailbox(call.object) else None


@edit("rl-mbox", key="object", log=("ratelimit", "edit", "mailbox", DATA))
def limit(call: Call) -> None:
    for username in call.items:
        ratelimit.save(call, username, call.data.get("rl_value"), call.data.get("rl_frame"), call.has_mailbox(username), call.log)


@edit("mailbox", "custom-attribute", key="mailboxes", log=("mailbox", "edit", "mailbox_custom_attribute", DATA, None))
def custom_attributes(call: Call) -> bool:
    """Replace all of them. Two lists of different length are an exception, also without an item (facts-mailboxes 5)."""
    keys = [php.string(name).replace(" ", "") for name in php.array(call.data.get("attribute"))]
    values = php.array(call.data.get("value"))
    if len(keys) != len(values):
        raise php.PhpException("array_combine(): both must have the same number of elements")
    text = php.json_compact(php.Obj(zip(keys, values, strict=True)))
    for username in call.items:
        if not php.is_valid_email(username):
            call.danger(["username_invalid", username])
            continue
        found = mailbox_read.details(call, username) or {}
        if not call.has_domain(found.get("domain")):
            call.danger("access_denied")
            continue
        call.db.update("mailbox", {"custom_attributes": text}, username=username)
        call.success(["mailbox_modified", username])
    return True


def forget_sogo_acl(call: Call, username: str) -> None:
    """Before 2026-07a, mailcow makes the address a part of the SQL command (facts-mailboxes 1.8)."""
    if "'" in username and not call.since("2026-07a"):
        raise php.PhpException("You have an error in your SQL syntax")


def _reset(call: Call, message: str) -> None:
    """Nothing to see afterwards; SOGo's side is not kept but for its profiles (facts-mailboxes 11)."""
    for username in call.items:
        if not call.has_mailbox(username):
            call.danger("access_denied")
            continue
        if message == "sogo_profile_reset":
            call.db.delete("sogo_user_profile", c_uid=username)
            forget_sogo_acl(call, username)
        call.success([message, php.htmlspecialchars(username)])


@delete("eas_cache", key="username", log=("mailbox", "delete", "eas_cache", DATA, None))
def reset_eas_cache(call: Call) -> None:
    _reset(call, "eas_reset")


@delete("sogo_profile", key="username", log=("mailbox", "delete", "sogo_profile", DATA, None))
def reset_sogo_profile(call: Call) -> None:
    _reset(call, "sogo_profile_reset")
