# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a resource has (facts-mailboxes 18)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Address
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_name, domain_of


def address_of(description, domain):
    """Give the address that mailcow makes of a description: its ASCII letters and digits."""
    return "%s@%s" % (re.sub(r"[^A-Za-z0-9]", "", description), domain)


class ResourceAddress(Address):
    """The address of a resource, given or made as mailcow makes it from ``description`` and ``domain``; it stays when they change."""

    needed = False

    def given(self, params):
        if params.get(self.option) is not None:
            return super().given(params)
        if params.get("description") is None or params.get("domain") is None:
            raise InvalidValue(None, "give domain and description, or %s" % self.option)
        try:
            domain = domain_name(params["domain"])
        except ValueError as error:
            raise InvalidValue("domain", str(error)) from error
        try:
            return self.canonical(address_of(params["description"], domain))
        except ValueError as error:
            raise InvalidValue("description", "mailcow makes the address of its ASCII letters and digits, and %s" % error) from error

    def parse(self, raw):
        return MISSING if raw.get("name") is None else str(raw["name"])

    def body(self, value):
        # The rest of it is made of the description.
        return {"domain": domain_of(value)}
