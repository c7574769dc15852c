# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A TLS policy map: how mail to a destination is encrypted (facts-server 15)."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Choice, Flag, Parts
from ansible_collections.community.mailcow.plugins.module_utils._identity import Compound
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.maps import Destination

_DEST = Destination("dest", required_on_create=True)
_POLICIES = ("none", "may", "encrypt", "dane", "dane-only", "fingerprint", "verify", "secure")


def _check(situation):
    if situation.current is None and situation.identity.startswith("."):
        raise InvalidValue("dest", "mailcow does not create a policy for %s, with a dot in front" % situation.identity)
    for parameter in situation.given.get("parameters", ()):
        name, equals, value = parameter.partition("=")
        if not (name and equals and value) or " " in parameter:
            raise InvalidValue("parameters", "%r is not of the form name=value" % parameter)


TLS_POLICY_MAP = Resource(
    kind="tls_policy_map",
    plural="tls_policy_maps",
    title="TLS policy map",
    identity=Compound("id", parts=(_DEST,)),
    item="id",
    read=Read(all="tls-policy-map/all"),
    add=(Add("tls-policy-map"),),
    edit="tls-policy-map",
    delete="tls-policy-map",
    check=_check,
    fields=(
        _DEST,
        Choice("policy", choices=_POLICIES, required_on_create=True),
        Parts("parameters", separator=" ", separators=" +"),
        Flag("active", default=True),
    ),
    status=shows("id", "created", "modified"),
)
