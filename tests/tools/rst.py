# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tables in reStructuredText, for the generated parts of guides."""

from __future__ import annotations

from collections.abc import Sequence

# A first cell with nothing in it would be taken for more of the row above.
EMPTY = "\\ "


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A simple table, a line for each row, with the blank lines that it needs around it. No cell has a line break."""
    lines = [[row[0] or EMPTY, *row[1:]] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = "  ".join("=" * width for width in widths)
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines]
    return ["", rule, texts[0], rule, *texts[1:], rule, ""]
