# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mailbox (facts-mailboxes 1 to 10)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue, MailcowError
from .._api.names import address, domain_name, domain_of, split_address
from .._api.request import Request
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Needed, Rename, Situation, Write, counts, shows
from .._engine.ways import InPlaces
from .._fields.features import AccountPassword, RateLimit, Tags, Template
from .._fields.field import MISSING, Field, Older
from .._fields.mail import Address, MailboxAddress, refuse_wildcards
from .._fields.mailboxes import NEW_PERMISSIONS, PERMISSIONS, Activity
from .._fields.plain import MIB, Choice, Choices, Flag, Kept, Mebibytes, Text
from .._fields.servers import RelayHost
from ._places import ALIAS_NAMES, DOMAINS, MAILBOX_NAMES, RESOURCE_NAMES, target_of

if TYPE_CHECKING:
    from .._engine.reading import Existing
    from .._fields.field import Asks, Body, Raw

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


class OptionalAddress(Address):
    """An e-mail address or nothing."""

    absent = ""
    left_out: ClassVar[bool] = True

    def canonical(self, value: Any) -> Any:
        return address(value) if str(value).strip() else ""


class SenderAcl(Field):
    """The other senders that a mailbox may use: addresses, ``@domain`` for a whole domain, ``*`` for all."""

    type: ClassVar[str] = "list"

    def canonical(self, value: Any) -> Any:
        entries = set()
        for item in value:
            entry = str(item).strip().lower()
            if entry == "*":
                return ["*"]
            if "@" in entry[1:]:
                entries.add(address(entry))
            elif entry not in ("", "default"):
                entries.add("@" + domain_name(entry.lstrip("@")))
        return sorted(entries)

    def from_server(self, value: Any) -> Any:
        return sorted({entry.lower() for entry in value})

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        # mailcow ignores what is allowed anyway: the mailbox's address, and its aliases with sender_allowed (facts-mailboxes 1.7).
        there = () if current is MISSING else current
        refuse_wildcards(self.option, wanted, there)
        return [entry for entry in wanted if entry in there or not (entry == identity or self._allowed_anyway(entry, identity, server))]

    def _allowed_anyway(self, entry: str, identity: str, server: Asks) -> bool:
        """Whether a new entry is an alias of the mailbox. Raises InvalidValue if there is no such sender, which mailcow would find
        only after it has stored the rest of the list.
        """
        if entry == "*":
            return False
        if entry.startswith("@"):
            known = server.ask("domain", entry[1:])
            alias: Raw = {}
        else:
            # From the list, because get/alias may return another one (facts-mailboxes 12.1).
            aliases = server.ask("alias/all", domain_of(entry)) or []
            alias = next((alias for alias in aliases if alias["address"].lower() == entry), {})
            known = alias or MAILBOX_NAMES.has(entry, domain_of(entry), server, many=False)
        if not known and not server.check_mode:
            raise InvalidValue(self.option, "the server has no domain, alias or mailbox %s" % entry)
        return bool(alias.get("sender_allowed")) and identity in str(alias["goto"]).lower().split(",")

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        if attempt == 1 and set(current) - set(wanted):
            # mailcow keeps entries whose domain or address no longer exists in every edit; only "*" removes them (facts-mailboxes 1.7).
            return {}, [Request("edit/mailbox", {"items": [item], "attr": self.body(value)}, item) for value in (["*"], wanted)]
        return super().edits(item, current, wanted, attempt)

    def to_server(self, value: Any) -> Any:
        return value or ["default"]


class ExternalSenders(SenderAcl):
    """Addresses and domains outside this mailcow that a mailbox may send as; written as one text."""

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        refuse_wildcards(self.option, wanted)
        return wanted

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        return self.body(wanted), []

    def to_server(self, value: Any) -> Any:
        return ",".join(value)


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


# Useful scores are below 100, but the column is a text that holds both (facts-mailboxes 8).
_MOST_SCORE = 100000


