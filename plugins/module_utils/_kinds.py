# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All kinds of mailcow objects, in the order in which they are created; they are deleted the other way round."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils.resources.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils.resources.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils.resources.app_password import APP_PASSWORD
from ansible_collections.community.mailcow.plugins.module_utils.resources.bcc_map import BCC_MAP
from ansible_collections.community.mailcow.plugins.module_utils.resources.dkim import DKIM
from ansible_collections.community.mailcow.plugins.module_utils.resources.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils.resources.domain_admin import DOMAIN_ADMIN
from ansible_collections.community.mailcow.plugins.module_utils.resources.domain_policy import DOMAIN_POLICY
from ansible_collections.community.mailcow.plugins.module_utils.resources.fail2ban import FAIL2BAN
from ansible_collections.community.mailcow.plugins.module_utils.resources.forwarding_host import FORWARDING_HOST
from ansible_collections.community.mailcow.plugins.module_utils.resources.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils.resources.oauth2_client import OAUTH2_CLIENT
from ansible_collections.community.mailcow.plugins.module_utils.resources.recipient_map import RECIPIENT_MAP
from ansible_collections.community.mailcow.plugins.module_utils.resources.relayhost import RELAYHOST
from ansible_collections.community.mailcow.plugins.module_utils.resources.resource import RESOURCE
from ansible_collections.community.mailcow.plugins.module_utils.resources.syncjob import SYNCJOB
from ansible_collections.community.mailcow.plugins.module_utils.resources.time_limited_alias import TIME_LIMITED_ALIAS
from ansible_collections.community.mailcow.plugins.module_utils.resources.tls_policy_map import TLS_POLICY_MAP
from ansible_collections.community.mailcow.plugins.module_utils.resources.transport import TRANSPORT

KINDS = (
    FAIL2BAN,
    RELAYHOST,
    TRANSPORT,
    TLS_POLICY_MAP,
    FORWARDING_HOST,
    OAUTH2_CLIENT,
    DOMAIN,
    ALIAS_DOMAIN,
    DKIM,
    DOMAIN_POLICY,
    MAILBOX,
    RESOURCE,
    ALIAS,
    TIME_LIMITED_ALIAS,
    APP_PASSWORD,
    SYNCJOB,
    RECIPIENT_MAP,
    BCC_MAP,
    DOMAIN_ADMIN,
)
