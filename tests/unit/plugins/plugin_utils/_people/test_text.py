# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils._people.text import decode, misread

LIST = "Vorname;Straße\r\nJörg;Ünterweg\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252"])
def test_what_a_file_is_in_is_found_out(encoding: str) -> None:
    assert decode(LIST.encode(encoding)) == (LIST, encoding)


def test_no_umlauts_are_utf8() -> None:
    assert decode(b"a;b") == ("a;b", "utf-8")


def test_what_cannot_be_found_out_is_said() -> None:
    assert decode(LIST.encode("cp850"), "cp850") == (LIST, "cp850")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [(b"\xff", "utf-8", "not in the encoding utf-8"), (b"a", "latin-8000", "no encoding latin-8000"), (b"\x81", "", "windows-1252")],
)
def test_what_cannot_be_read(data: bytes, encoding: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        decode(data, encoding)


@pytest.mark.parametrize(("text", "meant"), [("JÃ¼rgen", "Jürgen"), ("Jürgen", ""), ("Ann", ""), ("Łukasz", ""), ("â€™", "\u2019")])
def test_what_was_read_wrongly_before(text: str, meant: str) -> None:
    assert misread(text) == meant
