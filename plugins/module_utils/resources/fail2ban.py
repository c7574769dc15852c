# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of Fail2ban, which bans addresses that fail to log in (facts-server 16)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag, Number
from ansible_collections.community.mailcow.plugins.module_utils._identity import Singleton
from ansible_collections.community.mailcow.plugins.module_utils._resource import Read, Resource
from ansible_collections.community.mailcow.plugins.module_utils.values.fail2ban import Networks

FAIL2BAN = Resource(
    kind="fail2ban",
    plural="fail2ban",
    title="Fail2ban settings",
    identity=Singleton("server"),
    read=Read(one="fail2ban", only_one=True),
    add=(),
    edit="fail2ban",
    delete=None,
    fields=(
        Number("ban_time", least=60),
        Number("max_ban_time", least=60),
        # Both are reset by an edit that omits them.
        Flag("ban_time_increment", keep=True),
        Flag("manage_external", keep=True),
        Number("max_attempts", least=1),
        Number("retry_window", least=1),
        Number("netban_ipv4", least=8, most=32),
        Number("netban_ipv6", least=8, most=128),
        Networks("whitelist", names=True, separator="\n"),
        Networks("blacklist", separator="\n"),
    ),
    status={
        "active_bans": lambda raw: raw.get("active_bans") or [],
        "permanent_bans": lambda raw: raw.get("perm_bans") or [],
        "regex": lambda raw: list((raw.get("regex") or {}).values()),
    },
)
