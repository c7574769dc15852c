# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a forwarding host has (facts-server 9)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Flag


def combine(entries):
    """Give one object for each name that was given, with the addresses that mailcow made of it as ``hosts``."""
    sources = {}
    for entry in entries:
        known = sources.setdefault(entry["source"], {"source": entry["source"], "hosts": [], "keep_spam": entry["keep_spam"]})
        known["hosts"].append(entry["host"])
        if known["keep_spam"] != entry["keep_spam"]:
            # Some of each: neither is wanted.
            known["keep_spam"] = None
    return list(sources.values())


class FilterSpam(Flag):
    """Whether mail of the host is filtered. It has three names: filter_spam when created, and its opposite keep_spam later."""

    def from_server(self, value):
        return value == "no"

    def edits(self, item, current, wanted, attempt):
        return ({}, []) if attempt else ({"keep_spam": int(not wanted)}, [])
