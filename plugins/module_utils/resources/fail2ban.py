# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of Fail2ban, which bans addresses that fail to log in (facts-server 16)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._identity import Singleton
from ansible_collections.community.mailcow.plugins.module_utils._resource import Read, Resource
from ansible_collections.community.mailcow.plugins.module_utils.values.fail2ban import Length, Networks, Remembered, Setting

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
        Setting("ban_time", least=60, keep=True, presumed=1800),
        Setting("max_ban_time", least=60, keep=True, presumed=10000),
        Remembered("ban_time_increment", keep=True, presumed=True),
        Remembered("manage_external", keep=True),
        Setting("max_attempts", least=1, keep=True, presumed=10),
        Setting("retry_window", least=1, keep=True, presumed=600),
        Length("netban_ipv4", most=32, keep=True, presumed=32),
        Length("netban_ipv6", most=128, keep=True, presumed=128),
        Networks("whitelist", names=True, separator="\n"),
        Networks("blacklist", separator="\n"),
    ),
    status={
        "active_bans": lambda raw: raw.get("active_bans") or [],
        "permanent_bans": lambda raw: raw.get("perm_bans") or [],
        "regex": lambda raw: list((raw.get("regex") or {}).values()),
    },
)
