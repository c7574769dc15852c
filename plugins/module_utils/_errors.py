# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong while talking to mailcow, as exceptions that carry what a playbook author needs to know."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils import _messages


class MailcowError(Exception):
    """Base of all errors; ``str()`` is the sentence for the user.

    ``request`` is the request that failed, e.g. ``POST add/mailbox``, or None when it was not about one.
    """

    def __init__(self, message, request=None):
        super().__init__(message)
        self.message = message
        self.request = request

    def __str__(self):
        return self.message

    def add(self, sentence):
        """Add a sentence to the message."""
        self.message = "%s. %s" % (self.message.rstrip("."), sentence)

    def copy(self):
        """Give an error of the same kind, to be told about another object."""
        clone = type(self).__new__(type(self))
        clone.__dict__.update(self.__dict__)
        return clone

    def details(self):
        """Give the parts of the error as a dict for the module's result; never mailcow's ``log``, which echoes secrets."""
        return {"request": self.request}


class InvalidValue(MailcowError):
    """A wanted value that mailcow cannot hold; found before any write. ``option`` is the option it was given in."""

    def __init__(self, option, message):
        super().__init__("%s: %s" % (option, message) if option else message)
        self.option = option


class ConnectionFailed(MailcowError):
    """No usable answer: name resolution, TLS, refused, wrong URL, a server that is not mailcow."""


class KeyRefused(MailcowError):
    """The API key is wrong, inactive or not allowed from this address (401), or may not write (403). Never retried."""


class OutcomeUnknown(MailcowError):
    """A write whose answer did not arrive: it may have been done or not. The object has to be read again.

    ``pause`` is how many seconds the server asked to wait, or None.
    """

    def __init__(self, message, request=None, pause=None):
        super().__init__(message, request)
        self.pause = pause


class EmptyAnswer(MailcowError):
    """HTTP 200 with an empty body: an exception inside mailcow. What it did before the exception stays done."""


class Refused(MailcowError):
    """mailcow answered, and at least one entry of its answer says no.

    ``entries`` are all entries of the answer, as `_client.Entry`; ``item`` is what the request was about, for the sentence.
    """

    def __init__(self, route, request, entries):
        self.route = route
        self.entries = entries
        refusals = [entry for entry in entries if entry.refuses]
        reasons = [_messages.explain(route, entry.msg_id, entry.args) for entry in refusals]
        done = [entry for entry in entries if entry.type == "success"]
        sentence = "; ".join(dict.fromkeys(reasons))
        if done:
            sentence += ". In the same request mailcow reported success for: %s" % ", ".join(entry.text for entry in done)
        super().__init__("mailcow refused %s: %s" % (request, sentence), request)

    def details(self):
        return {"request": self.request, "mailcow": [entry.text for entry in self.entries if entry.type != "success"]}
