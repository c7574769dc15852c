# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for every kind, beside what `Kind` itself refuses when it is built (`_engine/test_contradictions.py`)."""

from __future__ import annotations

import importlib

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._engine.ways import PerOwner
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import item_spec
from tests.tools.generate import ROOT

NAMES = sorted(path.stem for path in (ROOT / "plugins/module_utils/_kinds").glob("[!_]*.py"))
PACKAGE = "ansible_collections.community.mailcow.plugins.module_utils._kinds."
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
SECRET_WORDS = ("password", "private_key", "token", "secret", "key")


def options(spec: dict, prefix: str = "") -> dict:
    """All options of a specification, those inside of others by a dotted name."""
    found = {}
    for name, details in spec.items():
        found[prefix + name] = details
        found.update(options(details.get("options", {}), prefix + name + "."))
    return found


def test_there_are_some() -> None:
    assert len(NAMES) > 4
    assert len({kind.name for kind in KINDS}) == len({kind.plural for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_one_kind_that_has_a_place_in_the_order(name: str) -> None:
    module = importlib.import_module(PACKAGE + name)
    assert [value.name for value in vars(module).values() if isinstance(value, Kind)] == [name]
    assert getattr(module, name.upper()) in KINDS


@every_kind
def test_its_specification_is_valid(kind: Kind) -> None:
    validator = ArgumentSpecValidator(item_spec(kind))
    named = {kind.identity.option: "1"} if kind.identity.argument_spec() else {}
    result = validator.validate(named)
    assert result.error_messages == []
    removable = kind.write.deletes or kind.reset is not None
    assert result.validated_parameters.get("state") == ("present" if removable else None)
    assert bool(validator.validate({}).error_messages) == kind.identity.needed
    assert "unknown" in validator.validate({**named, "unknown": 1}).error_messages[0]


@every_kind
def test_what_is_not_given_is_not_managed(kind: Kind) -> None:
    """No option of an object has a default: it would be written over what is there."""
    other = {*kind.policies, *(kind.rename.options if kind.rename else ())}
    other |= {kind.write.trial.option} if kind.write.trial else set()
    other |= {"state"} if kind.write.deletes or kind.reset is not None else set()
    assert {name for name, details in item_spec(kind).items() if "default" in details} == other
    for field in kind.fields:
        assert field.given(dict.fromkeys(item_spec(kind))) is MISSING


@every_kind
def test_secrets_are_marked(kind: Kind) -> None:
    spec = options(item_spec(kind))
    unmarked = {name for name, details in spec.items() if name.rpartition(".")[2] in SECRET_WORDS and details.get("no_log") is not True}
    assert unmarked == set()
    secret = {field.option for field in kind.fields if field.secret}
    assert all(spec[option].get("no_log") is True for option in secret)


@every_kind
def test_options_are_named_once(kind: Kind) -> None:
    fields = (*kind.identity.fields, *kind.fields)
    names = [name for field in fields for name in field.argument_spec()]
    assert len(names) == len(set(names))
    # A result has them beside each other.
    assert kind.name not in {"status", "changed", "diff"}
    assert not {"url", "api_key", "validate_certs", "ca_path", "timeout", "state", "rename_to"} & set(names)


@every_kind
def test_what_cannot_be_read_says_when_it_is_written(kind: Kind) -> None:
    """The collection never pretends: what cannot be compared has a policy that says when it is written."""
    silent = [field.option for field in kind.fields if not field.readable and field.on_edit and not field.policy]
    assert silent == []


@every_kind
def test_what_the_routes_need_is_there(kind: Kind) -> None:
    assert kind.write.edits or all(not field.via for field in kind.fields)
    names = {field.option for field in kind.fields}
    for add in kind.write.adds or ():
        assert {add.when, *(add.takes or ())} - {None} <= names
    assert set(kind.read.lacks) <= names
    # The last route is for what no other was chosen for.
    assert not kind.write.adds or kind.write.adds[-1].when is None
    # What cannot be made is there by itself, so that it cannot go either.
    assert (kind.write.adds != ()) == kind.write.deletes


@every_kind
def test_what_tells_objects_apart_is_among_their_values(kind: Kind) -> None:
    identity = kind.identity
    assert all(part in kind.fields for part in identity.parts)
    parts = {part.option for part in identity.parts}
    assert set(getattr(identity, "lacking", ())) | set(getattr(identity, "optional", ())) <= parts
    assert getattr(identity, "place", None) in {None, *parts}
    assert not parts or identity.item, "a number is needed to tell those apart that are alike"
    assert isinstance(kind.read, PerOwner) == bool(getattr(identity, "place", None))
