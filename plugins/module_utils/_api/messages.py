# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow's message ids in plain English, with what to do about them.

An id alone is often ambiguous (``access_denied`` is "no such domain" on add/mailbox and "no such mailbox" on edit/mailbox),
so an entry may be given for one route: ``"add/mailbox access_denied"``. ``{0}``, ``{1}`` are mailcow's arguments.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

# Maximum number of names in a message.
_NAMED = 20

_UNKNOWN_OBJECT = "the object does not exist (it may have been deleted in the meantime), or the key is not allowed to change it"

_REASONS = {
    "access_denied": _UNKNOWN_OBJECT,
    "add/alias-domain access_denied": "the target domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "add/bcc access_denied": "there is no such domain, mailbox or alias; create it first (a catch-all or an address in an alias "
    "domain cannot have a BCC map)",
    "add/mailbox access_denied": "the domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "add/admin object_exists": "{0} already exists as an administrator or a domain administrator",
    "add/admin username_invalid": "{0} is not a valid name for an administrator",
    "delete/admin username_invalid": "there is no administrator {0}",
    "edit/admin access_denied": "this administrator does not exist; it may have been deleted or renamed in the meantime",
    "edit/admin username_invalid": "{0} is not a valid name for an administrator, or is already in use",
    "add/domain-admin object_exists": "{0} already exists as an administrator, a domain administrator or a mailbox",
    "add/domain-policy access_denied": "there is no such mail domain or alias domain; create it first with "
    "community.mailcow.mailcow_domain",
    "add/mta-sts access_denied": "the domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "edit/domain/footer username_invalid": "exclude of the footer contains {0}, which is not a mailbox, alias or alias domain here",
    "edit/mta-sts access_denied": "the domain does not exist in mailcow, or has no policy",
    "mx_invalid": "{0} is not a valid server name",
    "add/mailbox-policy access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "add/mailbox-policy policy_list_from_exists": "the mailbox already has this sender in allow or block; it can be in only one of them",
    "delete/mailbox-policy access_denied": "an entry of the policy no longer exists; run the task again",
    "delete/domain-policy access_denied": "an entry of the policy no longer exists; run the task again",
    "add/resource access_denied": "the domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "edit/alias access_denied": "the domain of the new address does not exist in mailcow",
    "edit/alias-domain access_denied": "the target domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "edit/da-acl Cannot determine current ACL": "this domain administrator does not exist; it may have been deleted in the meantime",
    "edit/domain-admin access_denied": "this domain administrator does not exist; it may have been deleted or renamed in the meantime",
    "edit/domain-admin password_complexity": "the password does not meet the password policy of the server (System > Configuration > "
    "Options). Other options of the same task have already been set",
    "edit/domain-admin username_invalid": "{0} is not a valid name for an administrator, or is already in use",
    "delete/domain-admin username_invalid": "there is no domain administrator {0}",
    "add/domain-admin username_invalid": "{0} is not a valid name for an administrator",
    "edit/rename-mbox access_denied": "only active mailboxes can be renamed",
    "add/dkim access_denied": "{0} is neither a mail domain nor an alias domain of this server",
    "add/relayhost invalid_host": "the hostname of the relay host is empty",
    "add/app-passwd access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "add/filter access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "edit/filter access_denied": "the Sieve filter with this ID no longer exists",
    "add/syncjob access_denied": "mailcow rejects one of the values; check that exclude is a regular expression, and that the mailbox "
    "still exists",
    "edit/syncjob access_denied": "mailcow rejects one of the values; check that exclude is a regular expression, that host1 is a "
    "hostname or an IPv4 address (which any change requires), and that the sync job still exists",
    "add/time_limited_alias access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "add/time_limited_alias domain_invalid": "domain must be the domain of the mailbox or one of its alias domains",
    "alias_empty": "the address of the alias is empty",
    "alias_domain_invalid": "{0} already exists as a domain or alias domain, or does not exist and cannot be changed",
    "alias_goto_identical": "an alias cannot deliver to itself",
    "alias_invalid": "{0} is not a valid address for an alias",
    "aliases_in_use": "the domain already has {0} aliases; aliases cannot be set lower",
    "aliasd_targetd_identical": "an alias domain cannot be its own target",
    "bcc_empty": "bcc_dest is empty",
    "bcc_exists": "there is already a BCC map of the type {1} for {0}",
    "bcc_must_be_email": "{0} is not a valid address for a copy; set a single address, not a domain",
    "app_name_empty": "the name of the app password is empty",
    "app_passwd_id_invalid": "the app password with this ID no longer exists",
    "bad character SPACE": "custom_params has a space in the wrong place: write --option=value, without spaces in either part",
    "bad option": "custom_params contains {0}, which is not an imapsync argument that mailcow allows; write --option or --option=value, "
    "without a hyphen in either part",
    "comment_too_long": "a comment may have at most 160 bytes when the alias is created",
    "defquota_empty": "defquota must be at least 1 MiB",
    "description_invalid": "the description is empty",
    "dkim_domain_or_sel_exists": "there is already a DKIM key for {0}",
    "dkim_domain_or_sel_invalid": "mailcow rejects the domain, the selector or the key size for {0}, or there is already a key",
    "dovecot_restart_failed": "Dovecot could not be restarted and still uses the old scripts; check that its container is running",
    "domain_cannot_match_hostname": "a mail domain cannot have the name of the mailcow server itself",
    "domain_exists": "{0} already exists as a domain or alias domain",
    "domain_invalid": "this is not a valid domain name, or the domain does not exist",
    "domain_not_empty": "{0} still has mailboxes or resources; delete them first",
    "domain_not_found": "the domain {0} does not exist in mailcow as a mail domain; create it first with community.mailcow.mailcow_domain "
    "(an alias domain cannot hold mailboxes)",
    "domain_quota_m_in_use": "the mailboxes of the domain already use {0} MiB of quota; quota cannot be set lower",
    "extra_acl_invalid": "{0} is not an address",
    "extra_acl_invalid_domain": "{0} is a domain of this server; use sender_acl for it",
    "global_filter_write_error": "the script could not be written: {0}",
    "goto_empty": "the alias has no destination; set goto, goto_null, goto_spam or goto_ham",
    "goto_invalid": "{0} cannot be the destination of an alias: it is not a valid address, or it is a resource",
    "invalid_host": "{0} is not an address, and the DNS of the mailcow server has neither SPF nor MX nor address records for it",
    "invalid_bcc_map_type": "the type of a BCC map must be sender or rcpt",
    "invalid_destination": "{0} is not a valid destination: use a domain, .domain for a domain and its subdomains, an address or *, or "
    "set is_mx_based for a regular expression (without enclosing slashes)",
    "invalid_nexthop": "the next hop is empty",
    "invalid_nexthop_authenticated": "other transport maps with this next hop have a different username, or none; all of them must have "
    "the same username and password",
    "invalid_recipient_map_new": "{0} is not a valid address or domain for the new recipient",
    "invalid_recipient_map_old": "{0} is not a valid address or domain for the original recipient",
    "is_alias": "{0} already exists as an alias; delete the alias or choose another address",
    "is_alias_or_mailbox": "{0} already exists as an alias or a mailbox",
    "is_spam_alias": "{0} already exists as a temporary alias, which may have expired",
    "mailbox_defquota_exceeds_mailbox_maxquota": "defquota is larger than maxquota (or that of the template)",
    "mailbox_invalid": "this is not a valid address for a mailbox",
    "mailbox_quota_exceeded": "the domain allows at most {0} MiB per mailbox; lower quota, or raise maxquota of the domain",
    "mailbox_quota_exceeds_domain_quota": "maxquota is larger than quota (or that of the template)",
    "mailbox_quota_left_exceeded": "the domain has only {0} MiB of quota left; lower quota, or raise quota of the domain",
    "mailboxes_in_use": "the domain already has {0} mailboxes; mailboxes cannot be set lower",
    "max_alias_exceeded": "the domain has reached its maximum number of aliases; raise aliases of the domain",
    "max_mailbox_exceeded": "the domain already has {0} of {1} mailboxes; raise mailboxes of the domain",
    "max_quota_in_use": "a mailbox of the domain has a quota of {0} MiB; maxquota cannot be set lower",
    "maxquota_empty": "maxquota must be at least 1 MiB",
    "network_host_invalid": "{0} is not a valid address, network or hostname; mailcow ignored it",
    "next_hop_interferes": "another transport map has the next hop {0} without brackets; use the same form in both, {1} or {0}",
    "next_hop_interferes_any": "another transport map has the next hop {0} in brackets; use the same form in both",
    "add/syncjob object_exists": "the mailbox already has a sync job with this host and user: {0}",
    "authsource_in_use": "some mailboxes log in through the present identity provider; change their authsource first, or delete them",
    "invalid_authsource": "there is no such identity provider",
    "required_data_missing": "the identity provider needs {0}",
    "edit/identity-provider-test Cannot edit item": "mailcow tested the identity provider with these settings and could not use it, so "
    "nothing was changed; check that it is running, that mailcow can reach it, and that it accepts the credentials",
    "edit/quota_notification_bcc access_denied": "a domain in bcc does not exist in mailcow; create it first with "
    "community.mailcow.mailcow_domain",
    "cors_invalid_origin": "mailcow rejects one of the origins; before 2026-07 it accepts only hostnames",
    "object_doesnt_exist": "there is no domain administrator {0}",
    "no_active_admin": "mailcow deactivates an administrator, or changes an inactive one, only while at least two are active, so that "
    "nobody is locked out",
    "cannot_delete_self": "mailcow does not delete the administrator on whose behalf it executes API requests",
    "object_exists": "{0} already exists as a mailbox or a resource",
    "password_complexity": "the password does not meet the password policy of the server (System > Configuration > Options), "
    "or none was given",
    "password_mismatch": "the two passwords differ",
    "policy_list_from_exists": "the domain already has this sender in allow or block; it can be in only one of them",
    "policy_list_from_invalid": "mailcow rejects this sender; use ASCII letters, digits, '@', '_', '.', '-' and '*'",
    "private_key_error": "the private key cannot be read: {0}",
    "pushover_credentials_missing": "the mailbox has no Pushover settings to test",
    "pushover_key": "the Pushover key must be 30 letters or digits",
    "pushover_token": "the Pushover token must be 30 letters or digits",
    "quarantine_category_invalid": "this is not a quarantine category",
    "recipient_map_entry_exists": "there is already a map for {0}",
    "relayhost_invalid": "the relay host or transport map with the ID {0} no longer exists",
    "resource_invalid": "there is no such resource, or its address or its kind (location, group or thing) is invalid",
    "rl_timeframe": "the time frame of a rate limit must be s, m, h or d",
    "sender_acl_invalid": "{0} cannot be in sender_acl: the server has no such domain, alias or mailbox",
    "script_empty": "the Sieve script is empty",
    "sieve_error": "the Sieve script is not valid: {0}",
    "target_domain_invalid": "the target domain is not a mail domain of this server",
    "targetd_not_found": "the target domain {0} is not a mail domain of this server (an alias domain cannot be a target)",
    "targetd_relay_domain": "the target domain {0} is a relay domain (backupmx); it cannot have alias domains",
    "template_exists": "there is already a template {0}",
    "template_id_invalid": "the template no longer exists",
    "template_name_invalid": "the name of the template is empty",
    "tls_policy_map_dest_invalid": "mailcow rejects this destination: it is empty, too long, or starts with a dot",
    "tls_policy_map_entry_exists": "there is already a TLS policy map for {0}",
    "tls_policy_map_parameter_invalid": "each of the parameters must be of the form name=value, without spaces",
    "transport_dest_exists": "there is already a transport map for this destination; set id to change it",
    "value_missing": "a required value is missing",
    "validity_missing": "validity must be between 1 and 87600 hours",
    "username_invalid": "{0} is not a valid address",
    "Redirect/Callback URL cannot be empty": "the OAuth2 client has no redirect_uri, and none is set",
    "delete/mailq unknown": "mailcow could not reach Postfix through Docker; check that its containers are running",
    "edit/mailq unknown": "mailcow could not reach Postfix through Docker; check that its containers are running",
    "edit/qitem access_denied": "a message is no longer in the quarantine, or has no recipient",
    "Cannot connect to Postfix": "mailcow cannot reach Postfix, so the messages stay in the quarantine; check that its container is "
    "running",
    "release_send_failed": "the message could not be sent, so it stays in the quarantine: {0}",
    "ham_learn_error": "a message was released and has left the quarantine, but Rspamd did not learn it as ham: {0}",
    "spam_learn_error": "a message was deleted from the quarantine, but Rspamd did not learn it as spam: {0}",
    "fuzzy_learn_error": "Rspamd did not learn the fuzzy hash of a message: {0}",
    "Cannot add item": "mailcow refused to create it without giving a reason; a value is missing or invalid",
    "Cannot edit item": "mailcow refused to change it without giving a reason; a value is missing or invalid",
    "Cannot delete item": "mailcow refused to delete it without giving a reason",
    "API read/write access denied": "the API key is read-only; use the read-write key (Access > Administrators > API in mailcow)",
    "route not found": "this server does not support the request; its mailcow may be too old for this collection, or too new",
}


# Why nothing can be read of a name (see `names.askable`).
NOT_ASKED = "mailcow's API cannot be asked about an address with a slash"


def create_first(kind: str, name: str) -> str:
    """Give the sentence about an object that another one needs and that is not there."""
    return "the %s %s does not exist in mailcow; create it first with community.mailcow.mailcow_%s" % (kind, name, kind)


def some(names: list[str]) -> str:
    """Give names as one text: all of them, or the first when there are many."""
    return ", ".join(names[:_NAMED] + ["…"] * (len(names) > _NAMED))


def _known(route: str, msg_id: str) -> str | None:
    """Give the sentence for the longest beginning of the route that has one of its own, else the one for all routes."""
    parts = route.split("/")
    beginnings = ["/".join(parts[:end]) for end in range(len(parts), 1, -1)]
    keys = ["%s %s" % (beginning, msg_id) for beginning in beginnings] + [msg_id]
    return next((_REASONS[key] for key in keys if key in _REASONS), None)


def explain(route: str, msg_id: str, args: Sequence[Any]) -> str:
    """Give one sentence for mailcow's message ``msg_id`` with its arguments, as answered by ``route`` (``add/mailbox``).

    The route may end with the name of an object. The ID is appended in brackets, so that users can search for it.
    """
    reason = _known(route, msg_id)
    shown = [html.unescape(str(arg)) for arg in args]
    raw = " ".join([msg_id] + shown)
    if reason is None:
        # The argument can be the end of the ID itself.
        start, _blank, end = msg_id.rpartition(" ")
        reason, shown = _REASONS.get(start), [end]
    if reason is None:
        return raw
    try:
        return "%s [%s]" % (reason.format(*shown), raw)
    except IndexError:
        return "%s [%s]" % (reason.replace("{0}", "it").replace("{1}", "?"), raw)
