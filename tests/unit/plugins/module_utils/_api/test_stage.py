# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far something is, in words."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.stage import Stage, duration


def test_it_tells_what_is_done_and_how_long_the_rest_may_take() -> None:
    now, told = [0.0], []
    stage = Stage(told.append, "mailboxes: %s written", 10000, lambda: now[0])
    now[0] = 60
    stage.add(1200)
    now[0] = 61
    stage.add(8799)
    stage.add()
    assert told == [
        "mailboxes: 1,200 of 10,000 written, about 7 minutes left",
        "mailboxes: 9,999 of 10,000 written, about a second left",
        "mailboxes: 10,000 of 10,000 written",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "a second"),
        (1.4, "a second"),
        (2.2, "2 seconds"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (5399, "90 minutes"),
        (5400, "2 hours"),
    ],
)
def test_a_time_in_words(seconds: float, text: str) -> None:
    assert duration(seconds) == text
