# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a guide can be run: its blocks of code, in their order, and what is said about them.

A block of `console` is commands; one of `text` after it is what they print, where `…` stands for anything.
A block of another language that begins with a comment like `# tenants/brewery.yml` is this file. Other YAML is a playbook or
tasks. A comment before a block says what else is so:

    .. not run: it needs an account at a DNS provider

    .. fails

and one alone is a thing that happens meanwhile, which no reader types:

    .. meanwhile: ansible-playbook …

    .. planted: container clamd-mailcow exited
"""

from __future__ import annotations

import difflib
import re
import textwrap
import typing as t
from pathlib import Path

from tests.tools.checkout import ROOT

GUIDES = ROOT / "docs/docsite/rst"
BLOCK = re.compile(r"^( *)\.\. code-block:: (\S+)\n((?: *\n|\1 +\S.*\n)+)", re.MULTILINE)
REMARK = re.compile(r"^ *\.\. (not run|fails)(?:: (.+))?\n\n\Z", re.MULTILINE)
MEANWHILE = re.compile(r"^( *)\.\. (meanwhile|planted):(.*\n)((?:\1 +\S.*\n)*)", re.MULTILINE)
FILE = re.compile(r"# ([\w.-]+(?:/[\w.-]+)*\.\w+)\n")
OUTPUT = "text"
DOTS = "…"


class Block(t.NamedTuple):
    """`language`: `meanwhile` or `planted` for what is not shown; `text`: without its indentation; `start`, `end`: where it is;
    `remark`: `not run`, `fails` or nothing; `reason`: what was said with it; `line`: the first of it, from 1.
    """

    language: str
    text: str
    start: int
    end: int
    remark: str = ""
    reason: str = ""
    line: int = 0

    @property
    def file(self) -> str:
        """The path of the file that it is, or nothing."""
        found = FILE.match(self.text)
        return found[1] if found and self.language not in ("console", OUTPUT) else ""


def guides() -> list[Path]:
    """All of them."""
    return sorted(GUIDES.glob("*.rst"))


def blocks(guide: str) -> list[Block]:
    """The blocks of the text of a guide."""
    found = []
    for match in BLOCK.finditer(guide):
        remark = REMARK.search(guide[: match.start()])
        words = (remark[1], remark[2] or "") if remark else ("", "")
        text = textwrap.dedent(match[3]).strip("\n") + "\n"
        found.append(Block(match[2], text, match.start(3), match.end(3), *words, line=guide.count("\n", 0, match.start()) + 1))
    for match in MEANWHILE.finditer(guide):
        text = match[3].lstrip() + textwrap.dedent(match[4])
        found.append(Block(match[2], text, match.start(), match.end(), line=guide.count("\n", 0, match.start()) + 1))
    return sorted(found, key=lambda block: block.start)


def like(expected: str) -> re.Pattern[str]:
    """What the output that is shown stands for: `…` is any text within a line, a line of its own is any lines."""
    lines = []
    for line in expected.splitlines():
        if line.strip() == DOTS:
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(r".*?".join(map(re.escape, line.rstrip().split(DOTS))) + r"\n")
    return re.compile("".join(lines))


def renewed(shown: str, printed: str) -> str:
    """What was printed, as short as it is `shown` in lines that still stand for it."""
    old, new = shown.splitlines(), printed.splitlines()
    meant = [line if line.strip() == DOTS else next((one for one in new if like(line).fullmatch(one + "\n")), line) for line in old]
    lines: list[str] = []
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, meant, new, autojunk=False).get_opcodes():
        before, now = old[start:end], new[new_start:new_end]
        dots = [at for at, line in enumerate(before) if line.strip() == DOTS]
        if tag == "equal":
            lines += before
        elif len(dots) == 1 and len(now) >= len(before) - 1:
            # Around the dots, there are as many lines as before.
            at, after = dots[0], len(now) - (len(before) - dots[0] - 1)
            lines += [*now[:at], before[at], *now[after:]]
        else:
            lines += now
    return "".join(f"{line}\n" for line in lines)
