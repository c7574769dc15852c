# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_config with what is there by itself: the settings of the server, and the lists of a domain."""

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Task
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import execute

POLICY = {"domain": "a.example", "allow": ["*@x.example"], "block": ["*@y.example"]}
STATE = {
    "domains": [{"domain": "a.example"}, {"domain": "b.example"}],
    "domain_policies": [POLICY, {"domain": "b.example", "block": ["*@z.example"]}],
    "domain_admins": [
        {"username": "jane", "password": "Hunter2-hunter2", "domains": ["a.example"], "acl": ["quarantine"], "force_tfa": True}
    ],
    "forwarding_hosts": [{"hostname": "both.dns.example"}, {"hostname": "192.0.2.0/24", "filter_spam": False}],
    "fail2ban": {"max_attempts": 5, "whitelist": ["192.0.2.1"]},
}


class Server:
    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}

    def _run(self, task: Task, options: dict, check: bool = False) -> dict:
        result = execute(task, dict(self.connection, **options), check)
        assert not result.get("failed"), result["msg"]
        return result

    def apply(self, config: dict, **options: object) -> dict:
        check = self._run(CONFIG, dict(options, config=config), check=True)
        done = self._run(CONFIG, dict(options, config=config))
        assert (check["changed"], check["summary"]) == (done["changed"], done["summary"])
        assert self._run(CONFIG, dict(options, config=config))["changed"] is False
        return done

    def export(self, **options: object) -> dict:
        return self._run(EXPORT, options)["config"]


@pytest.fixture
def server(sim: Simulator) -> Server:
    return Server(sim)


def test_all_at_once(server: Server) -> None:
    summary = server.apply(STATE)["summary"]
    assert summary["domain_policies"]["updated"] == 2
    assert summary["domain_admins"]["created"] == 1
    assert summary["forwarding_hosts"]["created"] == 2
    assert summary["fail2ban"]["updated"] == 1


def test_what_is_exported_changes_nothing(server: Server) -> None:
    server.apply(STATE)
    kinds = ["domain_policies", "domain_admins", "forwarding_hosts", "fail2ban"]
    config = server.export(kinds=kinds)
    assert config["domain_policies"] == [POLICY, {"domain": "b.example", "allow": [], "block": ["*@z.example"]}]
    assert config["fail2ban"]["max_attempts"] == 5
    assert [host["hostname"] for host in config["forwarding_hosts"]] == ["192.0.2.0/24", "both.dns.example"]
    assert server.apply(config)["changed"] is False


def test_the_export_of_a_domain_has_no_settings_of_the_server(server: Server) -> None:
    server.apply(STATE)
    config = server.export(domains=["a.example", "gone.example"], kinds=["domain_policies", "fail2ban"])
    assert config == {"domain_policies": [POLICY], "fail2ban": {}}
    assert server.apply(config)["changed"] is False


def test_what_is_pruned_is_emptied(server: Server) -> None:
    server.apply(STATE)
    done = server.apply({"domain_policies": [POLICY]}, prune=["domain_policies"])
    assert [(change["name"], change["before"], change["after"]) for change in done["changes"]] == [
        ("b.example", {"block": ["*@z.example"]}, {"block": []})
    ]
    assert server.export(kinds=["domain_policies"])["domain_policies"] == [POLICY, {"domain": "b.example", "allow": [], "block": []}]


def test_one_that_is_absent_is_emptied(server: Server) -> None:
    server.apply(STATE)
    assert server.apply({"domain_policies": [{"domain": "a.example", "state": "absent"}]})["summary"]["domain_policies"]["updated"] == 1


def test_other_kinds_are_pruned(server: Server) -> None:
    server.apply(STATE)
    done = server.apply(
        {"forwarding_hosts": [{"hostname": "192.0.2.9/24"}], "domain_admins": [{"username": "JANE", "ignore": True}]},
        prune=["forwarding_hosts", "domain_admins"],
        allow_empty=True,
    )
    assert [(change["kind"], change["name"], change["action"]) for change in done["changes"]] == [
        ("forwarding_hosts", "both.dns.example", "delete")
    ]
