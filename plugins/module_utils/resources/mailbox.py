# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mailbox (facts-mailboxes 1 to 10)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import (
    Choice,
    Choices,
    Flag,
    Kept,
    Mebibytes,
    Number,
    Password,
    RateLimit,
    Tags,
    Template,
)
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Rename, Resource, counts, shows
from ansible_collections.community.mailcow.plugins.module_utils.rules.mailbox import can_rename, check, rename
from ansible_collections.community.mailcow.plugins.module_utils.values.mailbox import (
    PERMISSIONS,
    SWITCHES,
    Activity,
    CustomAttributes,
    DisplayName,
    ExternalSenders,
    MailboxAddress,
    OptionalAddress,
    Pushover,
    SenderAcl,
    SpamScore,
)

MAILBOX = Resource(
    kind="mailbox",
    plural="mailboxes",
    title="mailbox",
    identity=MailboxAddress("address", read="username"),
    read=Read(
        one="mailbox",
        scoped="mailbox/all",
        reduced="mailbox/reduced",
        reduced_lacks=("rate_limit", "sender_acl", "pushover"),
        # facts-mailboxes 1.1
        unknown_gives_all=True,
    ),
    add=(Add("mailbox"),),
    edit="mailbox",
    delete="mailbox",
    parent=("domain", lambda wanted: domain_of(wanted.identity)),
    check=check,
    domain_of=domain_of,
    keeps_parent=True,
    rename=Rename(request=rename, check=can_rename, options={"rename_keeps_alias": {"type": "bool", "default": False}}),
    fields=(
        DisplayName("name", clearable=False),
        Password("password", read=None, policy="update_password"),
        Mebibytes("quota"),
        Activity("active"),
        Choice("authsource", choices=("mailcow", "keycloak", "generic-oidc", "ldap")),
        *(Flag(name, read="attributes." + name) for name in SWITCHES),
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
        Number("relayhost", read="attributes.relayhost"),
        OptionalAddress("pw_recovery_email", read="attributes.recovery_email", on_add=False),
        Tags("tags", remove="mailbox/tag"),
        RateLimit("rate_limit", via="rl-mbox", scope="mailbox"),
        SenderAcl("sender_acl", on_add=False, late=True),
        CustomAttributes("custom_attributes", via="mailbox/custom-attribute", on_add=False),
        SpamScore("spam_score", source=("spam-score",), via="spam-score", on_add=False),
        Pushover("pushover", read="pushover_active", via="pushover", on_add=False, policy="update_write_only"),
        Choices("acl", read=None, write="user_acl", via="user-acl", on_add=False, choices=PERMISSIONS, policy="update_write_only"),
        Choice("tagged_mail_handler", read=None, choices=("subject", "subfolder", "none"), policy="update_write_only"),
        ExternalSenders("extended_sender_acl", read=None, on_add=False, policy="update_write_only"),
        Template("template", read=None, on_edit=False, templates=("mailbox/template", "all")),
        Kept("attribute_hash", read="attributes.attribute_hash", keep=True),
    ),
    status=dict(
        shows("created", "modified", password_changed="attributes.passwd_update"),
        **counts("quota_used", "messages", "max_new_quota", "spam_aliases"),
        **counts("last_imap_login", "last_pop3_login", "last_smtp_login", "last_sso_login"),
        # mailcow shows "- " for an unlimited mailbox.
        percent_in_use=lambda raw: raw["percent_in_use"] if isinstance(raw["percent_in_use"], int) else None,
    ),
)
