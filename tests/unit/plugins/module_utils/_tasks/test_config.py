# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_config and mailcow_config_info as Ansible runs them: results, secrets, and what happens when they are interrupted."""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.community.mailcow.plugins.module_utils._api import client
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.simulator.process import ROOT, Simulator
from tests.unit.plugins.module_utils.play import execute

PASSWORD = "Hunter2-hunter2"
KEY, TOKEN = "k7" * 15, "t5" * 15
ONE, TWO, ALIASED = "tenant001.example", "tenant002.example", "alias.example"
PLURALS = ["domains", "alias_domains", "dkim_keys", "mailboxes", "aliases"]
COUNTS = {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}
MODULE = "ansible_collections.community.mailcow.plugins.modules.mailcow_config"


@pytest.fixture(autouse=True)
def collect_garbage() -> Iterator[None]:
    """The module switches it off for its own process."""
    yield
    gc.enable()


class Run:
    """Runs the modules in this process; the options are those of mailcow_config."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}

    def try_(self, config: object, check: bool = False, diff: bool = False, **options: object) -> dict:
        self.sim.clear_requests()
        return execute(CONFIG, dict(self.connection, config=config, **options), check, diff)

    def ok(self, config: dict, **options: object) -> dict:
        result = self.try_(config, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def fail(self, config: object, **options: object) -> dict:
        result = self.try_(config, **options)
        assert result.get("failed"), result
        return result

    def info(self, **options: object) -> dict:
        result = execute(EXPORT, dict(self.connection, **dict({"kinds": PLURALS}, **options)))
        assert not result.get("failed"), result["msg"]
        assert result["changed"] is False
        return result["config"]

    def writes(self) -> list[str]:
        return [request["path"][8:] for request in self.sim.requests() if request["method"] != "GET"]


@pytest.fixture
def run(sim: Simulator) -> Run:
    return Run(sim)


def box(name: str, **options: object) -> dict:
    return dict({"address": "%s@%s" % (name, ONE), "password": PASSWORD}, **options)


def alias(name: str, **options: object) -> dict:
    return dict({"address": "%s@%s" % (name, ONE), "goto": ["x@elsewhere.example"]}, **options)


def domain(**options: object) -> dict:
    return dict({"domain": ONE, "mailboxes": 50, "quota": 5000, "maxquota": 1000, "defquota": 100, "dkim_key_size": 0}, **options)


WHOLE = {
    "domains": [domain(), {"domain": TWO, "dkim_key_size": 0}],
    "alias_domains": [{"alias_domain": ALIASED, "target_domain": ONE}],
    "dkim_keys": [{"domain": ONE, "selector": "it", "key_size": 1024}],
    "mailboxes": [box("b", quota=3, tags=["x"]), box("a", sender_acl=["i@" + ONE]), {"address": "c@" + TWO, "password": PASSWORD}],
    "aliases": [
        alias("i", sender_allowed=False),
        {"address": "j@" + ALIASED, "goto": ["a@" + ONE]},
        {"address": "@" + TWO, "goto_null": True},
    ],
}


class TestResult:
    def test_of_a_tenant_from_nothing(self, run: Run) -> None:
        result = run.ok(WHOLE, diff=True)
        assert result["changed"] is True
        assert result["failures"] == []
        assert {plural: counts["created"] for plural, counts in result["summary"].items()} == {
            "domains": 2,
            "alias_domains": 1,
            "dkim_keys": 1,
            "mailboxes": 3,
            "aliases": 3,
        }
        assert {change["action"] for change in result["changes"]} == {"create"}
        assert list(dict.fromkeys(change["kind"] for change in result["changes"])) == PLURALS
        change = next(change for change in result["changes"] if change["name"] == "a@" + ONE)
        assert change == {
            "kind": "mailboxes",
            "name": "a@" + ONE,
            "action": "create",
            "before": {},
            "after": {"address": "a@" + ONE, "password": "********", "sender_acl": ["i@" + ONE]},
        }
        assert result["diff"]["before"] == {}
        assert result["diff"]["after"]["mailboxes"]["a@" + ONE] == change["after"]

    def test_of_no_change(self, run: Run) -> None:
        run.ok(WHOLE)
        result = run.ok(WHOLE, diff=True)
        assert (result["changed"], result["changes"], result["failures"]) == (False, [], [])
        assert result["diff"] == {"before": {}, "after": {}}
        assert result["summary"]["mailboxes"] == dict(COUNTS, unchanged=3)
        assert run.writes() == []

    def test_of_changes_of_several_kinds(self, run: Run) -> None:
        run.ok(WHOLE)
        config = {
            "domains": [domain(description="new")],
            "mailboxes": [box("b", quota=5, tags=["y"]), box("a", state="absent"), box("n")],
            "aliases": [alias("i", rename_to="k@" + ONE), alias("never", state="absent")],
        }
        result = run.ok(config, diff=True)
        assert result["summary"] == {
            "domains": dict(COUNTS, updated=1),
            "mailboxes": dict(COUNTS, created=1, updated=1, deleted=1),
            "aliases": dict(COUNTS, updated=1, unchanged=1),
        }
        assert result["diff"] == {
            "before": {
                "domains": {ONE: {"description": ONE}},
                "mailboxes": {"a@" + ONE: {"address": "a@" + ONE}, "b@" + ONE: {"quota": 3, "tags": ["x"]}},
                "aliases": {"i@" + ONE: {"address": "i@" + ONE}},
            },
            "after": {
                "domains": {ONE: {"description": "new"}},
                "mailboxes": {"b@" + ONE: {"quota": 5, "tags": ["y"]}, "n@" + ONE: {"address": "n@" + ONE, "password": "********"}},
                "aliases": {"i@" + ONE: {"address": "k@" + ONE}},
            },
        }
        deleted = next(change for change in result["changes"] if change["action"] == "delete")
        assert deleted["before"]["sender_acl"] == ["i@" + ONE]
        assert deleted["after"] == {}

    def test_there_is_no_diff_unless_it_is_asked_for(self, run: Run) -> None:
        assert "diff" not in run.ok({"domains": [domain()]})

    def test_the_diff_is_sorted_by_name(self, run: Run) -> None:
        run.ok({"domains": [domain()]})
        names = ["%s@%s" % (name, ONE) for name in "dbcae"]
        result = run.ok({"mailboxes": [{"address": name, "password": PASSWORD} for name in names]}, diff=True)
        assert list(result["diff"]["after"]["mailboxes"]) == sorted(names)

    def test_warnings_are_warnings(self, run: Run) -> None:
        body = '[{"type":"warning","msg":["tag_limit_exceeded","limit 25"]},{"type":"success","msg":["domain_added","%s"]}]' % ONE
        run.sim.fault(kind="html", when="after", method="POST", body=body, type="application/json", times=1)
        assert "domain %s: mailcow warns: tag_limit_exceeded limit 25" % ONE in str(run.ok({"domains": [domain()]})["warnings"])

    def test_mailcows_raw_answer_is_never_in_it(self, run: Run) -> None:
        assert '"log"' not in run.ok(WHOLE)["output"]


class TestCheckMode:
    @pytest.mark.parametrize("prune", [[], PLURALS])
    def test_it_announces_what_will_be(self, run: Run, prune: list) -> None:
        run.sim.reset("domains=2,mailboxes=2,aliases=2")
        config = dict(
            WHOLE,
            domains=[{"domain": ONE, "description": "x"}, {"domain": TWO}],
            dkim_keys=[{"domain": ONE, "key_size": 1024}],
            aliases=[alias("alias0001", private_comment="x"), alias("i", sender_allowed=False)],
        )
        check = run.ok(config, check=True, diff=True, prune=prune)
        assert run.writes() == []
        done = run.ok(config, diff=True, prune=prune)
        assert {key: check[key] for key in ("changed", "changes", "summary", "diff")} == {
            key: done[key] for key in ("changed", "changes", "summary", "diff")
        }
        assert not run.ok(config, prune=prune)["changed"]

    def test_the_read_only_key_is_enough(self, run: Run) -> None:
        run.connection["api_key"] = run.sim.ro_key
        assert run.ok(WHOLE, check=True)["changed"] is True
        assert sorted(run.info()) == sorted(PLURALS)

    def test_without_it_the_read_only_key_is_refused_and_told(self, run: Run) -> None:
        run.connection["api_key"] = run.sim.ro_key
        result = run.fail(WHOLE)
        assert "read-write key" in result["msg"]
        assert result.get("changed", False) is False
        # One for each connection at most.
        assert len(run.writes()) <= 4


class TestFailure:
    def test_one_object_does_not_stop_the_others(self, run: Run) -> None:
        config = dict(WHOLE, mailboxes=[box("a"), box("large", quota=1001), box("z")], aliases=[alias("i")])
        result = run.fail(config, diff=True)
        assert result["changed"] is True
        assert result["failures"] == [
            {
                "kind": "mailboxes",
                "name": "large@" + ONE,
                "msg": "mailcow refused POST add/mailbox: the domain allows a mailbox at most 1000 MiB; lower quota, or raise the "
                "maxquota of the domain [mailbox_quota_exceeded 1000]",
                "request": "POST add/mailbox",
                "mailcow": ["mailbox_quota_exceeded 1000"],
            }
        ]
        assert result["msg"].startswith("1 of 8 objects failed: mailboxes large@%s: mailcow refused" % ONE)
        assert result["summary"]["mailboxes"] == dict(COUNTS, created=2, failed=1)
        assert result["summary"]["aliases"] == dict(COUNTS, created=1)
        assert "large@" + ONE not in [change["name"] for change in result["changes"]]
        assert "large@" + ONE not in result["diff"]["after"]["mailboxes"]
        again = run.fail(config)
        assert (again["changed"], len(again["failures"])) == (False, 1)

    def test_several(self, run: Run) -> None:
        config = {"domains": [domain()], "mailboxes": [{"address": "%s@%s" % (name, ONE)} for name in "ab"]}
        result = run.fail(config)
        assert result["msg"].startswith("2 of 3 objects failed")
        assert "mailboxes a@%s: password: " % ONE in result["msg"]
        assert [failure["request"] for failure in result["failures"]] == [None, None]

    def test_what_was_written_of_a_failing_object_counts(self, run: Run) -> None:
        run.ok({"domains": [domain()]})
        run.sim.fault(kind="empty", method="POST", path="rl-domain")
        result = run.fail({"domains": [domain(description="x", rate_limit={"value": 3})]})
        assert result["changed"] is True
        assert "Done before that: edit/domain" in result["failures"][0]["msg"]
        assert [change["name"] for change in result["changes"]] == [ONE]

    def test_what_was_done_before_everything_stopped(self, run: Run) -> None:
        run.sim.fault(kind="status", status=403, method="POST", path="add/mailbox", body='{"msg":"no"}', type="application/json")
        result = run.fail(WHOLE)
        assert result["changed"] is True
        assert result["summary"]["domains"] == dict(COUNTS, created=2)
        assert result["summary"]["mailboxes"] == dict(COUNTS, failed=3)
        assert result["summary"]["aliases"] == dict(COUNTS, failed=3)
        assert len(result["failures"]) == 6
        assert all("HTTP 403" in failure["msg"] for failure in result["failures"])

    def test_a_wrong_key_is_tried_once_for_each_connection_at_most(self, run: Run) -> None:
        run.connection["api_key"] = "WRONG-1"
        result = run.fail(WHOLE)
        assert "does not accept the API key" in result["msg"]
        assert len(run.sim.requests()) <= 4
        run.sim.clear_requests()
        assert "does not accept the API key" in run.fail({"domains": [{"domain": ONE}]})["msg"]
        assert len(run.sim.requests()) == 1

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"api_key": ""}, "api_key: no API key was given"),
            ({"timeout": 0}, "timeout: must be at least 1 second"),
            ({"url": "mail.example.com"}, "write it like https://mail.example.com"),
            ({"url": "http://127.0.0.1:1"}, "no connection to http://127.0.0.1:1"),
            ({"domains": ["a b"]}, "domains: 'a b' is not a domain name"),
            ({"prune": ["mailbox"]}, "no match for: mailbox"),
        ],
    )
    def test_options_that_cannot_be(self, run: Run, options: dict, message: str) -> None:
        run.connection.update(options)
        result = run.fail({"mailboxes": [box("a")]})
        assert message in result["msg"]
        assert PASSWORD not in result["output"]

    def test_a_typo_among_a_thousand_is_told_before_any_request(self, run: Run) -> None:
        items = [box("u%d" % number) for number in range(1000)]
        items[617]["quoat"] = 5
        start = time.monotonic()
        result = run.fail({"domains": [domain()], "mailboxes": items})
        assert result["msg"].endswith("wrong: config.mailboxes[617].quoat: there is no such option; did you mean quota?")
        assert run.sim.requests() == []
        assert result.get("changed", False) is False
        assert time.monotonic() - start < 5


class TestPrune:
    def test_it_stays_in_its_domains(self, run: Run) -> None:
        run.sim.reset("domains=3,mailboxes=2,aliases=2")
        result = run.ok({"mailboxes": [{"address": "USER0001@" + ONE}]}, prune=["mailboxes"], domains=[ONE.upper()])
        assert [(change["name"], change["action"]) for change in result["changes"]] == [("user0002@" + ONE, "delete")]
        assert len(run.info(kinds=["mailboxes"])["mailboxes"]) == 5

    def test_an_empty_list_is_no_order(self, run: Run) -> None:
        run.sim.reset("domains=1,mailboxes=2")
        assert "allow_empty" in run.fail({"mailboxes": []}, prune=["mailboxes"])["msg"]
        assert run.sim.requests() == []
        assert run.ok({"mailboxes": []}, prune=["mailboxes"], allow_empty=True)["summary"]["mailboxes"] == dict(COUNTS, deleted=2)

    def test_what_is_ignored_is_left_alone(self, run: Run) -> None:
        run.sim.reset("domains=1,mailboxes=2")
        items = [{"address": "user0001@" + ONE, "ignore": True, "name": "Never"}, {"address": "user0002@" + ONE, "name": "New"}]
        assert [change["name"] for change in run.ok({"mailboxes": items}, prune=["mailboxes"])["changes"]] == ["user0002@" + ONE]
        assert [mailbox["name"] for mailbox in run.info()["mailboxes"]] == ["user0001", "New"]


class TestSecrets:
    SECRETS = (PASSWORD, KEY, TOKEN, "PRIVATE KEY")
    ITEM = box("a", pushover={"key": KEY, "token": TOKEN})

    @pytest.fixture
    def logged(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What goes to the log of the system."""
        lines: list[str] = []
        for name in ("_log_to_syslog", "log"):
            monkeypatch.setattr(AnsibleModule, name, lambda self, msg, *unused, **unused_too: lines.append(str(msg)))
        return lines

    def unseen(self, result: dict, logged: list[str]) -> None:
        for secret in self.SECRETS:
            assert secret not in result["output"]
            assert secret not in str(logged)
        assert result["invocation"] == {"module_args": {"config": "not shown"}}

    def test_of_what_is_done(self, run: Run, logged: list[str]) -> None:
        config = dict(WHOLE, mailboxes=[self.ITEM, box("b")])
        for options in ({"check": True}, {}, {}):
            self.unseen(run.ok(config, diff=True, **options), logged)
        always = dict(self.ITEM, update_password="always", update_write_only="always")
        for options in ({"check": True}, {}):
            result = run.ok({"mailboxes": [always]}, diff=True, **options)
            assert result["changed"]
            self.unseen(result, logged)

    @pytest.mark.parametrize(
        "item",
        [
            {"quota": "much"},
            {"pasword": PASSWORD},
            {"password": {"a": PASSWORD}},
            {"password": [PASSWORD]},
            {"pushover": KEY},
            {"pushover": {"key": KEY, "token": {"a": TOKEN}}},
            {"pushover": {"keey": KEY}},
            {"pushover": {"key": KEY + "1"}},
            {"pushover": [{"key": KEY}]},
            {"address": PASSWORD},
            {"name": PASSWORD, "quota": -1},
            {"authsource": PASSWORD},
            {"tags": {PASSWORD: 1}},
        ],
    )
    def test_of_what_is_wrong(self, run: Run, logged: list[str], item: dict) -> None:
        self.unseen(run.fail({"mailboxes": [{**self.ITEM, **item}, 7]}), logged)

    @pytest.mark.parametrize("config", [PASSWORD, [PASSWORD], {"mailboxes": PASSWORD}, {"mailboxes": [PASSWORD]}, {"mailbox": [PASSWORD]}])
    def test_of_what_has_the_wrong_shape(self, run: Run, logged: list[str], config: object) -> None:
        self.unseen(run.fail(config), logged)

    @pytest.mark.parametrize("options", [{"prune": ["wrong"]}, {"concurrency": "x"}, {"url": None}, {"api_key": None}, {"unknown": 1}])
    def test_of_what_ansible_refuses(self, run: Run, logged: list[str], options: dict) -> None:
        self.unseen(run.fail({"mailboxes": [self.ITEM]}, **{**run.connection, **options}), logged)

    def test_of_what_mailcow_refuses(self, run: Run, logged: list[str]) -> None:
        config = {
            "domains": [domain()],
            "mailboxes": [self.ITEM, box("b", password="weak"), box("c", quota=9999), box("d", tagged_mail_handler="none")],
        }
        run.sim.fault(kind="empty", method="POST", path="pushover")
        result = run.fail(config)
        assert sorted(failure["name"][0] for failure in result["failures"]) == ["a", "b", "c"]
        self.unseen(result, logged)
        assert "weak" not in result["output"]

    def test_of_a_private_key(self, run: Run, logged: list[str]) -> None:
        config = {"domains": [domain()], "dkim_keys": [{"domain": ONE, "private_key": "-----BEGIN RSA PRIVATE KEY-----\n%s\n" % PASSWORD}]}
        self.unseen(run.fail(config), logged)

    def test_of_a_host_without_the_library(self, run: Run, logged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "REQUESTS_IMPORT_ERROR", "Traceback: no module named requests")
        result = run.fail({"mailboxes": [self.ITEM]})
        assert "Failed to import the required Python library (requests)" in result["msg"]
        self.unseen(result, logged)

    def test_of_the_connection(self, run: Run) -> None:
        assert run.sim.rw_key not in run.ok(WHOLE, diff=True)["output"]


