# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._api.times import iso, moment

NOON = 1782907200  # 2026-07-01 12:00 in UTC


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (NOON, "2026-07-01T12:00:00Z"),
        (NOON + 0.9, "2026-07-01T12:00:00Z"),
        (0, "1970-01-01T00:00:00Z"),
        (None, None),
        (1e30, None),
        ("x", None),
    ],
)
def test_iso(seconds: object, text: str | None) -> None:
    assert iso(seconds) == text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0s", NOON),
        ("90s", NOON - 90),
        (" 15m ", NOON - 900),
        ("1d12h", NOON - 129600),
        ("2w", NOON - 1209600),
        ("2026-07-01T12:00:00Z", NOON),
        ("2026-07-01T12:00:00z", NOON),
        ("2026-07-01T14:00:00+02:00", NOON),
        ("2026-07-01 12:00", NOON),
        ("2026-07-01", NOON - 43200),
    ],
)
def test_moment(text: str, seconds: int) -> None:
    assert moment("since", text, NOON) == seconds


def test_no_moment_and_now() -> None:
    assert moment("since", None) is None
    assert moment("since", "1h") < moment("since", "0s")


@pytest.mark.parametrize("text", ["999999999999w", "99999999999h9d"])
def test_an_age_that_nothing_has(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^older_than: .* is more than a thousand years"):
        moment("older_than", text)


@pytest.mark.parametrize("text", ["9" * 5000 + "d", "\u0663d", "", "yesterday", "1", "1y", "-1h", "1h 2m", "2026-13-01", "12:00"])
def test_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"^older_than: .* is neither an age"):
        moment("older_than", text)
