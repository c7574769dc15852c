# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects of many kinds: what is deleted and what never, in which order it is written, and with how few requests."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import ConnectionFailed, KeyRefused, MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._engine import bulk
from ansible_collections.community.mailcow.plugins.module_utils._engine.bulk import Change, Declared
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.declaration import Declaration
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils._engine.test_properties import NAMES, existing, server_with
from tests.unit.plugins.module_utils.fakes import THING, Server, domain, over, wish

PASSWORD = "Hunter2-hunter2"
PRUNABLE = [kind.plural for kind in KINDS if kind.removable]


def apply_things(
    server: Server, wanted: dict, prune: bool, ignored: Sequence[str] = (), scope: list | None = None, check: bool = False
) -> list:
    """Apply {address: values, or None for absent} to the server of the fakes."""
    wishes = [wish(name, state="absent" if values is None else "present", **(values or {})) for name, values in wanted.items()]
    things = Declared(THING, wishes, prune, {name.lower(): name for name in ignored})
    return bulk.apply([things], over(server, check, 2), scope)


def told(changes: list[Change]) -> list[tuple]:
    return [(change.name, change.action, change.difference(), str(change.error or "")) for change in changes]


class TestPruning:
    """What is deleted, whatever is there and whatever is declared; the server of the fakes has one kind."""

    wanted = st.dictionaries(
        st.sampled_from(NAMES), st.none() | st.fixed_dictionaries({}, optional={"size": st.integers(0, 9)}), max_size=6
    )
    scope = st.none() | st.lists(st.sampled_from(["one.example", "two.example", "missing.example"]), unique=True)

    @given(existing, wanted, st.booleans(), st.sets(st.sampled_from(NAMES)), scope)
    def test_exactly_what_is_there_in_scope_and_not_declared(
        self, things: dict, wanted: dict, prune: bool, ignored: set, scope: list | None
    ) -> None:
        # The declaration sees to it that nothing is declared twice, or outside of the scope.
        wanted = {name: values for name, values in wanted.items() if name not in ignored and (scope is None or domain(name) in scope)}
        server = server_with(things)
        before = server.state()
        doomed = {name for name in things if wanted.get(name, 0) is None}
        if prune:
            doomed |= {name for name in things if name not in wanted and name not in ignored and (scope is None or domain(name) in scope)}
        check = told(apply_things(server, wanted, prune, ignored, scope, check=True))
        assert (server.writes(), server.state()) == ([], before)
        changes = apply_things(server, wanted, prune, ignored, scope)
        assert told(changes) == check
        assert {change.name for change in changes if change.action == "delete"} == doomed
        after = server.state()
        assert after.keys() == (things.keys() - doomed) | {name for name, values in wanted.items() if values is not None}
        for name in things.keys() - wanted.keys() - doomed:
            assert after[name] == before[name]
        assert not [change for change in apply_things(server, wanted, prune, ignored, scope) if change.action != "none"]

    def test_case_is_no_difference(self) -> None:
        server = Server("Sales@one.example", "KEPT@one.example", "gone@one.example")
        changes = apply_things(server, {"sALES@one.example": {}}, True, ["kept@One.example"])
        assert set(server.state()) == {"Sales@one.example", "KEPT@one.example"}
        assert [(change.name, change.action) for change in changes] == [("sALES@one.example", "none"), ("gone@one.example", "delete")]

    def test_nothing_in_an_empty_scope(self) -> None:
        server = Server(*NAMES)
        assert apply_things(server, {}, True, scope=[]) == []
        assert set(server.state()) == set(NAMES)

    @pytest.mark.parametrize("again", [False, True])
    def test_both_names_of_a_renamed_object_are_declared(self, again: bool) -> None:
        server = Server("old@one.example", "other@one.example")
        for _run in range(1 + again):
            changes = apply_things(server, {"old@one.example": {"rename_to": "new@one.example"}}, True)
        assert set(server.state()) == {"new@one.example"}
        assert [change.action for change in changes] == (["none"] if again else ["rename", "delete"])

    @pytest.mark.parametrize("path", ["GET domain/all", "GET thing/"])
    def test_what_cannot_be_read_is_not_taken_for_nothing(self, path: str) -> None:
        server = Server(*NAMES)
        server.fails(path, ConnectionFailed("no connection"), times=99)
        with pytest.raises(MailcowError):
            apply_things(server, {"a@one.example": {"size": 9}}, True)
        assert server.writes() == []

    def test_an_error_does_not_turn_a_declared_object_into_one_to_delete(self) -> None:
        server = Server(*NAMES, name="x")
        changes = apply_things(server, {"a@one.example": {"name": ""}}, True)
        assert set(server.state()) == {"a@one.example"}
        assert [change.name for change in changes if change.error] == ["a@one.example"]


