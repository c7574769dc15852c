# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries that are executed only once, from several threads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


class Once:
    """Remembers answers and failures by key, until `forget`."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def ask(self, key: Hashable, question: Callable[[], Any]) -> Any:
        """Give ``question()``. The first thread that asks with this key calls it, and others wait for the result. Raises what it raises."""
        with self._lock:
            mine = key not in self._answers
            answer: Future[Any] = self._answers.setdefault(key, Future())
        if mine:
            try:
                answer.set_result(question())
            except BaseException as error:
                answer.set_exception(error)
        return answer.result()

    def presume(self, key: Hashable, answer: Any) -> None:
        """Give this answer from now on."""
        known: Future[Any] = Future()
        known.set_result(answer)
        with self._lock:
            self._answers[key] = known

    def forget(self) -> None:
        """Forget all answers and failures."""
        with self._lock:
            self._answers = {}
