# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sync job, which copies mail from an account on another server to a mailbox (facts-mailboxes 15)."""

from __future__ import annotations

import re
from typing import Any

from .._api.errors import InvalidValue
from .._api.names import domain_name
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, counts, shows
from .._engine.ways import PerOwner
from .._fields.mail import MailboxName
from .._fields.plain import Choice, Flag, Line, Number, Secret, Text
from .._fields.servers import AsWritten
from ._places import IN_MAILBOX, MAILBOXES

# A slash that is not escaped with a backslash.
_BARE_SLASH = re.compile(r"(?<!\\)(?:\\\\)*/")


class HostName(AsWritten):
    """A hostname, which mailcow converts to lower case on add, but not on edit."""

    def canonical(self, value: Any) -> Any:
        name = str(value).strip().lower()
        if not name:
            raise ValueError("the host cannot be empty")
        return name if name.isascii() else domain_name(name)

    def from_server(self, value: Any) -> Any:
        return super().from_server(value).lower()


class Login(Text):
    """A user name on another server."""

    def canonical(self, value: Any) -> Any:
        if not str(value).strip():
            raise ValueError("the user cannot be empty")
        return str(value)

    def from_server(self, value: Any) -> Any:
        return str(value)


class Pattern(Line):
    """A regular expression in the syntax of PHP. The server puts it between slashes, so it cannot contain one."""

    def canonical(self, value: Any) -> Any:
        text = str(super().canonical(value))
        if _BARE_SLASH.search(text):
            raise ValueError("%r contains a slash, which mailcow rejects; replace it with a dot, or put a backslash before it" % text)
        return text


class Parameters(Line):
    """Further arguments of imapsync, without surrounding spaces, which mailcow removes on add, but rejects on edit."""

    def canonical(self, value: Any) -> Any:
        return super().canonical(str(value).strip())

    def from_server(self, value: Any) -> Any:
        return str(value).strip()


def _check(situation: Situation) -> None:
    """Raise InvalidValue for a host that mailcow accepts on add, but then rejects with every edit (facts-mailboxes 15)."""
    host = situation.given.get("host1")
    if host is None or (situation.current and host == situation.current["host1"]):
        return
    try:
        domain_name(host)
    except ValueError:
        what = "an IPv6 address, or has a port" if re.search(r"[:\[\]]", host) else "neither a hostname nor an IPv4 address"
        raise InvalidValue("host1", "%s is %s, and mailcow could no longer change such a sync job" % (host, what)) from None


_USERNAME = MailboxName("username", read="user2", on_edit=False, required_on_create=True)
_HOST1 = HostName("host1", required_on_create=True, clearable=False)
_USER1 = Login("user1", required_on_create=True, clearable=False)
_FLAGS = ("delete2duplicates", "delete1", "delete2", "automap", "skipcrossduplicates", "subscribeall", "dry")

SYNCJOB = Kind(
    name="syncjob",
    plural="syncjobs",
    title="sync job",
    identity=ByParts("id", parts=(_USERNAME, _HOST1, _USER1), place="username"),
    # The password is requested only if it is needed, because the logs, which can be long, come with it.
    read=PerOwner(MAILBOXES, "syncjobs", all="syncjobs/all", suffix=("no_log",), suffix_for={"password1": ("with_password",)}),
    write=Write("syncjob"),
    belongs=IN_MAILBOX,
    check=_check,
    fields=(
        _USERNAME,
        _HOST1,
        Number("port1", least=1, most=65535, required_on_create=True),
        _USER1,
        Secret("password1", required_on_create=True, clearable=False),
        Choice("enc1", choices=("TLS", "SSL", "PLAIN"), required_on_create=True),
        Number("mins_interval", least=1, most=43800, required_on_create=True),
        # mailcow fails with an exception if it is omitted or longer.
        Pattern("exclude", default="", most=500),
        Text("subfolder2"),
        Number("maxage", most=32000),
        Number("maxbytespersecond", most=125000000),
        Number("timeout1", least=1, most=32000),
        Number("timeout2", least=1, most=32000),
        *(Flag(name) for name in _FLAGS),
        Parameters("custom_params", most=512),
        Flag("active", default=True),
    ),
    status=dict(
        shows("id", "created", "modified", "last_run", "exit_status"),
        **counts("success"),
        is_running=lambda raw: bool(raw["is_running"]),
    ),
)
