# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of values of the servers that mailcow hands mail to (facts-server 13 and 14)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING, Field, Secret, Text
from ansible_collections.community.mailcow.plugins.module_utils._names import address, domain_name

_NUMBER = re.compile(r"^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*)$")
# What can stand in the destination of a transport map that is no regular expression.
_PLAIN = re.compile(r"^[\w.@-]+$")


def host(value):
    """Give a server as it is compared: lower case and punycode, be it in brackets, with a port, or after a dot."""
    text = str(value).strip().lower()
    return text if text.isascii() else re.sub(r"[^\[\]:.][^\[\]:]*", lambda match: domain_name(match[0]), text)


def _unescaped(value):
    # mailcow puts a backslash before a colon when it creates, and none when it changes (facts-server 13 and 14).
    return re.sub(r"\\+:", ":", value)


class Host(Text):
    """A server, with or without port. mailcow takes anything and keeps its case."""

    def canonical(self, value):
        text = host(value)
        if not text or re.search(r"\s", text):
            raise ValueError("%r is not a server" % value)
        return text

    def from_server(self, value):
        return str(value)

    def same(self, current, wanted):
        return current.lower() == wanted.lower()


class UserName(Text):
    """A user name; mailcow may have put backslashes before its colons."""

    def canonical(self, value):
        return _unescaped(str(value).strip())


class Credential(Secret):
    """A password that mailcow shows. When it creates, mailcow puts backslashes before colons, which spoils them; then
    the value that is there afterwards is another, and the engine sets it once more by an edit, which does not.
    """

    def canonical(self, value):
        return str(value).strip()

    def from_server(self, value):
        return str(value)


class Hop(str):
    """A next hop, as mailcow spells it, with the ``username`` and ``password`` that all transport maps with it have."""

    username = None
    password = None

    @classmethod
    def of(cls, raw):
        hop = cls(raw["nexthop"])
        hop.username, hop.password = _unescaped(raw["username"]), raw["password"]
        return hop


class NextHop(Host):
    """A server, with or without port, of a transport map; a bare IP address gets brackets.

    User name and password belong to it: mailcow writes those of a map to all that have the same next hop, and does not
    create one with another user name (facts-server 14). So a map that comes to a known next hop takes over what is
    there; what is wanted otherwise follows as a change, for all of them.
    """

    def canonical(self, value):
        text = super().canonical(value)
        return "[%s]" % text if _NUMBER.match(text) else text

    def resolve(self, wanted, current, identity, reader):
        if current is not MISSING and self.same(current, wanted):
            return wanted
        known = [raw for raw in reader.get("transport/all") or [] if self.same(raw["nexthop"], wanted)]
        return Hop.of(known[0]) if known else wanted

    def body(self, value):
        body = super().body(str(value))
        if isinstance(value, Hop):
            body.update(username=value.username, password=value.password)
        return body


class TransportDestination(Field):
    """What a transport map is for: a domain, a domain and all below it, an address, ``*``, or a regular expression,
    which is left as it is.
    """

    def canonical(self, value):
        text = str(value).strip()
        if not text or re.search(r"[\s,;]", text):
            raise ValueError("%r is not a single destination" % value)
        if not _PLAIN.match(text):
            return text
        return address(text).lower() if "@" in text else host(text)

    def from_server(self, value):
        return str(value)

    def same(self, current, wanted):
        return current == wanted or (_PLAIN.match(wanted) is not None and current.lower() == wanted)
