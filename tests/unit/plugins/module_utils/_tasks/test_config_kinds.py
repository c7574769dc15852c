# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_config with objects of all kinds, and its export."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.objects import together
from tests.unit.plugins.module_utils.play import execute

PASSWORD = "Hunter2-hunter2"
JANE, JOE, URI = "jane@a.example", "joe@b.example", "https://app.example/callback"
JOB = {"host1": "imap.example", "port1": 993, "enc1": "SSL", "password1": "Secret-1", "mins_interval": 20}
# What these tests look at more closely; of the other kinds there is what their own tests have.
OWN = {
    "relayhosts": [{"hostname": "smtp.example:587", "username": "a", "password": "Secret-2"}],
    "transports": [{"destination": "far.example", "nexthop": "[192.0.2.1]:25", "username": "t", "password": "Secret-3"}],
    "tls_policy_maps": [{"dest": "far.example", "policy": "secure", "parameters": ["match=far.example"]}],
    "forwarding_hosts": [{"hostname": "192.0.2.7", "filter_spam": False}],
    "oauth2_clients": [{"redirect_uri": URI}],
    "domains": [{"domain": "a.example"}, {"domain": "b.example"}],
    "alias_domains": [{"alias_domain": "c.example", "target_domain": "a.example"}],
    "dkim_keys": [{"domain": "a.example", "selector": "x", "key_size": 1024}],
    "domain_policies": [{"domain": "a.example", "allow": ["*@good.example"], "block": ["*@bad.example"]}],
    "mailboxes": [{"address": JANE, "password": PASSWORD}, {"address": JOE, "password": PASSWORD}],
    "resources": [
        {"domain": "a.example", "description": "Room 1", "kind": "location"},
        {"address": "Beamer@b.example", "description": "Beamer", "kind": "thing", "active": False},
    ],
    # The second is no number.
    "aliases": [{"address": "info@a.example", "goto": [JANE]}, {"address": "#5@a.example", "goto": [JANE]}],
    "time_limited_aliases": [
        {"username": JANE, "description": "Shop", "permanent": True},
        {"username": JANE, "description": "Shop", "domain": "c.example", "validity": 24},
    ],
    "app_passwords": [
        {"username": JANE, "app_name": "Phone <1>", "password": "Secret-4-secret", "protocols": ["imap_access"]},
        {"username": JOE, "app_name": "Phone <1>", "password": "Secret-5-secret"},
    ],
    "syncjobs": [{"username": JANE, "user1": "j", **JOB}, {"username": JANE, "user1": "k", **JOB, "active": False}],
    "recipient_maps": [{"recipient_map_old": "old@a.example", "recipient_map_new": JANE}],
    "bcc_maps": [
        {"local_dest": JANE, "type": "sender", "bcc_dest": "copy@elsewhere.example"},
        {"local_dest": JANE, "type": "rcpt", "bcc_dest": "copy@elsewhere.example"},
        {"local_dest": "@b.example", "type": "rcpt", "bcc_dest": JANE},
    ],
    "domain_admins": [{"username": "admin-a", "password": PASSWORD, "domains": ["a.example", "b.example"]}],
    "fail2ban": {"max_attempts": 7, "blacklist": ["198.51.100.7"]},
}
TENANT = {kind.plural: together(kind) for kind in KINDS} | OWN
COUNTS = {plural: len(items) if isinstance(items, list) else 1 for plural, items in TENANT.items()}
PLURALS = [kind.plural for kind in KINDS]
NUMBERED = [kind.plural for kind in KINDS if kind.identity.numbered]
PER_DOMAIN = [kind.plural for kind in KINDS if kind.belongs]
PRUNABLE = [kind.plural for kind in KINDS if kind.removable]
# Of these there is one for everything that they belong to.
PRESUMED = [kind.plural for kind in KINDS if kind.read.presumes]
# How many mailcow has made itself and never deletes, by plural.
PERMANENT = {kind.plural: len(kind.permanent) for kind in KINDS if kind.permanent}
# The secrets without which none is made, by plural.
SECRETS = {
    kind.plural: {field.option: PASSWORD for field in kind.fields if field.secret and (field.policy or field.required_on_create)}
    for kind in KINDS
} | {"identity_provider": {"client_secret": PASSWORD}}


