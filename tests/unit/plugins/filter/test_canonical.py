# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses and domains as mailcow spells them."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.filter.canonical import canonical


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (" Jane@Größe.Example ", "jane@xn--grsse-kua.example"),
        ("jane@xn--grsse-kua.example", "jane@xn--grsse-kua.example"),
        ("@Café.example", "@xn--caf-dma.example"),
        ("Café.example", "xn--caf-dma.example"),
        ("Jürgen@a.example", "jürgen@a.example"),
        ("Jane Doe", "jane doe"),
        ("", ""),
    ],
)
def test_any_spelling(given: str, stored: str) -> None:
    assert canonical(given) == stored
