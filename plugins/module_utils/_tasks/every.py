# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of every module by its name, for callers that are no module."""

from __future__ import annotations

from .._kinds._order import KINDS
from .config import CONFIG
from .dns import DNS_INFO
from .export import EXPORT
from .infos import info
from .logs import LOG_INFO
from .objects import manage
from .quarantine import QUARANTINE_INFO, QUARANTINE_ITEM
from .quarantine_settings import QUARANTINE_SETTINGS
from .queue import QUEUE, QUEUE_INFO
from .status import STATUS_INFO
from .task import Task
from .upkeep import LOGIN_INFO, MAILBOX_RESET, SIEVE_SCRIPT_INFO

TASKS: dict[str, Task] = dict(
    {"mailcow_%s" % kind.name: manage(kind) for kind in KINDS},
    **{"mailcow_%s_info" % kind.name: info(kind) for kind in KINDS},
    mailcow_config=CONFIG,
    mailcow_config_info=EXPORT,
    mailcow_dns_info=DNS_INFO,
    mailcow_log_info=LOG_INFO,
    mailcow_login_info=LOGIN_INFO,
    mailcow_mailbox_reset=MAILBOX_RESET,
    mailcow_quarantine_info=QUARANTINE_INFO,
    mailcow_quarantine_item=QUARANTINE_ITEM,
    mailcow_quarantine_settings=QUARANTINE_SETTINGS,
    mailcow_queue=QUEUE,
    mailcow_queue_info=QUEUE_INFO,
    mailcow_sieve_script_info=SIEVE_SCRIPT_INFO,
    mailcow_status_info=STATUS_INFO,
)
