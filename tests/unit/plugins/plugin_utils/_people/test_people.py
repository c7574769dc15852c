# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils._people.people import Wish, read_people

COLUMNS = {"id": "Nr", "first_name": "First", "last_name": "Last", "address": "Mail", "quota": "Size", "tags": "Team"}
HEAD = "Nr;First;Last;Mail;Size;Team\n"


def read(lines: str, **wish: Any) -> dict[str, Any]:
    return read_people((HEAD + lines).encode(), Wish(**{"columns": COLUMNS, "rule": "{first_name}.{last_name}@a.example", **wish}))


def problem(lines: str, **wish: Any) -> str:
    (only,) = read(lines, **wish)["problems"]
    return str(only["message"])


def test_all_about_a_person() -> None:
    found = read("7;Änne;Adler;;2 GB;b, a\n8;Ben;Bauer;Boss@Größe.example;100;\n")
    assert found["people"] == [
        {"line": 2, "id": "7", "name": "Änne Adler", "address": "aenne.adler@a.example", "quota": 2048, "tags": ["a", "b"]},
        {"line": 3, "id": "8", "name": "Ben Bauer", "address": "boss@xn--grsse-kua.example", "quota": 100},
    ]
    assert found["lines"] == 2
    assert (found["problems"], found["skipped"], found["encoding"], found["separator"]) == ([], 0, "utf-8", ";")


def test_where_an_address_comes_from() -> None:
    lines = "1;A;B;own@a.example;;\n2;A;B;col@a.example;;\n3;A;B;;;\n"
    people = read(lines, addresses={"1": "hand@a.example"})["people"]
    assert [person["address"] for person in people] == ["hand@a.example", "col@a.example", "a.b@a.example"]


def test_rows_and_cells_that_do_not_count() -> None:
    found = read("1;A;B;N/A;-;x\n2;C;D;;;y\n", empty=["-", "n/a"], only={"Team": ["X"]})
    assert [person["address"] for person in found["people"]] == ["a.b@a.example"]
    assert "quota" not in found["people"][0]
    assert found["skipped"] == 1


def test_without_a_column_of_addresses_or_ids() -> None:
    wish = Wish(columns={"name": "Name"}, rule="{name}@a.example")
    first, second = "Anna Adler", "anna  adler"
    found = read_people(f"Name\n{first}\n{second}\n".encode(), wish)
    assert [person["address"] for person in found["people"]] == ["anna-adler@a.example"]
    assert "in a column (import_columns.address)" in found["problems"][0]["remedy"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("1;Anna;;;;", "line 2, column Last: the cell is empty, and the pattern of addresses needs it. Give the person an address "
            "in the column Mail or in import_addresses, as {'1': 'name@example.com'}."),
        ("1;Ив;B;;;", "line 2, column First, 'Ив': an address cannot have the letters в и. Set their spelling in"),
        ("1;A;B;a b@x.example;;", "line 2, column Mail, 'a b@x.example': it is not a valid address for a mailbox: "),
        ("1;A;B;;2.048;", "line 2, column Size, '2.048': it is not a mailbox size. Write a whole number of MiB"),
        ("1;A;B;;-5;", "line 2, column Size, '-5': it is not a mailbox size"),
        ("1;A;MÃ¼ller;;;", "line 2, column Last, 'MÃ¼ller': it was read with a wrong encoding before; it was 'Müller'. Export"),
        ("1;A;M\ufffdller;;;", "line 2, column Last, 'M\ufffdller': another program has lost a letter"),
        ("1;=A;B;;;", "line 2, column First, '=A': it starts like a formula"),
        ("1;A;B;;;\n1;A;B;;;", "line 3: it is identical to line 2. Delete one of them."),
        ("1;A;B;;;\n1;A;B;;5;", "line 3, column Nr, '1': A B (1) is also in line 2. Keep the correct line."),
        ("1;A;B;;;\n2;A;B;;;", "line 3, column Last, 'B': A B would get a.b@a.example, which A B in line 2 has. Give"),
        ("1;A;%s;;;" % ("b" * 70), "line 2, column First, 'A': the pattern results in the address a.bbb"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line(lines: str, message: str) -> None:
    assert problem(lines).startswith(message)


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    found = read("1;A;B;;;\n2;A;B;;1.5;\n")
    assert [(problem["line"], problem["column"]) for problem in found["problems"]] == [(3, "Size"), (3, "Last")]
    assert found["lines"] == 2


def test_an_address_of_the_users_that_is_none() -> None:
    assert "column Nr, '1': import_addresses sets the address x: " in problem("1;A;B;;;", addresses={"1": "x"})


def test_an_empty_cell_without_a_rule() -> None:
    assert problem("1;A;B;;;", rule="").endswith("Enter the address, or set a pattern in import_address.")


@pytest.mark.parametrize("size", ["1024", "1 GB", "1GiB", "1.0 g", "1,0 GB", "1024 MB"])
def test_sizes(size: str) -> None:
    assert read(f"1;A;B;;{size};")["people"][0]["quota"] == 1024


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"columns": {"id": "Nr"}}, "set the column of the names"),
        ({"columns": {"name": "Name"}}, "set a column of addresses"),
        ({"columns": {"name": "Name"}, "rule": "{first_name}@x.example"}, "contains {first_name}, for which"),
        ({"columns": {"name": "Name"}, "rule": "{name}"}, "has no @"),
        ({"columns": {"name": "Name"}, "rule": "{name}@x.example", "addresses": {"1": "x"}}, "columns.id is not set"),
    ],
)
def test_what_cannot_be_wished(wish: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Wish(**wish)
