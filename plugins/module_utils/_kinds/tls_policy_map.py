# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A TLS policy map: how mail to a destination is encrypted (facts-server 15)."""

from __future__ import annotations

import re
from typing import Any

from .._api.errors import InvalidValue
from .._api.names import address
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.mail import refuse_wildcards
from .._fields.plain import Choice, Flag, Parts
from .._fields.servers import AsWritten, host


class Destination(AsWritten):
    """A destination of mail: a domain, a host with or without brackets and port, or an address. mailcow converts it to lower case."""

    def canonical(self, value: Any) -> Any:
        text = str(value).strip().lower()
        if not text or text in (".", "*", "@") or re.search(r"\s", text):
            raise ValueError("%r is not a destination" % value)
        return address(text).lower() if "@" in text else host(text)


_DEST = Destination("dest", required_on_create=True)
_POLICIES = ("none", "may", "encrypt", "dane", "dane-only", "fingerprint", "verify", "secure")


def _check(situation: Situation) -> None:
    if situation.current is None and situation.identity.startswith("."):
        raise InvalidValue(
            "dest",
            "mailcow does not create a policy for %s, with a leading dot; create one for another destination, and change its "
            "dest with id, as in the examples of community.mailcow.mailcow_tls_policy_map" % situation.identity,
        )
    refuse_wildcards("dest", [situation.given.get("dest", "")], [situation.current["dest"]] if situation.current else [])
    for parameter in situation.given.get("parameters", ()):
        name, equals, value = parameter.partition("=")
        if not (name and equals and value) or " " in parameter:
            raise InvalidValue("parameters", "%r is not of the form name=value" % parameter)


TLS_POLICY_MAP = Kind(
    name="tls_policy_map",
    plural="tls_policy_maps",
    title="TLS policy map",
    identity=ByParts("id", parts=(_DEST,)),
    read=Table("tls-policy-map/all"),
    write=Write("tls-policy-map"),
    check=_check,
    fields=(
        _DEST,
        Choice("policy", choices=_POLICIES, required_on_create=True),
        Parts("parameters", separator=" ", separators=" +"),
        Flag("active", default=True),
    ),
    status=shows("id", "created", "modified"),
)
