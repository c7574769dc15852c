# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from urllib.parse import unquote, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._api import names


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("example.com", "example.com"),
        ("  EXAMPLE.Com\t", "example.com"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        # UTS46 transitional: ß is ss (facts-mailboxes 0.4).
        ("größe.example", "xn--grsse-kua.example"),
        ("straße.example", "strasse.example"),
        ("localdomain", "localdomain"),
        ("a-b.1.example", "a-b.1.example"),
    ],
)
def test_domain_name(written: str, stored: str) -> None:
    assert names.domain_name(written) == stored
    assert names.domain_name(stored) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "a..b",
        "-a.example",
        "a-.example",
        "under_score.example",
        "a b.example",
        "a/b",
        "a@b.example",
        "x" * 64 + ".example",
        "ü" * 64 + ".example",
        "ü..example",
    ],
)
def test_no_domain_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a domain name"):
        names.domain_name(text)


def test_a_name_is_at_most_253_characters_long() -> None:
    longest = ".".join(["a" * 49] * 5) + ".xyz"
    assert len(longest) == 253
    assert names.domain_name(longest) == longest
    with pytest.raises(ValueError, match="is not a domain name"):
        names.domain_name("b" + longest)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("user@example.com", "user@example.com"),
        (" User@EXAMPLE.com ", "User@example.com"),
        ("info@größe.example", "info@xn--grsse-kua.example"),
        ("a+b&c%d#e?f/g@example.com", "a+b&c%d#e?f/g@example.com"),
        ("first.last@example.com", "first.last@example.com"),
        ("x" * 64 + "@example.com", "x" * 64 + "@example.com"),
    ],
)
def test_address(written: str, stored: str) -> None:
    assert names.address(written) == stored
    assert names.address(stored) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "user",
        "@example.com",
        "user@",
        "a b@example.com",
        "jörg@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a@123.45",
        "a@example.1com",
        "a@192.0.2.1",
    ],
)
def test_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not (an|a valid) e-mail address|is not a domain name"):
        names.address(text)


@pytest.mark.parametrize("text", ["a@example.com b@example.com", "a@example.com; b@example.com", "a@b@example.com"])
def test_several_addresses_want_a_list(text: str) -> None:
    with pytest.raises(ValueError, match=r"more than one e-mail address; .* take a list"):
        names.address(text)


def test_a_local_part_is_at_most_64_characters_long() -> None:
    with pytest.raises(ValueError, match="65 characters before the @ are too many; the maximum is 64"):
        names.address("x" * 65 + "@example.com")


def test_the_parts_of_an_address() -> None:
    assert names.split_address("a/b@example.com") == ("a/b", "example.com")
    assert names.split_address("@example.com") == ("", "example.com")


@given(st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1))
def test_a_segment_arrives_as_it_was(value: str) -> None:
    """The web server decodes a path once, PHP once more, where a + is a blank (facts-mailboxes 0.1)."""
    encoded = names.segment(value)
    assert unquote_plus(unquote(encoded)) == value
    assert not set("/?#+& ") & set(encoded)


@pytest.mark.parametrize(("one", "other"), [("Gold", "gold"), ("Café", "cafe"), (" red ", "red"), ("ÄÖÜ", "aou"), ("straße", "STRASSE")])
def test_texts_that_the_database_takes_for_equal(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other)


def test_texts_that_differ() -> None:
    assert len({names.fold(text) for text in ("red", "reds", "r ed", "")}) == 4
