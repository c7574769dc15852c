# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check mode says what a run would: what mailcow refuses because of other objects, and what an earlier task would make."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

D, ALIASED, PASSWORD = "a.example", "alias.example", "Hunter2-hunter2"
BOX, ALIAS, ROOM = "box@a.example", "7info@a.example", "Room@a.example"
BY_NAME = {kind.name: kind for kind in KINDS}
RELAYING = {"domain": "relay.example", "backupmx": True, "dkim_key_size": 0}


class Server:
    """A simulator with some objects; `play` plays their kinds by name."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.play("domain").run(domain=D, dkim_key_size=0, aliases=5)
        self.play("domain").run(**RELAYING)
        self.play("alias_domain").run(alias_domain=ALIASED, target_domain=D)
        self.play("mailbox").run(address=BOX, password=PASSWORD, quota=50)
        for address in ("x@a.example", ALIAS):
            self.play("alias").run(address=address, goto=[BOX])
        self.play("resource").run(domain=D, description="Room", kind="location")
        sim.clear_requests()

    def play(self, kind: str) -> Play:
        return Play(self.sim, BY_NAME[kind])

    def config(self, config: dict, check: bool = False, **options: object) -> dict:
        return execute(CONFIG, {"url": self.sim.url, "api_key": self.sim.rw_key, "config": config, **options}, check)


@pytest.fixture
def server(sim: Simulator) -> Server:
    return Server(sim)


CLASHES = [
    ("mailbox", {"address": ALIAS, "password": PASSWORD}, "address: there is already an alias %s" % ALIAS),
    ("mailbox", {"address": ROOM, "password": PASSWORD}, "address: there is already a resource room@a.example"),
    ("alias", {"address": BOX, "goto": ["x@elsewhere.example"]}, "address: there is already a mailbox %s" % BOX),
    # It would hide the mailbox, which has that address by the alias domain.
    ("alias", {"address": "Box@alias.example", "goto": ["x@elsewhere.example"]}, "address: there is already a mailbox Box@a.example"),
    ("resource", {"address": "Box@a.example", "description": "Box", "kind": "thing"}, "address: there is already a mailbox Box@a.example"),
    ("resource", {"domain": D, "description": "7info", "kind": "thing"}, "address: there is already an alias %s" % ALIAS),
    ("alias_domain", {"alias_domain": "relay.example", "target_domain": D}, "alias_domain: there is already a domain relay.example"),
    ("alias_domain", {"alias_domain": "new.example", "target_domain": "relay.example"}, "target_domain: relay.example only relays mail"),
    ("domain_admin", {"username": "admin", "password": PASSWORD, "domains": [D]}, "username: there is already an administrator admin"),
    ("domain", {"domain": ALIASED}, "domain: alias.example is an alias domain of a.example"),
    (
        "domain",
        {"domain": D, "quota": 49, "maxquota": 40, "defquota": 1},
        "quota: the mailboxes of the domain already use 50 MiB of quota; quota cannot be set lower",
    ),
    ("domain", {"domain": D, "mailboxes": 0}, "mailboxes: mailboxes in the domain: 1; mailboxes cannot be set lower"),
]


@pytest.mark.parametrize(("kind", "options", "message"), CLASHES, ids=lambda value: value if isinstance(value, str) else "")
class TestWhatIsInTheWay:
    def test_of_one_object(self, server: Server, kind: str, options: dict, message: str) -> None:
        assert message in server.play(kind).fail(check=True, **options)["msg"]
        assert len(server.sim.requests()) <= 5
        # mailcow does refuse it, and nothing was made.
        assert not server.play(kind).fail(**options)["changed"]

    def test_of_many(self, server: Server, kind: str, options: dict, message: str) -> None:
        if kind == "domain":
            pytest.skip("what is there may change in the same run")
        result = server.config({BY_NAME[kind].plural: [options]}, check=True)
        assert message in result["failures"][0]["msg"]
        assert not server.config({BY_NAME[kind].plural: [options]})["changed"]


def test_aliases_are_counted(server: Server) -> None:
    for number in range(3):
        server.play("alias").run(address="%s@%s" % (number, ALIASED if number else D), goto=[BOX])
    for domain in (D, ALIASED):
        for check in (True, False):
            message = server.play("alias").fail(check=check, address="new@" + domain, goto=[BOX])["msg"]
            assert "address: the domain a.example has reached its maximum number of aliases; raise aliases" in message


def test_a_name_that_is_free(server: Server) -> None:
    """facts-mailboxes 12.1: asked for 2x@…, mailcow shows the alias with the number 2."""
    for address in ("3x@a.example", "9/9@a.example", "y@alias.example", "@a.example"):
        assert server.play("alias").run(check=True, address=address, goto=[BOX])["changed"]
        assert server.play("mailbox").run(check=True, address="3x@a.example", password=PASSWORD)["changed"]


@pytest.mark.parametrize(("new", "message"), [(ALIAS, "an alias %s" % ALIAS), (ROOM, "a resource room@a.example")])
def test_a_new_name(server: Server, new: str, message: str) -> None:
    """facts-mailboxes 1.9: mailcow does not look before it begins."""
    for check in (True, False):
        assert "rename_to: there is already " + message in server.play("mailbox").fail(check=check, address=BOX, rename_to=new)["msg"]
    assert server.play("mailbox").writes() == []
    assert "rename_to: there is already a mailbox" in server.play("alias").fail(check=True, address=ALIAS, rename_to=BOX)["msg"]


@pytest.mark.parametrize(
    "config",
    [
        {"mailboxes": [{"address": ALIAS, "password": PASSWORD}], "aliases": [{"address": ALIAS, "state": "absent"}]},
        {"domains": [{"domain": ALIASED}], "alias_domains": [{"alias_domain": ALIASED, "state": "absent"}]},
        {
            "domains": [{"domain": "relay.example", "state": "absent"}],
            "alias_domains": [{"alias_domain": "relay.example", "target_domain": D}],
        },
    ],
    ids=list,
)
def test_what_the_same_run_takes_away_is_not_in_the_way(server: Server, config: dict) -> None:
    predicted = server.config(config, check=True)
    done = server.config(config)
    assert not done.get("failed"), done
    assert predicted["summary"] == done["summary"]


def test_what_is_renamed_to_the_name_of_what_the_same_run_deletes(server: Server) -> None:
    server.play("mailbox").run(address="old@a.example", password=PASSWORD)
    config = {"mailboxes": [{"address": "old@a.example", "state": "absent"}], "aliases": [{"address": ALIAS, "rename_to": "old@a.example"}]}
    predicted, done = server.config(config, check=True), server.config(config)
    assert (predicted.get("msg"), done.get("msg")) == (None, None)
    assert predicted["changes"] == done["changes"]
    assert not server.config(config)["changed"]


def test_many_names_cost_one_list_a_domain(server: Server) -> None:
    config = {
        "domains": [{"domain": "new.example"}],
        "mailboxes": [{"address": "m%d@%s" % (number, D), "password": PASSWORD} for number in range(30)]
        + [{"address": "m%d@new.example" % number, "password": PASSWORD} for number in range(30)],
        "aliases": [{"address": "a%d@%s" % (number, D), "goto": [BOX]} for number in range(30)],
    }
    result = server.config(config, check=True)
    assert result["summary"]["mailboxes"]["created"] == 60
    asked = [request["path"][8:] for request in server.sim.requests()]
    assert len(asked) == len(set(asked))
    assert len(asked) <= 15
    assert not [path for path in asked if path == "get/alias/all/new.example" or path.startswith("get/mailbox/reduced/new.example")]
    server.sim.clear_requests()
    server.config({"aliases": config["aliases"]})
    assert "get/mailbox/reduced/" + D not in [request["path"][8:] for request in server.sim.requests()]


class TestDeletion:
    def test_of_a_domain_with_something_in_it(self, server: Server) -> None:
        message = server.play("domain").fail(check=True, domain=D, state="absent")["msg"]
        assert "domain a.example: it still contains objects that have to be deleted first" in message
        assert "mailbox box@a.example, resource room@a.example" in message
        assert "still has mailboxes or resources" in server.play("domain").fail(domain=D, state="absent")["msg"]

    def test_of_an_empty_one(self, server: Server) -> None:
        server.play("alias").run(address="x@relay.example", goto=[BOX])
        for domain in ("relay.example", "missing.example"):
            options = {"domain": domain, "state": "absent"}
            assert server.play("domain").run(check=True, **options)["changed"] == server.play("domain").run(**options)["changed"]

    def test_with_all_that_is_in_it(self, server: Server) -> None:
        config = {"domains": [{"domain": D, "state": "absent"}]}
        assert server.config(config, check=True)["summary"] == server.config(config)["summary"]


# Each object as a second task would set it up that follows the one that makes it.
SECOND = [
    ("admin", {"username": "new", "active": False}),
    ("mailbox", {"address": "new@a.example", "quota": 5}),
    ("mailbox", {"address": "new@new.example", "quota": 5, "spam_score": {"low": 1, "high": 2}}),
    ("alias", {"address": "new@a.example", "active": False}),
    ("alias_domain", {"alias_domain": "new.example", "rate_limit": "1/h"}),
    ("app_password", {"username": BOX, "app_name": "x", "active": False}),
    ("bcc_map", {"local_dest": BOX, "type": "rcpt", "active": False}),
    ("domain_admin", {"username": "new", "active": False}),
    ("recipient_map", {"recipient_map_old": BOX, "active": False}),
    ("resource", {"address": "New@a.example", "active": False}),
    ("rspamd_setting", {"description": "x", "active": False}),
    ("mta_sts", {"domain": D, "mode": "none"}),
    ("sieve_filter", {"username": BOX, "filter_type": "prefilter", "script_desc": "x", "active": False}),
    ("syncjob", {"username": BOX, "host1": "imap.example", "user1": "x", "active": False}),
    ("tls_policy_map", {"dest": "x.example", "active": False}),
    ("transport", {"destination": "x.example", "active": False}),
]


@pytest.mark.parametrize(("kind", "options"), SECOND, ids=lambda value: value if isinstance(value, str) else "")
def test_an_earlier_task_may_have_made_it(server: Server, kind: str, options: dict) -> None:
    predicted = server.play(kind).run(check=True, diff=True, **options)
    assert predicted["changed"]
    assert predicted["status"] == dict.fromkeys([*BY_NAME[kind].status, *BY_NAME[kind].secrets])
    assert (
        "required to create" in server.play(kind).fail(**options)["msg"] or "needs a password" in server.play(kind).fail(**options)["msg"]
    )
    assert server.play(kind).writes() == []
    # Here all is declared, so that nothing else can make it.
    failures = server.config({BY_NAME[kind].plural: [options]}, check=True)["failures"]
    assert len(failures) == 1


def test_every_kind_that_needs_something_is_among_these() -> None:
    def needs(kind: Kind) -> bool:
        parts = [part.option for part in kind.identity.parts]
        return any(field.required_on_create and field.option not in parts for field in kind.fields)

    assert {kind.name for kind in KINDS if needs(kind)} <= {kind for kind, _options in SECOND}


class TestKeyOfBefore:
    """facts-server 5: keys outlive their domains."""

    @pytest.fixture
    def left(self, server: Server) -> Server:
        for play, options in (
            (server.play("domain"), {"domain": "old.example", "dkim_selector": "old", "dkim_key_size": 1024}),
            (
                server.play("alias_domain"),
                {"alias_domain": "older.example", "target_domain": D, "dkim_selector": "o", "dkim_key_size": 1024},
            ),
        ):
            play.run(**options)
            play.run(**{**options, "state": "absent"})
        return server

    @pytest.mark.parametrize("given", [{"dkim_key_size": 2048}, {"dkim_selector": "new"}, {"dkim_key_size": 0}])
    @pytest.mark.parametrize("check", [True, False])
    def test_a_warning(self, left: Server, given: dict, check: bool) -> None:
        warnings = left.play("domain").run(check=check, domain="old.example", **given)["warnings"]
        assert len(warnings) == 1
        assert "domain old.example: there is a DKIM key of an earlier domain of this name, with the selector old and 1024 bits" in str(
            warnings
        )

    def test_of_an_alias_domain(self, left: Server) -> None:
        options = {"alias_domain": "older.example", "target_domain": D, "dkim_selector": "new", "dkim_key_size": 2048}
        assert "with the selector o and 1024 bits" in str(left.play("alias_domain").run(**options)["warnings"])

    @pytest.mark.parametrize("given", [{}, {"dkim_selector": "old"}, {"dkim_selector": "old", "dkim_key_size": 1024}])
    def test_no_warning(self, left: Server, given: dict) -> None:
        assert not left.play("domain").run(domain="old.example", **given).get("warnings")

    def test_what_mailcow_config_sets_by_itself(self, left: Server) -> None:
        config = {"domains": [{"domain": "old.example"}], "dkim_keys": [{"domain": "old.example", "selector": "new", "key_size": 2048}]}
        result = left.config(config)
        assert (result.get("failed"), result.get("warnings")) == (None, None)
