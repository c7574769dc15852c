# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a temporary alias has (facts-mailboxes 13)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Domain, Field
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of

# mailcow's own, a year of hours.
_HOURS = 8760
_MOST_HOURS = 87600


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
        return {} if value is MISSING else {"permanent": value[0]}
