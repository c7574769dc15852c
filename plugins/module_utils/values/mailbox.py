# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a mailbox has (facts-mailboxes 1 and 4 to 9)."""

from __future__ import annotations

import dataclasses

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Address, Field, Request, Text
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_name, domain_of, split_address

SWITCHES = (
    "force_pw_update",
    "force_tfa",
    "sogo_access",
    "imap_access",
    "pop3_access",
    "smtp_access",
    "sieve_access",
    "eas_access",
    "dav_access",
)
# What the owner of a mailbox may change (facts-mailboxes 4).
PERMISSIONS = (
    "spam_alias",
    "tls_policy",
    "spam_score",
    "spam_policy",
    "delimiter_action",
    "syncjobs",
    "eas_reset",
    "sogo_profile_reset",
    "pushover",
    "quarantine",
    "quarantine_attachments",
    "quarantine_notification",
    "quarantine_category",
    "app_passwds",
    "pw_reset",
)


class MailboxAddress(Address):
    """The address of a mailbox, which mailcow stores in lower case; on add it is given in two parts."""

    def canonical(self, value):
        return super().canonical(value).lower()

    def body(self, value):
        local_part, domain = split_address(value)
        return {"local_part": local_part, "domain": domain}


def owner_of(wanted):
    """Give the mailbox that a wanted object belongs to, by which its list is named."""
    return wanted.identity.place


def domain_of_owner(identity):
    """Give the domain of the mailbox that an object belongs to, None where that is not known."""
    return domain_of(identity.place) if identity.place else None


class MailboxName(MailboxAddress):
    """The mailbox that something belongs to."""

    def body(self, value):
        return {self.write or self.option: value}


class Activity(Field):
    """mailcow's ``active`` of a mailbox as two options: 0 is off, 1 on, 2 on without login (mail is accepted)."""

    def argument_spec(self):
        return {"active": {"type": "bool"}, "login": {"type": "bool"}}

    def given(self, params):
        pair = (params.get("active"), params.get("login"))
        return MISSING if pair == (None, None) else pair

    def from_server(self, value):
        return int(value)

    def resolve(self, wanted, current, identity, reader):
        there = 1 if current is MISSING else current
        active = there != 0 if wanted[0] is None else wanted[0]
        login = there != 2 if wanted[1] is None else wanted[1]
        return (1 if login else 2) if active else 0

    def show(self, value):
        return {} if value is MISSING else {"active": value != 0, "login": value != 2}


class DisplayName(Text):
    """The name of a person; mailcow cuts angle brackets off its ends."""

    def canonical(self, value):
        return str(value).rstrip(">").lstrip("<")


class OptionalAddress(Address):
    """An e-mail address or nothing."""

    absent = ""

    def canonical(self, value):
        return address(value) if str(value).strip() else ""


class SenderAcl(Field):
    """Who else a mailbox may send as: addresses, ``@domain`` for all of a domain, ``*`` for everybody."""

    type = "list"

    def details(self):
        return {"elements": "str"}

    def canonical(self, value):
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

    def from_server(self, value):
        return sorted({entry.lower() for entry in value})

    def resolve(self, wanted, current, identity, reader):
        # mailcow leaves out what is allowed anyway: the own address, and own aliases with sender_allowed (facts-mailboxes 1.7).
        there = () if current is MISSING else current
        return [entry for entry in wanted if entry in there or not (entry == identity or self._allowed_anyway(entry, identity, reader))]

    def _allowed_anyway(self, entry, identity, reader):
        """Whether a new entry is an own alias; raises InvalidValue when there is no such sender, which mailcow would find
        only after it has stored the rest of the list.
        """
        if entry == "*":
            return False
        if entry.startswith("@"):
            known = reader.get("domain", entry[1:])
            alias = {}
        else:
            # In the list, because get/alias may answer with another one (facts-mailboxes 12.1).
            aliases = reader.get("alias/all", domain_of(entry)) or []
            alias = next((alias for alias in aliases if alias["address"].lower() == entry), {})
            known = alias or (reader.get("mailbox", entry) or {}).get("username")
        if not known and not reader.check_mode:
            raise InvalidValue(self.option, "this mailcow has no domain, alias or mailbox %s" % entry)
        return bool(alias.get("sender_allowed")) and identity in str(alias["goto"]).lower().split(",")

    def edits(self, item, current, wanted, attempt):
        if attempt == 1 and set(current) - set(wanted):
            # Entries whose domain or address is gone stay through every list; only "*" takes them off (facts-mailboxes 1.7).
            return {}, [Request("edit/mailbox", {"items": [item], "attr": self.body(value)}, item) for value in (["*"], wanted)]
        return super().edits(item, current, wanted, attempt)

    def to_server(self, value):
        return value or ["default"]


