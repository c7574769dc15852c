# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.plugin_utils._people.addresses import LETTERS, fill, placeholders, spell


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Jörg-Peter", "joerg-peter"),
        ("ẞtrauß", "sstrauss"),
        ("O\u2019Neill", "oneill"),
        ("von der  Leyen", "von-der-leyen"),
        ("Łukasz Ødegård", "lukasz-oedegaard"),
        ("Zoe\u0308 Peña", "zoe-pena"),
        ("Yıldız İnan", "yildiz-inan"),
        ("Dr. Who (jr.)", "dr-who-jr"),
    ],
)
def test_names_in_letters_of_an_address(name: str, spelled: str) -> None:
    assert spell(name, LETTERS) == spelled


@given(st.text("aäßÉłøñŽÿþİ -'\u2019.", max_size=12))
def test_every_latin_name_has_a_spelling(name: str) -> None:
    spelled = spell(name, LETTERS)
    assert spelled == spell(spelled, LETTERS)
    assert not set(spelled) - set("abcdefghijklmnopqrstuvwxyz-")


def test_letters_of_another_country() -> None:
    assert spell("Mäki", {**LETTERS, "ä": "a"}) == "maki"


def test_a_rule() -> None:
    values = {"first": "Änne", "last": "von Adler", "site": "Größe.example"}
    assert fill("{first:1}.{last}@{site}", values, LETTERS) == "a.von-adler@größe.example"
    assert placeholders("{first:1}.{last}@{site}") == ["first", "last", "site"]


@pytest.mark.parametrize("rule", ["{first", "{first.upper}@x", "{}@x", "{first!r}@x"])
def test_no_rule(rule: str) -> None:
    with pytest.raises(ValueError, match="braces"):
        placeholders(rule)