def listed(items: object) -> list:
    """Objects as a list, also where there is one on each server."""
    return items if isinstance(items, list) else [items]


class Server:
    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}

    def writes(self) -> list[str]:
        return [request["path"][8:] for request in self.sim.requests() if request["method"] != "GET"]

    def try_(self, config: dict, check: bool = False, **options: object) -> dict:
        arguments = dict(self.connection, config=config, **options)
        return execute(CONFIG, arguments, check, diff=True)

    def run(self, config: dict, check: bool = False, **options: object) -> dict:
        result = self.try_(config, check, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def apply(self, config: dict, **options: object) -> dict:
        """Have check mode predict it and write nothing, and a second run with nothing to do."""
        self.sim.clear_requests()
        check = self.run(config, check=True, **options)
        assert self.writes() == []
        done = self.run(config, **options)
        assert [check[key] for key in ("changed", "summary", "changes", "diff")] == [
            done[key] for key in ("changed", "summary", "changes", "diff")
        ]
        self.unchanged(config, **options)
        return done

    def unchanged(self, config: dict, **options: object) -> None:
        self.sim.clear_requests()
        again = self.run(config, **options)
        assert (again["changed"], again["changes"], self.writes()) == (False, [], [])

    def export(self, **options: object) -> dict:
        result = execute(EXPORT, dict(self.connection, **options))
        assert not result.get("failed"), result["msg"]
        return result["config"]

    def plant(self, command: str) -> None:
        self.sim.plant("sql", command)


@pytest.fixture
def server(sim: Simulator) -> Server:
    return Server(sim)


@pytest.fixture
def tenant(server: Server) -> Server:
    server.run(TENANT)
    return server


def test_there_is_something_of_each_kind() -> None:
    assert TENANT.keys() == set(PLURALS)
    assert all(TENANT.values())


def test_a_tenant_from_nothing(server: Server) -> None:
    done = server.apply(TENANT)
    made = {plural: counts["created"] + counts["updated"] for plural, counts in done["summary"].items()}
    assert made == COUNTS
    kinds = [change["kind"] for change in done["changes"]]
    assert list(dict.fromkeys(kinds)) == PLURALS
    assert "ecret-" not in done["output"]
    assert PASSWORD not in done["output"]


def test_what_is_exported_changes_nothing(tenant: Server) -> None:
    config = tenant.export(details=True)
    assert {plural: len(items) if isinstance(items, list) else 1 for plural, items in config.items()} == {
        **COUNTS,
        # Those that mailcow makes by itself, and of each domain one.
        "admins": COUNTS["admins"] + 1,
        "dkim_keys": 2,
        "domain_policies": 3,
        "mailbox_policies": COUNTS["mailboxes"],
        **{plural: count + COUNTS[plural] for plural, count in PERMANENT.items()},
    }
    assert "ecret" not in str(config)
    tenant.unchanged(config)
    tenant.unchanged(config, prune=PRUNABLE)
    assert tenant.export(details=True) == config


def test_a_tenant_comes_back_from_its_export(tenant: Server) -> None:
    config = tenant.export(details=True)
    tenant.sim.reset()
    secret = [plural for plural in PLURALS if SECRETS[plural]]
    assert {"mailboxes", "app_passwords", "syncjobs", "domain_admins"} <= set(secret)
    tenant.apply({**config, **{plural: [{**item, **SECRETS[plural]} for item in listed(config[plural])] for plural in secret}})
    again = tenant.export(details=True)
    assert again.keys() == config.keys()
    assert {plural: again[plural] for plural in again if plural not in secret} == {
        plural: config[plural] for plural in config if plural not in secret
    }


def test_the_export_of_a_domain(tenant: Server) -> None:
    config = tenant.export(domains=["b.example"])
    there = {plural: len(items) for plural, items in config.items() if items}
    assert there == {
        "domains": 1,
        "dkim_keys": 1,
        "domain_policies": 1,
        "mailboxes": 1,
        "mailbox_policies": 1,
        "resources": 1,
        "app_passwords": 1,
        "bcc_maps": 1,
    }
    tenant.unchanged(config, domains=["b.example"], prune=[plural for plural in PER_DOMAIN if config[plural]])


class TestPrune:
    def test_only_in_the_domains(self, tenant: Server) -> None:
        before = tenant.export(details=True)
        done = tenant.apply({}, prune=PRUNABLE, domains=["b.example"], allow_empty=True)
        assert {plural: counts["deleted"] for plural, counts in done["summary"].items()} == {
            "domains": 1,
            "dkim_keys": 1,
            "mailboxes": 1,
            "resources": 1,
            "app_passwords": 1,
            "bcc_maps": 1,
        }
        after = tenant.export(details=True)
        for plural in PRUNABLE:
            if plural == "domain_admins":
                continue
            gone = [item for item in before[plural] if item not in after[plural]]
            assert len(gone) == (1 if plural in done["summary"] or plural in PRESUMED else 0)
            assert all("b.example" in str(item) for item in gone)

    def test_all_of_the_server(self, tenant: Server) -> None:
        # One administrator has to stay, and some settings are always there.
        prunable = [kind.plural for kind in KINDS if kind.removable and not kind.one_stays and not kind.read.only_one]
        tenant.apply({}, prune=prunable, allow_empty=True)
        left = tenant.export()
        assert left["fail2ban"]["max_attempts"] == 7
        assert {plural: len(left[plural]) for plural in prunable if left[plural]} == PERMANENT

    @pytest.mark.parametrize("plural", NUMBERED)
    def test_what_has_no_name_is_told_by_what_it_is(self, tenant: Server, plural: str) -> None:
        done = tenant.apply({}, prune=[plural], allow_empty=True)
        names = [change["name"] for change in done["changes"]]
        assert len(names) == COUNTS[plural]
        assert all(not name.startswith("#") for name in names)
        assert len(set(names)) == len(names)
        kind = next(kind for kind in KINDS if kind.plural == plural)
        parts = {part.option for part in kind.identity.parts}
        assert all(old.keys() <= parts and old for old in done["diff"]["before"][plural].values())

    def test_what_is_declared_by_its_number_stays(self, tenant: Server) -> None:
        tenant.plant("INSERT INTO oauth_clients (client_id, client_secret, redirect_uri, scope) VALUES ('z', 's', '%s', 'profile')" % URI)
        config = {"oauth2_clients": [{"id": 2, "redirect_uri": "https://new.example/"}]}
        done = tenant.apply(config, prune=["oauth2_clients"])
        assert [(change["action"], change["name"]) for change in done["changes"]] == [("update", "#2"), ("delete", "%s #1" % URI)]
        assert tenant.export(kinds=["oauth2_clients"]) == {"oauth2_clients": [{"redirect_uri": "https://new.example/"}]}

    def test_what_is_ignored_by_its_number_stays(self, tenant: Server) -> None:
        config = {"syncjobs": [{"username": JANE, "id": 1, "ignore": True}]}
        done = tenant.apply(config, prune=["syncjobs"], allow_empty=True)
        left = tenant.export(kinds=["syncjobs"])["syncjobs"]
        # Which of the two is the first depends on which connection was faster.
        assert sorted([change["name"][-1] for change in done["changes"]] + [job["user1"] for job in left]) == ["j", "k"]


class TestTwins:
    """What mailcow has twice is exported with its number, so that the export can be applied."""

    @pytest.fixture
    def twins(self, tenant: Server) -> Server:
        for number, uri in enumerate([URI, "", ""]):
            tenant.plant("INSERT INTO oauth_clients (client_id, client_secret, redirect_uri) VALUES ('z%d', 's', '%s')" % (number, uri))
        return tenant

    def test_they_are_exported_with_their_numbers(self, twins: Server) -> None:
        config = twins.export(kinds=["oauth2_clients"])
        assert sorted(config["oauth2_clients"], key=lambda client: client["id"]) == [
            {"id": 1, "redirect_uri": URI},
            {"id": 2, "redirect_uri": URI},
            {"id": 3, "redirect_uri": ""},
            {"id": 4, "redirect_uri": ""},
        ]
        twins.unchanged(config)
        twins.unchanged(config, prune=["oauth2_clients"])

    def test_pruning_tells_them_apart(self, twins: Server) -> None:
        done = twins.apply({}, prune=["oauth2_clients"], allow_empty=True)
        assert done["summary"]["oauth2_clients"]["deleted"] == 4
        assert len(done["diff"]["before"]["oauth2_clients"]) == 4

    def test_which_one_is_not_known(self, twins: Server) -> None:
        result = twins.try_({"oauth2_clients": [{"redirect_uri": URI}]}, prune=["oauth2_clients"])
        assert [failure["msg"] for failure in result["failures"]] == ["id: several match %s: 1, 2; set the one that you mean" % URI]


class TestWhatStandsInWhatGoes:
    """Nothing is done when something declared would go with what it stands in."""

    @pytest.mark.parametrize(
        ("plural", "item"),
        [
            ("app_passwords", {"username": JANE, "app_name": "x", "password": PASSWORD}),
            ("syncjobs", {"username": JANE, "user1": "j", "host1": "imap.example"}),
            ("time_limited_aliases", {"username": JANE, "description": "Shop"}),
        ],
    )
    def test_a_mailbox(self, tenant: Server, plural: str, item: dict) -> None:
        tenant.sim.clear_requests()
        config = {"mailboxes": [{"address": JANE, "state": "absent"}], plural: [item]}
        assert "nothing was done: the mailbox %s would be deleted, but contains the " % JANE in tenant.try_(config)["msg"]
        assert tenant.writes() == []

    @pytest.mark.parametrize(
        ("plural", "item"),
        [
            ("resources", {"domain": "b.example", "description": "Beamer"}),
            ("domain_policies", {"domain": "b.example", "allow": []}),
            ("app_passwords", {"username": JOE, "app_name": "Phone <1>"}),
            ("resources", {"domain": "b.example", "description": "Beamer", "ignore": True}),
        ],
    )
    def test_a_domain(self, tenant: Server, plural: str, item: dict) -> None:
        tenant.sim.clear_requests()
        config = {"domains": [{"domain": "b.example", "state": "absent"}], plural: [item]}
        assert "nothing was done: the domain b.example would be deleted, but contains the " in tenant.try_(config)["msg"]
        assert tenant.writes() == []

    @pytest.mark.parametrize("item", [{"public_comment": "Office"}, {"goto": [JANE.upper()]}, {"ignore": True}])
    @pytest.mark.parametrize(
        "gone", [{"mailboxes": [{"address": JANE, "state": "absent"}]}, {"domains": [{"domain": "a.example", "state": "absent"}]}]
    )
    def test_the_last_mailbox_of_an_alias(self, tenant: Server, gone: dict, item: dict) -> None:
        """facts-mailboxes 1.8"""
        tenant.run({"aliases": [{"address": "sales@b.example", "goto": [JANE]}]})
        tenant.sim.clear_requests()
        config = {**gone, "aliases": [{"address": "sales@b.example", **item}]}
        refused = tenant.try_(config)["msg"]
        assert "would be deleted, and with it the alias sales@b.example, which is declared or ignored; set another goto" in refused
        assert tenant.writes() == []
        tenant.apply({**gone, "aliases": [{"address": "sales@b.example", "goto": [JOE]}]})

    def test_resources_go_with_their_domain(self, tenant: Server) -> None:
        done = tenant.apply({"domains": [{"domain": "b.example", "state": "absent"}]})
        assert [change["name"] for change in done["changes"]] == ["Beamer@b.example", JOE, "b.example"]
