# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Adding and deleting mailboxes, and their tags (facts-mailboxes 1.2 to 1.8)."""

from __future__ import annotations

import json
import time
import typing as t

from .. import db, passwords, php
from ..call import Call
from ..routes import DATA, add, delete
from . import mailbox_read, mailbox_settings, ratelimit, sender_acl, user_acl

MIB = 1048576
TAGGING_LIMIT = 25
PROTOCOLS = ("imap", "pop3", "smtp", "sieve", "eas", "dav")
PROTOCOLS_SINCE = {"eas": "2026-01", "dav": "2026-01"}
EXTERNAL_SOURCES = ("keycloak", "generic-oidc", "ldap")
FLAGS = (
    "force_pw_update",
    "force_tfa",
    "tls_enforce_in",
    "tls_enforce_out",
    "sogo_access",
    "imap_access",
    "pop3_access",
    "smtp_access",
    "sieve_access",
    "eas_access",
    "dav_access",
)
HASH_SINCE = "2025-03"
FLAGS_SINCE = {"eas_access": "2026-01", "dav_access": "2026-01", "force_tfa": "2026-03"}

# What a template does not say; the server's own settings.
DEFAULTS: dict[str, t.Any] = {
    "force_pw_update": 0,
    "force_tfa": 0,
    "tls_enforce_in": 0,
    "tls_enforce_out": 0,
    "sogo_access": 1,
    "imap_access": 1,
    "pop3_access": 1,
    "smtp_access": 1,
    "sieve_access": 1,
    "eas_access": 1,
    "dav_access": 1,
    "quarantine_notification": "hourly",
    "quarantine_category": "reject",
}


def source(call: Call, given: t.Any, otherwise: str) -> str:
    """The authsource to store: "mailcow" or the identity provider that is set up, else what it is without."""
    if php.equals(given, "mailcow"):
        return "mailcow"
    configured = call.db.value("SELECT value FROM identity_provider WHERE key = 'authsource'")
    return given if given in EXTERNAL_SOURCES and given == configured else otherwise


def spread_protocols(call: Call, data: dict[str, t.Any]) -> None:
    """protocol_access sets all of the flags, whatever else is sent."""
    if php.isset(data, "protocol_access"):
        named = php.array(data["protocol_access"])
        data.update({protocol + "_access": int(php.in_array(protocol, named)) for protocol in call.known(PROTOCOLS, PROTOCOLS_SINCE)})


def plain_name(name: t.Any) -> str:
    return php.arg(name).rstrip(">").lstrip("<")


def add_tags(call: Call, username: str, tags: t.Any) -> None:
    """Add tags: up to 26 a call; one that is there already or cannot be stored is passed over (facts-mailboxes 1.6)."""
    pairs = tags.items() if isinstance(tags, dict) else enumerate(tags) if php.is_array(tags) else ()
    for index, tag in pairs:
        if php.empty(tag):
            continue
        if php.greater(index, TAGGING_LIMIT):
            call.warning(["tag_limit_exceeded", "limit %d" % TAGGING_LIMIT])
            break
        try:
            call.db.insert("tags_mailbox", username=username, tag_name=tag)
        except php.MysqlError:
            if call.since("2025-03"):
                continue
            raise  # as for the tags of a domain


def template(call: Call, wanted: t.Any) -> dict[str, t.Any]:
    """The attributes of a mailbox template, or of the first one, above the server's own defaults."""
    attributes = None
    if not php.empty(wanted):
        attributes = call.db.value("SELECT attributes FROM templates WHERE type = 'mailbox' AND id = ?", php.intval(wanted))
    if attributes is None or not json.loads(attributes):
        attributes = call.db.value("SELECT attributes FROM templates WHERE type = 'mailbox' ORDER BY id")
    return {**DEFAULTS, **json.loads(attributes)}