class TestWhenNothingGoesAnyMore:
    @pytest.mark.parametrize("error", [KeyRefused("the key"), ConnectionFailed("no connection")])
    def test_what_was_done_is_told(self, error: MailcowError) -> None:
        server = Server("gone@one.example")
        server.fails("POST", error, skip=2, times=99)
        changes = apply_things(server, {name: {"size": 9} for name in NAMES}, True)
        assert sorted(change.name for change in changes if change.wrote) == sorted(server.state().keys() - {"gone@one.example"})
        assert len([change for change in changes if change.wrote]) == 2
        assert len([change for change in changes if change.error]) == len(NAMES) + 1 - 2
        assert len(server.writes()) <= 4

    def test_before_the_first_write_it_is_raised(self) -> None:
        server = Server()
        server.fails("GET", KeyRefused("the key"), times=99)
        with pytest.raises(KeyRefused):
            apply_things(server, {"a@one.example": {}}, False)


class TestDifference:
    def test_only_what_changes(self) -> None:
        server = Server("a@one.example", size="5", name="x")
        change = apply_things(server, {"a@one.example": {"size": 5, "name": "y"}}, False)[0]
        assert (change.action, change.difference()) == ("update", ({"name": "x"}, {"name": "y"}))

    def test_of_a_password(self) -> None:
        server = Server("a@one.example")
        change = apply_things(server, {"a@one.example": {"password": "secret", "update_password": "always"}}, False)[0]
        assert "secret" not in repr(change.difference())
        assert change.difference()[0].keys() == change.difference()[1].keys() == {"password"}


class Tenant:
    """Applies declarations to the simulator, with all kinds."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim

    def apply(self, config: dict, prune: Sequence[str] = (), scope: list | None = None, check: bool = False) -> list[Change]:
        self.sim.clear_requests()
        declaration = Declaration(config, prune, scope, allow_empty=True)
        declaration.check()
        server = over(Client(self.sim.url, self.sim.rw_key, timeout=60, connections=4), check, 4)
        return bulk.apply(declaration.declared, server, scope)

    def ok(self, config: dict, **options: object) -> list[Change]:
        changes = self.apply(config, **options)
        assert [str(change.error) for change in changes if change.error] == []
        return changes

    def names(self) -> dict[str, set]:
        """All there is by plural, asked for without the collection's ways of reading."""
        client = Client(self.sim.url, self.sim.rw_key, timeout=60)
        lists = {"domains": ("domain/all", "domain_name"), "alias_domains": ("alias-domain/all", "alias_domain")}
        lists.update(mailboxes=("mailbox/all", "username"), aliases=("alias/all", "address"))
        found = {plural: {raw[key] for raw in client.get(route) or []} for plural, (route, key) in lists.items()}
        found["dkim_keys"] = {name for name in ("tenant001.example", "tenant002.example", ALIASED) if client.get("dkim", name)}
        return found

    def writes(self) -> list[str]:
        return [request["path"][8:] for request in self.sim.requests() if request["method"] != "GET"]

    def reads(self) -> list[str]:
        return sorted(request["path"][12:] for request in self.sim.requests() if request["method"] == "GET")


ONE, TWO, ALIASED = "tenant001.example", "tenant002.example", "alias.example"


@pytest.fixture
def tenant(sim: Simulator) -> Tenant:
    return Tenant(sim)


