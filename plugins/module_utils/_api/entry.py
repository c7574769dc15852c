# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The entries that mailcow answers a write with (facts-server 1.2)."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of mailcow's answer to a write: ``type`` (success, danger, warning, …), message id, arguments."""

    type: str
    msg_id: str
    args: tuple[Any, ...]

    @classmethod
    def parse(cls, raw: dict[str, Any]) -> Entry:
        """Read one entry; ``msg`` is an id or a list of an id and its arguments (facts-server 1.2). ``log`` is dropped:
        it echoes secrets.
        """
        msg = raw.get("msg", "")
        if isinstance(msg, list):
            return cls(str(raw.get("type")), str(msg[0]) if msg else "", tuple(msg[1:]))
        return cls(str(raw.get("type")), str(msg), ())

    @property
    def refuses(self) -> bool:
        """Whether this entry says that something was not done."""
        return self.type not in ("success", "warning", "info")

    @property
    def text(self) -> str:
        """The message id and its arguments as one text."""
        return " ".join([self.msg_id] + [str(arg) for arg in self.args if arg is not None])
