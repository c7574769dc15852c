# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Variables that are misspelled."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.lookup.unknown_variables import message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("tenant_quotta", "tenant_quotta (did you mean tenant_quota?)"),
        ("tenant_maiboxes", "tenant_maiboxes (did you mean tenant_mailboxes?)"),
        ("tenant_xyz", "tenant_xyz"),
    ],
)
def test_what_may_be_meant(name: str, told: str) -> None:
    assert message("tenant", ["tenant_domain", name, "mailcow_urrl"], [], []) == (
        f"No such variable: {told}. If a variable is for another purpose, add its name or its prefix to tenant_foreign_variables."
    )


def test_all_are_named_at_once() -> None:
    assert "No such variable: tenant_a, tenant_b." in message("tenant", ["tenant_b", "tenant_a"], [], [])


@pytest.mark.parametrize(
    ("role", "given", "known", "foreign"),
    [
        ("tenant", ["tenant_domain", "tenants", "__tenant_x"], [], []),
        ("tenant", ["tenant_count_aliases"], ["tenant_count_*"], []),
        ("tenant", ["tenant_crm_id"], [], ["tenant_crm_"]),
        ("health", ["health_fail", "health_checks"], ["health_fail", "health_checks"], []),
    ],
)
def test_what_is_known_is_not_told(role: str, given: list[str], known: list[str], foreign: list[str]) -> None:
    assert message(role, given, known, foreign) == ""