def box(name: str, **options: object) -> dict:
    return dict({"address": "%s@%s" % (name, ONE), "password": PASSWORD}, **options)


def alias(name: str, **options: object) -> dict:
    return dict({"address": "%s@%s" % (name, ONE), "goto": ["x@elsewhere.example"]}, **options)


WHOLE = {
    "domains": [{"domain": ONE, "mailboxes": 50, "quota": 5000, "maxquota": 1000, "defquota": 100}],
    "alias_domains": [{"alias_domain": ALIASED, "target_domain": ONE}],
    "dkim_keys": [{"domain": ONE, "selector": "it", "key_size": 1024}, {"domain": ALIASED, "key_size": 1024}],
    "mailboxes": [box("a", sender_acl=["i@" + ONE]), box("b", quota=3)],
    "aliases": [alias("i", sender_allowed=False), {"address": "j@" + ALIASED, "goto": ["a@" + ONE]}],
}


class TestOrder:
    def test_from_nothing(self, tenant: Tenant) -> None:
        tenant.ok(WHOLE)
        kinds = list(dict.fromkeys(tenant.writes()))
        assert kinds == ["add/domain", "add/alias-domain", "add/dkim", "add/mailbox", "add/alias", "edit/mailbox"]
        edits = [request["body"] for request in tenant.sim.requests() if request["path"].endswith("edit/mailbox")]
        assert [(edit["items"], edit["attr"]["sender_acl"]) for edit in edits] == [(["a@" + ONE], ["i@" + ONE])]
        tenant.ok(WHOLE)
        assert tenant.writes() == []

    def test_to_nothing(self, tenant: Tenant) -> None:
        tenant.ok(WHOLE)
        tenant.ok({}, prune=PRUNABLE, scope=[ONE, ALIASED])
        assert tenant.writes() == ["delete/alias", "delete/mailbox", "delete/dkim", "delete/alias-domain", "delete/domain"]
        assert set().union(*tenant.names().values()) == set()

    def test_a_domain_takes_its_mailboxes_with_it(self, tenant: Tenant) -> None:
        tenant.ok(WHOLE)
        changes = tenant.ok({"domains": [{"domain": ONE, "state": "absent"}]})
        assert tenant.writes() == ["delete/mailbox", "delete/domain"]
        assert [(change.kind.plural, change.action) for change in changes] == [("mailboxes", "delete")] * 2 + [("domains", "delete")]

    def test_what_is_deleted_makes_room(self, tenant: Tenant) -> None:
        """An alias that becomes a mailbox, and a full domain in which one mailbox follows another."""
        tenant.ok({**WHOLE, "domains": [{"domain": ONE, "mailboxes": 2}]})
        tenant.ok({"mailboxes": [box("a"), box("i")]}, prune=["mailboxes", "aliases"], scope=[ONE])
        assert tenant.names()["mailboxes"] == {"a@" + ONE, "i@" + ONE}
        tenant.ok({"mailboxes": [box("a"), box("i")]}, prune=["mailboxes", "aliases"], scope=[ONE])
        assert tenant.writes() == []

    def test_a_domain_and_its_mailbox_grow_together(self, tenant: Tenant) -> None:
        tenant.ok(WHOLE)
        larger = {"domains": [{"domain": ONE, "maxquota": 3000}], "mailboxes": [box("b", quota=2000), box("c", quota=2500)]}
        check = tenant.ok(larger, check=True)
        assert told(tenant.ok(larger)) == told(check)

    def test_permissions_survive_a_change_of_their_alias(self, tenant: Tenant) -> None:
        """facts-mailboxes 1.7: an edit of the alias deletes them from its destinations."""
        start = dict(WHOLE, aliases=[alias("i", sender_allowed=False, goto=["a@" + ONE])])
        tenant.ok(start)
        for config in (
            {"aliases": [alias("i", goto=["a@" + ONE], private_comment="x")]},
            dict(start, aliases=[alias("i", goto=["a@" + ONE], private_comment="y")]),
        ):
            tenant.ok(config)
            assert Client(tenant.sim.url, tenant.sim.rw_key).get("mailbox", "a@" + ONE)["sender_acl"] == ["i@" + ONE]

    @pytest.mark.parametrize("size", [None, 1024, 2048])
    def test_a_domain_gets_the_key_that_is_declared(self, tenant: Tenant, size: int | None) -> None:
        """mailcow makes one with the domain."""
        domains = [{"domain": ONE, **({"dkim_key_size": size, "dkim_selector": "dkim"} if size else {})}]
        config = {"domains": domains, "dkim_keys": [{"domain": ONE, "selector": "it", "key_size": 1024}]}
        tenant.ok(config)
        assert Client(tenant.sim.url, tenant.sim.rw_key).get("dkim", ONE)["dkim_selector"] == "it"
        tenant.ok(config)
        assert tenant.writes() == []


