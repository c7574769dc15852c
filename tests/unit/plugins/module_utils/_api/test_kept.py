# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One connection for task after task in the same process, and nothing else that one remembers of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._api.wire import Kept
from tests.unit.plugins.module_utils.scripted import Answer, Scripted, self_signed

COOKIE = Answer('{"a": 1}', headers={"Set-Cookie": "PHPSESSID=1; path=/"})


def ask(server: Scripted, kept: Kept, key: str = "key", **options: object) -> object:
    """One task: a client of its own."""
    return Client(server.url, key, timeout=60, kept=kept, **options).get("domain/all")


def test_one_connection_for_all() -> None:
    kept = Kept()
    with Scripted(COOKIE) as server:
        for _number in range(3):
            assert ask(server, kept) == {"a": 1}
        assert server.connections == 1
        assert not any("Cookie" in seen.headers for seen in server.seen)


def test_another_key_has_another_connection() -> None:
    kept = Kept()
    with Scripted(COOKIE) as server:
        for key in ("one", "one", "other"):
            ask(server, kept, key)
        assert server.connections == 2
        assert [seen.headers["X-API-Key"] for seen in server.seen] == ["one", "one", "other"]


def test_another_server_has_another_connection() -> None:
    kept = Kept()
    with Scripted(COOKIE) as first, Scripted(COOKIE) as second:
        for server in (first, second, first):
            ask(server, kept)
        assert (first.connections, second.connections) == (2, 1)


def test_another_proxy_has_another_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept()
    with Scripted(COOKIE) as server, Scripted(COOKIE) as proxy:
        ask(server, kept)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        ask(server, kept)
        assert (len(server.seen), len(proxy.seen)) == (1, 1)


def test_what_is_not_checked_once_is_checked_the_next_time(tmp_path: Path) -> None:
    """A connection that was made without looking at the certificate serves nobody who wants it to be looked at."""
    kept, pem = Kept(), self_signed(tmp_path)
    with Scripted(COOKIE, certificate=pem) as server:
        assert ask(server, kept, validate_certs=False) == {"a": 1}
        with pytest.raises(MailcowError, match="certificate"):
            ask(server, kept)
        assert ask(server, kept, ca_path=str(pem)) == {"a": 1}


def test_a_refused_key_is_not_remembered() -> None:
    kept = Kept()
    with Scripted(Answer('{"type": "error", "msg": "no"}', status=401), COOKIE) as server:
        with pytest.raises(MailcowError, match="does not accept the API key"):
            ask(server, kept)
        assert ask(server, kept) == {"a": 1}


def test_a_connection_that_the_server_has_closed_is_made_anew() -> None:
    kept = Kept()
    with Scripted(Answer('{"a": 1}', headers={"Connection": "close"}), COOKIE) as server:
        assert [ask(server, kept), ask(server, kept)] == [{"a": 1}, {"a": 1}]
        assert server.connections == 2