class SpamScore(Field):
    """The scores from which on mail is marked as spam (``low``) and rejected (``high``)."""

    type: ClassVar[str] = "dict"

    def details(self) -> dict[str, Any]:
        return {"options": {"low": {"type": "float"}, "high": {"type": "float"}, "default": {"type": "bool", "default": False}}}

    def canonical(self, value: Any) -> Any:
        low, high = value.get("low"), value.get("high")
        if value["default"]:
            if (low, high) != (None, None):
                raise ValueError("set either default or low and high")
            return None
        if low is None or high is None:
            raise ValueError("set both low and high, or default")
        if not all(abs(score) <= _MOST_SCORE for score in (low, high)):
            raise ValueError("low and high must be numbers from -%s to %s" % (_MOST_SCORE, _MOST_SCORE))
        if low >= high:
            raise ValueError("low (%s) must be less than high (%s)" % (low, high))
        return low, high

    def parse(self, raw: Raw) -> Any:
        return tuple(float(part) for part in raw["score"].split(",")) if raw.get("score") else MISSING

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if wanted is not None or current is MISSING:
            return wanted
        # mailcow returns the default of the server for mailboxes without a score, so "default" means the same value.
        default = self.parse(server.ask("spam-score") or {})
        if default is MISSING:
            raise ValueError("a score is missing")
        return current if default == current else None

    def to_server(self, value: Any) -> Any:
        return "default" if value is None else "%s,%s" % tuple(_number(part) for part in value)

    def show(self, value: Any) -> dict[str, Any]:
        if value is MISSING:
            return {}
        return {self.option: {"default": True} if value is None else {"low": value[0], "high": value[1]}}


def _number(value: float) -> str:
    return "%d" % value if value == int(value) else repr(value)


@dataclasses.dataclass(frozen=True)
class Pushover(Field):
    """Push notifications. The API returns only whether they are enabled; everything else is written by policy."""

    type: ClassVar[str] = "dict"

    def details(self) -> dict[str, Any]:
        texts = {name: {"type": "str"} for name in ("senders_regex", "title", "text", "sound")}
        flags = {name: {"type": "bool", "default": False} for name in ("evaluate_x_prio", "only_x_prio", "test")}
        return {
            "options": dict(
                texts,
                **flags,
                active={"type": "bool", "default": True},
                key={"type": "str", "no_log": True},
                token={"type": "str", "no_log": True},
                senders={"type": "list", "elements": "str"},
            )
        }

    def canonical(self, value: Any) -> Any:
        for name in ("key", "token"):
            secret = value.get(name)
            if secret is not None and not (len(secret) == 30 and secret.isascii() and secret.isalnum()):
                raise ValueError("%s must be 30 letters and digits" % name)
        return {name: item for name, item in value.items() if item is not None}

    def from_server(self, value: Any) -> Any:
        return {"active": bool(int(value))}

    def same(self, current: Any, wanted: Any) -> bool:
        return bool(current["active"] == wanted["active"])

    def worth_writing(self, value: Any) -> bool:
        # Without a key, there are no notifications to disable.
        return value["active"] or "key" in value

    def body(self, value: Any) -> Body:
        # Always complete: mailcow resets omitted values, and the first request fails without active (facts-mailboxes 9).
        attributes = {name: int(item) if isinstance(item, bool) else item for name, item in value.items() if name != "test"}
        if "senders" in value:
            attributes["senders"] = ",".join(value["senders"])
        return attributes

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        attributes, requests = super().edits(item, current, wanted, attempt)
        if attributes and wanted.get("test"):
            requests = [Request("edit/pushover-test", {"items": [item], "attr": {}}, item, trial=True)]
        return attributes, requests

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        switched_on = wanted["active"] and (current is MISSING or not current["active"])
        if switched_on and not {"key", "token"} <= wanted.keys():
            raise InvalidValue(self.option, "key and token are required to enable Pushover")
        return wanted

    def show(self, value: Any) -> dict[str, Any]:
        if value is MISSING:
            return {}
        return {self.option: {name: item for name, item in value.items() if name not in ("key", "token", "test")}}


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
        SenderAcl("sender_acl", on_add=False, late=True, policy="update_write_only", shown_since="2026-07a"),
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
