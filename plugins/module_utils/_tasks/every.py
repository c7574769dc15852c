# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tasks of all modules by name, for callers other than modules."""

from __future__ import annotations

from .._kinds._order import KINDS
from .banlist import FAIL2BAN_BANLIST
from .bans import FAIL2BAN_BAN
from .config import CONFIG
from .cors import CORS
from .customize import CUSTOMIZE
from .dns import DNS_INFO
from .export import EXPORT
from .infos import info
from .logs import LOG_INFO
from .notices import PASSWORD_RESET_NOTIFICATION, QUOTA_NOTIFICATION
from .objects import manage
from .quarantine import QUARANTINE_INFO, QUARANTINE_ITEM
from .quarantine_settings import QUARANTINE_SETTINGS
from .queue import QUEUE, QUEUE_INFO
from .ratelimit import RATELIMIT_RESET
from .rspamd_map import RSPAMD_MAP
from .sso import SSO_TOKEN
from .status import STATUS_INFO
from .syncjob_run import SYNCJOB_RUN
from .task import Task
from .upkeep import LOGIN_INFO, MAILBOX_RESET, SIEVE_SCRIPT_INFO

TASKS: dict[str, Task] = dict(
    {"mailcow_%s" % kind.name: manage(kind) for kind in KINDS},
    **{"mailcow_%s_info" % kind.name: info(kind) for kind in KINDS},
    mailcow_config=CONFIG,
    mailcow_config_info=EXPORT,
    mailcow_cors=CORS,
    mailcow_customize=CUSTOMIZE,
    mailcow_dns_info=DNS_INFO,
    mailcow_fail2ban_ban=FAIL2BAN_BAN,
    mailcow_fail2ban_banlist=FAIL2BAN_BANLIST,
    mailcow_log_info=LOG_INFO,
    mailcow_login_info=LOGIN_INFO,
    mailcow_mailbox_reset=MAILBOX_RESET,
    mailcow_password_reset_notification=PASSWORD_RESET_NOTIFICATION,
    mailcow_quarantine_info=QUARANTINE_INFO,
    mailcow_quarantine_item=QUARANTINE_ITEM,
    mailcow_quarantine_settings=QUARANTINE_SETTINGS,
    mailcow_queue=QUEUE,
    mailcow_queue_info=QUEUE_INFO,
    mailcow_sieve_script_info=SIEVE_SCRIPT_INFO,
    mailcow_quota_notification=QUOTA_NOTIFICATION,
    mailcow_ratelimit_reset=RATELIMIT_RESET,
    mailcow_rspamd_map=RSPAMD_MAP,
    mailcow_sso_token=SSO_TOKEN,
    mailcow_status_info=STATUS_INFO,
    mailcow_syncjob_run=SYNCJOB_RUN,
)
