# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The password policy: the requirements for new passwords (facts-server 22)."""

from __future__ import annotations

from typing import Any

from .._engine.identity import OnlyOne
from .._engine.kind import Kind, Write
from .._engine.ways import TheOnly
from .._fields.plain import Flag, Number


class Rule(Flag):
    """Whether something is required of passwords. mailcow stores any number, but only 1 is on."""

    def from_server(self, value: Any) -> Any:
        return str(value) == "1"


PASSWORD_POLICY = Kind(
    name="password_policy",
    plural="password_policy",
    title="password policy",
    identity=OnlyOne(),
    read=TheOnly("passwordpolicy"),
    write=Write("passwordpolicy", adds=(), deletes=False),
    fields=(Number("length", least=3), *(Rule(name) for name in ("chars", "lowerupper", "numbers", "special_chars"))),
)
