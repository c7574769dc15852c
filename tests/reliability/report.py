# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The results of the matrix, as the generated tables of the guide on reliability."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tests.reliability.matrix import Matrix, Result
from tests.reliability.operations import GROUPS
from tests.tools import rst
from tests.tools.checkout import ROOT

DOCUMENT = ROOT / "docs/docsite/rst/guide_reliability.rst"
BLOCK = re.compile(r"(?<=^\.\. generated: matrix\n).*?(?=^\.\. end: matrix)", re.DOTALL | re.MULTILINE)
# How the guide calls each kind of fault of the simulator.
FAMILIES = {
    "status": "HTTP 302, 403, 404, 413, 500, 502, 503, 504; ``Retry-After`` of all kinds",
    "html": "an HTML page with HTTP 200",
    "empty": "an empty body with HTTP 200",
    "json": "invalid, unexpected or truncated JSON",
    "without": "objects or entries with missing keys",
    "instead": "objects or entries with values of null or of another type",
    "echo": "a message that repeats the request",
    "reset": "a connection reset",
    "partial": "a truncated response",
    "gzip": "invalid compression",
    "length": "a wrong Content-Length",
    "late": "HTTP 504 at once, executed later",
    "timeout": "no response",
    "slow": "a response after the timeout, executed later",
    "drip": "a response byte by byte",
}
HEAD = (
    "cases",
    "correct in the same run",
    "clear failure, correct in the next run",
    "tracebacks",
    "false ``changed``",
    "duplicates",
    "other errors",
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
    by_group = table("operation", [*((group, matrix.of(group)) for group in GROUPS), ("**all**", results)])
    return "\n".join([*by_group, *table("fault", families), ""])


def write(matrix: Matrix) -> None:
    """Put the tables into the document."""
    DOCUMENT.write_text(BLOCK.sub(lambda _match: render(matrix), DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


def numbers(text: str) -> list[str]:
    """The rows of the tables in a text, each with the number of cases and with what must be 0: the rest may depend on the moment."""
    rows = [re.split(" {2,}", line) for line in text.splitlines() if "  " in line and not line.startswith("=")]
    return [" ".join([row[0], row[1], *row[4:]]) for row in rows]
