# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Displays the progress of a task at the terminal, and what was done when it is interrupted."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from ansible import constants as C
from ansible.utils.display import Display

_DISPLAY = Display()
# Seconds before the first line, and between two of them.
_FIRST, _NEXT = 3.0, 5.0
# Callbacks whose output is read by programs. AWX has a terminal nevertheless.
_MACHINES = ("awx_display", "json", "jsonl")


def _terminal() -> int | None:
    """Give the terminal of Ansible, None if there is none. It is available only before Ansible forks: workers are disconnected from
    it.
    """
    try:
        return os.dup(sys.stdout.fileno()) if sys.stdout.isatty() else None
    except (AttributeError, OSError, ValueError):
        return None


_TERMINAL = _terminal()


def is_watched() -> bool:
    """Whether a person watches a terminal."""
    return _TERMINAL is not None and C.DEFAULT_STDOUT_CALLBACK.rpartition(".")[2] not in _MACHINES


class Progress:
    """The progress of a task on a ``host``. ``shown``: whether it is displayed."""

    def __init__(self, host: str, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._host, self._shown, self._clock = host, shown, clock
        self._next = clock() + _FIRST
        self._last = ""

    def __call__(self, text: str) -> None:
        """Report progress. It is displayed if the last display is long enough ago."""
        self._last = text
        now = self._clock()
        if self._shown and now >= self._next:
            self._next = now + _NEXT
            # Not in the log, where it is useless.
            _DISPLAY.display("%s: %s" % (self._host, text), color=C.COLOR_VERBOSE, screen_only=True)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let SIGINT (Ctrl-C) and SIGTERM interrupt the task: requests in progress are completed, no others are sent, and what was done
        is displayed. Then the signal has its usual effect.
        """
        handlers: dict[int, Any] = {}

        def interrupt(number: int, frame: FrameType | None) -> None:
            # Ansible sends a second signal immediately, which would abort requests in progress.
            for asked in handlers:
                signal.signal(asked, signal.SIG_IGN)
            raise _Interrupted(number)

        def restore() -> None:
            for number, handler in handlers.items():
                signal.signal(number, handler)

        try:
            for number in (signal.SIGINT, signal.SIGTERM):
                handlers[number] = signal.signal(number, interrupt)
        except ValueError:
            # Not in the main thread, which alone can handle signals.
            handlers.clear()
        try:
            yield
        except _Interrupted as interrupted:
            self._tell_the_end()
            restore()
            os.kill(os.getpid(), interrupted.number)
            raise KeyboardInterrupt from interrupted
        finally:
            restore()

    def _tell_the_end(self) -> None:
        """Display what was done, without Ansible, which no longer reads from its workers."""
        if self._shown and _TERMINAL is not None and self._last:
            done = self._last.partition(", about")[0]
            os.write(_TERMINAL, ("\n%s: interrupted; %s. Run it again to continue\n" % (self._host, done)).encode())


class _Interrupted(BaseException):
    """The process received the signal of this ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
