# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values that only Fail2ban has (facts-server 16)."""

from __future__ import annotations

import dataclasses
import ipaddress

from ansible_collections.community.mailcow.plugins.module_utils._fields import Parts
from ansible_collections.community.mailcow.plugins.module_utils._names import domain_name


@dataclasses.dataclass(frozen=True)
class Networks(Parts):
    """A set of addresses and networks; ``names``: of host names too. mailcow drops what it does not like, and keeps the rest."""

    names: bool = False

    def canonical(self, value):
        return sorted({self._entry(str(item).strip()) for item in value if str(item).strip()})

    def from_server(self, value):
        return sorted(part for part in str(value).split("\n") if part)

    def _entry(self, text):
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            if self.names:
                return domain_name(text)
            raise ValueError("%r is neither an address nor a network" % text) from None
        if not self.names and network.prefixlen == 0 and network.version == 4:
            raise ValueError("%r would ban everybody" % text)
        return text.lower()
