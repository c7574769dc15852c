# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a sync job has (facts-mailboxes 15)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import Text


class HostName(Text):
    """The name of a host; mailcow lowers it when it creates the job and keeps its case when it changes it."""

    def canonical(self, value):
        return str(value).strip().lower()


class Pattern(Text):
    """A regular expression that stands between slashes on the server, so that it cannot hold one."""

    def canonical(self, value):
        text = str(value)
        if "/" in text:
            raise ValueError("%r holds a slash, which mailcow refuses" % text)
        try:
            re.compile(text)
        except re.error as error:
            raise ValueError("%r is not a regular expression (%s)" % (text, error)) from error
        return text
