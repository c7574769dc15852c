# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only an alias has (facts-mailboxes 12)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Address, Field
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_name

# What the API shows for the three ways to discard, by the option that asks for them.
DISCARDING = {"goto_null": "null@localhost", "goto_spam": "spam@localhost", "goto_ham": "ham@localhost"}
DISCARDED = {target: option for option, target in DISCARDING.items()}


class AliasAddress(Address):
    """The address of an alias; ``@example.com`` is the catch-all of a domain."""

    def canonical(self, value):
        text = str(value).strip()
        return "@" + domain_name(text[1:]) if text.startswith("@") else address(text)


class Goto(Field):
    """Where mail goes: a set of addresses, or one of the three ways to discard it, each with an option of its own."""

    type = "list"

    def argument_spec(self):
        return dict({option: {"type": "bool"} for option in DISCARDING}, goto={"type": "list", "elements": "str"})

    def given(self, params):
        ways = [option for option in DISCARDING if params.get(option)]
        if len(ways) > 1 or (ways and params.get("goto")):
            raise InvalidValue("goto", "give either goto or one of goto_null, goto_spam and goto_ham, not several of them")
        if ways:
            return [DISCARDING[ways[0]]]
        if params.get("goto") == []:
            raise InvalidValue("goto", "an alias needs at least one destination, or one of goto_null, goto_spam and goto_ham")
        return super().given(params)

    def canonical(self, value):
        targets = {}
        for item in value:
            target = str(item).strip().lower()
            target = target if target in DISCARDED else address(item)
            targets.setdefault(target.lower(), target)
        return list(targets.values())

    def from_server(self, value):
        return [target for target in str(value).split(",") if target]

    def same(self, current, wanted):
        return {target.lower() for target in current} == {target.lower() for target in wanted}

    def body(self, value):
        option = DISCARDED.get(value[0]) if value else None
        return {option: 1} if option else {"goto": ",".join(value)}

    def kept(self, value, attributes):
        # A discarding alias can only be edited when its way is sent again (facts-mailboxes 12.4).
        discards = value and value[0] in DISCARDED
        return self.body(value) if discards and not attributes.keys() & {"goto", *DISCARDING} else {}

    def show(self, value):
        if value is MISSING:
            return {}
        option = DISCARDED.get(value[0]) if value else None
        return {"goto": [], option: True} if option else {"goto": list(value)}