class TestInfo:
    def test_nothing(self, run: Run) -> None:
        assert run.info() == {plural: [] for plural in PLURALS}
        assert list(run.info()) == PLURALS

    def test_it_only_reads(self, run: Run) -> None:
        run.sim.reset("domains=2,mailboxes=2,aliases=2")
        run.sim.clear_requests()
        run.info(details=True)
        assert run.writes() == []

    @pytest.mark.parametrize("options", [{}, {"details": True}, {"concurrency": 1}, {"domains": [ONE, TWO, ALIASED]}])
    def test_what_is_exported_is_what_is_there(self, run: Run, options: dict) -> None:
        run.ok(WHOLE)
        exported = run.info(**options)
        assert PASSWORD not in str(exported)
        assert [item["address"] for item in exported["mailboxes"]] == ["a@" + ONE, "b@" + ONE, "c@" + TWO]
        assert [item["address"] for item in exported["aliases"]] == ["@" + TWO, "i@" + ONE, "j@" + ALIASED]
        assert [("spam_score" in item) for item in exported["mailboxes"]] == ["details" in options] * 3
        for config in (exported, yaml.safe_load(yaml.safe_dump(exported)), json.loads(json.dumps(exported))):
            result = run.ok(config, diff=True, prune=PLURALS)
            assert (result["changed"], result["diff"]) == (False, {"before": {}, "after": {}})
            assert run.writes() == []

    def test_of_a_server_that_others_filled(self, run: Run) -> None:
        run.sim.reset("domains=3,mailboxes=12,aliases=12")
        exported = run.info()
        assert [len(exported[plural]) for plural in PLURALS] == [3, 0, 0, 36, 36]
        assert not run.ok(exported, prune=["mailboxes", "aliases", "domains"])["changed"]

    def test_on_another_server_only_passwords_are_missing(self, run: Run) -> None:
        run.ok(WHOLE)
        exported = run.info(details=True)
        run.sim.reset()
        result = run.fail(exported)
        assert {failure["kind"] for failure in result["failures"]} == {"mailboxes"}
        assert all("needs a password" in failure["msg"] for failure in result["failures"])
        run.ok(dict(exported, mailboxes=[dict(item, password=PASSWORD) for item in exported["mailboxes"]]))
        # mailcow makes a key for each new domain, also where there was none.
        again = run.info(details=True)
        assert [item for item in again["dkim_keys"] if item["domain"] == ONE] == exported["dkim_keys"]
        assert {**again, "dkim_keys": []} == {**exported, "dkim_keys": []}

    @pytest.mark.parametrize("kinds", [["aliases"], ["mailboxes", "domains"], []])
    def test_some_kinds(self, run: Run, kinds: list) -> None:
        run.ok(WHOLE)
        whole = run.info()
        assert run.info(kinds=kinds) == {plural: whole[plural] for plural in kinds}

    @pytest.mark.parametrize(
        ("domains", "counts"),
        [
            ([ONE], [1, 1, 1, 2, 1]),
            ([TWO.upper(), "missing.example"], [1, 0, 0, 1, 1]),
            ([ALIASED], [0, 0, 0, 0, 1]),
            (["missing.example"], [0, 0, 0, 0, 0]),
            ([], [0, 0, 0, 0, 0]),
        ],
    )
    def test_some_domains(self, run: Run, domains: list, counts: list) -> None:
        run.ok(WHOLE)
        exported = run.info(domains=domains)
        assert [len(exported[plural]) for plural in PLURALS] == counts
        assert not run.ok(exported, domains=domains, prune=PLURALS, allow_empty=True)["changed"]

    def test_an_invalid_name(self, run: Run) -> None:
        result = execute(EXPORT, dict(run.connection, domains=["a b"]))
        assert "domains: 'a b' is not a domain name" in result["msg"]


