# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for every resource."""

from __future__ import annotations

import importlib

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.community.mailcow.plugins.module_utils._fields import MISSING
from ansible_collections.community.mailcow.plugins.module_utils._kinds import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._module import item_spec
from ansible_collections.community.mailcow.plugins.module_utils._resource import Resource
from tests.tools.runtime import ROOT

NAMES = sorted(path.stem for path in (ROOT / "plugins/module_utils/resources").glob("[!_]*.py"))
PACKAGE = "ansible_collections.community.mailcow.plugins.module_utils.resources."
RESOURCES = [value for name in NAMES for value in vars(importlib.import_module(PACKAGE + name)).values() if isinstance(value, Resource)]
every_resource = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.kind)
SECRET_WORDS = ("password", "private_key", "token", "secret", "key")


def options(spec: dict, prefix: str = "") -> dict:
    """All options of a specification, those inside of others by a dotted name."""
    found = {}
    for name, details in spec.items():
        found[prefix + name] = details
        found.update(options(details.get("options", {}), prefix + name + "."))
    return found


def test_there_are_some() -> None:
    assert len(RESOURCES) >= len(NAMES) > 4
    assert len({resource.kind for resource in RESOURCES}) == len({resource.plural for resource in RESOURCES}) == len(RESOURCES)
    assert {resource.kind for resource in RESOURCES} == {resource.kind for resource in KINDS}


@every_resource
def test_its_specification_is_valid(resource: Resource) -> None:
    validator = ArgumentSpecValidator(item_spec(resource))
    named = {resource.identity.option: "1"} if resource.identity.argument_spec() else {}
    result = validator.validate(named)
    assert result.error_messages == []
    removable = resource.delete or resource.reset is not None
    assert result.validated_parameters.get("state") == ("present" if removable else None)
    assert bool(validator.validate({}).error_messages) == resource.identity.needed
    assert "unknown" in validator.validate({**named, "unknown": 1}).error_messages[0]


@every_resource
def test_what_is_not_given_is_not_managed(resource: Resource) -> None:
    """No option of an object has a default: it would be written over what is there."""
    other = {*resource.policies, *(resource.rename.options if resource.rename else ())}
    other |= {"state"} if resource.delete or resource.reset is not None else set()
    assert {name for name, details in item_spec(resource).items() if "default" in details} == other
    for field in resource.fields:
        assert field.given(dict.fromkeys(item_spec(resource))) is MISSING


@every_resource
def test_secrets_are_marked(resource: Resource) -> None:
    spec = options(item_spec(resource))
    unmarked = {name for name, details in spec.items() if name.rpartition(".")[2] in SECRET_WORDS and details.get("no_log") is not True}
    assert unmarked == set()
    secret = {field.option for field in resource.fields if field.secret}
    assert all(spec[option].get("no_log") is True for option in secret)


@every_resource
def test_options_are_named_once(resource: Resource) -> None:
    fields = (resource.identity, *resource.fields)
    names = [name for field in fields for name in field.argument_spec()]
    assert len(names) == len(set(names))
    # A result has them beside each other.
    assert resource.kind not in {"status", "changed", "diff"}
    assert not {"url", "api_key", "validate_certs", "ca_path", "timeout", "state", "rename_to"} & set(names)


@every_resource
def test_what_cannot_be_read_says_when_it_is_written(resource: Resource) -> None:
    """Design 2: "it never pretends"."""
    silent = [field.option for field in resource.fields if not field.readable and field.on_edit and not field.policy]
    assert silent == []


@every_resource
def test_what_the_routes_need_is_there(resource: Resource) -> None:
    assert resource.read.one or resource.read.scoped or resource.read.all or resource.read.lists
    assert resource.edit or all(not field.via for field in resource.fields)
    names = {field.option for field in resource.fields}
    for add in resource.add:
        assert {add.when, *(add.takes or ())} - {None} <= names
    assert set(resource.read.reduced_lacks) <= names
    # The last route is for what no other was chosen for.
    assert not resource.add or resource.add[-1].when is None
    # What cannot be made is there by itself, so that it cannot go either.
    assert bool(resource.add) == bool(resource.delete)


@every_resource
def test_what_tells_objects_apart_is_among_their_values(resource: Resource) -> None:
    parts = getattr(resource.identity, "parts", ())
    assert all(part in resource.fields for part in parts)
    assert set(getattr(resource.identity, "lacking", ())) <= {part.option for part in parts}
    assert getattr(resource.identity, "place", None) in {None, *(part.option for part in parts)}
    assert not parts or resource.item, "a number is needed to tell those apart that are alike"
    assert bool(resource.read.per_mailbox) == bool(getattr(resource.identity, "place", None))
