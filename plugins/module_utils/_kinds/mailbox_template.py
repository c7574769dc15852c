# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A template of mailboxes: the defaults of new ones (facts-mailboxes 2)."""

from __future__ import annotations

from .._engine.identity import ByParts
from .._engine.kind import Kind, Write, shows
from .._engine.ways import Table
from .._fields.features import TagList
from .._fields.mailboxes import NEW_PERMISSIONS, PERMISSIONS, Activity
from .._fields.plain import Choice, Flag, Mebibytes
from .._fields.templates import PERMANENT, Named, TemplateLimit, TemplateName

_NEW_PROTOCOLS = {"eas": "2026-01", "dav": "2026-01"}
_PROTOCOLS = ("imap", "pop3", "smtp", "sieve", "eas", "dav")
# The rights that mailcow's own template does not include.
_NOT_AT_FIRST = ("syncjobs", "sogo_profile_reset", "pw_reset")
_OFF = ("force_pw_update", "tls_enforce_in", "tls_enforce_out")


class Handler(Choice):
    """What happens to mail for a tagged address."""

    absent = "none"
    left_out = True


_NAME = TemplateName("template", templates="mailbox/template/all", required_on_create=True, clearable=False)

MAILBOX_TEMPLATE = Kind(
    name="mailbox_template",
    plural="mailbox_templates",
    title="mailbox template",
    identity=ByParts("id", parts=(_NAME,)),
    read=Table("mailbox/template/all"),
    write=Write("mailbox/template", replaces=True),
    permanent=(PERMANENT,),
    fields=(
        _NAME,
        Mebibytes("quota", read="attributes.quota", default=0),
        Activity("active", read="attributes.active", default=1),
        *(Flag(name, read="attributes." + name, default=False) for name in _OFF),
        # The add accepted it in earlier releases than the edit.
        Flag("force_tfa", read="attributes.force_tfa", default=False, since="2026-07", before=False),
        Flag("sogo_access", read="attributes.sogo_access", default=True),
        Named(
            "protocol_access", choices=_PROTOCOLS, pattern="%s_access", default=_PROTOCOLS, newer=_NEW_PROTOCOLS, held=tuple(_NEW_PROTOCOLS)
        ),
        Named(
            "acl",
            choices=PERMISSIONS,
            pattern="acl_%s",
            default=tuple(name for name in PERMISSIONS if name not in _NOT_AT_FIRST),
            newer=NEW_PERMISSIONS,
        ),
        Choice(
            "quarantine_notification",
            read="attributes.quarantine_notification",
            choices=("never", "hourly", "daily", "weekly"),
            default="hourly",
        ),
        Choice("quarantine_category", read="attributes.quarantine_category", choices=("add_header", "reject", "all"), default="reject"),
        Handler(
            "tagged_mail_handler",
            read="attributes.tagged_mail_handler",
            choices=("subject", "subfolder", "none"),
            default="none",
            since="2025-09",
            before="none",
        ),
        TemplateLimit("rate_limit", default=None),
        TagList("tags", read="attributes.tags", default=()),
    ),
    status=shows("id", "created", "modified"),
)
