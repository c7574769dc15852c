# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The entries that mailcow answers a write with (facts-server 1.2)."""

from __future__ import annotations

import dataclasses
from typing import Any

# The types of mailcow's entries. The first ones report success.
_DONE = ("success", "warning", "info")
_NOT_DONE = ("danger", "error")
# Warnings that report that something was not done.
_NO = ("no_active_admin", "cannot_delete_self")


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of mailcow's answer to a write: ``type`` (success, danger, warning, …; "" for none), message id ("" for
    none), arguments.
    """

    type: str
    msg_id: str
    args: tuple[Any, ...]

    @classmethod
    def parse(cls, raw: dict[str, Any]) -> Entry:
        """Read one entry; ``msg`` is an id or a list of an id and its arguments (facts-server 1.2). ``log`` is dropped:
        it echoes secrets.
        """
        kind, msg = raw.get("type"), raw.get("msg")
        while isinstance(msg, list) and msg and isinstance(msg[0], list):
            msg = msg[0] + msg[1:]
        words = msg if isinstance(msg, list) else [msg]
        msg_id = "" if not words or words[0] is None else str(words[0])
        return cls("" if kind is None else str(kind), msg_id, tuple(words[1:]))

    @classmethod
    def parse_all(cls, answer: Any) -> list[Entry]:
        """Read all entries of an answer that have a message. A single one can be without a list, and lists can be nested."""
        entries, parts = [], [answer]
        while parts:
            part = parts.pop()
            if isinstance(part, list):
                parts.extend(reversed(part))
            elif isinstance(part, dict):
                entries.append(cls.parse(part))
        return [entry for entry in entries if entry.type or entry.msg_id]

    @property
    def known(self) -> bool:
        """Whether its type is one of mailcow's."""
        return self.type in _DONE or self.type in _NOT_DONE

    @property
    def refuses(self) -> bool:
        """Whether this entry reports that something was not done."""
        return self.type not in _DONE or self.msg_id in _NO

    @property
    def text(self) -> str:
        """The message id and its arguments as one text."""
        return " ".join([self.msg_id] + [str(arg) for arg in self.args if arg is not None])
