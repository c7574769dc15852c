# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the text of a CSV file to rows with the columns that are wanted. The headings say where the table begins, and what separates the
cells: whatever an HR system or a spreadsheet writes above them is passed over.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from .problem import Problem

SEPARATORS = (";", ",", "\t", "|")
# Above the headings there may be a title, a date, a "sep=;".
_MOST_ABOVE = 30
# What stands in a cell without being seen: zero width space and joiners, soft hyphen, byte order mark.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"))
_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Row:
    """A row: the line of the file in which it begins, and the cells of the wanted columns by their headings."""

    line: int
    cells: dict[str, str]


@dataclasses.dataclass
class Table:
    """What was found. Without a ``separator`` there are no rows, and a problem that says why."""

    separator: str = ""
    rows: list[Row] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)


def read_table(text: str, headings: Sequence[str], separator: str = "") -> Table:
    """Find the row with all the headings, and read what follows. ``separator`` is looked for when it is empty."""
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return Table(
            problems=[
                Problem(line, "", "", "it contains a zero byte", "Export the list again as CSV, or set its encoding in import_encoding")
            ]
        )
    wanted = {_plain(heading): heading for heading in headings}
    best: tuple[int, str, int, list[str]] = (-1, "", 0, [])
    for candidate in [separator] if separator else SEPARATORS:
        for number, (line, cells) in enumerate(_lenient(text, candidate)):
            found = len(wanted.keys() & {_plain(cell) for cell in cells})
            if found > best[0]:
                best = (found, candidate, line, cells)
            if found == len(wanted) or number == _MOST_ABOVE:
                break
    found, candidate, line, cells = best
    if found < len(wanted):
        return Table(problems=_lacking(wanted, line, cells))
    table = Table(candidate)
    _read_rows(table, text, line, [wanted.get(_plain(cell), "") for cell in cells])
    return table


def _plain(heading: str) -> str:
    """Give a heading in the form in which equal ones are equal, whatever case, spaces and accents' spelling they have."""
    return " ".join(clean(heading).casefold().split())


def clean(cell: str) -> str:
    """Give what a person sees in a cell: without spaces around it, without what is invisible, and out of ``="…"``."""
    text = unicodedata.normalize("NFC", cell).translate(_INVISIBLE).strip()
    formula = _FORMULA.match(text)
    return " ".join((formula.group(1) if formula else text).split())


def _lenient(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows with their lines, as far as they can be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        return


def _lacking(wanted: dict[str, str], line: int, cells: list[str]) -> list[Problem]:
    there = {_plain(cell): clean(cell) for cell in cells if clean(cell)}
    problems = []
    for plain, heading in wanted.items():
        if plain not in there:
            like = [there[name] for name in difflib.get_close_matches(plain, list(there), 1)]
            remedy = "Did you mean '%s'? " % like[0] if like else ""
            remedy += "Use headings of the file in import_columns: %s" % ", ".join(there.values())
            problems.append(Problem(max(line, 1), heading, "", "there is no such column", remedy))
    return problems


def _read_rows(table: Table, text: str, header: int, columns: list[str]) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            # Where the next row begins nobody can tell any more.
            remedy = 'Double a quote inside a quoted cell ("Hans ""Hansi"" Maier"), and close each quoted cell'
            table.problems.append(
                Problem(line, "", "", "its quotes are not balanced (%s), so the rest of the file was not read" % error, remedy)
            )
            return
        if cells is None:
            return
        begins, line = line, reader.line_num + 1
        cells = [clean(cell) for cell in cells]
        if begins <= header or not any(cells):
            continue
        if any(cells[len(columns) :]):
            problem = "it has %d cells, but there are %d headings" % (len(cells), len(columns))
            remedy = "Put a cell that contains %r in quotes" % table.separator
            table.problems.append(Problem(begins, "", "", problem, remedy))
            continue
        cells += [""] * (len(columns) - len(cells))
        table.rows.append(Row(begins, {heading: cell for heading, cell in zip(columns, cells) if heading}))
