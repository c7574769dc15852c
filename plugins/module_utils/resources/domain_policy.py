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
    both = sorted(set(situation.merged["allow"]) & set(situation.merged["block"]))
    if not both:
        return
    senders = ", ".join(both)
    if situation.given.keys() >= {"allow", "block"}:
        raise InvalidValue("allow", "%s cannot be both allowed and blocked" % senders)
    given, other = ("allow", "block") if "allow" in situation.given else ("block", "allow")
    raise InvalidValue(given, "%s stands in %s on the server; give both options to move it from one list to the other" % (senders, other))


DOMAIN_POLICY = Resource(
    kind="domain_policy",
    plural="domain_policies",
    title="antispam policy of",
    identity=Domain("domain"),
    read=Read(
        lists=("policy_wl_domain", "policy_bl_domain"),
        named_by=(("domain/all", "domain_name"), ("alias-domain/all", "alias_domain")),
    ),
    add=(),
    edit="domain-policy",
    delete=None,
    reset={"allow": [], "block": []},
    parent=("domain", lambda wanted: wanted.identity),
    check=_check,
    domain_of=lambda identity: identity,
    fields=(
        Senders("allow", read="policy_wl_domain", code="wl"),
        Senders("block", read="policy_bl_domain", code="bl"),
    ),
)
