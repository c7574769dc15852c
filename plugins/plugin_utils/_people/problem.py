# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a line of a list of people, so that whoever has the list open can put it right."""

from __future__ import annotations

import dataclasses
from typing import Any

# A cell can hold a whole letter when a quote is missing.
_MOST_SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Problem:
    """Where it is (``line`` as an editor counts them, ``column`` by its heading, empty for the whole line), what stands there, what is
    wrong about it, and what to do.
    """

    line: int
    column: str
    value: str
    problem: str
    remedy: str

    def shown(self) -> dict[str, Any]:
        """Give it as a dictionary, with all of it as one ``message``."""
        value = self.value if len(self.value) <= _MOST_SHOWN else self.value[: _MOST_SHOWN - 1] + "…"
        place = "line %d" % self.line + (", column %s" % self.column if self.column else "") + (", '%s'" % value if value else "")
        return dict(dataclasses.asdict(self), value=value, message="%s: %s. %s." % (place, self.problem, self.remedy))
