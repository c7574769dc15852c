# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong while talking to mailcow, as exceptions that carry what a playbook author needs to know.

They are about requests, options and objects. They know nothing about Ansible.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from . import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .entry import Entry


class MailcowError(Exception):
    """Base of all errors; ``str()`` is the sentence for the user.

    ``request`` is the request that failed, e.g. ``POST add/mailbox``, or None when it was not about one.
    """

    def __init__(self, message: str, request: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.request = request

    def __str__(self) -> str:
        return self.message

    def add(self, sentence: str) -> None:
        """Add a sentence to the message."""
        self.message = "%s. %s" % (self.message.rstrip("."), sentence)

    def copy(self) -> MailcowError:
        """Give an error of the same kind, to be told about another object."""
        clone = type(self).__new__(type(self))
        clone.__dict__.update(self.__dict__)
        return clone

    def details(self) -> dict[str, Any]:
        """Give the parts of the error as a dict for the module's result; never mailcow's ``log``, which echoes secrets."""
        return {"request": self.request}


class InvalidValue(MailcowError):
    """A value that mailcow cannot store, found before any write. ``option``: the option that has it."""

    def __init__(self, option: str | None, message: str) -> None:
        super().__init__("%s: %s" % (option, message) if option else message)
        self.option = option


class NameTaken(InvalidValue):
    """A name that an object of another kind has."""


class TooOld(MailcowError):
    """The server is of a release that does not have such objects."""


class ConnectionFailed(MailcowError):
    """There is no mailcow server: name resolution, TLS, refused connection, wrong URL, another server, or one that has never
    given a valid answer. Every other request would fail as well.
    """


class BadAnswer(MailcowError):
    """A read that failed although the server works: it has given valid answers, but none to this request, or one that cannot
    be parsed. Other requests may succeed. Never raised for a write (see `OutcomeUnknown`).
    """


class LibraryMissing(MailcowError):
    """A Python library that the task needs is missing. ``library``: its name; ``trace``: the traceback of its import."""

    def __init__(self, library: str, trace: str | None) -> None:
        super().__init__("the Python library %s is missing. Install it with: %s -m pip install %s" % (library, sys.executable, library))
        self.library = library
        self.trace = trace


class KeyRefused(MailcowError):
    """The API key is wrong, inactive or not allowed from this address (401), or may not write (403). Never retried."""


class OutcomeUnknown(MailcowError):
    """A write whose answer did not arrive, or is not from mailcow. It may have been executed or not, so the object has to be read
    again.

    ``pause`` is how many seconds the server asked to wait, or None.
    """

    def __init__(self, message: str, request: str | None = None, pause: float | None = None) -> None:
        super().__init__(message, request)
        self.pause = pause


class EmptyAnswer(MailcowError):
    """HTTP 200 without a message: an empty body, which means an exception inside mailcow, or no entry with a message. What it did
    before the exception remains.
    """


class Refused(MailcowError):
    """mailcow answered, and at least one entry of its answer is an error.

    ``route`` is the one that was asked, below /api/v1/; ``entries`` are all entries of the answer, as `entry.Entry`.
    """

    def __init__(self, route: str, request: str, entries: Sequence[Entry]) -> None:
        self.route = route
        self.entries = entries
        refusals = [entry for entry in entries if entry.refuses]
        reasons = [_reason(route, entry) for entry in refusals]
        done = [entry for entry in entries if entry.type == "success"]
        sentence = "; ".join(dict.fromkeys(reasons))
        if done:
            sentence += ". In the same request mailcow reported success for: %s" % ", ".join(entry.text for entry in done)
        super().__init__("mailcow refused %s: %s" % (request, sentence), request)

    def details(self) -> dict[str, Any]:
        return {"request": self.request, "mailcow": [entry.text for entry in self.entries if entry.type != "success"]}


def _reason(route: str, entry: Entry) -> str:
    """Give the error of an entry as a sentence."""
    kind = "of the type %r" % entry.type if entry.type else "without a type"
    if not entry.msg_id:
        return "it gave no reason, only an entry %s without a message" % kind
    reason = messages.explain(route, entry.msg_id, entry.args)
    return reason if entry.known else "%s (in an entry %s, which is unknown)" % (reason, kind)
