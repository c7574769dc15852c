# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dns.rdata
import dns.rdatatype
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._dns.records import Record, character_strings, quoted, snippet, tags
from tests.unit.plugins.module_utils.nameserver import parsed


def record(kind: str, data: dict, fqdn: str = "x.a.example", zone: str = "a.example") -> Record:
    return Record("a.example", "mx", zone, fqdn, kind, 3600, data)


class TestStrings:
    @given(st.text(max_size=1200))
    def test_they_hold_255_bytes_at_most_and_make_the_text_again(self, text: str) -> None:
        strings = character_strings(text)
        assert "".join(strings) == text
        assert all(len(string.encode()) <= 255 for string in strings)

    @pytest.mark.parametrize(("size", "pieces"), [(0, [0]), (255, [255]), (256, [255, 1]), (736, [255, 255, 226])])
    def test_no_more_than_are_needed(self, size: int, pieces: list[int]) -> None:
        assert [len(string) for string in character_strings("x" * size)] == pieces

    @given(st.text(max_size=600))
    def test_what_is_quoted_is_read_again(self, text: str) -> None:
        rdata = dns.rdata.from_text("IN", "TXT", record("TXT", {"text": text}).rdata)
        assert b"".join(rdata.strings).decode() == text

    def test_quotes(self) -> None:
        assert quoted('a "b" \\ ;\n') == '"a \\"b\\" \\\\ ;\\010"'


class TestRecord:
    def test_names_are_absolute_in_a_zone_file_only(self) -> None:
        mx = record("MX", {"priority": 10, "target": "mail.example.com"})
        assert (mx.value, mx.rdata) == ("10 mail.example.com", "10 mail.example.com.")

    def test_the_root_has_its_dot(self) -> None:
        srv = record("SRV", {"priority": 0, "weight": 0, "port": 0, "target": "."})
        assert (srv.value, srv.rdata) == ("0 0 0 .", "0 0 0 .")

    def test_its_name_is_relative_to_the_zone(self) -> None:
        names = [record("TXT", {"text": ""}, fqdn, zone).name for fqdn, zone in (("a.b", "a.b"), ("x.a.b", "a.b"), ("y.x.a.b", "a.b"))]
        assert names == ["@", "x", "y.x"]

    def test_it_shows_the_parts_of_its_type(self) -> None:
        assert record("CNAME", {"target": "m.example"}).shown()["target"] == "m.example"
        shown = record("TXT", {"text": "x" * 300}).shown()
        assert [len(string) for string in shown["strings"]] == [255, 45]
        assert "text" not in shown


def test_a_snippet_is_read_by_others() -> None:
    records = [
        record("MX", {"priority": 10, "target": "m.example"}, "a.example"),
        record("TXT", {"text": 'a "quoted" \\ text; with blanks'}),
    ]
    assert parsed(snippet("a.example", records), "a.example") == {
        ("a.example.", "MX"): ["10 m.example."],
        ("x.a.example.", "TXT"): ['"a \\"quoted\\" \\\\ text; with blanks"'],
    }


def test_tags() -> None:
    assert tags(" V=DKIM1 ; k = rsa;; p=AB C=;") == {"v": "DKIM1", "k": "rsa", "p": "ABC="}
