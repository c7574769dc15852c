# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils._people.table import Row, Table, clean, read_table

HEADINGS = ["Vorname", "Nachname"]


def rows(table: Table) -> list[tuple[int, list[str]]]:
    assert not table.problems
    return [(row.line, list(row.cells.values())) for row in table.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_with_which_the_headings_are_found(separator: str) -> None:
    table = read_table("Vorname;Nachname\nAnna;Adler\n".replace(";", separator), HEADINGS)
    assert table.separator == separator
    assert table.rows == [Row(2, {"Vorname": "Anna", "Nachname": "Adler"})]


def test_a_separator_that_is_given() -> None:
    assert rows(read_table("Vorname#Nachname\nAnna#Adler", HEADINGS, "#")) == [(2, ["Anna", "Adler"])]


def test_what_stands_above_and_between() -> None:
    text = 'sep=;\r\n"Liste; vom 1.\r\nNovember"\r\n\r\nNr; NACHNAME ;vor\u00adname\r\n;;\r\n1;Adler;Anna\r\n\r\n2;Bauer\r\n'
    assert rows(read_table(text, HEADINGS)) == [(7, ["Adler", "Anna"]), (9, ["Bauer", ""])]


def test_lines_are_those_of_an_editor() -> None:
    text = 'Vorname,Nachname,Adresse\nAnna,Adler,"Am Weg 1\n12345 Dorf"\n"Ben ""B""",Bauer,\n'
    assert rows(read_table(text, HEADINGS)) == [(2, ["Anna", "Adler"]), (4, ['Ben "B"', "Bauer"])]


def test_lines_of_an_old_mac() -> None:
    assert rows(read_table("Vorname;Nachname\rAnna;Adler\r", HEADINGS)) == [(2, ["Anna", "Adler"])]


def test_a_column_that_is_not_there() -> None:
    (problem,) = read_table("Titel\nVornamen;Nachname;Ort\nAnna;Adler;X", HEADINGS).problems
    assert (problem.line, problem.column) == (2, "Vorname")
    assert problem.remedy.startswith("Did you mean 'Vornamen'?")
    assert problem.remedy.endswith("Vornamen, Nachname, Ort")


def test_an_empty_file() -> None:
    assert [problem.line for problem in read_table("", HEADINGS).problems] == [1, 1]


def test_more_cells_than_headings() -> None:
    table = read_table("Vorname;Nachname\nAnna;Adler;;\nBen;Bauer;;x\nCora;Clar\n", HEADINGS)
    assert [row.line for row in table.rows] == [2, 4]
    assert [(problem.line, problem.problem) for problem in table.problems] == [(3, "it has 4 cells, but there are 2 headings")]


def test_quotes_that_do_not_fit() -> None:
    table = read_table('Vorname;Nachname\nAnna;Adler\n"Ben "B"";Bauer\n"Cora;Clar\n', HEADINGS)
    assert [row.line for row in table.rows] == [2]
    assert [problem.line for problem in table.problems] == [3]


def test_a_zero_byte() -> None:
    (problem,) = read_table("Vorname;Nachname\nA\0;B", HEADINGS).problems
    assert problem.line == 2


@pytest.mark.parametrize(
    ("cell", "seen"),
    [("\xa0Anna\u200b  Maria ", "Anna Maria"), ('="00123"', "00123"), ("Zoe\u0308", "Zoë"), ("=1+1", "=1+1"), ("a\nb", "a b")],
)
def test_what_a_person_sees_in_a_cell(cell: str, seen: str) -> None:
    assert clean(cell) == seen
