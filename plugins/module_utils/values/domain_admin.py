# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only a domain administrator has (facts-server 6)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Field
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_name

# What a domain administrator may do.
PERMISSIONS = (
    "syncjobs",
    "quarantine",
    "login_as",
    "sogo_access",
    "app_passwds",
    "bcc_maps",
    "pushover",
    "filters",
    "ratelimit",
    "spam_policy",
    "extend_sender_acl",
    "unlimited_quota",
    "protocol_access",
    "smtp_ip_access",
    "alias_domains",
    "mailbox_relayhost",
    "domain_relayhost",
    "domain_desc",
)


class UserName(Field):
    """The name of an administrator, which mailcow lowers on add and compares exactly later."""

    def canonical(self, value):
        name = str(value).strip().lower()
        if not re.match(r"^[a-z0-9_.-]+$", name):
            raise ValueError("%r is not a user name: use letters, digits, '_', '.' and '-'" % value)
        return name

    def from_server(self, value):
        return str(value)


class Domains(Field):
    """A set of domains."""

    type = "list"
    # mailcow leaves the key out when there are none.
    absent = ()

    def details(self):
        return {"elements": "str"}

    def canonical(self, value):
        return sorted({domain_name(item) for item in value})

    def from_server(self, value):
        return sorted(name.lower() for name in value)

    def resolve(self, wanted, current, identity, reader):
        # mailcow says success when it creates one without any domain that exists, and leaves half of one behind.
        new = [name for name in wanted if not current or name not in current]
        for name, answer in zip(new, reader.each(lambda name: reader.get("domain", name), new)):
            # In check mode an earlier task would have made it.
            if answer is None and not reader.check_mode:
                raise InvalidValue(
                    self.option, "the domain %s does not exist in mailcow; create it first, with community.mailcow.mailcow_domain" % name
                )
            if answer and answer["domain_name"] != name:
                raise InvalidValue(self.option, "%s is an alias domain of %s; give that one" % (name, answer["domain_name"]))
        return wanted

    def is_empty(self, value):
        return not value
