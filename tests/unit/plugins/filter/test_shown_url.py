# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""URLs that may be seen."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.filter.shown_url import shown_url


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://mail.example.com", "https://mail.example.com"),
        (" https://jane:secret@mail.example.com:8443/mailcow/?key=secret#secret ", "https://mail.example.com:8443/mailcow"),
        ("jane:secret@mail.example.com", "mail.example.com"),
        ("https://jane:sec@r?e#t/x@mail.example.com", "https://mail.example.com"),
        ("", ""),
    ],
)
def test_no_secret_stays(given: str, shown: str) -> None:
    assert shown_url(given) == shown
