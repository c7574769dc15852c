# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guide says of each playbook: the comment that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.tools.checkout import ROOT

LICENCE = "SPDX-License-Identifier"
# Names of variables and files, which reStructuredText would take for something else, and what is code already.
CODE = re.compile(r"`([^`]+)`|(\b\w+_\w*\b|\b\w+\.yml\b|\bcommunity\.mailcow\.\w+)")


def paragraphs(playbook: Path) -> Iterator[list[str]]:
    """Those of the comment, each as its lines without the mark."""
    text = playbook.read_text(encoding="utf-8").partition(LICENCE)[2]
    comment = text.partition("\n\n")[2].partition("\n---\n")[0]
    for part in re.split(r"^#\n", comment, flags=re.MULTILINE):
        yield [line.removeprefix("#").removeprefix(" ") for line in part.splitlines()]


def lines() -> list[str]:
    """The generated part of the guide."""
    found = [""]
    for playbook in sorted((ROOT / "playbooks").glob("*.yml")):
        title = f"community.mailcow.{playbook.stem}"
        found += [title, "-" * len(title), ""]
        for part in paragraphs(playbook):
            if all(line.startswith("    ") for line in part):
                found += [
                    ".. not run: these are not steps, but ways to call it",
                    "",
                    ".. code-block:: console",
                    "",
                    *(line[1:] for line in part),
                ]
            else:
                found += [CODE.sub(lambda match: f"``{match[1] or match[2]}``", line) for line in part]
            found.append("")
    return found
