# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes whose success can only be determined by reading afterwards, whatever mailcow answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from .._api.errors import EmptyAnswer, MailcowError, OutcomeUnknown, Refused

if TYPE_CHECKING:
    from .._engine.server import Server

    Seen = TypeVar("Seen")


class Unknown(MailcowError):
    """Something was written, and could not be read afterwards."""


def attempt(server: Server, path: str, body: Any) -> str:
    """POST ``body`` to ``path`` and give the reason why its outcome is unknown, "" if mailcow reports success.

    Raises MailcowError if mailcow reports a failure.
    """
    try:
        server.write(path, body)
    except MailcowError as error:
        if not leaves_open(error):
            raise
        return " (%s)" % error
    return ""


def leaves_open(error: MailcowError) -> bool:
    """Whether the outcome of a write is unknown after an error: there was no answer, or none from mailcow."""
    if isinstance(error, Refused):
        # No entry reports a failure.
        return not any(entry.known and entry.refuses for entry in error.entries)
    return isinstance(error, (OutcomeUnknown, EmptyAnswer))


def look(server: Server, read: Callable[[], Seen]) -> Seen:
    """Give the result of ``read`` after a write. Raises Unknown if it fails."""
    server.forget()
    try:
        return read()
    except MailcowError as error:
        raise Unknown("the outcome is unknown, because the result could not be read: %s" % error, error.request) from error
