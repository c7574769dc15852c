# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByName
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Add, counts, shows
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import MISSING
from ansible_collections.community.mailcow.plugins.module_utils._fields.mail import Address
from tests.unit.plugins.module_utils.fakes import STONE, THING


def test_identities_are_equal_without_case() -> None:
    assert THING.identity.key("Info@one.example") == THING.identity.key("info@ONE.example")


def test_an_object_full_of_nulls_has_no_identity() -> None:
    assert THING.identity.of({"address": None}) == ""


def test_an_object_that_does_not_say_what_it_is_is_none() -> None:
    with pytest.raises(KeyError, match="address"):
        THING.identity.of({"id": 7})


def test_what_edit_and_delete_call_an_object() -> None:
    raw = {"id": 7, "address": "a@one.example"}
    assert THING.identity.item_of(raw) == 7
    assert ByName(Address("address")).item_of(raw) == "a@one.example"


def test_the_managed_fields() -> None:
    assert [field.option for field in THING.managed({"size": 0, "tags": [], "unknown": 1})] == ["size", "tags"]


@pytest.mark.parametrize(("options", "route"), [({"name": "x"}, "overwrite"), ({"size": 1}, "thing")])
def test_what_is_given_chooses_the_add_route(options: dict, route: str) -> None:
    assert STONE.write.add_for(options).route == route


def test_the_policies() -> None:
    assert THING.policies == ["update_write_only", "update_password"]
    assert STONE.policies == []


def test_what_is_shown() -> None:
    assert THING.shown("a@one.example", {"size": 3, "hash": "h", "password": "secret", "limit": MISSING}) == {
        "address": "a@one.example",
        "size": 3,
    }


def test_read_only_values() -> None:
    status = dict(shows("created", logins="attributes.last"), **counts("left"))
    raw = {"created": "2026-01-01", "attributes": {"last": 5}, "left": "12"}
    assert {name: show(raw) for name, show in status.items()} == {"created": "2026-01-01", "logins": 5, "left": 12}
    assert {name: show({}) for name, show in status.items()} == {"created": None, "logins": None, "left": None}


def test_an_add_has_attributes_of_its_own() -> None:
    assert Add("a").fixed is not Add("b").fixed
