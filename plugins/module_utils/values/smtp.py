# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values of the servers that mailcow hands mail to (facts-server 13 and 14)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import Secret, Text


def _unescaped(value):
    # mailcow puts one or two backslashes before a colon when it creates, and none when it changes (facts-server 13, 14).
    return re.sub(r"\\+:", ":", value)


class Trimmed(Text):
    """A text whose surrounding blanks do not count."""

    def canonical(self, value):
        return str(value).strip()


class UserName(Trimmed):
    """A user name; mailcow may have put backslashes before its colons."""

    def same(self, current, wanted):
        return _unescaped(current) == _unescaped(wanted)


class Credential(Secret):
    """A password that mailcow shows; it may have put backslashes before its colons."""

    def canonical(self, value):
        return str(value).strip()

    def same(self, current, wanted):
        return _unescaped(current) == _unescaped(wanted)


class NextHop(Trimmed):
    """A host, with or without port; a bare IP address gets brackets."""

    def canonical(self, value):
        text = str(value).strip()
        if not text:
            raise ValueError("a next hop is needed")
        bare = re.match(r"^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:]*)$", text)
        return "[%s]" % text if bare else text

    def same(self, current, wanted):
        return current.lower() == wanted.lower()
