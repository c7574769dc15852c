# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of Fail2ban, which bans addresses that fail to log in (facts-server 16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.names import domain_name, network, network_or_name
from .._api.request import Request
from .._engine.identity import OnlyOne
from .._engine.kind import Kind, Write
from .._engine.ways import TheOnly
from .._fields.field import Field
from .._fields.plain import Flag, Number, Parts

if TYPE_CHECKING:
    from .._fields.field import Asks, Body, Raw


# The settings that netfilter writes when it first runs on a new server. Before, mailcow returns none.
_PRESUMED = {
    "ban_time": 1800,
    "max_ban_time": 10000,
    "ban_time_increment": True,
    "manage_external": False,
    "max_attempts": 10,
    "retry_window": 600,
    "netban_ipv4": 32,
    "netban_ipv6": 128,
}


class _Presumed(int):
    """A default for a number that mailcow does not return."""


class Setting(Number):
    """A number. An edit that omits one that mailcow does not return sets it to its minimum, and network lengths to 0, so each edit
    sends it.
    """

    left_out: ClassVar[bool] = True

    @property
    def absent(self) -> Any:
        return _Presumed(_PRESUMED[self.option])

    def kept(self, value: Any, attributes: Body) -> Body:
        return self.body(int(value)) if isinstance(value, _Presumed) else {}


class Length(Setting):
    """The prefix length of the networks that are banned together."""

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        if wanted < 8 and wanted != current:
            raise InvalidValue(
                self.option, "%s is too small, because a single ban would cover most of the internet; the minimum is 8" % wanted
            )
        return wanted


class Remembered(Flag):
    """A flag that an edit resets when it is omitted."""

    left_out: ClassVar[bool] = True

    @property
    def absent(self) -> Any:
        return _PRESUMED[self.option]


class Networks(Parts):
    """A set of addresses and networks. mailcow drops invalid ones, and stores the rest."""

    def canonical(self, value: Any) -> Any:
        return sorted({self._entry(str(item).strip()) for item in value if str(item).strip()})

    def from_server(self, value: Any) -> Any:
        return sorted({network_or_name(part) for part in re.split(self.separators, str(value)) if part})

    def _entry(self, text: str) -> str:
        try:
            entry = network(text)
        except ValueError:
            raise ValueError("%r is neither an address nor a network" % text) from None
        if entry in ("0.0.0.0", "0.0.0.0/0"):
            raise ValueError("%r would ban everyone" % text)
        return entry


class NetworksAndNames(Networks):
    """A set of addresses, networks and names of hosts."""

    def _entry(self, text: str) -> str:
        try:
            return network(text)
        except ValueError:
            pass
        try:
            name = domain_name(text)
        except ValueError:
            name = ""
        # mailcow would treat 10.0.0.999 as a hostname.
        if not name or name.rpartition(".")[2].isdigit():
            raise ValueError("%r is not an address, a network or a hostname" % text)
        return name


class Expressions(Field):
    """The regular expressions that find failed logins, in the syntax of Python; their first group matches the address. mailcow accepts any
    text, and returns none until netfilter has written its defaults.
    """

    type: ClassVar[str] = "list"

    def canonical(self, value: Any) -> Any:
        if not value:
            raise ValueError("mailcow keeps the old ones when the list is empty")
        # A duplicate would count each failed login twice.
        return list(dict.fromkeys(map(str, value)))

    def parse(self, raw: Raw) -> Any:
        found = self.shown_in(raw)
        texts = [found[number] for number in sorted(found, key=int)] if isinstance(found, dict) else [] if found is None else found
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise ValueError("not what it should be made of")
        return texts

    def resolve(self, wanted: Any, current: Any, identity: str, server: Asks) -> Any:
        for text in wanted:
            if text not in current:
                self._refuse_harmful(text)
        return wanted

    def _refuse_harmful(self, text: str) -> None:
        """Raise InvalidValue for a text that netfilter would ignore, or with whose first match it would crash (facts-server 16)."""
        try:
            groups = re.compile(text).groups
        except re.error as error:
            raise InvalidValue(self.option, "%r is not a regular expression (%s)" % (text, error)) from error
        if not groups:
            raise InvalidValue(self.option, "%r has no group that matches the address, such as ([0-9a-f.:]+)" % text)

    def same(self, current: Any, wanted: Any) -> bool:
        return sorted(current) == sorted(wanted)

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        attr = {"action": "edit-regex", "regex": wanted}
        return {}, [] if attempt else [Request("edit/fail2ban", {"items": [item], "attr": attr}, item)]

    def show(self, value: Any) -> dict[str, Any]:
        return {self.option: list(value)} if value else {}


FAIL2BAN = Kind(
    name="fail2ban",
    plural="fail2ban",
    title="Fail2ban settings",
    identity=OnlyOne(),
    read=TheOnly("fail2ban"),
    write=Write("fail2ban", adds=(), deletes=False),
    fields=(
        Setting("ban_time", least=60, keep=True),
        Setting("max_ban_time", least=60, keep=True),
        Remembered("ban_time_increment", keep=True),
        Remembered("manage_external", keep=True),
        Setting("max_attempts", least=1, keep=True),
        Setting("retry_window", least=1, keep=True),
        Length("netban_ipv4", most=32, keep=True),
        Length("netban_ipv6", most=128, keep=True),
        NetworksAndNames("whitelist", separator="\n"),
        Networks("blacklist", separator="\n"),
        Expressions("regex"),
    ),
    status={
        "active_bans": lambda raw: raw.get("active_bans") or [],
        "permanent_bans": lambda raw: raw.get("perm_bans") or [],
    },
)
