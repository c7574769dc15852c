# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DNS records as data and as lines of a zone file."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypedDict

    class Data(TypedDict, total=False):
        """The parts of a record, those that its type has."""

        priority: int
        weight: int
        port: int
        target: str
        text: str
        usage: int
        selector: int
        matching_type: int
        digest: str


# Maximum length of a character-string of a TXT record in bytes (RFC 1035, 3.3).
_STRING_BYTES = 255
_SHOWN = ("domain", "purpose", "required", "suggested", "zone", "name", "fqdn", "type", "ttl", "value", "rdata")


@dataclasses.dataclass(frozen=True)
class Record:
    """A record that should be in the DNS.

    ``domain``: the one that needs it; ``purpose``: one of `domains.PURPOSES`; ``zone``: that of its name; ``data``: its
    parts by name, in the order of zone files; ``required``: whether it is necessary for mail; ``suggested``: whether any valid
    value is sufficient.
    """

    domain: str
    purpose: str
    zone: str
    fqdn: str
    type: str
    ttl: int
    data: Data
    required: bool = False
    suggested: bool = False

    @property
    def value(self) -> str:
        """The value in one line, without quotes and without the dot at the end of absolute names."""
        return " ".join(str(part) for part in self.data.values())

    @property
    def rdata(self) -> str:
        """The value in the format of zone files: names absolute, texts quoted and split."""
        if self.type == "TXT":
            return " ".join(quoted(string) for string in character_strings(self.value))
        return " ".join(absolute(str(part)) if name == "target" else str(part) for name, part in self.data.items())

    @property
    def name(self) -> str:
        """The name relative to the zone, ``@`` for the zone itself."""
        return "@" if self.fqdn == self.zone else self.fqdn[: -len(self.zone) - 1]

    def shown(self) -> dict[str, Any]:
        """Give the record as the module returns it."""
        shown = {key: getattr(self, key) for key in _SHOWN}
        shown.update({"strings": character_strings(self.value)} if self.type == "TXT" else self.data)
        return shown


def absolute(name: str) -> str:
    """Give a name with a trailing dot; the root is one itself."""
    return name if name.endswith(".") else name + "."


def character_strings(text: str) -> list[str]:
    """Split a text into pieces of at most 255 bytes, but not inside a character."""
    pieces, size = [""], 0
    for char in text:
        length = len(char.encode())
        if size + length > _STRING_BYTES:
            pieces.append("")
            size = 0
        pieces[-1] += char
        size += length
    return pieces


def quoted(string: str) -> str:
    """Give a character-string in the format of zone files, in quotes and with escapes (RFC 1035, 5.1)."""
    return '"%s"' % "".join(_escaped(byte) for byte in string.encode())


def _escaped(byte: int) -> str:
    char = chr(byte)
    if char in '"\\':
        return "\\" + char
    return char if 0x20 <= byte < 0x7F else "\\%03d" % byte


def snippet(zone: str, records: Iterable[Record]) -> str:
    """Give the records of one zone as lines for its zone file."""
    lines = ["%s\t%d\tIN\t%s\t%s" % (record.name, record.ttl, record.type, record.rdata) for record in records]
    return "\n".join(["$ORIGIN %s" % absolute(zone)] + lines) + "\n"


def tags(text: str) -> dict[str, str]:
    """Give the tags of a text like ``v=DKIM1; k=rsa; p=…`` as a dict: names in lower case, values without spaces."""
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip().lower(): re.sub(r"\s", "", value) for name, _equals, value in pairs}
