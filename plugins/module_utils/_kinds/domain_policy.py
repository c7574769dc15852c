# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The antispam policy of a domain: its allow list and block list of senders (facts-server 8)."""

from __future__ import annotations

from .._engine.identity import ByName
from .._engine.kind import In, Kind, Write
from .._engine.ways import ListsOfPlace
from .._fields.mail import Domain
from .._fields.senders import Senders, refuse_both
from ._places import EVERY_DOMAIN, itself

DOMAIN_POLICY = Kind(
    name="domain_policy",
    plural="domain_policies",
    title="antispam policy of",
    identity=ByName(Domain("domain")),
    read=ListsOfPlace(EVERY_DOMAIN, ("policy_wl_domain", "policy_bl_domain")),
    write=Write("domain-policy", adds=(), deletes=False),
    reset={"allow": [], "block": []},
    belongs=In("domain", itself),
    check=lambda situation: refuse_both(situation.given, situation.merged),
    fields=(
        Senders("allow", read="policy_wl_domain", write="wl", route="domain-policy", owner="domain"),
        Senders("block", read="policy_bl_domain", write="bl", route="domain-policy", owner="domain"),
    ),
)
