# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every task does with its connection options, before it asks for anything."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._tasks.connection import connect
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Call


def call(url: str = "https://mail.example.com", **options: object) -> Call:
    return Call(dict({"url": url, "api_key": "K", "validate_certs": True, "ca_path": None, "timeout": 60}, **options))


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example.com",
        "HTTPS://mail.example.com",
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://127.8.9.1",
        "http://[::1]:80",
    ],
)
def test_a_connection_on_which_nobody_listens_needs_no_warning(url: str) -> None:
    asked = call(url)
    connect(asked)
    assert asked.warnings == []


@pytest.mark.parametrize(
    "url",
    ["http://mail.example.com", "HTTP://mail.example.com", "http://192.0.2.1", "http://[2001:db8::1]", "http://localhost.example.com"],
)
def test_an_open_one_is_warned_of_once(url: str) -> None:
    asked = call(url)
    connect(asked)
    connect(asked)
    assert [warning.startswith("url: the connection to %s is not encrypted, so others" % url) for warning in asked.warnings] == [True]


def test_the_warning_shows_no_password() -> None:
    asked = call("http://joe:hunter2@mail.example.com")
    connect(asked)
    assert "hunter2" not in str(asked.warnings)
    assert "http://mail.example.com" in asked.warnings[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"timeout": 0}, "timeout: must be at least 1 second"),
        ({"timeout": 10**12}, "timeout: 1000000000000 is too large; the maximum is 86400"),
        ({"api_key": " "}, "api_key: no API key is set"),
        ({"ca_path": "/nonexistent"}, "ca_path: /nonexistent cannot be read"),
        ({"url": "https://joe:hunter2@"}, "url: 'https://' is not the URL of a server"),
        ({"url": "joe:hunter2@mail.example"}, "url: 'mail.example' is not the URL of a server"),
    ],
)
def test_what_cannot_be_right_is_refused(options: dict, message: str) -> None:
    with pytest.raises(MailcowError) as caught:
        connect(call(**options))
    assert str(caught.value).startswith(message)
