# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An alias domain: the mailboxes of another domain under a further name (facts-mailboxes 14)."""

from __future__ import annotations

from .._api.errors import InvalidValue
from .._engine.identity import ByName
from .._engine.kind import In, Kind, Situation, Write, shows
from .._engine.ways import Named
from .._fields.features import RateLimit, kept_key
from .._fields.mail import Domain, Selector
from .._fields.plain import Flag, NumberChoice
from ._places import DOMAIN_NAMES, itself, target_of


def _check(situation: Situation) -> None:
    target = situation.given.get("target_domain")
    if target == situation.identity:
        raise InvalidValue("target_domain", "an alias domain cannot be its own target")
    # get/domain of an alias domain returns its target.
    if situation.holder and target_of(situation.holder) != target:
        raise InvalidValue("target_domain", "%s is an alias domain itself; set its target %s" % (target, target_of(situation.holder)))
    # mailcow checks this only on add (facts-mailboxes 14).
    if situation.current is None and situation.holder and situation.holder["backupmx"] and not situation.holder_changes:
        raise InvalidValue("target_domain", "%s only relays mail (backupmx) and cannot have alias domains" % target)
    if ("dkim_selector" in situation.given) != ("dkim_key_size" in situation.given) and situation.current is None:
        raise InvalidValue("dkim_selector", "mailcow creates a DKIM key only if both dkim_selector and dkim_key_size are set")


ALIAS_DOMAIN = Kind(
    name="alias_domain",
    plural="alias_domains",
    title="alias domain",
    identity=ByName(Domain("alias_domain")),
    read=Named("alias-domain", all="alias-domain/all"),
    write=Write("alias-domain"),
    belongs=In("domain", itself, option="target_domain"),
    place="domain",
    check=_check,
    clashes=lambda identity, holder: [(DOMAIN_NAMES, identity)],
    cautions=kept_key,
    fields=(
        Domain("target_domain", required_on_create=True),
        Flag("active", default=True),
        RateLimit("rate_limit", via="rl-domain"),
        Selector("dkim_selector", read=None, on_edit=False),
        NumberChoice("dkim_key_size", read=None, write="key_size", on_edit=False, choices=(1024, 2048, 3072, 4096)),
    ),
    status=dict(shows("created", "modified"), target_is_backupmx=lambda raw: int(raw["parent_is_backupmx"]) == 1),
)
