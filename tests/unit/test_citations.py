# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds the project to what it cites: the sections in docs/mailcow and the recordings are there, and no other book is needed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.tools import checkout
from tests.tools.checkout import ROOT

# What was recorded and the texts of licences cite nothing; the examples below are wrong on purpose.
SILENT = ("tests/recordings/", "COPYING", "LICENSES/", str(Path(__file__).relative_to(ROOT)))

# Between two words; the second one may stand in the next line of a comment.
GAP = r"\s+(?:#\s+)?"
NUMBER = r"\d+(?:\.\d+)*"
CITATION = re.compile(rf'\b(facts-[a-z]+)\b(?!\.md)(?:{GAP}({NUMBER}(?:(?:,|{GAP}and|{GAP}to){GAP}{NUMBER})*))?(?:,{GAP}"([^"]+)")?')
RANGE = re.compile(rf"((?:\d+\.)*)(\d+)(?:{GAP}to{GAP}\1(\d+)(?!\.?\d))?")

RECORDING = r"\[([a-z][a-z0-9_]*)\](?!\()"
HEADING = re.compile(rf"^(#+) (?:({NUMBER})\.? )?(.+?)(?: +{RECORDING})*$", re.MULTILINE)
CODE = re.compile(r"(`+).+?\1")

OUTSIDE = re.compile(
    rf"(?<![\w-])shared/|\bshared{GAP}notes\b|(?<![\w-])(?:notes|house|field|design)\.md\b|\bdesign(?:,?{GAP}section)?{GAP}\d"
    rf"|(?<!\w)\.library\b|\bthe{GAP}mission\b",
    re.IGNORECASE,
)

Headings = set[tuple[str, str]]

BOOK: dict[str, Headings] = {"facts-x": {("", "Marks"), ("1", "One"), ("1.1", "A"), ("1.2", "B"), ("1.3", "C"), ("2", "Tags")}}


@cache
def texts() -> dict[str, str]:
    """Every text that git has or would commit, by its path."""
    found = {}
    for name in checkout.names():
        content = (ROOT / name).read_bytes()
        if not name.startswith(SILENT) and b"\0" not in content:
            found[name] = content.decode()
    return found


@cache
def pages() -> dict[str, str]:
    """The pages of facts, by the name that cites them."""
    return {path.stem: path.read_text() for path in (ROOT / "docs/mailcow").glob("facts-*.md")}


def headings(page: str) -> Headings:
    """Number and title of each heading; one that has no number has that of the section in which it stands, if any."""
    found, section = set(), ""
    for level, number, title, _recording in HEADING.findall(page):
        if level == "##":
            section = number
        found.add((number or section, title))
    return found


def sections(numbers: str) -> list[str]:
    """The sections that a list of numbers and ranges names: "1 and 4 to 6" gives 1, 4, 5 and 6."""
    ranges = RANGE.findall(numbers)
    return [f"{chapter}{number}" for chapter, first, last in ranges for number in range(int(first), int(last or first) + 1)]


def is_there(citation: re.Match[str], book: dict[str, Headings]) -> bool:
    """Whether the cited page has each of the cited sections, and the cited title in the last one of them."""
    page, numbers, title = citation.groups()
    cited, known = sections(numbers or ""), book.get(page, set())
    if not {*cited} <= {number for number, _title in known}:
        return False
    if title:
        return any(re.sub(GAP, " ", title) == heading and (not cited or cited[-1] == number) for number, heading in known)
    return bool(cited)


def at(text: str, match: re.Match[str]) -> str:
    return f"{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"


def wrong(text: str, book: dict[str, Headings]) -> list[str]:
    """The citations in a text that lead nowhere, each with its line."""
    return [at(text, match) for match in CITATION.finditer(text) if not is_there(match, book)]


def outside(text: str) -> list[str]:
    """Where a text cites what is not in the repository."""
    return [at(text, match) for match in OUTSIDE.finditer(text)]


def recordings(page: str) -> set[str]:
    """The recordings that a page names: a name alone in brackets, which is neither code nor a link."""
    return set(re.findall(RECORDING, CODE.sub("", page)))


def test_every_cited_section_is_there() -> None:
    book = {name: headings(page) for name, page in pages().items()}
    assert [f"{name}:{place}" for name, text in texts().items() for place in wrong(text, book)] == []


