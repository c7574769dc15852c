# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All kinds of mailcow objects, in the order in which they are created. They are deleted in the reverse order."""

from __future__ import annotations

from .admin import ADMIN
from .alias import ALIAS
from .alias_domain import ALIAS_DOMAIN
from .app_password import APP_PASSWORD
from .bcc_map import BCC_MAP
from .dkim import DKIM
from .domain import DOMAIN
from .domain_admin import DOMAIN_ADMIN
from .domain_policy import DOMAIN_POLICY
from .domain_template import DOMAIN_TEMPLATE
from .fail2ban import FAIL2BAN
from .forwarding_host import FORWARDING_HOST
from .global_sieve_filter import GLOBAL_SIEVE_FILTER
from .identity_provider import IDENTITY_PROVIDER
from .mailbox import MAILBOX
from .mailbox_policy import MAILBOX_POLICY
from .mailbox_template import MAILBOX_TEMPLATE
from .mta_sts import MTA_STS
from .oauth2_client import OAUTH2_CLIENT
from .password_policy import PASSWORD_POLICY
from .recipient_map import RECIPIENT_MAP
from .relayhost import RELAYHOST
from .resource import RESOURCE
from .rspamd_setting import RSPAMD_SETTING
from .sieve_filter import SIEVE_FILTER
from .syncjob import SYNCJOB
from .time_limited_alias import TIME_LIMITED_ALIAS
from .tls_policy_map import TLS_POLICY_MAP
from .transport import TRANSPORT

KINDS = (
    PASSWORD_POLICY,
    ADMIN,
    IDENTITY_PROVIDER,
    FAIL2BAN,
    GLOBAL_SIEVE_FILTER,
    RELAYHOST,
    TRANSPORT,
    TLS_POLICY_MAP,
    FORWARDING_HOST,
    OAUTH2_CLIENT,
    RSPAMD_SETTING,
    DOMAIN_TEMPLATE,
    MAILBOX_TEMPLATE,
    DOMAIN,
    ALIAS_DOMAIN,
    DKIM,
    DOMAIN_POLICY,
    MTA_STS,
    MAILBOX,
    MAILBOX_POLICY,
    RESOURCE,
    ALIAS,
    TIME_LIMITED_ALIAS,
    APP_PASSWORD,
    SYNCJOB,
    SIEVE_FILTER,
    RECIPIENT_MAP,
    BCC_MAP,
    DOMAIN_ADMIN,
)
