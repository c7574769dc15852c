# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    ConnectionFailed,
    InvalidValue,
    MailcowError,
    OutcomeUnknown,
    Refused,
)

SUCCESS = Entry("success", "domain_removed", ("a.example",))
WARNING = Entry("warning", "tag_limit_exceeded", ("limit 25",))
DANGER = Entry("danger", "domain_not_empty", ("b.example",))


def refused(*entries: Entry) -> Refused:
    return Refused("delete/domain", "POST delete/domain", list(entries))


def test_the_sentence_for_the_user() -> None:
    error = ConnectionFailed("No answer.", "GET get/domain/all")
    error.add("Done before that: add/domain")
    assert str(error) == "No answer. Done before that: add/domain"
    assert error.details() == {"request": "GET get/domain/all"}


def test_an_invalid_value_names_its_option() -> None:
    assert str(InvalidValue("quota", "is too small")) == "quota: is too small"
    assert str(InvalidValue(None, "no such domain")) == "no such domain"


def test_a_refusal_says_what_was_refused_why_and_what_was_done() -> None:
    error = refused(SUCCESS, DANGER)
    assert str(error).startswith("mailcow refused POST delete/domain: b.example still has mailboxes or resources; delete them first")
    assert "success for: domain_removed a.example" in str(error)
    assert error.details() == {"request": "POST delete/domain", "mailcow": ["domain_not_empty b.example"]}


def test_the_same_reason_is_told_once() -> None:
    assert str(refused(DANGER, DANGER)).count("still has mailboxes") == 1


def test_warnings_are_no_reasons() -> None:
    error = refused(WARNING, DANGER)
    assert "tag_limit_exceeded" not in str(error)
    assert "tag_limit_exceeded limit 25" in error.details()["mailcow"]


@pytest.mark.parametrize(
    "error", [MailcowError("x"), InvalidValue("quota", "x"), OutcomeUnknown("x", "POST add/x", 7.0), refused(SUCCESS, DANGER)]
)
def test_a_copy_can_be_told_about_another_object(error: MailcowError) -> None:
    before = str(error)
    copy = error.copy()
    copy.add("Not tried: x")
    assert type(copy) is type(error)
    assert copy.details() == error.details()
    assert str(copy) == before.rstrip(".") + ". Not tried: x"
    assert str(error) == before
