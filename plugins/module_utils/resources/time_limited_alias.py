# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A temporary alias: a random address of a mailbox that ends by itself (facts-mailboxes 13)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._fields import Text
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.mailbox import domain_of_owner, owner_of
from ansible_collections.community.mailcow.plugins.module_utils.values.time_limited_alias import (
    Lifetime,
    OwnDomain,
    Owner,
    RandomAddress,
    check_unchangeable,
)

_USERNAME = Owner("username", read="goto", on_edit=False, required_on_create=True)
_DOMAIN = OwnDomain("domain", read="address", on_edit=False)
_DESCRIPTION = Text("description", on_edit=False, required_on_create=True)

TIME_LIMITED_ALIAS = Resource(
    kind="time_limited_alias",
    plural="time_limited_aliases",
    title="temporary alias",
    identity=RandomAddress(
        "address",
        parts=(_USERNAME, _DOMAIN, _DESCRIPTION),
        lacking={"domain": lambda values: domain_of(values["username"])},
        place="username",
        type="str",
    ),
    item="address",
    read=Read(scoped="time_limited_aliases", per_mailbox=True),
    add=(Add("time_limited_alias"),),
    edit="time_limited_alias",
    delete="time_limited_alias",
    parent=("mailbox", owner_of),
    domain_of=domain_of_owner,
    check=check_unchangeable,
    fields=(_USERNAME, _DOMAIN, _DESCRIPTION, Lifetime("permanent", policy="update_write_only")),
    status=dict(shows("address", "created", "modified"), expires=lambda raw: None if int(raw["permanent"]) else int(raw["validity"])),
)