class TestRetargeting:
    def test_an_alias_domain_comes_into_the_scope(self, tenant: Tenant) -> None:
        tenant.sim.reset("domains=2")
        tenant.ok({"alias_domains": [{"alias_domain": ALIASED, "target_domain": TWO}]})
        config = {"alias_domains": [{"alias_domain": ALIASED, "target_domain": ONE}]}
        changes = tenant.ok(config, prune=["alias_domains"], scope=[ONE])
        assert [(change.action, change.difference()) for change in changes] == [
            ("update", ({"target_domain": TWO}, {"target_domain": ONE}))
        ]
        assert tenant.ok(config, prune=["alias_domains"], scope=[ONE])[0].action == "none"


class TestFalling:
    """What a domain would take with it."""

    @pytest.mark.parametrize("how", ["pruned", "absent"])
    @pytest.mark.parametrize("ignore", [False, True])
    @pytest.mark.parametrize(
        ("plural", "item"),
        [
            ("mailboxes", {"address": "User0001@" + TWO}),
            ("aliases", {"address": "alias0001@" + TWO}),
            ("aliases", {"address": "j@" + ALIASED}),
            ("alias_domains", {"alias_domain": ALIASED}),
        ],
    )
    def test_nothing_declared_or_ignored_goes_with_a_domain(self, tenant: Tenant, how: str, ignore: bool, plural: str, item: dict) -> None:
        tenant.sim.reset("domains=2,mailboxes=1,aliases=1")
        tenant.ok(
            {
                "alias_domains": [{"alias_domain": ALIASED, "target_domain": TWO}],
                "aliases": [{"address": "j@" + ALIASED, "goto": ["x@elsewhere.example"]}],
            }
        )
        before = tenant.names()
        domains = [{"domain": ONE}] + ([{"domain": TWO, "state": "absent"}] if how == "absent" else [])
        extra = {"target_domain": TWO} if plural == "alias_domains" and not ignore else {}
        config = {"domains": domains, plural: [dict(item, ignore=ignore, **extra)]}
        for check in (True, False):
            with pytest.raises(MailcowError) as caught:
                tenant.apply(config, prune=["domains"] if how == "pruned" else [], check=check)
            assert TWO in str(caught.value) or ALIASED in str(caught.value)
            assert tenant.writes() == []
        assert tenant.names() == before

    def test_what_goes_anyway_does_not_hold_it(self, tenant: Tenant) -> None:
        tenant.sim.reset("domains=2,mailboxes=1,aliases=1")
        tenant.ok({"domains": [{"domain": ONE}], "mailboxes": [{"address": "user0001@" + TWO, "state": "absent"}]}, prune=["domains"])
        assert tenant.names()["domains"] == {ONE}
        assert tenant.names()["mailboxes"] == {"user0001@" + ONE}