class ExternalSenders(SenderAcl):
    """Addresses and domains outside this mailcow that a mailbox may send as; written as one text."""

    def resolve(self, wanted, current, identity, reader):
        return wanted

    def edits(self, item, current, wanted, attempt):
        return self.body(wanted), []

    def to_server(self, value):
        return ",".join(value)


class CustomAttributes(Field):
    """Free attributes. mailcow replaces all of them, and takes the blanks out of their names."""

    type = "dict"

    def canonical(self, value):
        return {str(name).replace(" ", ""): str(text) for name, text in value.items()}

    def from_server(self, value):
        # An empty object shows as an empty list, and names 0, 1, … as a list (facts-mailboxes 5).
        return self.canonical(value if isinstance(value, dict) else dict(enumerate(value)))

    def body(self, value):
        return {"attribute": list(value), "value": list(value.values())}


class SpamScore(Field):
    """From which score mail is marked as spam (``low``) and rejected (``high``)."""

    type = "dict"

    def details(self):
        return {"options": {"low": {"type": "float"}, "high": {"type": "float"}, "default": {"type": "bool", "default": False}}}

    def canonical(self, value):
        low, high = value.get("low"), value.get("high")
        if value["default"]:
            if (low, high) != (None, None):
                raise ValueError("give either default or low and high")
            return None
        if low is None or high is None:
            raise ValueError("both low and high are needed, or default")
        if low >= high:
            raise ValueError("low (%s) must be less than high (%s)" % (low, high))
        return low, high

    def parse(self, raw):
        return tuple(float(part) for part in raw["score"].split(",")) if raw.get("score") else MISSING

    def resolve(self, wanted, current, identity, reader):
        if wanted is not None or current is MISSING:
            return wanted
        # A mailbox that has none shows the default of the server, so "default" means: the same as that.
        server = self.parse(reader.get("spam-score") or {})
        return current if server == current else None

    def to_server(self, value):
        return "default" if value is None else "%s,%s" % tuple(_number(part) for part in value)

    def show(self, value):
        if value is MISSING:
            return {}
        return {self.option: {"default": True} if value is None else {"low": value[0], "high": value[1]}}


def _number(value):
    return "%d" % value if value == int(value) else repr(value)


@dataclasses.dataclass(frozen=True)
class Pushover(Field):
    """Push notifications. The API shows only whether they are on; everything else is written by policy."""

    type = "dict"

    def details(self):
        texts = {name: {"type": "str"} for name in ("senders_regex", "title", "text", "sound")}
        flags = {name: {"type": "bool", "default": False} for name in ("evaluate_x_prio", "only_x_prio")}
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

    def canonical(self, value):
        for name in ("key", "token"):
            secret = value.get(name)
            if secret is not None and not (len(secret) == 30 and secret.isascii() and secret.isalnum()):
                raise ValueError("%s must be 30 letters and digits" % name)
        return {name: item for name, item in value.items() if item is not None}

    def from_server(self, value):
        return {"active": str(value) == "1"}

    def same(self, current, wanted):
        return current["active"] == wanted["active"]

    def worth_writing(self, value):
        # Without a key there is nothing that could be off.
        return value["active"] or "key" in value

    def body(self, value):
        # Sent whole: what is omitted would be reset, and the first call fails without active (facts-mailboxes 9).
        attributes = {name: int(item) if isinstance(item, bool) else item for name, item in value.items()}
        if "senders" in value:
            attributes["senders"] = ",".join(value["senders"])
        return attributes

    def resolve(self, wanted, current, identity, reader):
        switched_on = wanted["active"] and (current is MISSING or not current["active"])
        if switched_on and not {"key", "token"} <= wanted.keys():
            raise InvalidValue(self.option, "key and token are needed to switch Pushover on")
        return wanted

    def show(self, value):
        if value is MISSING:
            return {}
        return {self.option: {name: item for name, item in value.items() if name not in ("key", "token")}}
