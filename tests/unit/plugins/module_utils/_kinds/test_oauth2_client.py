# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.oauth2_client import OAUTH2_CLIENT
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

URI, OTHER = "https://app.example/oauth2/callback?x=1&y=ü", "https://other.example/cb"
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"redirect_uri": "https://app.example/callback", "old_secret": "leaked", "revoke_tokens": True}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, OAUTH2_CLIENT)


def add(play: Play, *uris: object) -> list[int]:
    """Make clients as somebody else would: mailcow does not mind twins. Their numbers."""
    for number, uri in enumerate(uris):
        play.sim.plant(
            "sql",
            "INSERT INTO oauth_clients (client_id, client_secret, redirect_uri, scope) VALUES ('%s', 's', %s, 'profile')"
            % (number, "NULL" if uri is None else "'%s'" % uri),
        )
    return [one["status"]["id"] for one in play.info()]


def test_everything(play: Play) -> None:
    assert play.round_trip(redirect_uri=URI) == {"redirect_uri": URI}
    assert play.run(redirect_uri=URI, state="absent")["changed"]
    assert not play.run(redirect_uri=URI, state="absent")["changed"]
    assert play.info() == []


def test_who_makes_it_gets_the_secret_and_nobody_else(play: Play) -> None:
    predicted = play.run(check=True, redirect_uri=URI)["status"]
    made = play.run(diff=True, redirect_uri=URI)
    assert predicted == dict.fromkeys(made["status"])
    secret = made["status"]["client_secret"]
    assert re.fullmatch("[0-9a-f]{12}", made["status"]["client_id"])
    assert re.fullmatch("[0-9a-f]{24}", secret)
    assert secret not in str(made["diff"])
    for later in (play.run(diff=True, redirect_uri=URI), play.run(redirect_uri=OTHER, id=made["status"]["id"])):
        assert later["status"].keys() == {"id", "client_id", "scope", "grant_types"}
        assert secret not in later["output"]
    assert "client_secret" not in play.info()[0]["status"]
    assert play.info(show_secrets=True)[0]["status"]["client_secret"] == secret


class TestOldSecret:
    @pytest.fixture
    def secret(self, play: Play) -> str:
        made = play.run(redirect_uri=URI)["status"]
        tokens = "INSERT INTO oauth_access_tokens (access_token, client_id, expires) VALUES ('t', '%s', '2099-01-01')"
        play.sim.plant("sql", tokens % made["client_id"])
        return made["client_secret"]

    @pytest.mark.parametrize("revoke", [False, True, None])
    def test_it_is_replaced_once(self, play: Play, secret: str, revoke: bool | None) -> None:
        wanted = dict({"redirect_uri": URI, "old_secret": secret}, **{} if revoke is None else {"revoke_tokens": revoke})
        play.sim.clear_requests()
        check = play.run(check=True, diff=True, **wanted)
        assert play.writes() == []
        done = play.run(diff=True, **wanted)
        assert play.writes() == ["edit/oauth2-client"] * (2 if revoke else 1)
        assert (done["changed"], done["diff"]) == (check["changed"], check["diff"])
        new = done["status"].pop("client_secret")
        assert re.fullmatch("[0-9a-f]{24}", new)
        assert new != secret
        assert check["status"] == {**done["status"], "client_secret": None}
        for result in (check, done):
            assert secret not in str(result["diff"]) + str(result["status"])
        assert play.info(show_secrets=True)[0]["status"]["client_secret"] == new
        play.unchanged(**wanted)
        assert play.run(**wanted)["status"].keys() == done["status"].keys()

    @pytest.mark.parametrize("path", ["edit/oauth2-client", "oauth2-client/all"])
    @pytest.mark.parametrize("revoke", [False, True])
    def test_an_answer_that_gets_lost(self, play: Play, secret: str, path: str, revoke: bool) -> None:
        """Whether it was replaced shows in the secret: it is not replaced twice."""
        play.sim.clear_requests()
        play.sim.fault(kind="reset", when="after", path=path, times=1)
        done = play.run(redirect_uri=URI, old_secret=secret, revoke_tokens=revoke)
        assert done["changed"]
        assert done["status"]["client_secret"] == play.info(show_secrets=True)[0]["status"]["client_secret"]
        bodies = [request["body"]["attr"] for request in play.sim.requests() if request["method"] == "POST"]
        assert bodies.count({"renew_secret": 1}) == 1

    def test_together_with_another_uri(self, play: Play, secret: str) -> None:
        number = play.info()[0]["status"]["id"]
        assert play.change(id=number, redirect_uri=OTHER, old_secret=secret) == {"redirect_uri": OTHER}

    def test_a_new_client_has_another_one(self, play: Play) -> None:
        play.sim.clear_requests()
        assert play.run(redirect_uri=OTHER, old_secret="leaked", revoke_tokens=True)["status"]["client_secret"]
        assert play.writes() == ["add/oauth2-client"]


