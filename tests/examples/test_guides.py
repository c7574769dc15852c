# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guides say what is so: what they tell a reader to do works on a simulator, and prints what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.guide import blocks, guides, like, renewed
from tests.examples.internet import Internet
from tests.examples.session import Session, Wrong, read


def runs(path: Path) -> bool:
    """Whether there is something to run in a guide."""
    return any(block.remark != "not run" for block in blocks(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in guides() if runs(path)], ids=lambda path: path.stem)
def test_a_guide_works(path: Path) -> None:
    """What it shows is written anew by: python -m tests.examples NAME --write."""
    with read(path) as session:
        session.check()


@pytest.mark.parametrize("path", guides(), ids=lambda path: path.stem)
def test_what_is_not_run_has_a_reason(path: Path) -> None:
    assert [block.line for block in blocks(path.read_text(encoding="utf-8")) if block.remark == "not run" and not block.reason] == []


WRONG = {
    "another output": (
        "\n.. code-block:: console\n\n   echo one\n\n.. code-block:: text\n\n   two\n",
        r"(?s)something else is printed.*\+one",
    ),
    "a failure": ("\n.. code-block:: console\n\n   false\n", "line 2: the exit code is 1"),
    "no failure": (".. fails\n\n.. code-block:: console\n\n   true\n", "the exit code is 0"),
    "output of nothing": ("\n.. code-block:: text\n\n   two\n", "the output of nothing"),
    "a part of a file": ("\n.. code-block:: ini\n\n   [a]\n", "neither a file nor to be run"),
    "variables": ("\n.. code-block:: yaml\n\n   a: b\n", "neither a file, nor a playbook, nor tasks"),
}


def held(guide: str, place: Path) -> Session:
    """Read a guide that needs no server, and hold it to what it shows."""
    session = Session(guide, place, Internet({}, "", place / "certificate.pem", place))
    session.go()
    session.check()
    return session


@pytest.mark.parametrize(("guide", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_seen(guide: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=message):
        held(guide, tmp_path)


RIGHT = """
.. code-block:: yaml

   # some/where.yml
   a: b

.. meanwhile: export WORD=$(cat <<'END'
   two
   END
   )

.. code-block:: console

   echo one $WORD; tail -1 some/where.yml

.. code-block:: text

   one …
   a: b
"""


def test_what_is_right_is_right(tmp_path: Path) -> None:
    session = held(RIGHT, tmp_path)
    assert session.outputs
    assert session.written() == RIGHT


def test_dots_stand_for_anything() -> None:
    assert like("a … c\n…\nz\n").fullmatch("a b c\nd\ne\nz\n")
    assert not like("a … c\n").fullmatch("a b\nc\n")


@pytest.mark.parametrize(
    ("shown", "printed", "written"),
    [
        # Lines that still stand for what is printed stay short, others are written out.
        ("on … of May\nok: a\nend …\n", "on 1 of May\nok: b\nnew\nend 2\n", "on … of May\nok: b\nnew\nend …\n"),
        ("on … of May\n", "on 1 of June\n", "on 1 of June\n"),
        # Dots between lines that hold stay; next to lines that do not, as many lines as before are written out.
        ("a\n…\nb\nc\n", "a\n1\n2\nb\nC\n", "a\n…\nb\nC\n"),
        ("a\n  …\nb\nc\n", "a\n1\n2\nB\nc\n", "a\n  …\nB\nc\n"),
        ("a\nb\n…\n", "A\nB\n1\n2\n", "A\nB\n…\n"),
        # Where no line is left for the others, or it is unknown which dots stand for what, all is written out.
        ("a\n…\nb\n", "A\n", "A\n"),
        ("a\n…\nb\n…\nc\n", "a\n1\n2\nc\n", "a\n1\n2\nc\n"),
    ],
)
def test_what_is_shortened_stays_so(shown: str, printed: str, written: str) -> None:
    assert renewed(shown, printed) == written
    assert like(written).fullmatch(printed)