# --- interruptions

START = "domains=1,mailboxes=3,aliases=3"
BUSY = {
    "domains": [{"domain": ONE, "description": "new", "tags": ["x"]}, {"domain": TWO, "dkim_key_size": 0}],
    "alias_domains": [{"alias_domain": ALIASED, "target_domain": TWO}],
    "mailboxes": [
        {"address": "user0001@" + ONE, "quota": 7, "rate_limit": {"value": 3}, "sender_acl": ["a1@" + ONE]},
        *(box("b%d" % number, quota=number, tags=["t", "u"], tls_enforce_in=True) for number in range(4)),
        *({"address": "c%d@%s" % (number, TWO), "password": PASSWORD, "sender_acl": ["@" + ONE]} for number in range(2)),
    ],
    "aliases": [
        {"address": "alias0001@" + ONE, "goto": ["user0001@" + ONE, "b1@" + ONE], "private_comment": "x"},
        *({"address": "a%d@%s" % (number, ONE), "goto": ["b%d@%s" % (number, ONE)]} for number in range(4)),
        *({"address": "a%d@%s" % (number, TWO), "goto": ["x@elsewhere.example"]} for number in range(4)),
    ],
}
PRUNED = ["mailboxes", "aliases"]


def added(sim: Simulator) -> Counter:
    """How often each object was asked to be created."""
    names = Counter()
    for request in sim.requests():
        body = request.get("body")
        # Without one it was killed in the middle of the request.
        if request["path"].startswith("/api/v1/add/") and isinstance(body, dict):
            local = body.get("local_part")
            name = "%s@%s" % (local, body["domain"]) if local else body.get("address") or body.get("alias_domain") or body.get("domain")
            names.update("%s %s" % (request["path"], single) for single in name.split(","))
    return names


