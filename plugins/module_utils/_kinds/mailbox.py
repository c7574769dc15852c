# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mailbox (facts-mailboxes 1 to 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue, MailcowError
from .._api.names import domain_of, split_address
from .._api.request import Request
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Needed, Rename, Situation, Write, counts, shows
from .._engine.ways import InPlaces
from .._fields.features import AccountPassword, RateLimit, Tags, Template
from .._fields.field import Field, Older
from .._fields.mail import MailboxAddress, OptionalAddress
from .._fields.mailboxes import NEW_PERMISSIONS, PERMISSIONS, Activity
from .._fields.plain import MIB, Choice, Choices, Flag, Kept, Mebibytes, Text
from .._fields.pushover import Pushover
from .._fields.sender_acl import ExternalSenders, SenderAcl
from .._fields.servers import RelayHost
from .._fields.spam_score import SpamScore
from ._places import ALIAS_NAMES, DOMAINS, MAILBOX_NAMES, RESOURCE_NAMES, target_of

if TYPE_CHECKING:
    from .._engine.reading import Existing
    from .._fields.field import Asks, Body

SWITCHES = ("force_pw_update", "sogo_access", "imap_access", "pop3_access", "smtp_access", "sieve_access")


class AuthSource(Choice):
    """Who verifies the password of a mailbox: mailcow, or the identity provider of the server. mailcow silently ignores any other
    value, and creates a mailbox with the password (facts-mailboxes 1.2, facts-server 24).
    """

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if wanted in ("mailcow", current):
            return wanted
        try:
            provider = server.ask("identity-provider")
        except MailcowError:
            # The key may not have access to it, or mailcow is too old.
            return wanted
        there = provider.get("authsource") if isinstance(provider, dict) else wanted
        if there != wanted:
            told = "is %s" % there if there else "has not been set up"
            raise InvalidValue(
                self.option,
                "the identity provider of this server %s, so mailcow would ignore %s (System > Configuration > Access)" % (told, wanted),
            )
        return wanted


class MailboxPassword(AccountPassword):
    """The password of a mailbox. mailcow uses it only if no identity provider verifies passwords (facts-mailboxes 1.4)."""

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        if merged.get("authsource", "mailcow") == "mailcow":
            super().examine(wanted, merged, server)


class DisplayName(Text):
    """The full name; mailcow removes angle brackets at its ends."""

    def canonical(self, value: Any) -> Any:
        return str(value).rstrip(">").lstrip("<")


class CustomAttributes(Field):
    """Custom attributes. mailcow replaces all of them, and removes spaces from their names."""

    type: ClassVar[str] = "dict"

    def canonical(self, value: Any) -> Any:
        return {str(name).replace(" ", ""): str(text) for name, text in value.items()}

    def from_server(self, value: Any) -> Any:
        # mailcow returns an empty object as an empty list, and the names 0, 1, … as a list (facts-mailboxes 5).
        return self.canonical(value if isinstance(value, dict) else dict(enumerate(value)))

    def body(self, value: Any) -> Body:
        return {"attribute": list(value), "value": list(value.values())}


def _check(situation: Situation) -> None:
    given, merged = situation.given, situation.merged
    authsource = merged.get("authsource", "mailcow")
    if given.get("force_pw_update") and authsource != "mailcow":
        raise InvalidValue("force_pw_update", "mailcow ignores this for authsource %s, where it does not keep the password" % authsource)
    if given.get("force_tfa") and authsource == "generic-oidc":
        raise InvalidValue("force_tfa", "mailcow ignores this for authsource %s" % authsource)
    if situation.current is None:
        if authsource == "mailcow" and "password" not in given:
            raise Needed("password", "a mailbox with authsource mailcow needs a password to be created")
        if situation.holder:
            _check_holder(situation)
    elif situation.raw and situation.firm and given.get("quota", situation.current["quota"]) != situation.current["quota"]:
        _check_quota(given["quota"], situation.raw.get("max_new_quota"))


def _check_holder(situation: Situation) -> None:
    domain, holder = domain_of(situation.identity), situation.holder or {}
    target = target_of(holder)
    if target != domain:
        raise InvalidValue("address", "%s is an alias domain of %s; a mailbox has to be in a mail domain" % (domain, target))
    if not situation.holder_changes:
        _check_quota(situation.given.get("quota", 0), holder["max_quota_for_mbox"])
    if not situation.firm:
        return
    if int(holder["mboxes_left"]) <= 0:
        raise InvalidValue("address", "the domain %s has reached its maximum number of mailboxes; raise mailboxes of the domain" % domain)
    _check_quota(situation.given.get("quota", 0), int(holder["max_quota_for_domain"]) - int(holder["quota_used_in_domain"]))


