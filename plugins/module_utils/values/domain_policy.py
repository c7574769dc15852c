# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only an antispam policy has (facts-server 8)."""

from __future__ import annotations

import dataclasses
import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import Field, Request


@dataclasses.dataclass(frozen=True)
class Senders(Field):
    """A set of addresses and patterns. On the server each is an entry with a number; ``code`` is the name of their list."""

    code: str = ""

    type = "list"

    def details(self):
        return {"elements": "str"}

    def canonical(self, value):
        senders = {str(item).strip().lower() for item in value}
        for sender in senders:
            if not re.match(r"^(?=.*[a-z0-9])[a-z0-9@_.*-]{1,100}$", sender):
                raise ValueError(
                    "%r is not a sender that mailcow takes: use ASCII letters, digits, '@', '_', '.', '-' and '*', 100 at most" % sender
                )
        return sorted(senders)

    def parse(self, raw):
        # The list of a domain also shows the entries of its mailboxes.
        return {entry["value"]: entry["prefid"] for entry in raw[self.read] if entry["object"].lower() == raw["domain"]}

    def same(self, current, wanted):
        return set(current) == set(wanted)

    def reached(self, current, wanted):
        return dict.fromkeys(wanted)

    def edits(self, item, current, wanted, attempt):
        if attempt:
            return {}, []
        surplus = [number for sender, number in current.items() if sender not in wanted]
        requests = [Request("delete/domain-policy", surplus)] if surplus else []
        return {}, requests + [
            Request("add/domain-policy", {"domain": item, "object_list": self.code, "object_from": sender})
            for sender in wanted
            if sender not in current
        ]

    def show(self, value):
        return {self.option: sorted(value)}
