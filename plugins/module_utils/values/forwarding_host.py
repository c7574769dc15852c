# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a forwarding host has (facts-server 9)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import Field, Flag
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_name, network, network_or_name

# What mailcow takes for an address without a further look, "cafe" and "1" as well.
_LITERAL = re.compile(r"^([0-9a-f:/]+|[0-9./]+)$", re.IGNORECASE)


class Host(Field):
    """An address, a network, or a name that mailcow makes several addresses of."""

    def canonical(self, value):
        text = str(value).strip()
        try:
            return network(text)
        except ValueError:
            if _LITERAL.match(text):
                raise ValueError("%r is neither an address nor a network, but mailcow would take it for one" % value) from None
        try:
            return domain_name(text)
        except ValueError:
            raise ValueError("%r is not an address, a network or the name of a host" % value) from None

    def from_server(self, value):
        return network_or_name(value)


def combine(entries):
    """Give one object for each name that was given, with the addresses that mailcow made of it as ``hosts``."""
    sources = {}
    for entry in entries:
        source = network_or_name(entry["source"])
        known = sources.setdefault(source, {"source": source, "hosts": [], "keep_spam": entry["keep_spam"]})
        known["hosts"].append(str(entry["host"]))
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
