# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mailbox (facts-mailboxes 1 to 10)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import (
    MIB,
    Address,
    Choice,
    Choices,
    Flag,
    Kept,
    Mebibytes,
    Number,
    Password,
    RateLimit,
    Request,
    Tags,
    Template,
)
from ansible_collections.community.mailcow.plugins.module_utils._names import split_address
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Rename, Resource, counts, shows
from ansible_collections.community.mailcow.plugins.module_utils.resources.mailbox_fields import (
    Activity,
    CustomAttributes,
    DisplayName,
    ExternalSenders,
    OptionalAddress,
    Pushover,
    SenderAcl,
    SpamScore,
)

_PERMISSIONS = (
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
_EMPTY = {"value": 0}


class MailboxAddress(Address):
    """The address of a mailbox, which mailcow stores in lower case; on add it is given in two parts."""

    def canonical(self, value):
        return super().canonical(value).lower()

    def body(self, value):
        local_part, domain = split_address(value)
        return {"local_part": local_part, "domain": domain}


def _domain(identity):
    return split_address(identity)[1]


def _check(situation):
    given, merged = situation.given, situation.merged
    authsource = merged.get("authsource", "mailcow")
    if given.get("force_pw_update") and authsource != "mailcow":
        raise InvalidValue("force_pw_update", "mailcow ignores this for authsource %s, where it does not keep the password" % authsource)
    if given.get("force_tfa") and authsource == "generic-oidc":
        raise InvalidValue("force_tfa", "mailcow ignores this for authsource %s" % authsource)
    if situation.current is None:
        if authsource == "mailcow" and "password" not in given:
            raise InvalidValue("password", "a mailbox with authsource mailcow needs a password to be created")
        if situation.parent:
            _check_parent(situation.identity, given.get("quota", 0), situation.parent)
    elif given.get("quota", situation.current["quota"]) != situation.current["quota"]:
        _check_quota(given["quota"], situation.raw.get("max_new_quota"))


def _check_parent(identity, quota, parent):
    domain = _domain(identity)
    if parent["domain_name"] != domain:
        raise InvalidValue("address", "%s is an alias domain of %s; a mailbox belongs into a mail domain" % (domain, parent["domain_name"]))
    if int(parent["mboxes_left"]) <= 0:
        raise InvalidValue(
            "address", "the domain %s has reached its number of mailboxes; raise the option mailboxes of the domain" % domain
        )
    _check_quota(quota, min(int(parent["max_quota_for_mbox"]), int(parent["max_quota_for_domain"]) - int(parent["quota_used_in_domain"])))


def _check_quota(quota, most):
    if most is not None and quota * MIB > int(most):
        raise InvalidValue(
            "quota",
            "%s MiB is more than the domain allows this mailbox, which is %s MiB; raise maxquota or quota of the domain"
            % (quota, int(most) // MIB),
        )


def _rename(current, new, options):
    attributes = {
        "domain": current.raw["domain"],
        "old_local_part": current.raw["local_part"],
        "new_local_part": split_address(new)[0],
        "create_alias": int(options["rename_keeps_alias"]),
    }
    return Request("edit/rename-mbox", {"items": [current.item], "attr": attributes}, current.item)


def _can_rename(old, new, current):
    if _domain(old) != _domain(new):
        raise InvalidValue("rename_to", "mailcow cannot move a mailbox to another domain (from %s to %s)" % (_domain(old), _domain(new)))
    if current.values["active"] == 0:
        raise InvalidValue("rename_to", "mailcow renames only active mailboxes; set active to true first")


MAILBOX = Resource(
    kind="mailbox",
    plural="mailboxes",
    title="mailbox",
    identity=MailboxAddress("address", read="username"),
    read=Read(
        one="mailbox",
        scoped="mailbox/all",
        reduced="mailbox/reduced",
        reduced_lacks=frozenset(("rate_limit", "sender_acl", "pushover")),
    ),
    add=(Add("mailbox"),),
    edit="mailbox",
    delete="mailbox",
    parent=("domain", lambda wanted: _domain(wanted.identity)),
    check=_check,
    domain_of=_domain,
    keeps_parent=True,
    rename=Rename(request=_rename, check=_can_rename, options={"rename_keeps_alias": {"type": "bool", "default": False}}),
    fields=(
        DisplayName("name", clearable=False),
        Password("password", read=None, policy="update_password"),
        Mebibytes("quota"),
        Activity("active"),
        Choice("authsource", choices=("mailcow", "keycloak", "generic-oidc", "ldap")),
        Flag("force_pw_update", read="attributes.force_pw_update"),
        Flag("force_tfa", read="attributes.force_tfa"),
        Flag("sogo_access", read="attributes.sogo_access"),
        Flag("imap_access", read="attributes.imap_access"),
        Flag("pop3_access", read="attributes.pop3_access"),
        Flag("smtp_access", read="attributes.smtp_access"),
        Flag("sieve_access", read="attributes.sieve_access"),
        Flag("eas_access", read="attributes.eas_access"),
        Flag("dav_access", read="attributes.dav_access"),
        Flag("tls_enforce_in", read="attributes.tls_enforce_in", via="tls_policy"),
        Flag("tls_enforce_out", read="attributes.tls_enforce_out", via="tls_policy"),
        Choice(
            "quarantine_notification",
            read="attributes.quarantine_notification",
            via="quarantine_notification",
            choices=("never", "hourly", "daily", "weekly"),
        ),
        Choice(
            "quarantine_category", read="attributes.quarantine_category", via="quarantine_category", choices=("add_header", "reject", "all")
        ),
        Number("relayhost", read="attributes.relayhost"),
        OptionalAddress("pw_recovery_email", read="attributes.recovery_email", on_add=False),
        Tags("tags", remove="mailbox/tag"),
        RateLimit("rate_limit", via="rl-mbox", scope="mailbox"),
        SenderAcl("sender_acl", on_add=False, late=True),
        CustomAttributes("custom_attributes", via="mailbox/custom-attribute", on_add=False),
        SpamScore("spam_score", source=("spam-score",), via="spam-score", on_add=False),
        Pushover("pushover", read="pushover_active", via="pushover", on_add=False, policy="update_write_only"),
        Choices("acl", read=None, write="user_acl", via="user-acl", on_add=False, choices=_PERMISSIONS, policy="update_write_only"),
        Choice("tagged_mail_handler", read=None, choices=("subject", "subfolder", "none"), policy="update_write_only"),
        ExternalSenders("extended_sender_acl", read=None, on_add=False, policy="update_write_only"),
        Template("template", read=None, on_edit=False, templates=("mailbox/template", "all")),
        Kept("attribute_hash", read="attributes.attribute_hash", keep=True),
    ),
    status=dict(
        shows("created", "modified", "percent_in_use", password_changed="attributes.passwd_update"),
        **counts(
            "quota_used",
            "messages",
            "max_new_quota",
            "last_imap_login",
            "last_pop3_login",
            "last_smtp_login",
            "last_sso_login",
            "spam_aliases",
        ),
    ),
)
