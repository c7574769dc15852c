# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes whose success shows in what mailcow shows afterwards, whatever it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from .._api.errors import EmptyAnswer, MailcowError, OutcomeUnknown, Refused

if TYPE_CHECKING:
    from .._engine.server import Server

    Seen = TypeVar("Seen")


class Unknown(MailcowError):
    """Something was written, and could not be looked at afterwards."""


def attempt(server: Server, path: str, body: Any) -> str:
    """POST ``body`` to ``path`` and give why it is unknown what mailcow did, "" when it says that it was done.

    Raises MailcowError when it says that it was not.
    """
    try:
        server.write(path, body)
    except MailcowError as error:
        if not leaves_open(error):
            raise
        return " (%s)" % error
    return ""


def leaves_open(error: MailcowError) -> bool:
    """Whether it is open after an error what became of a write: there was no answer, or none that mailcow gives."""
    if isinstance(error, Refused):
        # Nobody said no.
        return not any(entry.known and entry.refuses for entry in error.entries)
    return isinstance(error, (OutcomeUnknown, EmptyAnswer))


def look(server: Server, read: Callable[[], Seen]) -> Seen:
    """Give what ``read`` shows now that something was written. Raises Unknown when it shows nothing."""
    server.forget()
    try:
        return read()
    except MailcowError as error:
        raise Unknown("the outcome is unknown, because the result could not be read: %s" % error, error.request) from error