@add("mailbox", log=("mailbox", "add", "mailbox", DATA, None), mask=("password", "password2"), anonymous="handler")
def create(call: Call) -> t.Any:
    body = dict(call.body)
    local_part = php.strtolower(php.trim(body.get("local_part")))
    domain = php.idn_to_ascii(php.strtolower(php.trim(body.get("domain"))))
    username = "%s@%s" % (local_part, domain or "")
    if not php.is_valid_email(username) or php.empty(body.get("local_part")):
        return call.danger("mailbox_invalid")
    authsource = source(call, body.get("authsource"), "mailcow")
    if not call.admin:
        raise php.PhpException("the templates are not for everybody")
    defaults = template(call, body.get("template"))
    name = plain_name(body.get("name"))
    quota = php.intval(body["quota"]) if php.isset(body, "quota") else php.intval(defaults.get("quota")) / MIB
    spread_protocols(call, body)
    attributes = _attributes(call, body, defaults, authsource)
    if not mailbox_settings.is_category(call, attributes["quarantine_category"]):
        return call.danger("quarantine_category_invalid")
    problem = _taken(call, local_part, domain, username)
    if problem:
        return call.danger(problem)
    if authsource == "mailcow" and not passwords.acceptable(call, body.get("password"), body.get("password2")):
        return call.failed()
    password = passwords.stored(body["password"]) if authsource == "mailcow" else ""
    problem = _too_much(call, domain, quota)
    if problem:
        return call.danger(problem)

    active = php.intval(body["active"] if php.isset(body, "active") else defaults.get("active"))
    call.db.insert(
        "mailbox",
        username=username,
        password=password,
        name=name,
        quota=quota * MIB,
        local_part=local_part,
        domain=domain,
        attributes=json.dumps({**attributes, "passwd_update": int(time.time())}),
        authsource=authsource,
        active=active,
    )
    call.db.update("mailbox", {"attributes": json.dumps({**attributes, "passwd_update": db.now()})}, username=username)
    if php.isset(body, "tagged_mail_handler") and call.since(mailbox_settings.HANDLER_SINCE):
        mailbox_settings.set_delimiter(call, username, body["tagged_mail_handler"])
    add_tags(call, username, body["tags"] if php.isset(body, "tags") else defaults.get("tags"))
    for table in ("quota2", "quota2replica"):
        call.db.replace(table, username=username, bytes=0, messages=0)
    call.db.insert("alias", address=username, goto=username, domain=domain, active=active)
    if php.isset(body, "acl"):
        named = php.array(body["acl"])
        rights = {right: int(php.in_array(right, named)) for right in user_acl.rights(call)}
    else:
        rights = {right: php.intval(defaults.get("acl_" + right)) for right in user_acl.rights(call)}
    call.db.insert("user_acl", rights, username=username)
    frame = body["rl_frame"] if php.isset(body, "rl_frame") else defaults.get("rl_frame")
    value = body["rl_value"] if php.isset(body, "rl_value") else defaults.get("rl_value")
    if frame is not None and value is not None:
        ratelimit.save(
            call, username, value, frame, True, ["ratelimit", "edit", "mailbox", {"object": username, "rl_frame": frame, "rl_value": value}]
        )
    return call.success(["mailbox_added", php.htmlspecialchars(username)])


def _attributes(call: Call, body: dict[str, t.Any], defaults: dict[str, t.Any], authsource: str) -> dict[str, t.Any]:
    """The attributes of a new mailbox, which are texts (facts-mailboxes 1.2)."""
    flags = {flag: php.intval(body[flag] if php.isset(body, flag) else defaults[flag]) for flag in call.known(FLAGS, FLAGS_SINCE)}
    if authsource in EXTERNAL_SOURCES:
        flags["force_pw_update"] = 0
    if authsource == "generic-oidc" and "force_tfa" in flags:
        flags["force_tfa"] = 0
    attributes: dict[str, t.Any] = {flag: str(value) for flag, value in flags.items()}
    attributes["relayhost"] = str(php.intval(body.get("relayhost")))
    attributes["mailbox_format"] = "maildir:"
    for setting in ("quarantine_notification", "quarantine_category"):
        attributes[setting] = php.string(body[setting] if php.isset(body, setting) else defaults[setting])
    if call.since(HASH_SINCE):
        attributes["attribute_hash"] = "" if php.empty(body.get("attribute_hash")) else body["attribute_hash"]
    return attributes


