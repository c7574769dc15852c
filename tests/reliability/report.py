# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the matrix has shown, as the tables of the guide on reliability, between the two comments that say that they are generated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tests.reliability.matrix import Matrix, Result
from tests.reliability.operations import GROUPS
from tests.tools import rst
from tests.tools.checkout import ROOT

DOCUMENT = ROOT / "docs/docsite/rst/guide_reliability.rst"
BLOCK = re.compile(r"(?<=^\.\. generated: matrix\n).*?(?=^\.\. end: matrix)", re.DOTALL | re.MULTILINE)
# What a reader sees of the faults, by the simulator's word for them.
FAMILIES = {
    "status": "HTTP 302, 403, 404, 413, 500, 502, 503, 504; ``Retry-After`` of all sorts",
    "html": "a page with HTTP 200",
    "empty": "nothing with HTTP 200",
    "json": "JSON that is no answer, or is cut off",
    "without": "objects or entries that lack keys",
    "instead": "objects or entries whose values are null or of another type",
    "echo": "a message that repeats the request",
    "reset": "the connection is reset",
    "partial": "half of an answer",
    "gzip": "broken compression",
    "length": "a wrong Content-Length",
    "late": "504 at once; done later",
    "timeout": "no answer",
    "slow": "an answer after the timeout; done later",
    "drip": "an answer byte by byte",
}
HEAD = (
    "cases",
    "as wanted in the same run",
    "clear failure, as wanted in the next",
    "tracebacks",
    "false ``changed``",
    "made twice",
    "otherwise wrong",
)
TRACEBACK, CHANGED, TWICE = "traceback", "false changed", "duplicate"


def counts(results: Sequence[Result]) -> list[int]:
    """The numbers of one row."""
    good = [result.outcome for result in results if not result.wrong]
    sorts = [set(result.wrong) for result in results]
    known = {TRACEBACK, CHANGED, TWICE}
    return [
        len(results),
        good.count("converged"),
        good.count("failed"),
        *(sum(sort in found for found in sorts) for sort in (TRACEBACK, CHANGED, TWICE)),
        sum(bool(found - known) for found in sorts),
    ]


def table(title: str, rows: Iterable[tuple[str, Sequence[Result]]]) -> list[str]:
    """A table with a row of counts for each of these."""
    return rst.table((title, *HEAD), [[name, *(format(number, ",") for number in counts(results))] for name, results in rows if results])


def render(matrix: Matrix) -> str:
    """Both tables."""
    results = matrix.results
    families = [(text, [result for result in results if result.case.fault.rule["kind"] == kind]) for kind, text in FAMILIES.items()]
    by_group = table("what is done", [*((group, matrix.of(group)) for group in GROUPS), ("**all**", results)])
    return "\n".join([*by_group, *table("what fails", families), ""])


def write(matrix: Matrix) -> None:
    """Put the tables into the document."""
    DOCUMENT.write_text(BLOCK.sub(lambda _match: render(matrix), DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


def numbers(text: str) -> list[str]:
    """The rows of the tables in a text, each with the number of cases and with what must be 0: the rest may depend on the moment."""
    rows = [re.split(" {2,}", line) for line in text.splitlines() if "  " in line and not line.startswith("=")]
    return [" ".join([row[0], row[1], *row[4:]]) for row in rows]