def test_many_citations_are_read() -> None:
    assert sum(len(CITATION.findall(text)) for text in texts().values()) > 150


def test_every_named_recording_is_there() -> None:
    there = {path.stem for path in (ROOT / "tests/recordings").glob("*.json")}
    assert {name: recordings(page) - there for name, page in pages().items() if recordings(page) - there} == {}


def test_many_recordings_are_read() -> None:
    assert len(set().union(*map(recordings, pages().values()))) > 50


def test_nothing_is_cited_that_is_not_in_the_repository() -> None:
    assert [f"{name}:{place}" for name, text in texts().items() for place in outside(text)] == []


def test_a_heading_may_name_recordings() -> None:
    page = "# Facts\n\n## Marks\n\n## 2. domain  [domain] [domain_cascade]\n\n### 2.1 Keys (db)\n\n### Tags  [tags]\n\n## End\n"
    assert headings(page) == {("", "Facts"), ("", "Marks"), ("2", "domain"), ("2.1", "Keys (db)"), ("2", "Tags"), ("", "End")}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1", ["1"]),
        ("1.10", ["1.10"]),
        ("1, 2 and 3", ["1", "2", "3"]),
        ("1 and 4 to 6", ["1", "4", "5", "6"]),
        ("1.2 to 1.4", ["1.2", "1.3", "1.4"]),
        ("9 to 11", ["9", "10", "11"]),
        ("1.9 to 2.1", ["1.9", "2.1"]),
        ("6 to 4", []),
    ],
)
def test_numbers_and_ranges(numbers: str, expected: list[str]) -> None:
    assert sections(numbers) == expected


@pytest.mark.parametrize(
    "text",
    [
        "an answer (facts-x 1.2).",
        "facts-x 1.2: ``rl_scope``",
        "facts-x 1.1 and 2",
        "facts-x 1.1, 2",
        "facts-x 1.1 to 1.3",
        "(facts-x 1.3, facts-x 2)",
        'facts-x 2, "Tags"',
        'facts-x, "Tags"',
        'facts-x, "Marks"',
        "# what comes back (facts-x\n    # 1.1)",
        "see facts-x.md",
    ],
)
def test_a_good_citation(text: str) -> None:
    assert wrong(text, BOOK) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facts-x 3", ["1: facts-x 3"]),
        ("facts-x 1.4", ["1: facts-x 1.4"]),
        ("facts-x 1.2 and 3", ["1: facts-x 1.2 and 3"]),
        ("facts-x 1.2 to 1.4", ["1: facts-x 1.2 to 1.4"]),
        ("facts-x 1.3 to 1.1", ["1: facts-x 1.3 to 1.1"]),
        ("(facts-x 1,\nfacts-x 4)", ["2: facts-x 4"]),
        ("facts-y 1", ["1: facts-y 1"]),
        ("as facts-x says", ["1: facts-x"]),
        ('facts-x, "Nowhere"', ['1: facts-x, "Nowhere"']),
        ('facts-x 1, "Tags"', ['1: facts-x 1, "Tags"']),
        ("# (facts-x\n# 9)", ["1: facts-x\n# 9"]),
    ],
)
def test_a_bad_citation(text: str, expected: list[str]) -> None:
    assert wrong(text, BOOK) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing is stored [alias_edit] [auth].", {"alias_edit", "auth"}),
        ("as seen [alias_edit]", {"alias_edit"}),
        ('an entry `["mailbox",action]` or `[name]`, ``[`x`, y]``', set()),
        ('a list ["mailbox",action], [] or [1], or [IP]', set()),
        ("the page [facts](facts.md)", set()),
    ],
)
def test_what_names_a_recording(text: str, expected: set[str]) -> None:
    assert recordings(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "batches stay small (shared/notes.md)",
        "see ../shared/x",
        "measured (shared\n# notes)",
        "`notes.md`",
        "house.md, 3",
        "in field.md",
        "design.md",
        '"""Design 2: it never pretends."""',
        "(design, section 5)",
        "/work/.library/env",
        "Every endpoint of the mission",
        "# all of the\n# mission",
    ],
)
def test_a_citation_from_outside(text: str) -> None:
    assert outside(text)


@pytest.mark.parametrize("text", ["a shared notebook", "release-notes.md", "by design, 2026", "commission", "the library", "js.library"])
def test_no_citation_from_outside(text: str) -> None:
    assert outside(text) == []