def _taken(call: Call, local_part: str, domain: t.Any, username: str) -> t.Any:
    """Why the address cannot become a mailbox, None if it can."""
    if not php.is_valid_domain_name(domain):
        return "domain_invalid"
    if not call.has_domain(domain):
        return "access_denied"
    if call.db.exists("mailbox", local_part=local_part, domain=domain):
        return ["object_exists", php.htmlspecialchars(username)]
    if call.db.exists("alias", address=username):
        return ["is_alias", php.htmlspecialchars(username)]
    if call.db.exists("spamalias", address=username):
        return ["is_spam_alias", php.htmlspecialchars(username)]
    if not call.db.exists("domain", domain=domain):
        return ["domain_not_found", php.htmlspecialchars(domain)]
    return None


def _too_much(call: Call, domain: t.Any, quota: float) -> t.Any:
    """Which limit of the domain is in the way, None if none is (facts-mailboxes 1.5)."""
    limits = call.db.one("SELECT mailboxes, maxquota, quota FROM domain WHERE domain = ?", domain)
    used = call.db.one(
        """SELECT COUNT(*) AS number, CAST(COALESCE(ROUND(SUM(quota) / 1048576.0), 0) AS INTEGER) AS quota
                       FROM mailbox WHERE kind = '' AND domain = ?""",
        domain,
    )
    if used["number"] >= limits["mailboxes"]:
        return ["max_mailbox_exceeded", used["number"], limits["mailboxes"]]
    if quota > limits["maxquota"]:
        return ["mailbox_quota_exceeded", limits["maxquota"]]
    if used["quota"] + quota > limits["quota"]:
        return ["mailbox_quota_left_exceeded", limits["quota"] - used["quota"]]
    return None


# Tables from which a deleted mailbox disappears, and the column with its address. Tags, filters and app passwords go with the row.
TRACES = (
    ("alias", "goto"),
    ("pushover", "username"),
    ("quarantine", "rcpt"),
    ("quota2", "username"),
    ("quota2replica", "username"),
    ("mailbox", "username"),
    ("sender_acl", "logged_in_as"),
    ("sender_acl", "send_as"),
    ("user_acl", "username"),
    ("spamalias", "goto"),
    ("imapsync", "user2"),
    ("filterconf", "object"),
    ("sogo_user_profile", "c_uid"),
    ("bcc_maps", "local_dest"),
    ("oauth_access_tokens", "user_id"),
    ("oauth_refresh_tokens", "user_id"),
    ("oauth_authorization_codes", "user_id"),
    ("tfa", "username"),
    ("fido2", "username"),
)


@delete("mailbox", key="username", log=("mailbox", "delete", "mailbox", DATA, None))
def remove(call: Call) -> None:
    for username in call.items:
        if not php.is_valid_email(username) or not call.has_mailbox(username):
            call.danger("access_denied")
            continue
        found = mailbox_read.details(call, username) or {}
        if php.empty(found.get("domain")) or php.empty(found.get("local_part")):
            call.warning("Could not move maildir to garbage collector: variables local_part and/or domain empty")
        for table, column in TRACES:
            call.db.delete(table, **{column: username})
            if table == "sogo_user_profile":
                mailbox_settings.forget_sogo_acl(call, username)
        _leave_aliases(call, username)
        call.redis.hdel("RL_VALUE", username)
        call.success(["mailbox_removed", php.htmlspecialchars(username)])


def _leave_aliases(call: Call, username: str) -> None:
    """Take the address out of lists of targets; one that is spelled otherwise is found, but stays (facts-mailboxes 1.8)."""
    for alias in sender_acl.leading_to(call, username):
        targets = alias["goto"].split(",")
        if username in targets:
            targets.remove(username)
        call.db.update("alias", {"goto": ",".join(targets)}, address=alias["address"])


@delete("mailbox", "tag", key="tags", log=("mailbox", "delete", "tags_mailbox", DATA, None))
def remove_tags(call: Call) -> t.Any:
    username = call.extra
    if not php.is_valid_email(username):
        call.danger("email invalid")
        return call.failed()
    found = mailbox_read.details(call, username) or {}
    if not call.has_domain(found.get("domain")):
        call.danger("access_denied")
        return call.failed()
    for tag in call.items:
        call.db.delete("tags_mailbox", username=username, tag_name=tag)
    return call.success(["mailbox_modified", username]) if call.items else call.failed()
