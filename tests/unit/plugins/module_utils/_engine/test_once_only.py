# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nothing is made twice: by two runs at the same moment, by answers that get lost or come late, by a list that seems empty."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import OutcomeUnknown, Refused
from ansible_collections.community.mailcow.plugins.module_utils._engine import bulk
from ansible_collections.community.mailcow.plugins.module_utils._engine.converge import converge
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._engine.server import Server
from ansible_collections.community.mailcow.plugins.module_utils._engine.work import Outcome
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_admin import DOMAIN_ADMIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.oauth2_client import OAUTH2_CLIENT
from ansible_collections.community.mailcow.plugins.module_utils._kinds.relayhost import RELAYHOST
from ansible_collections.community.mailcow.plugins.module_utils._kinds.tls_policy_map import TLS_POLICY_MAP
from ansible_collections.community.mailcow.plugins.module_utils._tasks.declaration import Declaration
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import wanted
from tests.simulator.process import Simulator

RELAY = {"hostname": "smtp.example", "username": "u", "password": "Secret-1", "active": False}
CLIENT = {"redirect_uri": "https://app.example/callback"}
POLICY = {"dest": "far.example", "policy": "encrypt"}
NAME = {"domain": "a.example", "defquota": 10, "maxquota": 20, "quota": 30}


without_unique_key = pytest.mark.parametrize(
    ("kind", "options"), [(RELAYHOST, RELAY), (OAUTH2_CLIENT, CLIENT)], ids=["relayhost", "oauth2_client"]
)


class Meddled(Client):
    """A client into whose way something comes: ``before`` is called before each write, ``instead`` may answer in its place,
    and ``empty`` says how many of the next reads answer nothing.
    """

    def __init__(self, sim: Simulator) -> None:
        super().__init__(sim.url, sim.rw_key, timeout=60)
        self.other = Client(sim.url, sim.rw_key, timeout=60)
        self.before: Callable[[str, object], None] = lambda path, body: None
        self.instead: Callable[[str, object], None] = lambda path, body: None
        self.empty = 0
        self.written: list[str] = []

    def get(self, route: str, *segments: str) -> object:
        self.empty -= 1
        return None if self.empty >= 0 else super().get(route, *segments)

    def write(self, path: str, body: object) -> list:
        self.before(path, body)
        self.written.append(path)
        self.instead(path, body)
        return super().write(path, body)


@pytest.fixture
def client(sim: Simulator) -> Meddled:
    return Meddled(sim)


def params(kind: Kind, **options: object) -> dict:
    policies = dict.fromkeys(kind.policies, "on_create")
    return {**dict.fromkeys(kind.by_parameter), **dict.fromkeys(kind.identity.argument_spec()), "state": "present", **policies, **options}


def run(client: Client, kind: Kind, patience: float = 0.1, **options: object) -> Outcome:
    return converge(kind, [wanted(kind, params(kind, **options))], Server(client, patience=patience))[0]


def steady(client: Meddled, kind: Kind, count: int = 1, **options: object) -> None:
    """A second run changes nothing, and there are so many."""
    client.written.clear()
    outcome = run(client.other, kind, **options)
    assert (outcome.error, outcome.changed) == (None, False)
    assert len(client.other.get(kind.read.route)) == count


def quietly(client: Client, path: str, body: object) -> None:
    """Write, whatever mailcow says."""
    with contextlib.suppress(Refused):
        client.write(path, body)


