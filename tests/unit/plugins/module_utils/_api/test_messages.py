# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api import messages


@pytest.mark.parametrize(
    ("route", "msg_id", "args", "sentence"),
    [
        (
            "add/domain",
            "domain_exists",
            ["a.example"],
            "a.example already exists as a domain or alias domain [domain_exists",
        ),
        # One id, three meanings (facts-mailboxes 1.3 and 12.4).
        ("add/mailbox", "access_denied", [], "the domain does not exist in mailcow; create it first"),
        ("edit/alias", "access_denied", [], "the domain of the new address does not exist in mailcow [access_denied]"),
        ("edit/mailbox", "access_denied", [], "the object does not exist"),
        ("add/mailbox", "max_mailbox_exceeded", [10, 10], "10 of 10"),
        # mailcow escapes for HTML what it repeats (facts-server 1.6).
        ("add/alias", "goto_invalid", ["&lt;b&gt;"], "<b> cannot be the destination"),
        # The longest route counts, and the name of an object may follow.
        ("edit/domain/footer", "username_invalid", ["a@a.example"], "exclude of the footer contains a@a.example"),
        ("edit/admin/jane", "username_invalid", ["jane"], "jane is not a valid name for an administrator"),
        ("add/x", "something_new", ["a", 1], "something_new a 1"),
        ("add/x", "Invalid regex", [], "Invalid regex"),
        ("add/x", "", [], ""),
    ],
)
def test_a_message_in_plain_english(route: str, msg_id: str, args: list, sentence: str) -> None:
    assert sentence in messages.explain(route, msg_id, args)


@pytest.mark.parametrize("place", sorted(messages._REASONS))
@pytest.mark.parametrize("args", [[], [None], ["a"], ["a", "b", "c"], [{"errorInfo": ["23000"]}], ["{0} {x}"]], ids=str)
def test_each_message_is_a_sentence_whatever_its_arguments(place: str, args: list) -> None:
    route, _blank, msg_id = place.partition(" ") if place[:4] in ("add/", "edit", "dele") else ("add/x", " ", place)
    sentence = messages.explain(route, msg_id, args)
    assert msg_id in sentence
    assert "{0}" not in sentence.replace("{0} {x}", "")
    assert "{1}" not in sentence
