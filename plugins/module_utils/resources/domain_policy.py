# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The antispam policy of a domain: who is always let through, and who never (facts-server 8)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Domain
from ansible_collections.community.mailcow.plugins.module_utils._resource import Read, Resource
from ansible_collections.community.mailcow.plugins.module_utils.values.domain_policy import Senders


def _check(situation):
    both = set(situation.given.get("allow", ())) & set(situation.given.get("block", ()))
    if both:
        raise InvalidValue("allow", "%s cannot be both allowed and blocked" % ", ".join(sorted(both)))


DOMAIN_POLICY = Resource(
    kind="domain_policy",
    plural="domain_policies",
    title="antispam policy of",
    identity=Domain("domain", read="domain_name"),
    # A policy is there whenever its domain is.
    read=Read(one="domain", all="domain/all"),
    add=(),
    edit="domain-policy",
    delete=None,
    reset={"allow": [], "block": []},
    check=_check,
    domain_of=lambda identity: identity,
    fields=(
        Senders("allow", code="wl", source=("policy_wl_domain",)),
        Senders("block", code="bl", source=("policy_bl_domain",)),
    ),
)
