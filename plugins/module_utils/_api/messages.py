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

# How many names a message holds.
_NAMED = 20

_UNKNOWN_OBJECT = "mailcow does not know that object (it was removed meanwhile?), or the key may not change it"

_REASONS = {
    "access_denied": _UNKNOWN_OBJECT,
    "add/alias-domain access_denied": "the target domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "add/bcc access_denied": "mailcow knows no such domain, mailbox or alias; create it first (a catch-all or an address in an alias "
    "domain cannot have a BCC map)",
    "add/mailbox access_denied": "the domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "add/admin object_exists": "{0} exists already as an administrator or a domain administrator",
    "add/admin username_invalid": "{0} is not a name that mailcow takes for an administrator",
    "delete/admin username_invalid": "there is no administrator {0}",
    "edit/admin access_denied": "mailcow does not know that administrator (it was removed or renamed meanwhile?)",
    "edit/admin username_invalid": "{0} is not a name that mailcow takes for an administrator, or another one has it",
    "add/domain-admin object_exists": "{0} exists already as an administrator, a domain administrator or a mailbox",
    "add/domain-policy access_denied": "the domain is neither a domain nor an alias domain of this mailcow; create it first with "
    "community.mailcow.mailcow_domain",
    "add/mta-sts access_denied": "the domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "edit/domain/footer username_invalid": "exclude of the footer names {0}, which is no mailbox, alias or alias domain of this mailcow",
    "edit/mta-sts access_denied": "the domain does not exist in mailcow, or has no policy",
    "mx_invalid": "{0} is not the name of a server that mailcow takes here",
    "add/mailbox-policy access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "add/mailbox-policy policy_list_from_exists": "the mailbox has that sender already, in allow or in block; it can stand in one "
    "of them only",
    "delete/mailbox-policy access_denied": "an entry of the policy is not there any more; run the task again",
    "delete/domain-policy access_denied": "an entry of the policy is not there any more; run the task again",
    "add/resource access_denied": "the domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "edit/alias access_denied": "the domain of the new address does not exist in mailcow",
    "edit/alias-domain access_denied": "the target domain does not exist in mailcow; create it first with community.mailcow.mailcow_domain",
    "edit/da-acl Cannot determine current ACL": "mailcow does not know that domain administrator (it was removed meanwhile?)",
    "edit/domain-admin access_denied": "mailcow does not know that domain administrator (it was removed or renamed meanwhile?)",
    "edit/domain-admin password_complexity": "the password does not meet the password policy of the server (System > Configuration > "
    "Options). Other options of the same task were set before mailcow looked at it",
    "edit/domain-admin username_invalid": "{0} is not a name that mailcow takes for an administrator, or another one has it",
    "delete/domain-admin username_invalid": "there is no domain administrator {0}",
    "add/domain-admin username_invalid": "{0} is not a name that mailcow takes for an administrator",
    "edit/rename-mbox access_denied": "mailcow renames only mailboxes that exist and are active",
    "add/dkim access_denied": "the domain {0} is neither a domain nor an alias domain of this mailcow",
    "add/relayhost invalid_host": "the hostname of the relay host is empty",
    "add/app-passwd access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "add/filter access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "edit/filter access_denied": "there is no Sieve filter with that number any more",
    "add/syncjob access_denied": "mailcow does not take one of the values; see whether exclude is a regular expression, and whether the "
    "mailbox is still there",
    "edit/syncjob access_denied": "mailcow does not take one of the values; see whether exclude is a regular expression and "
    "host1 is a host name or an IPv4 address (which it also has to be when something else is changed), and whether the sync job "
    "is still there",
    "add/time_limited_alias access_denied": "the mailbox does not exist in mailcow; create it first with community.mailcow.mailcow_mailbox",
    "add/time_limited_alias domain_invalid": "the domain has to be the domain of the mailbox or one of its alias domains",
    "alias_empty": "the address of the alias is empty",
    "alias_domain_invalid": "{0} exists already as a domain or alias domain, or is not there to be changed",
    "alias_goto_identical": "an alias cannot deliver to itself",
    "alias_invalid": "{0} is not an address that mailcow takes for an alias",
    "aliases_in_use": "the domain has {0} aliases already; aliases cannot be set below that",
    "aliasd_targetd_identical": "an alias domain cannot be its own target",
    "bcc_empty": "bcc_dest is empty",
    "bcc_exists": "there is already a BCC map of the type {1} for {0}",
    "bcc_must_be_email": "{0} is not an address that mailcow takes for a copy; give one address, not a domain",
    "app_name_empty": "the name of the app password is empty",
    "app_passwd_id_invalid": "there is no app password with that number any more",
    "bad character SPACE": "a space is in the wrong place in custom_params: write --option=value, without a space inside of either",
    "bad option": "custom_params holds {0}, which is no argument of imapsync that mailcow allows; write --option or --option=value, "
    "without a hyphen inside of either",
    "comment_too_long": "a comment may have at most 160 bytes when the alias is created",
    "defquota_empty": "defquota must be at least 1 MiB",
    "description_invalid": "the description is empty",
    "dkim_domain_or_sel_exists": "there is a DKIM key for {0} already",
    "dkim_domain_or_sel_invalid": "mailcow does not accept the domain, the selector or the key size for {0}, or there is a key already",
    "dovecot_restart_failed": "Dovecot could not be restarted, so that it still has the old scripts; see whether its container runs",
    "domain_cannot_match_hostname": "a mail domain cannot have the name of the mailcow server itself",
    "domain_exists": "{0} exists already as a domain or as an alias domain",
    "domain_invalid": "that is not the name of a domain that mailcow knows or takes",
    "domain_not_empty": "{0} still has mailboxes or resources; delete them first",
    "domain_not_found": "the domain {0} does not exist in mailcow as a mail domain; create it first with community.mailcow.mailcow_domain "
    "(an alias domain cannot hold mailboxes)",
    "domain_quota_m_in_use": "mailboxes of the domain use {0} MiB of quota already; quota cannot be set below that",
    "extra_acl_invalid": "{0} is not an address",
    "extra_acl_invalid_domain": "{0} is a domain of this mailcow; use sender_acl for it",
    "global_filter_write_error": "the script could not be written: {0}",
    "goto_empty": "the alias has no destination; set goto, goto_null, goto_spam or goto_ham",
    "goto_invalid": "{0} cannot be the destination of an alias: it is no valid address, or it is a resource",
    "invalid_host": "{0} is not an address, and the DNS of the mailcow server has neither SPF nor MX nor address records for it",
    "invalid_bcc_map_type": "the type of a BCC map is sender or rcpt",
    "invalid_destination": "{0} is no destination that mailcow takes: give a domain, .domain for a domain and all below it, an "
    "address or *, or set is_mx_based for a regular expression (without slashes around it)",
    "invalid_nexthop": "the next hop is empty",
    "invalid_nexthop_authenticated": "other transport maps with this next hop have another username, or none; "
    "a next hop has one username and one password",
    "invalid_recipient_map_new": "{0} is not an address or a domain that mailcow takes for the new recipient",
    "invalid_recipient_map_old": "{0} is not an address or a domain that mailcow takes for the old recipient",
    "is_alias": "{0} exists already as an alias; delete that alias or choose another address",
    "is_alias_or_mailbox": "{0} exists already as an alias or as a mailbox",
    "is_spam_alias": "{0} exists already as a temporary alias, perhaps an expired one",
    "mailbox_defquota_exceeds_mailbox_maxquota": "defquota is larger than maxquota (of the template, if it was not given)",
    "mailbox_invalid": "that is not an address that mailcow takes for a mailbox",
    "mailbox_quota_exceeded": "the domain allows a mailbox at most {0} MiB; lower quota, or raise the maxquota of the domain",
    "mailbox_quota_exceeds_domain_quota": "maxquota is larger than quota (of the template, if it was not given)",
    "mailbox_quota_left_exceeded": "the domain has only {0} MiB of quota left; lower quota, or raise the quota of the domain",
    "mailboxes_in_use": "the domain has {0} mailboxes already; mailboxes cannot be set below that",
    "max_alias_exceeded": "the domain has reached its number of aliases; raise the option aliases of the domain",
    "max_mailbox_exceeded": "the domain has {0} of {1} mailboxes already; raise the option mailboxes of the domain",
    "max_quota_in_use": "a mailbox of the domain has a quota of {0} MiB; maxquota cannot be set below that",
    "maxquota_empty": "maxquota must be at least 1 MiB",
    "network_host_invalid": "{0} is not an address or a network that mailcow takes here, nor the name of a host; it left it out",
    "next_hop_interferes": "another transport map has the next hop {0} without brackets; write it alike in both, {1} or {0}",
    "next_hop_interferes_any": "another transport map has the next hop {0} in brackets; write it alike in both",
    "add/syncjob object_exists": "the mailbox has a sync job with that host and user already: {0}",
    "authsource_in_use": "there are mailboxes whose passwords another identity provider knows; give them another authsource first, or "
    "delete them",
    "invalid_authsource": "mailcow knows no such identity provider",
    "required_data_missing": "the identity provider needs {0}",
    "edit/identity-provider-test Cannot edit item": "mailcow tried the identity provider with these settings and could not use it, so "
    "that nothing was changed; see whether it is up, can be reached from mailcow, and takes the credentials",
    "edit/quota_notification_bcc access_denied": "a domain in bcc does not exist in mailcow; create it first with "
    "community.mailcow.mailcow_domain",
    "cors_invalid_origin": "mailcow does not take one of the origins; before 2026-07 it knows only the names of hosts",
    "object_doesnt_exist": "there is no domain administrator {0}",
    "no_active_admin": "mailcow changes an administrator who is, or is to be, inactive only while at least two are active, so that nobody "
    "is locked out",
    "cannot_delete_self": "mailcow does not delete the administrator by whose name it does what the API key says",
    "object_exists": "{0} exists already as a mailbox or as a resource",
    "password_complexity": "the password does not meet the password policy of the server (System > Configuration > Options), "
    "or none was given",
    "password_mismatch": "the two passwords differ",
    "policy_list_from_exists": "the domain has that sender already, in allow or in block; it can stand in one of them only",
    "policy_list_from_invalid": "mailcow does not take that sender: ASCII letters, digits, '@', '_', '.', '-' and '*' are possible",
    "private_key_error": "the private key cannot be read: {0}",
    "pushover_credentials_missing": "the mailbox has no settings of Pushover that could be tested",
    "pushover_key": "the Pushover key must be 30 letters or digits",
    "pushover_token": "the Pushover token must be 30 letters or digits",
    "quarantine_category_invalid": "that is no quarantine category",
    "recipient_map_entry_exists": "there is already a map for {0}",
    "relayhost_invalid": "there is no relay host or transport map with the number {0} any more",
    "resource_invalid": "mailcow knows no such resource, or does not take its address or its kind, which is location, group or thing",
    "rl_timeframe": "the time frame of a rate limit is s, m, h or d",
    "sender_acl_invalid": "{0} cannot stand in sender_acl: this mailcow has no such domain, alias or mailbox",
    "script_empty": "the Sieve script is empty",
    "sieve_error": "the Sieve script is not valid: {0}",
    "target_domain_invalid": "the target domain is not a mail domain of this mailcow",
    "targetd_not_found": "the target domain {0} is not a mail domain of this mailcow (an alias domain cannot be a target)",
    "targetd_relay_domain": "the target domain {0} is a relay domain (backupmx); it cannot have alias domains",
    "template_exists": "there is a template {0} already",
    "template_id_invalid": "there is no such template any more",
    "template_name_invalid": "the name of the template is empty",
    "tls_policy_map_dest_invalid": "mailcow does not take that destination: it is empty, too long, or starts with a dot",
    "tls_policy_map_entry_exists": "there is already a TLS policy map for {0}",
    "tls_policy_map_parameter_invalid": "each of the parameters must be of the form name=value, without spaces",
    "transport_dest_exists": "there is already a transport map for that destination; give its id to change it",
    "value_missing": "a value is missing that mailcow needs",
    "validity_missing": "validity is a number of hours from 1 to 87600",
    "username_invalid": "{0} is not an address that mailcow takes",
    "Redirect/Callback URL cannot be empty": "the OAuth2 client has no redirect_uri, and none is given",
    "delete/mailq unknown": "mailcow could not reach Postfix by way of Docker; see whether its containers run",
    "edit/mailq unknown": "mailcow could not reach Postfix by way of Docker; see whether its containers run",
    "edit/qitem access_denied": "a message is not in the quarantine any more, or it has no recipient",
    "Cannot connect to Postfix": "mailcow cannot reach Postfix, so the messages stay in the quarantine; see whether its container runs",
    "release_send_failed": "the message could not be sent, so it stays in the quarantine: {0}",
    "ham_learn_error": "a message was released and has left the quarantine, but Rspamd did not learn it as ham: {0}",
    "spam_learn_error": "a message was deleted from the quarantine, but Rspamd did not learn it as spam: {0}",
    "fuzzy_learn_error": "Rspamd did not learn the fuzzy hash of a message: {0}",
    "Cannot add item": "the server refused to create it and gives no reason; a value is missing or not acceptable",
    "Cannot edit item": "the server refused to change it and gives no reason; a value is missing or not acceptable",
    "Cannot delete item": "the server refused to delete it and gives no reason",
    "API read/write access denied": "the API key is read-only; mailcow has another one that writes, under Access > Administrators > API",
    "route not found": "this mailcow does not know that request; it may be too old for this collection, or too new",
}


def create_first(kind: str, name: str) -> str:
    """Give the sentence about an object that another one needs and that is not there."""
    return "the %s %s does not exist in mailcow; create it first, with community.mailcow.mailcow_%s" % (kind, name, kind)


def some(names: list[str]) -> str:
    """Give names as one text: all of them, or the first when there are many."""
    return ", ".join(names[:_NAMED] + ["…"] * (len(names) > _NAMED))


def explain(route: str, msg_id: str, args: Sequence[Any]) -> str:
    """Give one sentence for mailcow's message ``msg_id`` with its arguments, as answered by ``route`` (``add/mailbox``).

    The id itself stands at the end in brackets, so that it can be searched for.
    """
    reason = _REASONS.get("%s %s" % (route, msg_id)) or _REASONS.get(msg_id)
    shown = [html.unescape(str(arg)) for arg in args]
    raw = " ".join([msg_id] + shown)
    if reason is None:
        # What it is about may be the end of the id itself.
        start, _blank, end = msg_id.rpartition(" ")
        reason, shown = _REASONS.get(start), [end]
    if reason is None:
        return raw
    try:
        return "%s [%s]" % (reason.format(*shown), raw)
    except IndexError:
        return "%s [%s]" % (reason.replace("{0}", "it").replace("{1}", "?"), raw)
