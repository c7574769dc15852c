# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation says of each option what a new object has when it is omitted, and that is what a server makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.simulator.process import Simulator
from tests.tools.generate import documentation, single
from tests.unit.plugins.module_utils.objects import every_option
from tests.unit.plugins.module_utils.play import Play

# One of these has to be said: what it is then, that it cannot be omitted, or that one of its values means the same.
DEFAULT = re.compile(r"Default on create(?:, [^.]*,)? is (?:V\((?P<value>[^)]*)\)|(?P<words>[^.]*))")
NEEDED = re.compile(r"Needed to create|Required (?:to create|if)|To create")
NOTHING = re.compile(r"is the same as omitting it")
# What words mean; others tell of other objects.
WORDS: dict[str, tuple] = {
    "none": ("", [], {}),
    "an empty string": ("",),
    "an empty name": ("",),
    "no limit": ({"value": 0, "frame": "s"},),
}
MADE = [kind for kind in KINDS if kind.write.adds != ()]
every_kind = pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.name)


def told(kind: Kind) -> dict[str, str]:
    """What is said of the options that an object is not found by."""
    options = documentation(single(kind), "DOCUMENTATION")["options"]
    names = [name for field in kind.fields for name in field.argument_spec() if name not in kind.identity.naming]
    return {name: " ".join(options[name]["description"]) for name in names}


@pytest.fixture(scope="module")
def made() -> Iterator[dict[str, dict]]:
    """An object of each kind, made of no more options than it takes, as its module shows it."""
    with Simulator() as sim, pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_PROXY", "*")
        yield {kind.name: Play(sim, kind).run(**least(kind))[kind.name] for kind in MADE}


def least(kind: Kind) -> dict:
    """The options that it takes to make one."""
    needed = {name for name, text in told(kind).items() if NEEDED.search(text)}
    return {name: value for name, value in every_option(kind)[0].items() if name in {*kind.identity.naming, *needed}}


@every_kind
def test_it_is_said_of_each_option(kind: Kind) -> None:
    silent = {name for name, text in told(kind).items() if not any(said.search(text) for said in (DEFAULT, NEEDED, NOTHING))}
    assert silent == set()


@every_kind
def test_it_is_so(kind: Kind, made: dict[str, dict]) -> None:
    shown = made[kind.name]
    said = {name: DEFAULT.search(text) for name, text in told(kind).items() if name in shown}
    values = {name: match["value"] for name, match in said.items() if match and match["value"] is not None}
    assert values == {name: str(shown[name]).lower() if isinstance(shown[name], bool) else str(shown[name]) for name in values}
    words = {name: WORDS[match["words"]] for name, match in said.items() if match and match["words"] in WORDS}
    assert {name: shown[name] for name, meant in words.items() if shown[name] not in meant} == {}
