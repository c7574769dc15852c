# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only an OAuth2 client has (facts-server 10)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Text


class RedirectUri(Text):
    """Where an application takes its users back. mailcow takes any text, and none at all."""

    def canonical(self, value):
        return str(value).strip()
