# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""General values: texts, numbers, flags, choices, sets and secrets."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .field import MISSING, Field

if TYPE_CHECKING:
    from .field import Body, Spec

MIB = 1024 * 1024
# The maximum in a column of mailcow's database: an INT, and a BIGINT of bytes in MiB.
_MOST = 2**31 - 1
_MOST_MIB = (2**63 - 1) // MIB


class Text(Field):
    """A text; mailcow's null and the empty text are the same."""

    absent = ""

    def canonical(self, value: Any) -> Any:
        return str(value)


@dataclasses.dataclass(frozen=True)
class Line(Text):
    """A text of at most ``most`` characters, which is not trimmed."""

    most: int = 255

    def canonical(self, value: Any) -> Any:
        text = str(value)
        if len(text) > self.most:
            raise ValueError("%d characters are too many; the maximum is %d" % (len(text), self.most))
        return text

    def from_server(self, value: Any) -> Any:
        return str(value)


class Lines(Text):
    """A text of several lines, such as a script. The form of line ends and empty lines at the end
    are ignored, because programs that read files may remove them.
    """

    def canonical(self, value: Any) -> Any:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n").rstrip()
        return text + "\n" if text else ""


@dataclasses.dataclass(frozen=True)
class Choice(Field):
    """A text from a fixed list."""

    choices: tuple[str, ...] = ()

    def details(self) -> dict[str, Any]:
        return {"choices": list(self.choices)}

    def from_server(self, value: Any) -> Any:
        return str(value)


class Flag(Field):
    """A boolean; mailcow writes and reads 0 and 1, as numbers or as texts. It stores other numbers, but treats them as off
    (facts-mailboxes 0.5).
    """

    type: ClassVar[str] = "bool"

    def from_server(self, value: Any) -> Any:
        return str(value) in ("1", "True")

    def to_server(self, value: Any) -> Any:
        return int(value)

    def is_empty(self, value: Any) -> bool:
        return False


@dataclasses.dataclass(frozen=True)
class Number(Field):
    """A whole number of at least ``least`` and at most ``most``."""

    least: int = 0
    most: int = _MOST

    type: ClassVar[str] = "int"

    def canonical(self, value: Any) -> Any:
        if not self.least <= value:
            raise ValueError("%s is too small; the minimum is %s" % (value, self.least))
        if not value <= self.most:
            raise ValueError("%s is too large; the maximum is %s" % (value, self.most))
        return value

    def from_server(self, value: Any) -> Any:
        return int(value)


@dataclasses.dataclass(frozen=True)
class Mebibytes(Number):
    """A size in MiB, which mailcow takes as MiB and shows as bytes (facts-mailboxes 1.2, facts-server 2)."""

    most: int = _MOST_MIB

    def from_server(self, value: Any) -> Any:
        return int(value) // MIB


@dataclasses.dataclass(frozen=True)
class NumberChoice(Number):
    """A whole number from a fixed list."""

    choices: tuple[int, ...] = ()

    def details(self) -> dict[str, Any]:
        return {"choices": list(self.choices)}


class Kept(Field):
    """A value without an option, which an edit would reset if it omitted it."""

    def argument_spec(self) -> Spec:
        return {}

    def given(self, params: Mapping[str, Any]) -> Any:
        return MISSING

    def show(self, value: Any) -> dict[str, Any]:
        return {}


@dataclasses.dataclass(frozen=True)
class Parts(Field):
    """A set of texts that mailcow stores as one text. ``separator`` joins them, and each of the characters in ``separators`` separates
    them.
    """

    separator: str = ","
    separators: str = r"[,;\s]+"

    type: ClassVar[str] = "list"
    absent = ()

    def canonical(self, value: Any) -> Any:
        return sorted({item.strip() for item in value if item.strip()})

    def from_server(self, value: Any) -> Any:
        return self.canonical(re.split(self.separators, str(value)))

    def to_server(self, value: Any) -> Any:
        return self.separator.join(value)


class Password(Text):
    """A password that mailcow requires twice and never returns."""

    secret: ClassVar[bool] = True

    def body(self, value: Any) -> Body:
        name = self.write or self.option
        return {name: value, name + "2": value}

    def show(self, value: Any) -> dict[str, Any]:
        return {}


class Secret(Text):
    """A secret that mailcow returns, and that results contain only on request."""

    secret: ClassVar[bool] = True
    revealable: ClassVar[bool] = True

    def show(self, value: Any) -> dict[str, Any]:
        return {}


@dataclasses.dataclass(frozen=True)
class Choices(Field):
    """A set of texts from a fixed list, written as a list. ``newer``: the releases of mailcow that introduced some of them;
    ``held``: those of them that older servers always have.
    """

    choices: tuple[str, ...] = ()
    newer: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    held: tuple[str, ...] = ()

    type: ClassVar[str] = "list"

    def details(self) -> dict[str, Any]:
        return {"choices": list(self.choices)}

    def canonical(self, value: Any) -> Any:
        return sorted(set(value), key=self.choices.index)

    def needs(self, value: Any) -> str | None:
        differing = [release for choice, release in self.newer.items() if (choice in value) != (choice in self.held)]
        return max(differing, default=super().needs(value))

    def releases(self) -> dict[str | None, str]:
        return dict(super().releases(), **self.newer)