class TestTwoRunsAtOnce:
    @pytest.mark.parametrize(("kind", "options"), [(TLS_POLICY_MAP, POLICY), (DOMAIN, NAME)], ids=["tls_policy_map", "domain"])
    def test_what_the_other_one_made_is_taken(self, client: Meddled, kind: Kind, options: dict) -> None:
        client.before = lambda path, body: run(client.other, kind, **options)
        outcome = run(client, kind, **options)
        assert (outcome.error, outcome.changed, outcome.done) == (None, False, [])
        assert outcome.current

    def test_and_brought_to_what_is_wanted_here(self, client: Meddled) -> None:
        client.before = lambda path, body: path.startswith("add/") and run(client.other, DOMAIN, **{**NAME, "quota": 40})
        outcome = run(client, DOMAIN, **NAME)
        assert (outcome.error, outcome.changed, outcome.plan.action) == (None, True, "update")
        assert (outcome.plan.before["quota"], outcome.plan.after["quota"]) == (40, 30)

    def test_a_deletion_that_the_other_one_made(self, client: Meddled) -> None:
        run(client.other, DOMAIN, **NAME)
        run(client.other, DOMAIN_ADMIN, username="jane", password="Hunter2-hunter2", domains=["a.example"])
        client.before = client.other.write
        outcome = run(client, DOMAIN_ADMIN, username="jane", state="absent")
        assert (outcome.error, outcome.changed) == (None, False)

    @without_unique_key
    def test_one_of_two_that_are_alike_stays(self, client: Meddled, kind: Kind, options: dict) -> None:
        client.before = lambda path, body: path.startswith("add/") and client.other.write(path, body)
        outcome = run(client, kind, **options)
        assert (outcome.error, outcome.changed) == (None, True)
        assert str(outcome.current.item) == "1"
        steady(client, kind, **options)

    def test_both_tidy_up_the_same(self, client: Meddled) -> None:
        """The other run has taken the surplus away before this one does."""

        def meddle(path: str, body: object) -> None:
            client.other.write(path, body)

        client.before = meddle
        outcome = run(client, OAUTH2_CLIENT, **CLIENT)
        assert (outcome.error, outcome.changed) == (None, True)
        steady(client, OAUTH2_CLIENT, **CLIENT)

    def test_another_run_has_taken_one_of_several_away(self, client: Meddled) -> None:
        def before(path: str, body: object) -> None:
            if path.startswith("add/"):
                for _twin in range(2):
                    client.other.write(path, body)

        def instead(path: str, body: object) -> None:
            if path.startswith("delete/"):
                client.instead = lambda *_unused: None
                client.other.write(path, body)
                raise Refused(path, "POST " + path, [Entry("danger", "not_there", ())])

        client.before, client.instead = before, instead
        outcome = run(client, RELAYHOST, **RELAY)
        assert (outcome.error, outcome.changed) == (None, True)
        steady(client, RELAYHOST, **RELAY)

    def test_another_run_is_about_to_tidy_up(self, client: Meddled) -> None:
        """Twins that appear after this run has read the only one that there was."""
        run(client.other, RELAYHOST, **{**RELAY, "active": True})
        get, reads = client.get, []

        def late(route: str, *segments: str) -> object:
            reads.append(route)
            answer = get(route, *segments)
            if len(answer) == 2:
                client.other.write("delete/relayhost", [2])
            return answer

        client.before = lambda path, body: client.other.write("add/relayhost", {**RELAY, "active": 1})
        client.get = late
        outcome = run(client, RELAYHOST, **RELAY)
        assert (outcome.error, outcome.changed) == (None, True)
        steady(client, RELAYHOST, **RELAY)

    def test_a_password_that_an_add_spoils(self, client: Meddled) -> None:
        """facts-server 13: mailcow puts a backslash before a colon when it creates; the other run has mended its own already."""

        def before(path: str, body: object) -> None:
            if path.startswith("add/"):
                client.other.write(path, body)
                client.other.write("edit/relayhost", {"items": [1], "attr": {"password": "p:w"}})

        client.before = before
        outcome = run(client, RELAYHOST, **{**RELAY, "password": "p:w"})
        assert (outcome.error, outcome.changed) == (None, True)
        steady(client, RELAYHOST, **{**RELAY, "password": "p:w"})

    def test_a_refusal_in_part_is_a_failure(self, client: Meddled) -> None:
        """mailcow made an alias, but without the destination that it refuses; an edit would take it."""

        def instead(path: str, body: object) -> None:
            client.other.write(path, body)
            raise Refused(path, "POST " + path, [Entry("danger", "goto_invalid", ("x",)), Entry("success", "domain_added", ())])

        client.instead = instead
        outcome = run(client, DOMAIN, **NAME)
        assert "goto_invalid" in str(outcome.error)
        assert client.written == ["add/domain"]

    def test_what_differs_stays(self, client: Meddled) -> None:
        client.before = lambda path, body: path.startswith("add/") and client.other.write(path, dict(body, password="Other-1"))
        outcome = run(client, RELAYHOST, **RELAY)
        assert (outcome.error, outcome.changed) == (None, True)
        assert outcome.current.values["password"] == "Secret-1"
        assert [raw["password"] for raw in client.get("relayhost/all")] == ["Other-1", "Secret-1"]

    def test_what_was_there_before_stays(self, client: Meddled) -> None:
        for _unused in range(2):
            client.other.write("add/relayhost", dict(RELAY, active=1))
        outcome = run(client, RELAYHOST, **RELAY)
        assert str(outcome.error) == "id: several match smtp.example u: 1, 2; set the one that you mean"
        assert client.written == []


