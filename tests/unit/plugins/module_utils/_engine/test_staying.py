# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The last object that has what one has to have stays, and keeps it."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._engine.bulk import Declared
from ansible_collections.community.mailcow.plugins.module_utils._engine.bulk import apply as apply_all
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Write
from ansible_collections.community.mailcow.plugins.module_utils._engine.plan import Wanted
from ansible_collections.community.mailcow.plugins.module_utils._fields.plain import Flag
from tests.unit.plugins.module_utils.fakes import STONE, Server, apply, over, wish

A, B, C = "a@one.example", "b@one.example", "c@one.example"
KIND = dataclasses.replace(STONE, write=Write("thing"), fields=(Flag("active", default=True),), one_stays="active")
NONE_LEFT = "at least one stone must remain active"


def server(a: bool, b: bool) -> Server:
    made = Server()
    for address, active in ((A, a), (B, b)):
        made.make(address, active=int(active))
    return made


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("wanted", [wish(A, KIND, "absent"), wish(A, KIND, active=False)], ids=["deleted", "switched off"])
class TestOne:
    def test_the_last_one(self, wanted: Wanted, check: bool) -> None:
        there = server(a=True, b=False)
        assert NONE_LEFT in str(apply(there, wanted, kind=KIND, check=check)[0].error)
        assert there.writes() == []

    def test_another_one_is_left(self, wanted: Wanted, check: bool) -> None:
        assert apply(server(a=True, b=True), wanted, kind=KIND, check=check)[0].error is None

    def test_none_has_it_anyway(self, wanted: Wanted, check: bool) -> None:
        assert apply(server(a=False, b=False), wanted, kind=KIND, check=check)[0].error is None


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ([wish(A, KIND, "absent"), wish(B, KIND, "absent")], False),
        ([wish(A, KIND, "absent"), wish(B, KIND, active=False)], False),
        ([wish(A, KIND, "absent"), wish(B, KIND, "absent"), wish(C, KIND, active=False)], False),
        ([wish(A, KIND, "absent"), wish(B, KIND)], True),
        ([wish(A, KIND, "absent"), wish(B, KIND, "absent"), wish(C, KIND)], True),
        ([wish(A, KIND, "absent"), wish(B, KIND, active=False), wish(C, KIND, active=True)], True),
    ],
    ids=["both deleted", "one of each", "a new one without", "one", "a new one", "a new one with"],
)
def test_many(wanted: list[Wanted], left: bool) -> None:
    """What they are together, before any of it is done."""
    there = server(a=True, b=True)
    if left:
        assert all(change.error is None for change in apply_all([Declared(KIND, wanted)], over(there)))
    else:
        with pytest.raises(MailcowError, match="nothing was done: " + NONE_LEFT):
            apply_all([Declared(KIND, wanted)], over(there))
        assert there.writes() == []
