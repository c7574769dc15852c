# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a temporary alias has (facts-mailboxes 13)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Domain, Field
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_of
from ansible_collections.community.mailcow.plugins.module_utils.values.mailbox import MailboxName

# mailcow's own, a year of hours.
_HOURS = 8760
_MOST_HOURS = 87600


class RandomAddress(Compound):
    """What a temporary alias is known by: the mailbox, the domain and the description, or the address that mailcow chose."""

    def given(self, params):
        own = params.get(self.option)
        if own is not None:
            try:
                params = dict(params, **{self.option: address(own).lower()})
            except ValueError as error:
                raise InvalidValue(self.option, str(error)) from error
        return super().given(params)


class Owner(MailboxName):
    """The mailbox, in whose own domain the random address is, unless another is given."""

    def body(self, value):
        return dict(super().body(value), domain=domain_of(value))


class OwnDomain(Domain):
    """The domain of a random address."""

    def from_server(self, value):
        return domain_of(str(value)).lower()


class Lifetime(Field):
    """How long a temporary alias lasts: for ever, or for some hours from when it is written. The hours cannot be read back."""

    def argument_spec(self):
        return {"permanent": {"type": "bool"}, "validity": {"type": "int"}}

    def given(self, params):
        permanent, hours = params.get("permanent"), params.get("validity")
        if permanent and hours is not None:
            raise InvalidValue("validity", "a permanent alias has no end")
        if hours is not None and not 1 <= hours <= _MOST_HOURS:
            raise InvalidValue("validity", "%s is not between 1 and %s hours" % (hours, _MOST_HOURS))
        return MISSING if (permanent, hours) == (None, None) else (bool(permanent), hours)

    def from_server(self, value):
        return str(value) == "1", None

    def same(self, current, wanted):
        return current[0] == wanted[0]

    def worth_writing(self, value):
        return value[1] is not None

    def body(self, value):
        permanent, hours = value
        return {"permanent": 1} if permanent else {"validity": hours or _HOURS}

    def show(self, value):
        if value is MISSING:
            return {}
        permanent, hours = value
        return {"permanent": permanent} if hours is None else {"permanent": permanent, "validity": hours}


def check_unchangeable(situation):
    """Raise InvalidValue when what mailcow cannot change is to become something else."""
    for option in ("domain", "description"):
        there = situation.current.get(option) if situation.current else None
        if there is not None and situation.given.get(option, there).lower() != there.lower():
            raise InvalidValue(option, "it is %r, which mailcow cannot change; delete the temporary alias and create another" % there)
