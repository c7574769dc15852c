# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the text of a CSV file to rows with the wanted columns. The headings determine where the table begins and what separates the cells;
rows above them are ignored.
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
# The number of rows above the headings, such as a title, a date, or "sep=;".
_MOST_ABOVE = 30
# Invisible characters: zero width space and joiners, word joiner, soft hyphen, byte order mark.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"))
_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Row:
    """A row: the line of the file in which it begins, and the cells of the wanted columns by their headings."""

    line: int
    cells: dict[str, str]


@dataclasses.dataclass
class Table:
    """The result. If no ``separator`` was found, there are no rows, and ``problems`` contains the reason."""

    separator: str = ""
    rows: list[Row] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)


def read_table(text: str, headings: Sequence[str], separator: str = "") -> Table:
    """Find the row with all the headings, and read what follows. If ``separator`` is empty, it is detected."""
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
    """Give a heading in a form for comparison, in which case, spaces and the encoding of accents do not matter."""
    return " ".join(clean(heading).casefold().split())


def clean(cell: str) -> str:
    """Give the visible text of a cell: without surrounding spaces, invisible characters, and ``="…"`` around it."""
    text = unicodedata.normalize("NFC", cell).translate(_INVISIBLE).strip()
    formula = _FORMULA.match(text)
    return " ".join((formula.group(1) if formula else text).split())


def _lenient(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows with their lines, up to the first invalid one."""
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
            # It is not known where the next row begins.
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
