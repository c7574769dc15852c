# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values of maps, which know addresses and whole domains (facts-server 11, 12 and 15)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import Address, Text
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_name
from ansible_collections.community.mailcow.plugins.module_utils.values.smtp import host


class AddressOrDomain(Address):
    """An address, or ``@example.com`` for a whole domain. mailcow lowers both."""

    def canonical(self, value):
        text = str(value).strip()
        if "@" in text[1:]:
            return address(text).lower()
        return "@" + domain_name(text.lstrip("@"))


class LocalDestination(AddressOrDomain):
    """The same, but mailcow wants a domain to be written without the @ (facts-server 12)."""

    def to_server(self, value):
        return value.lstrip("@")


class Destination(Text):
    """Where mail is delivered: a domain, a host with or without brackets and port, or an address. mailcow lowers it."""

    def canonical(self, value):
        text = str(value).strip().lower()
        if not text or text in (".", "*", "@") or re.search(r"\s", text):
            raise ValueError("%r is not a destination" % value)
        return address(text).lower() if "@" in text else host(text)

    def from_server(self, value):
        return str(value)

    def same(self, current, wanted):
        return current.lower() == wanted.lower()
