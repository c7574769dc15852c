# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The progress of something that may take long, as text."""

from __future__ import annotations

import time
from threading import Lock
from typing import Callable

# Accepts a sentence about the progress, and decides whether to display it.
Tell = Callable[[str], None]


class Stage:
    """One stage of a task with ``total`` equal steps. ``form``: a sentence with a %s for "7 of 100"; ``tell`` is called after each
    step, from any thread.
    """

    def __init__(self, tell: Tell, form: str, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._form, self._total, self._clock = tell, form, total, clock
        self._start = clock()
        self._done = 0
        self._lock = Lock()

    def add(self, number: int = 1) -> None:
        """Add the number of completed steps."""
        # What is told last is what is true: no thread tells of fewer steps after another one.
        with self._lock:
            self._done += number
            left = self._total - self._done
            seconds = (self._clock() - self._start) / max(self._done, 1) * left
            rest = ", about %s left" % duration(seconds) if left > 0 else ""
            self._tell(self._form % f"{self._done:,} of {self._total:,}" + rest)


def duration(seconds: float) -> str:
    """Give a duration as text, with the precision of an estimate."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return "%d %ss" % (round(seconds / size), unit)
    return "%d seconds" % max(round(seconds), 1) if round(seconds) > 1 else "a second"