class TestRequests:
    """Nothing drifted: what is asked for."""

    DOMAINS = tuple("tenant%03d.example" % number for number in range(1, 11))

    def seeded(self, tenant: Tenant, mailboxes: int, **options: object) -> dict:
        tenant.sim.reset("domains=10,mailboxes=%d,aliases=%d" % (mailboxes, mailboxes))
        users = range(1, mailboxes + 1)
        return {
            "domains": [{"domain": name, "active": True} for name in self.DOMAINS],
            "mailboxes": [
                dict({"address": "user%04d@%s" % (user, name), "quota": 1024}, **options) for name in self.DOMAINS for user in users
            ],
            "aliases": [
                {"address": "alias%04d@%s" % (user, name), "goto": ["user%04d@%s" % (user, name)]}
                for name in self.DOMAINS
                for user in users
            ],
        }

    @pytest.mark.parametrize("prune", [(), ("mailboxes", "aliases", "domains")])
    @pytest.mark.parametrize("mailboxes", [10, 30])
    def test_one_list_for_each_kind_and_domain(self, tenant: Tenant, mailboxes: int, prune: tuple) -> None:
        config = self.seeded(tenant, mailboxes, active=True, tags=[], imap_access=True)
        assert {change.action for change in tenant.ok(config, prune=prune)} == {"none"}
        assert tenant.writes() == []
        lists = ["%s/%s" % (route, name) for route in ("mailbox/reduced", "alias/all") for name in self.DOMAINS]
        # The alias domains are asked for when everything there is has to be found.
        beside = ["domain/all"] + (["alias-domain/all"] if prune else [])
        assert tenant.reads() == sorted(lists + beside)

    @pytest.mark.parametrize("options", [{"rate_limit": {"value": 0}}, {"sender_acl": []}, {"pushover": {"active": False}}])
    def test_the_longer_list_only_where_it_is_needed(self, tenant: Tenant, options: dict) -> None:
        config = self.seeded(tenant, 10, **options)
        del config["aliases"], config["domains"]
        assert {change.action for change in tenant.ok(config)} == {"none"}
        lists = [path for path in tenant.reads() if path.startswith("mailbox/")]
        assert lists == ["mailbox/all/" + name for name in self.DOMAINS]

    def test_few_are_asked_for_one_by_one(self, tenant: Tenant) -> None:
        tenant.sim.reset("domains=2,mailboxes=20")
        tenant.ok({"domains": [{"domain": ONE}], "mailboxes": [{"address": "user0001@" + ONE}, {"address": "user0002@" + TWO}]})
        assert tenant.reads() == ["domain/" + ONE, "mailbox/user0001@" + ONE, "mailbox/user0002@" + TWO]

    def test_a_kind_that_is_not_declared_is_not_read(self, tenant: Tenant) -> None:
        tenant.ok({"aliases": [], "mailboxes": []})
        assert tenant.sim.requests() == []

    def test_the_scope_narrows_the_lists(self, tenant: Tenant) -> None:
        tenant.sim.reset("domains=10,mailboxes=2,aliases=2")
        tenant.ok({"mailboxes": [{"address": "user0001@" + ONE, "quota": 1024}]}, prune=["mailboxes"], scope=[ONE], check=True)
        assert [path for path in tenant.reads() if path.startswith("mailbox")] == ["mailbox/reduced/" + ONE]

    def test_check_mode_from_nothing_asks_no_more_than_that(self, tenant: Tenant) -> None:
        config = {
            "domains": WHOLE["domains"],
            "mailboxes": [box("u%d" % n) for n in range(20)],
            "aliases": [alias("i%d" % n) for n in range(20)],
        }
        tenant.ok(config, check=True)
        assert len(tenant.reads()) <= 5

    def test_equal_changes_are_joined(self, tenant: Tenant) -> None:
        config = self.seeded(tenant, 12)
        for item in config["mailboxes"]:
            item["quota"] = 512
        tenant.ok(config)
        assert tenant.writes() == ["edit/mailbox"] * 3
        tenant.ok({}, prune=["aliases"])
        assert tenant.writes() == ["delete/alias"] * 3


# --- the server itself, with all kinds

STATES = st.sampled_from(["absent from the list", "declared", "declared", "ignored", "to be absent"])
SERVER = {
    "domains": [ONE, TWO],
    "alias_domains": [ALIASED],
    "dkim_keys": [ONE, TWO],
    "mailboxes": ["user%04d@%s" % (user, name) for name in (ONE, TWO) for user in (1, 2)],
    "aliases": ["alias%04d@%s" % (user, name) for name in (ONE, TWO) for user in (1, 2)] + ["j@" + ALIASED],
}
IDENTITIES = {kind.plural: kind.identity.option for kind in KINDS}