def test_another_uri(play: Play) -> None:
    made = play.run(redirect_uri=URI)
    assert play.change(id=made["status"]["id"], redirect_uri=OTHER) == {"redirect_uri": OTHER}
    assert play.info(show_secrets=True)[0]["status"] == made["status"]
    assert play.run(id=made["status"]["id"], state="absent")["changed"]
    assert play.info() == []


def test_blanks_and_case(play: Play) -> None:
    play.run(redirect_uri=OTHER)
    play.unchanged(redirect_uri="  %s " % OTHER)
    assert play.change(redirect_uri="https://other.example/CB") == {"redirect_uri": "https://other.example/CB"}
    assert len(play.info()) == 1


class TestTwins:
    """facts-server 10: duplicates are allowed."""

    @pytest.mark.parametrize("options", [{}, {"state": "absent"}])
    def test_which_one_is_not_known(self, play: Play, options: dict) -> None:
        first, second = add(play, URI, URI)
        play.sim.clear_requests()
        failed = play.fail(redirect_uri=URI, **options)
        assert "several match" in failed["msg"]
        assert "%d, %d" % (first, second) in failed["msg"]
        assert play.writes() == []

    def test_the_number_tells(self, play: Play) -> None:
        first, second, third = add(play, URI, URI, OTHER)
        play.unchanged(id=first, redirect_uri=URI)
        play.change(id=second, redirect_uri=OTHER)
        assert [one["status"]["id"] for one in play.info(redirect_uri=OTHER)] == [second, third]
        assert play.run(id=third, state="absent")["changed"]
        assert not play.run(id=third, state="absent")["changed"]
        assert [one["status"]["id"] for one in play.info()] == [first, second]
        assert [one["redirect_uri"] for one in play.info(id=second)] == [OTHER]

    def test_one_without_uri(self, play: Play) -> None:
        """mailcow makes them when none is given."""
        first, second = add(play, None, "")
        assert [one["redirect_uri"] for one in play.info()] == ["", ""]
        play.change(id=first, redirect_uri=URI)
        assert play.run(id=second, state="absent")["changed"]
        assert [one["status"]["id"] for one in play.info()] == [first]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "set redirect_uri, or id"),
        ({"state": "absent"}, "set redirect_uri, or id"),
        ({"redirect_uri": " "}, "redirect_uri: an OAuth2 client is of no use without it"),
        ({"redirect_uri": "x" * 2001}, "redirect_uri: 2001 characters are too many; the maximum is 2000"),
        ({"redirect_uri": URI, "revoke_tokens": True}, "revoke_tokens: tokens are revoked when the client gets another secret"),
        ({"redirect_uri": URI, "old_secret": "", "revoke_tokens": True}, "revoke_tokens: tokens are revoked"),
        ({"id": 4711, "redirect_uri": URI}, "id: there is no OAuth2 client with the ID 4711"),
    ],
    ids=str,
)
def test_what_cannot_be(play: Play, options: dict, message: str) -> None:
    play.sim.clear_requests()
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_an_empty_uri_is_not_set(play: Play) -> None:
    number = play.run(redirect_uri=URI)["status"]["id"]
    assert "redirect_uri: mailcow keeps the old value" in play.fail(id=number, redirect_uri="")["msg"]
