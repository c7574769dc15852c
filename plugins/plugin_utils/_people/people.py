# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the rows of a list to people with addresses, and errors."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._api.names import address as mail_address
from .addresses import LETTERS, fill, placeholders
from .problem import Problem
from .table import Row, Table, read_table
from .text import decode, misread

# The columns of which a name consists.
NAMES = ("name", "first_name", "last_name")
_QUOTA = re.compile(r"^(\d+)(?:[.,](\d+))? ?(mib|mb|gib|gb|tib|tb|m|g|t)?$", re.IGNORECASE)
# A name does not begin with these. "-" is not among them, because it alone is an empty cell.
_FORMULA = ("=", "+", "@")
_MEBIBYTES = {"m": 1, "g": 1024, "t": 1024 * 1024}


@dataclasses.dataclass(frozen=True)
class Wish:
    """How to read the list; see the options of the lookup ``people``."""

    columns: Mapping[str, str]
    rule: str = ""
    addresses: Mapping[str, str] = dataclasses.field(default_factory=dict)
    letters: Mapping[str, str] = dataclasses.field(default_factory=dict)
    only: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    empty: Sequence[str] = ()
    encoding: str = ""
    separator: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError if the options contradict each other."""
        if not self.columns.keys() & {"address", *NAMES}:
            raise ValueError("columns: set the column of the names or the addresses, as in {last_name: Surname}")
        if not self.rule and "address" not in self.columns:
            raise ValueError("set a column of addresses (columns.address), a pattern of addresses, or both")
        unknown = [name for name in placeholders(self.rule) if name not in self.columns]
        if unknown:
            raise ValueError("the pattern of addresses contains {%s}, for which columns has no heading" % "}, {".join(unknown))
        if self.rule and "@" not in self.rule:
            raise ValueError("the pattern of addresses has no @: %s" % self.rule)
        if self.addresses and "id" not in self.columns:
            raise ValueError("addresses are set by the id of a person, but columns.id is not set")


class _Wrong(Exception):
    """An error in the current row: a key of `Wish.columns`, the problem and the remedy."""


def read_people(data: bytes, wish: Wish) -> dict[str, Any]:
    """Read a list. Gives ``people`` (each with ``line``, ``address``, ``name``, ``id``, and ``quota`` and ``tags`` if the list has
    them), ``problems``, the numbers of rows with people (``lines``) and of ``skipped`` rows, and the ``encoding`` and the ``separator``
    of the list.

    Raises ValueError if the file is not text in the encoding.
    """
    text, encoding = decode(data, wish.encoding)
    table = read_table(text, list(dict.fromkeys([*wish.columns.values(), *wish.only])), wish.separator)
    reader = _Reader(wish, table)
    people = reader.people()
    problems = sorted(table.problems + reader.problems, key=lambda problem: problem.line)
    return {
        "people": people,
        "problems": [problem.shown() for problem in problems],
        "lines": len({person["line"] for person in people} | {problem.line for problem in problems}),
        "skipped": reader.skipped,
        "encoding": encoding,
        "separator": table.separator,
    }


class _Reader:
    def __init__(self, wish: Wish, table: Table) -> None:
        self.wish = wish
        self.table = table
        self.skipped = 0
        self.problems: list[Problem] = []
        self.letters = dict(LETTERS, **{letter.lower(): text for letter, text in wish.letters.items()})
        self.empty = {text.casefold() for text in wish.empty}
        self.only = {heading: {value.casefold() for value in values} for heading, values in wish.only.items()}

    def people(self) -> list[dict[str, Any]]:
        found: dict[str, tuple[dict[str, Any], Row]] = {}
        for row in self.table.rows:
            if any(row.cells[heading].casefold() not in values for heading, values in self.only.items()):
                self.skipped += 1
                continue
            try:
                values = self._values(row)
                person = self._person(row, values)
            except _Wrong as wrong:
                self._note(row, *wrong.args)
                continue
            try:
                person.update(_mailbox(values))
            except _Wrong as wrong:
                # Continue, to report duplicates of the address in the same run.
                self._note(row, *wrong.args)
            first, twin = found.setdefault(person["address"].lower(), (person, row))
            if twin is not row:
                self._note(row, *self._twins(first, twin, person, row))
        return [person for person, _row in found.values()]

    def _note(self, row: Row, option: str, problem: str, remedy: str) -> None:
        heading = self.wish.columns.get(option, "")
        self.problems.append(Problem(row.line, heading, row.cells.get(heading, ""), problem, remedy))

    def _values(self, row: Row) -> dict[str, str]:
        """Give the values of the cells, by key of `Wish.columns`."""
        values = {}
        for option, heading in self.wish.columns.items():
            text = row.cells[heading]
            if "\ufffd" in text:
                raise _Wrong(option, "another program has lost a letter of it", "Type the letter again instead of \ufffd")
            meant = misread(text)
            if meant:
                remedy = "Export the list again as UTF-8 with byte order mark, or correct it"
                raise _Wrong(option, "it was read with a wrong encoding before; it was '%s'" % meant, remedy)
            if option in (*NAMES, "id") and text[:1] in _FORMULA:
                raise _Wrong(
                    option, "it starts like a formula", "Correct it, because the list of passwords will be opened in a spreadsheet"
                )
            values[option] = "" if text.casefold() in self.empty else text
        return values

    def _person(self, row: Row, values: Mapping[str, str]) -> dict[str, Any]:
        name = values.get("name") or " ".join(values[part] for part in ("first_name", "last_name") if values.get(part))
        return {"line": row.line, "id": values.get("id", ""), "name": name, "address": self._address(values)}

    def _address(self, values: Mapping[str, str]) -> str:
        given = self.wish.addresses.get(values.get("id", ""), "")
        if given:
            return self._valid(values, "id", given, "import_addresses sets the address %s" % given)
        if values.get("address"):
            return self._valid(values, "address", values["address"], "it is not a valid address for a mailbox")
        if not self.wish.rule:
            raise _Wrong("address", "the cell is empty", "Enter the address, or set a pattern in import_address")
        names = placeholders(self.wish.rule)
        for name in names:
            if not values[name]:
                raise _Wrong(name, "the cell is empty, and the pattern of addresses needs it", self._instead(values))
            try:
                fill("{%s}@" % name if name in self.wish.rule.partition("@")[0] else "@", values, self.letters)
            except ValueError as error:
                raise _Wrong(name, str(error), "Set their spelling in import_letters, or g%s" % self._instead(values)[1:]) from error
        made = fill(self.wish.rule, values, self.letters)
        return self._valid(values, names[0] if names else "address", made, "the pattern results in the address %s" % made)

    def _valid(self, values: Mapping[str, str], option: str, text: str, problem: str) -> str:
        try:
            found = mail_address(text)
        except ValueError as error:
            raise _Wrong(option, "%s: %s" % (problem, error), self._instead(values)) from error
        return found.lower()

    def _instead(self, values: Mapping[str, str]) -> str:
        """Give a sentence on how else to set the address of a person."""
        ways = []
        if "address" in self.wish.columns:
            ways.append("in the column %s" % self.wish.columns["address"])
        if values.get("id"):
            ways.append("in import_addresses, as {'%s': 'name@example.com'}" % values["id"])
        return "Give the person an address " + (" or ".join(ways) or "in a column (import_columns.address)")

    def _twins(self, first: Mapping[str, Any], twin: Row, second: Mapping[str, Any], row: Row) -> tuple[str, str, str]:
        if twin.cells == row.cells:
            return "", "it is identical to line %d" % twin.line, "Delete one of them"
        option = next((name for name in ("last_name", "name", "address") if name in self.wish.columns), "")
        if first["id"] and first["id"] == second["id"]:
            problem = "%s (%s) is also in line %d" % (second["name"], second["id"], twin.line)
            return "id", problem, "Keep the correct line"
        problem = "%s would get %s, which %s in line %d has" % (second["name"], second["address"], first["name"], twin.line)
        return option, problem, self._instead(second)


def _mailbox(values: Mapping[str, str]) -> dict[str, Any]:
    """Give the options of the mailbox that the list contains."""
    options: dict[str, Any] = {}
    if values.get("quota"):
        options["quota"] = _mebibytes(values["quota"])
    if values.get("tags"):
        options["tags"] = sorted({tag.strip() for tag in re.split("[,;]", values["tags"]) if tag.strip()})
    return options


def _mebibytes(text: str) -> int:
    match = _QUOTA.match(text)
    whole, part, unit = match.groups() if match else ("", "", "")
    # "2.048" is 2 GiB in one country and 2 MiB in another. Without a unit, only whole numbers are possible.
    if not whole or (part and not unit):
        raise _Wrong("quota", "it is not a mailbox size", "Write a whole number of MiB (2048), or a number with its unit (2 GB, 1.5 GB)")
    size = float("%s.%s" % (whole, part or 0)) * _MEBIBYTES[(unit or "m")[0].lower()]
    return round(size)
