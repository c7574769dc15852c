# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailcow allows for a mailbox (facts-mailboxes 1)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import MIB, Request
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_of, split_address


def check(situation):
    """Raise InvalidValue for what mailcow would refuse, or accept and ignore (see `_resource.Resource.check`)."""
    given, merged = situation.given, situation.merged
    authsource = merged.get("authsource", "mailcow")
    if given.get("force_pw_update") and authsource != "mailcow":
        raise InvalidValue("force_pw_update", "mailcow ignores this for authsource %s, where it does not keep the password" % authsource)
    if given.get("force_tfa") and authsource == "generic-oidc":
        raise InvalidValue("force_tfa", "mailcow ignores this for authsource %s" % authsource)
    if situation.current is None:
        if authsource == "mailcow" and "password" not in given:
            raise InvalidValue("password", "a mailbox with authsource mailcow needs a password to be created")
        if situation.parent:
            _check_parent(situation)
    elif situation.firm and given.get("quota", situation.current["quota"]) != situation.current["quota"]:
        _check_quota(given["quota"], situation.raw.get("max_new_quota"))


def _check_parent(situation):
    domain, parent = domain_of(situation.identity), situation.parent
    if parent["domain_name"] != domain:
        raise InvalidValue("address", "%s is an alias domain of %s; a mailbox belongs into a mail domain" % (domain, parent["domain_name"]))
    if not situation.parent_changes:
        _check_quota(situation.given.get("quota", 0), parent["max_quota_for_mbox"])
    if not situation.firm:
        return
    if int(parent["mboxes_left"]) <= 0:
        raise InvalidValue(
            "address", "the domain %s has reached its number of mailboxes; raise the option mailboxes of the domain" % domain
        )
    _check_quota(situation.given.get("quota", 0), int(parent["max_quota_for_domain"]) - int(parent["quota_used_in_domain"]))


def _check_quota(quota, most):
    if most is not None and quota * MIB > int(most):
        raise InvalidValue(
            "quota",
            "%s MiB is more than the domain allows this mailbox, which is %s MiB; raise maxquota or quota of the domain"
            % (quota, int(most) // MIB),
        )


def rename(current, new, options):
    """Give the request that renames a mailbox (see `_resource.Rename`)."""
    attributes = {
        "domain": current.raw["domain"],
        "old_local_part": current.raw["local_part"],
        "new_local_part": split_address(new)[0],
        "create_alias": int(options["rename_keeps_alias"]),
    }
    return Request("edit/rename-mbox", {"items": [current.item], "attr": attributes}, current.item)


def can_rename(old, new, current):
    """Raise InvalidValue when mailcow would not rename the mailbox (facts-mailboxes 1.9)."""
    if domain_of(old) != domain_of(new):
        raise InvalidValue(
            "rename_to", "mailcow cannot move a mailbox to another domain (from %s to %s)" % (domain_of(old), domain_of(new))
        )
    if current.values["active"] == 0:
        raise InvalidValue("rename_to", "mailcow renames only active mailboxes; set active to true first")
