# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An error in a list of people, with what is needed to find and correct it in the file."""

from __future__ import annotations

import dataclasses
from typing import Any

# If a quote is missing, a cell can contain many lines.
_MOST_SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Problem:
    """``line``: as in an editor, from 1; ``column``: its heading, empty for the whole line; ``value``: that of the cell; ``problem`` and
    ``remedy``: the error and what to do, as sentences without a period.
    """

    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def shown(self) -> dict[str, Any]:
        """Give the fields, and all of them as one ``message``."""
        value = self.value if len(self.value) <= _MOST_SHOWN else self.value[: _MOST_SHOWN - 1] + "…"
        place = "line %d" % self.line + (", column %s" % self.column if self.column else "") + (", '%s'" % value if value else "")
        return dict(dataclasses.asdict(self), value=value, message="%s: %s. %s." % (place, self.problem, self.remedy))
