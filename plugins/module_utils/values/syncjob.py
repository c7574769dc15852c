# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a sync job has (facts-mailboxes 15)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import Text
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_name

# A slash that no backslash takes the meaning from.
_BARE_SLASH = re.compile(r"(?<!\\)(?:\\\\)*/")


class HostName(Text):
    """The name of a host; mailcow lowers it when it creates the job and keeps its case when it changes it."""

    def canonical(self, value):
        name = str(value).strip().lower()
        if not name:
            raise ValueError("the host cannot be empty")
        return name if name.isascii() else domain_name(name)

    def from_server(self, value):
        return str(value).lower()


class Login(Text):
    """The name of a user elsewhere."""

    def canonical(self, value):
        if not str(value).strip():
            raise ValueError("the user cannot be empty")
        return str(value)

    def from_server(self, value):
        return str(value)


class Pattern(Text):
    """A regular expression in the language of PHP that stands between slashes on the server, so that it cannot hold one."""

    def canonical(self, value):
        text = str(value)
        if _BARE_SLASH.search(text):
            raise ValueError("%r holds a slash, which mailcow refuses; write a dot for it, or put a backslash before it" % text)
        return text

    def from_server(self, value):
        return str(value)


class Parameters(Text):
    """Further arguments of imapsync, without the blanks around them, which mailcow takes off on create and refuses later."""

    def canonical(self, value):
        return str(value).strip()
