# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which server the tests talk to: never the one that somebody set up in MAILCOW_URL for their work.

A real server is used only when MAILCOW_TEST_URL and MAILCOW_TEST_API_KEY name it; what it gets is made and deleted there.
"""

from __future__ import annotations

import os
import typing as t

OF_TESTS = "MAILCOW_TEST_"


class Server(t.NamedTuple):
    """Where the API is; `read_only_key` is "" where none is known."""

    url: str
    key: str
    read_only_key: str = ""
    validate_certs: bool = True

    @property
    def variables(self) -> dict[str, str]:
        """The variables in which the modules look for it."""
        return {
            "MAILCOW_URL": self.url,
            "MAILCOW_API_KEY": self.key,
            "MAILCOW_READ_ONLY_KEY": self.read_only_key,
            "MAILCOW_VALIDATE_CERTS": str(self.validate_certs).lower(),
        }


def take() -> Server | None:
    """Take all variables MAILCOW_* out of the environment of this process, so that no child has them; the server of the tests."""
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("MAILCOW_")}
    url, key, read_only_key, verify = (taken.get(OF_TESTS + name, "") for name in ("URL", "API_KEY", "READ_ONLY_KEY", "VALIDATE_CERTS"))
    if not url:
        return None
    return Server(url.rstrip("/"), key, read_only_key, verify.lower() not in ("0", "false", "no", "n", "off"))
