# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generates initial passwords, and encrypts them with a command of the user."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

# Without letters and digits that look alike on paper (l I 1, O 0), and without characters that are special in shells and spreadsheets,
# or hard to find on keyboards of other countries.
LOWER = "abcdefghijkmnopqrstuvwxyz"
UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
SIGNS = "-_.:+#"
_PATIENCE = 300


def first_password(policy: Mapping[str, Any], length: int) -> str:
    """Give a random password of ``length`` characters, or more if the policy of the server requires it. It begins with a letter, and
    contains a lower case and an upper case letter, a digit, and a special character if required, so that it meets any policy of mailcow.
    """
    kinds = [LOWER, UPPER, DIGITS] + ([SIGNS] if policy.get("special_chars") else [])
    length = max(length, int(policy.get("length") or 0), len(kinds))
    every = "".join(kinds)
    while True:
        password = secrets.choice(LOWER + UPPER) + "".join(secrets.choice(every) for _number in range(length - 1))
        if all(set(kind) & set(password) for kind in kinds):
            return password


def encrypted_by(text: str, command: Sequence[str]) -> str:
    """Give the output of a command with the text on its standard input, so that the text is not written to a disk.

    Raises ValueError if the command fails, or if its output is not text or contains a line of the input. The message contains the error
    output of the command only if that contains no line of the input.
    """
    try:
        done = subprocess.run(list(command), input=text.encode(), capture_output=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ValueError("%s cannot be run: %s" % (command[0], getattr(error, "strerror", None) or "it did not end")) from error
    words = done.stderr.decode(errors="replace").strip()
    if any(line and line in words for line in text.splitlines()):
        words = "its output is not shown, because it contains passwords"
    if done.returncode:
        raise ValueError("%s ended with status %d: %s" % (command[0], done.returncode, words or "it printed nothing"))
    try:
        result = done.stdout.decode()
    except UnicodeError:
        raise ValueError("the output of %s is not text; add its option --armor" % command[0]) from None
    if not result.strip():
        raise ValueError("%s printed nothing" % command[0])
    if any(line.strip() and line in result for line in text.splitlines()):
        raise ValueError("%s does not encrypt: its output contains the text" % command[0])
    return result