class TestAnswersThatGetLost:
    def lose(self, client: Meddled, reads: int) -> None:
        """Let the answer of an add get lost, and the object show only after so many reads."""
        get = client.get

        def late(route: str, *segments: str) -> object:
            late.reads += 1
            if late.reads == reads:
                late.do()
            return get(route, *segments)

        def instead(path: str, body: object) -> None:
            late.reads = 0
            late.do = lambda: quietly(client.other, path, body)
            client.instead = lambda *_unused: None
            raise OutcomeUnknown("no answer", "POST " + path)

        late.reads, late.do = reads, None
        client.get, client.instead = late, instead

    @pytest.mark.parametrize("reads", [1, 2, 5])
    @without_unique_key
    def test_an_add_without_a_unique_key_is_looked_for(self, client: Meddled, kind: Kind, options: dict, reads: int) -> None:
        self.lose(client, reads)
        outcome = run(client, kind, patience=600, **options)
        assert (outcome.error, outcome.changed) == (None, True)
        assert [path for path in client.written if path.startswith("add/")] == ["add/" + kind.write.route]
        steady(client, kind, **options)

    def test_and_never_made_again(self, client: Meddled) -> None:
        def instead(path: str, body: object) -> None:
            raise OutcomeUnknown("no answer", "POST " + path)

        client.instead = instead
        outcome = run(client, RELAYHOST, **RELAY)
        assert client.written == ["add/relayhost"]
        assert "the outcome is unknown" in str(outcome.error)
        assert "Run the task again; it will find what was created" in str(outcome.error)
        assert outcome.done == []

    def test_with_a_unique_key_it_is_made_again(self, client: Meddled) -> None:
        self.lose(client, 2)
        outcome = run(client, DOMAIN, **NAME)
        assert (outcome.error, outcome.changed) == (None, True)
        assert outcome.current.identity == "a.example"


class TestListsThatSeemEmpty:
    @without_unique_key
    def test_are_asked_twice_before_something_is_made(self, client: Meddled, kind: Kind, options: dict) -> None:
        run(client.other, kind, **options)
        client.empty = 1
        outcome = run(client, kind, **options)
        assert (outcome.error, outcome.changed, client.written) == (None, False, [])


class TestNumbersOfAnotherServer:
    """What was exported where two were alike carries their numbers."""

    def apply(self, client: Client, *items: dict) -> list[bulk.Change]:
        declaration = Declaration({"relayhosts": [dict(item) for item in items]})
        declaration.check()
        return bulk.apply(declaration.declared, Server(client, patience=0.1))

    def test_they_are_told_apart_by_their_parts(self, client: Meddled) -> None:
        items = [dict(RELAY, id=7), {"id": 8, "hostname": "other.example", "password": "x"}]
        for changed in (2, 0):
            changes = self.apply(client, *items)
            assert [str(change.error) for change in changes if change.error] == []
            assert len([change for change in changes if change.action != "none"]) == changed
        assert len(client.get("relayhost/all")) == 2

    def test_two_that_are_alike_become_one(self, client: Meddled) -> None:
        for _run in range(2):
            assert not [change for change in self.apply(client, dict(RELAY, id=7), dict(RELAY, id=9)) if change.error]
        assert len(client.get("relayhost/all")) == 1

    def test_two_that_differ_are_two(self, client: Meddled) -> None:
        for changed in (2, 0):
            changes = self.apply(client, dict(RELAY, id=7), dict(RELAY, id=9, password="Secret-2"))
            assert [str(change.error) for change in changes if change.error] == []
            assert [outcome.changed for change in changes for outcome in change.outcomes].count(True) == changed
        assert [raw["password"] for raw in client.get("relayhost/all")] == ["Secret-1", "Secret-2"]

    def test_a_number_that_is_there_is_the_one(self, client: Meddled) -> None:
        run(client, RELAYHOST, **RELAY)
        changes = self.apply(client, {"id": 1, "hostname": "new.example", "username": "u"})
        assert [change.action for change in changes] == ["update"]
        assert [raw["hostname"] for raw in client.get("relayhost/all")] == ["new.example"]
