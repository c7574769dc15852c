# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A guide, read from the top: files are written, commands given, and what they print is held to what the guide shows."""

from __future__ import annotations

import difflib
import re
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from tests.examples.guide import OUTPUT, Block, blocks, like, renewed
from tests.examples.internet import KEY, Internet, internet

# As a newcomer has set it, whom the first guide tells so.
SETTINGS = {
    "ANSIBLE_LOCALHOST_WARNING": "False",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
    "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
    "ANSIBLE_NOCOLOR": "True",
    "ANSIBLE_NOCOWS": "True",
    "PYTHONDONTWRITEBYTECODE": "1",
}
# The servers that a guide may talk of.
SERVER = re.compile(r"https://(mail\d*\.example\.com)")
# What one block exports, the next ones have.
SHELL = "set -eu\n. {state}\n{text}\nexport -p > {state}\n"
PLAY = "- hosts: localhost\n  gather_facts: false\n  tasks:\n"


class Wrong(AssertionError):
    """A guide does not say what is so."""


class Session:
    """One reader of one guide, in a `directory` of theirs."""

    def __init__(self, guide: str, directory: Path, world: Internet) -> None:
        self.guide, self.directory, self.world = guide, directory, world
        self.variables = {**world.variables, **SETTINGS, "MAILCOW_URL": "https://mail.example.com", "MAILCOW_API_KEY": KEY}
        self.state = directory / ".environment"
        self.state.touch()
        # Where output is shown, and what was printed there.
        self.outputs: list[tuple[Block, str]] = []

    def go(self) -> None:
        """Do all that the guide says. Raises Wrong when a command fails."""
        printed = None
        for block in blocks(self.guide):
            if block.remark == "not run":
                printed = None
            elif block.file:
                self._write(block.file, block.text)
            elif block.language == OUTPUT:
                if printed is None:
                    raise Wrong(f"line {block.line}: this is the output of nothing that was run")
                self.outputs.append((block, printed))
            elif block.language == "planted":
                kind, _space, command = block.text.strip().partition(" ")
                self.world.simulators["mail.example.com"].plant(kind, command)
            elif block.language == "meanwhile":
                self._shell(block, block.text)
            elif block.language == "console":
                printed = self._shell(block, block.text)
            elif block.language == "yaml":
                printed = self._play(block)
            else:
                raise Wrong(f"line {block.line}: neither a file nor to be run, and no reason why not")

    def check(self) -> None:
        """Raises Wrong when something else was printed than is shown."""
        for block, printed in self.outputs:
            if not like(block.text).fullmatch(printed):
                lines = difflib.unified_diff(block.text.splitlines(), printed.splitlines(), "shown", "printed", lineterm="", n=99)
                raise Wrong(f"line {block.line}: something else is printed\n" + "\n".join(lines))

    def written(self) -> str:
        """The guide, with what was printed in the place of what it shows, in the lines that differ."""
        text = self.guide
        for block, printed in reversed(self.outputs):
            if not like(block.text).fullmatch(printed):
                indent = text[block.start : block.end].lstrip("\n")
                spaces = " " * (len(indent) - len(indent.lstrip(" ")))
                text = text[: block.start] + "\n" + textwrap.indent(renewed(block.text, printed), spaces) + "\n" + text[block.end :]
        return text

    def _write(self, name: str, text: str) -> None:
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _play(self, block: Block) -> str:
        """Run a playbook, or tasks."""
        things = yaml.safe_load(block.text)
        if not isinstance(things, list):
            raise Wrong(f"line {block.line}: neither a file, nor a playbook, nor tasks")
        text = block.text if "hosts" in things[0] else PLAY + textwrap.indent(block.text, "    ")
        self._write(".play.yml", text)
        return self._shell(block, "ansible-playbook .play.yml")

    def _shell(self, block: Block, text: str) -> str:
        """Give commands; what they print."""
        done = subprocess.run(
            ["bash", "-c", SHELL.format(text=text, state=self.state)],
            cwd=self.directory,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        printed = "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines()) + "\n"
        if bool(done.returncode) != (block.remark == "fails"):
            raise Wrong(f"line {block.line}: the exit code is {done.returncode}\n{block.text}\n{printed}")
        return printed


@contextmanager
def read(path: Path) -> Iterator[Session]:
    """Read the guide of this path, on servers of its own; what came of it."""
    guide = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as place, internet(Path(place), *sorted({*SERVER.findall(guide)})) as world:
        (directory := Path(place, "work")).mkdir()
        session = Session(guide, directory, world)
        session.go()
        yield session