def settled(run: Run) -> dict:
    """The state after all that was declared, which nothing is left to do about."""
    assert run.ok(BUSY, prune=PRUNED)["changed"] is False
    assert run.writes() == []
    return run.info(details=True)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A server that takes its time, so that there is a middle to be killed in."""
    reads = ("domain", "domain/all", "alias-domain", "alias-domain/all", "mailbox", "alias", "spam-score")
    reads += tuple(kind + "/{domain}" for kind in ("mailbox/all", "mailbox/reduced", "alias/all"))
    routes = {"get/" + route: {"fixed": 3, "serial_fixed": 0} for route in reads}
    for verb in ("add", "edit", "delete"):
        for kind in ("domain", "alias-domain", "mailbox", "alias", "tls_policy", "rl-mbox"):
            routes["%s/%s" % (verb, kind)] = {"fixed": 15, "serial_fixed": 5}
    costs = tmp_path_factory.mktemp("slow") / "latency.json"
    costs.write_text(json.dumps(routes))
    with Simulator(latency=costs, seed=START) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def undisturbed(slow: Simulator) -> tuple[int, dict]:
    """How many requests it takes, and what is there afterwards."""
    run = Run(slow)
    run.ok(BUSY, prune=PRUNED)
    return len(slow.requests()), settled(run)


class TestKilled:
    MOMENTS = 10

    @pytest.mark.parametrize("moment", range(MOMENTS))
    def test_a_second_run_goes_on(self, slow: Simulator, undisturbed: tuple[int, dict], moment: int) -> None:
        requests, expected = undisturbed
        slow.reset()
        slow.clear_requests()
        run = Run(slow)
        arguments = dict(run.connection, config=BUSY, prune=PRUNED, _ansible_remote_tmp="/tmp")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / ".cache/collections"), str(ROOT)])}
        with subprocess.Popen(
            [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        ) as child:
            child.stdin.write(json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode())
            child.stdin.close()
            enough = 2 + (requests - 4) * moment // (self.MOMENTS - 1)
            while len(slow.requests()) < enough and child.poll() is None:
                time.sleep(0.005)
            child.kill()
            assert child.stdout.read() == b"", "it was done before it was killed"
        # What had reached the server goes on there.
        while [request for request in slow.requests() if request["seconds"] is None]:
            time.sleep(0.01)
        first = added(slow)
        result = run.ok(BUSY, prune=PRUNED)
        assert (first + added(slow)).most_common(1)[0][1] == 1
        assert result["failures"] == []
        assert settled(run) == expected


@pytest.fixture(scope="module")
def expected(running_simulator: Simulator) -> dict:
    running_simulator.clear_faults()
    running_simulator.reset(START)
    run = Run(running_simulator)
    run.ok(BUSY, prune=PRUNED)
    return settled(run)


class TestUnreliable:
    """Every 7th write fails, in each run."""

    @pytest.mark.parametrize(
        ("kind", "when", "runs"),
        [
            ("status", "before", 1),
            ("status", "after", 1),
            ("reset", "before", 1),
            ("reset", "after", 1),
            ("partial", "after", 1),
            ("empty", "before", 3),
            ("empty", "after", 3),
            ("partial_success", "after", 3),
            ("html", "after", 6),
        ],
    )
    def test_it_converges(self, run: Run, expected: dict, kind: str, when: str, runs: int) -> None:
        run.sim.reset(START)
        run.sim.fault(kind=kind, method="POST", every=7, when=when)
        for _number in range(runs):
            result = run.try_(BUSY, prune=PRUNED)
            if not result.get("failed"):
                break
            assert result["failures"]
        assert not result.get("failed"), result["msg"]
        run.sim.clear_faults()
        assert settled(run) == expected

    def test_reads_that_fail_are_repeated(self, run: Run, expected: dict) -> None:
        run.sim.reset(START)
        run.sim.fault(kind="status", method="GET", every=5)
        run.ok(BUSY, prune=PRUNED)
        assert settled(run) == expected

    def test_a_server_that_goes_away(self, run: Run, expected: dict) -> None:
        run.sim.reset(START)
        run.sim.fault(kind="status", after=30)
        result = run.fail(BUSY, prune=PRUNED)
        assert result["changed"] is True
        assert result["failures"]
        run.sim.clear_faults()
        run.ok(BUSY, prune=PRUNED)
        assert settled(run) == expected


def test_the_documented_kinds_are_those_there_are() -> None:
    for name, options in (("mailcow_config", ["prune"]), ("mailcow_config_info", ["kinds"])):
        module = importlib.import_module("ansible_collections.community.mailcow.plugins.modules." + name)
        documented = yaml.safe_load(module.DOCUMENTATION)["options"]
        for option in options:
            assert documented[option]["choices"] == [kind.plural for kind in KINDS if options != ["prune"] or kind.plural != "fail2ban"]
