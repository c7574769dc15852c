# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that are told apart by several of their values, by a number, or not at all."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._engine.identity import ByParts, Name, OnlyOne
from ansible_collections.community.mailcow.plugins.module_utils._fields.field import Field
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS

OWNER, LABEL, PORT = Field("owner"), Field("label"), Field("port")
JOB = ByParts("id", parts=(OWNER, LABEL, PORT), place="owner", lacking={"port": "993"})
MAP = ByParts("id", parts=(OWNER, LABEL), optional=("label",))
ALIAS = next(kind for kind in KINDS if kind.name == "alias")
RELAYHOST = next(kind for kind in KINDS if kind.name == "relayhost")


class TestByParts:
    def test_its_name_can_be_read(self) -> None:
        name = JOB.given({"owner": "jane@a.example", "label": "Phone", "port": "143"})
        assert (name, name.place, JOB.number(name)) == ("jane@a.example Phone 143", "jane@a.example", None)

    def test_what_is_lacking_has_a_value(self) -> None:
        assert JOB.given({"owner": "a", "label": "b"}) == JOB.of({"owner": "a", "label": "b", "port": "993"})

    def test_a_number_needs_no_other_parts_but_the_place(self) -> None:
        name = JOB.given({"id": 7, "owner": "a"})
        assert (name, name.place, JOB.number(name)) == ("#7", "a", 7)
        with pytest.raises(InvalidValue, match="is required with id") as error:
            JOB.given({"id": 7})
        assert error.value.option == "owner"

    @pytest.mark.parametrize("params", [{}, {"owner": "a"}, {"label": "b", "port": "1"}])
    def test_all_parts_are_needed(self, params: dict) -> None:
        with pytest.raises(InvalidValue, match="set owner and label, or id"):
            JOB.given(params)

    def test_what_lacks_a_part_has_no_name(self) -> None:
        assert JOB.of({"owner": "a", "label": None, "port": "1"}) == ""
        with pytest.raises(KeyError, match="label"):
            JOB.of({"owner": "a", "port": "1"})

    def test_an_optional_part_plays_a_role_only_when_it_is_given(self) -> None:
        full, empty = {"owner": "a", "label": "b"}, {"owner": "a", "label": ""}
        assert MAP.given({"owner": "a"}) == MAP.short(full) == MAP.short(empty)
        assert MAP.given(full) == MAP.of(full) != MAP.given({"owner": "a"})
        assert MAP.given(empty) == MAP.of(empty) != MAP.given({"owner": "a"})


def test_there_is_one() -> None:
    assert OnlyOne().given({}) == OnlyOne().of({"any": 1})
    assert OnlyOne().argument_spec() == {}


class TestNumbers:
    def test_only_a_number_is_a_number(self) -> None:
        assert JOB.number("#sales@a.example") is None
        assert JOB.number(Name.of(["#5"])) is None
        assert JOB.number(Name.of(["smtp.example"], number=5)) == 5

    def test_an_address_may_look_like_one(self) -> None:
        assert ALIAS.identity.key(ALIAS.identity.given({"address": "#Sales@a.example"})) == "#sales@a.example"

    def test_it_is_a_key_of_the_object(self) -> None:
        raw = {"id": 5, "hostname": "smtp.example", "username": ""}
        assert RELAYHOST.identity.key(Name.of(["whatever it is called"], number="5")) in RELAYHOST.identity.keys_of(raw)
        assert RELAYHOST.identity.key(RELAYHOST.identity.of(raw)) in RELAYHOST.identity.keys_of(raw)
