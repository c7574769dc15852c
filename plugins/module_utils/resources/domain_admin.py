# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A domain administrator (facts-server 6)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Choices, Flag, Password, Request
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Rename, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.domain_admin import PERMISSIONS, Domains, UserName


def _rename(current, new, options):
    return Request("edit/domain-admin", {"items": [current.item], "attr": {"username_new": new}}, current.item)


def _can_rename(old, new, current):
    if old.lower() == new:
        raise InvalidValue("rename_to", "mailcow cannot change the case of a name alone")


def _check(situation):
    if not situation.given.get("domains", True):
        raise InvalidValue("domains", "a domain administrator needs at least one domain; to take all away, delete the administrator")


DOMAIN_ADMIN = Resource(
    kind="domain_admin",
    plural="domain_admins",
    title="domain administrator",
    identity=UserName("username"),
    read=Read(one="domain-admin", all="domain-admin/all"),
    add=(Add("domain-admin"),),
    edit="domain-admin",
    delete="domain-admin",
    # A rename to the name of an administrator breaks off in the middle.
    rename=Rename(request=_rename, check=_can_rename, taken=(("admin", "administrator"),)),
    check=_check,
    fields=(
        Password("password", read=None, policy="update_password", required_on_create=True),
        Domains("domains", read="selected_domains", required_on_create=True, clearable=False),
        Flag("active", default=True),
        Flag("force_tfa", read="attributes.force_tfa", on_add=False, keep=True),
        Flag("force_pw_update", read="attributes.force_pw_update", on_add=False, keep=True),
        Choices("acl", read=None, write="da_acl", via="da-acl", on_add=False, choices=PERMISSIONS, policy="update_write_only"),
    ),
    status=dict(shows("created"), tfa_active=lambda raw: bool(raw["tfa_active"])),
)