def _check_quota(quota: int, most: Any) -> None:
    if most is not None and quota * MIB > int(most):
        raise InvalidValue(
            "quota",
            "%s MiB is more than the domain allows for this mailbox, %s MiB; raise maxquota or quota of the domain"
            % (quota, int(most) // MIB),
        )


def _rename(current: Existing, new: str, options: Mapping[str, Any]) -> Request:
    attributes = {
        "domain": current.raw["domain"],
        "old_local_part": current.raw["local_part"],
        "new_local_part": split_address(new)[0],
        "create_alias": int(options["rename_keeps_alias"]),
    }
    return Request("edit/rename-mbox", {"items": [current.item], "attr": attributes}, current.item)


def _can_rename(old: str, new: str, current: Existing) -> None:
    """Raise InvalidValue if mailcow would not rename the mailbox (facts-mailboxes 1.9)."""
    if domain_of(old) != domain_of(new):
        raise InvalidValue(
            "rename_to", "mailcow cannot move a mailbox to another domain (from %s to %s)" % (domain_of(old), domain_of(new))
        )
    if current.values["active"] == 0:
        raise InvalidValue("rename_to", "mailcow renames only active mailboxes; set active to true first")


def _leaves(identity: str, server: Asks) -> Iterator[str]:
    # facts-mailboxes 1.8
    if "'" in identity and server.lacks("2026-07a"):
        yield (
            "because of the apostrophe in the address, mailcow before 2026-07a deletes only a part of the mailbox: its BCC maps, rate "
            "limit, second factors, calendars and contacts remain, and aliases still deliver to it. Delete its BCC maps and change these "
            "aliases; to delete its calendars and contacts, too, rename it first (rename_to)"
        )


MAILBOX = Kind(
    name="mailbox",
    plural="mailboxes",
    title="mailbox",
    identity=ByName(MailboxAddress("address", read="username")),
    read=InPlaces(
        DOMAINS,
        "mailbox/all",
        one="mailbox",
        reduced="mailbox/reduced",
        lacks=("rate_limit", "sender_acl", "pushover"),
        # facts-mailboxes 1.1
        unknown_gives_all=True,
    ),
    write=Write("mailbox"),
    belongs=In("domain", domain_of, gone_first=True),
    place="mailbox",
    check=_check,
    leaves=_leaves,
    clashes=lambda identity, holder: [(ALIAS_NAMES, identity), (RESOURCE_NAMES, identity)],
    rename=Rename(_rename, _can_rename, {"rename_keeps_alias": {"type": "bool", "default": False}}, since="2024-11"),
    fields=(
        DisplayName("name", clearable=False),
        MailboxPassword("password", read=None, policy="update_password"),
        Mebibytes("quota"),
        Activity("active"),
        AuthSource("authsource", choices=("mailcow", "keycloak", "generic-oidc", "ldap"), since="2025-03", before="mailcow"),
        *(Flag(name, read="attributes." + name) for name in SWITCHES),
        Flag("force_tfa", read="attributes.force_tfa", since="2026-03", before=False),
        *(Flag(name, read="attributes." + name, since="2026-01", before=True) for name in ("eas_access", "dav_access")),
        *(Flag(name, read="attributes." + name, via="tls_policy") for name in ("tls_enforce_in", "tls_enforce_out")),
        Choice(
            "quarantine_notification",
            read="attributes.quarantine_notification",
            via="quarantine_notification",
            choices=("never", "hourly", "daily", "weekly"),
        ),
        Choice(
            "quarantine_category", read="attributes.quarantine_category", via="quarantine_category", choices=("add_header", "reject", "all")
        ),
        RelayHost("relayhost", read="attributes.relayhost"),
        OptionalAddress("pw_recovery_email", read="attributes.recovery_email", on_add=False, since="2024-08", before=""),
        Tags("tags", remove="mailbox/tag"),
        RateLimit("rate_limit", via="rl-mbox", scope="mailbox"),
        SenderAcl("sender_acl", has_mailbox=MAILBOX_NAMES.has, on_add=False, late=True, policy="update_write_only", shown_since="2026-07a"),
        CustomAttributes("custom_attributes", via="mailbox/custom-attribute", on_add=False),
        SpamScore("spam_score", source=("spam-score",), via="spam-score", on_add=False),
        Pushover("pushover", read="pushover_active", via="pushover", on_add=False, policy="update_write_only"),
        Choices(
            "acl",
            read=None,
            write="user_acl",
            via="user-acl",
            on_add=False,
            choices=PERMISSIONS,
            policy="update_write_only",
            newer=NEW_PERMISSIONS,
        ),
        Choice(
            "tagged_mail_handler",
            read=None,
            choices=("subject", "subfolder", "none"),
            policy="update_write_only",
            older=Older("2025-09", {"on_add": False, "via": "delimiter_action"}),
        ),
        ExternalSenders("extended_sender_acl", read=None, on_add=False, policy="update_write_only"),
        Template("template", read=None, on_edit=False, templates=("mailbox/template", "all")),
        Kept("attribute_hash", read="attributes.attribute_hash", keep=True, since="2025-03"),
    ),
    status=dict(
        shows("created", "modified", password_changed="attributes.passwd_update"),
        **counts("quota_used", "messages", "max_new_quota", "spam_aliases"),
        **counts("last_imap_login", "last_pop3_login", "last_smtp_login", "last_sso_login"),
        # mailcow returns "- " for an unlimited mailbox.
        percent_in_use=lambda raw: raw["percent_in_use"] if isinstance(raw["percent_in_use"], int) else None,
    ),
)