# What the seed has not, faster than through the API.
PLANTED = [
    ("sql", "INSERT INTO alias_domain (alias_domain, target_domain, active) VALUES ('%s', '%s', 1)" % (ALIASED, TWO)),
    ("sql", "INSERT INTO alias (address, goto, domain, active) VALUES ('j@%s', 'x@elsewhere.example', '%s', 1)" % (ALIASED, ALIASED)),
    ("redis", "HSET DKIM_PUB_KEYS %s MIGfMA0 %s MIGfMA1" % (ONE, TWO)),
    ("redis", "HSET DKIM_SELECTORS %s dkim %s dkim" % (ONE, TWO)),
]


def belongs_to(plural: str, name: str) -> str:
    return TWO if plural == "alias_domains" else name.rpartition("@")[2]


def holders(plural: str, name: str) -> set[str]:
    """The domains that an object goes with."""
    place = belongs_to(plural, name)
    return set() if plural in ("domains", "dkim_keys") else {place, TWO} if place == ALIASED else {place}


@settings(max_examples=40)
@given(
    data=st.fixed_dictionaries({plural: st.lists(STATES, min_size=len(names), max_size=len(names)) for plural, names in SERVER.items()}),
    prune=st.sets(st.sampled_from(PRUNABLE)),
    scope=st.none() | st.sets(st.sampled_from([ONE, TWO, ALIASED])).map(sorted),
)
def test_nothing_is_lost_that_is_not_meant(running_simulator: Simulator, data: dict, prune: set, scope: list | None) -> None:
    tenant = Tenant(running_simulator)
    running_simulator.clear_faults()
    running_simulator.reset("domains=2,mailboxes=2,aliases=2")
    for where, command in PLANTED:
        running_simulator.plant(where, command)
    before = tenant.names()
    assert before == {plural: set(names) for plural, names in SERVER.items()}

    states, config = {}, {}
    for plural, names in SERVER.items():
        for name, state in zip(names, data[plural], strict=True):
            inside = scope is None or belongs_to(plural, name) in scope
            # The declaration refuses items outside of the scope.
            states[plural, name] = state if inside or state == "ignored" else "absent from the list"
            item = {IDENTITIES[plural]: name}
            if plural == "alias_domains" and state == "declared":
                item["target_domain"] = TWO
            if states[plural, name] != "absent from the list":
                config.setdefault(plural, []).append(
                    {
                        **item,
                        "ignore": states[plural, name] == "ignored",
                        "state": "absent" if states[plural, name] == "to be absent" else "present",
                    }
                )
    meant = {
        (plural, name)
        for (plural, name), state in states.items()
        if state == "to be absent"
        or (state == "absent from the list" and plural in prune and (scope is None or belongs_to(plural, name) in scope))
    }
    try:
        changes = tenant.ok(config, prune=sorted(prune), scope=scope)
    except MailcowError as error:
        changes, refusal = [], str(error)
    else:
        refusal = None
    after = tenant.names()
    if refusal:
        assert re.search("would be deleted, (but contains|and with it the alias) |must remain active", refusal)
        assert (tenant.writes(), after) == ([], before)
        return
    lost = {(plural, name) for plural, names in before.items() for name in names - after[plural]}
    gone_domains = {name for plural, name in lost if plural in ("domains", "alias_domains")}
    gone_boxes = {name for plural, name in lost if plural == "mailboxes"}
    assert meant <= lost
    for plural, name in lost - meant:
        # It went with its domain, or with the mailbox that was its only destination (facts-mailboxes 1.8).
        with_mailbox = plural == "aliases" and name.replace("alias", "user") in gone_boxes
        assert holders(plural, name) & gone_domains or with_mailbox
        assert with_mailbox or states[plural, name] not in ("declared", "ignored")
    assert {plural: after[plural] - before[plural] for plural in after} == {plural: set() for plural in after}
    assert {(change.kind.plural, change.name) for change in changes if change.action == "delete"} <= lost
