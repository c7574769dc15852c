# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_config as Ansible runs it: results, check mode, failures and pruning."""

from __future__ import annotations

import importlib
import time

import pytest
import yaml

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.unit.plugins.module_utils._tasks.tenant import ONE, PASSWORD, PLURALS, TWO, WHOLE, Run, alias, box, domain

COUNTS = {"created": 0, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 0}


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

    def test_what_is_renamed_and_changed_later_is_one_object(self, run: Run) -> None:
        run.ok(WHOLE)
        run.sim.plant("service", "dovecot up")
        result = run.ok({"mailboxes": [box("b", rename_to="z@" + ONE, sender_acl=["i@" + ONE])]})
        assert [(change["name"], change["action"]) for change in result["changes"]] == [("b@" + ONE, "rename")]
        assert result["changes"][0]["after"] == {"address": "z@" + ONE, "sender_acl": ["i@" + ONE]}
        assert result["summary"]["mailboxes"] == dict(COUNTS, updated=1)

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
                "msg": "mailcow refused POST add/mailbox: the domain allows at most 1000 MiB per mailbox; lower quota, or raise "
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

    def test_it_fits_on_a_screen_unless_all_is_asked_for(self, run: Run) -> None:
        run.ok({"domains": [domain(aliases=2000)]})
        config = {"mailboxes": [box("large", quota=1001)], "aliases": [alias("a%04d" % number) for number in range(1500)]}
        result = run.fail(config, check=True)
        assert len(result["output"]) < 4000
        assert (len(result["failures"]), len(result["changes"])) == (1, 20)
        assert result["changes"][0] == {"kind": "aliases", "name": "a0000@" + ONE, "action": "create"}
        assert result["summary"]["aliases"] == dict(COUNTS, created=1500)
        assert result["msg"].endswith("This result contains only the first 20 of 1500 changes; diff mode returns all")
        whole = run.fail(config, check=True, diff=True)
        assert len(whole["changes"]) == 1500
        assert whole["changes"][0]["after"]["goto"] == ["x@elsewhere.example"]

    def test_of_many_failures_it_tells_the_first(self, run: Run) -> None:
        config = {"domains": [domain()], "aliases": [alias("a%04d" % number) for number in range(300)]}
        run.sim.fault(
            kind="html", method="POST", path="add/alias", body='[{"type":"danger","msg":"goto_invalid"}]', type="application/json"
        )
        result = run.fail(config)
        assert [len(result["failures"]), result["summary"]["aliases"]["failed"]] == [20, 300]
        assert result["msg"].startswith("300 of 301 objects failed")
        assert result["msg"].endswith("This result contains only the first 20 of 300 failures; diff mode returns all")
        assert len(result["output"]) < 10000
        assert len(run.fail(config, diff=True)["failures"]) == 300

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
        run.sim.fault(
            kind="status", status=403, method="POST", path="add/mailbox", body='{"type":"error","msg":"no"}', type="application/json"
        )
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
            ({"api_key": ""}, "api_key: no API key is set"),
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
        assert result["msg"].endswith("invalid: config.mailboxes[617].quoat: there is no such option; did you mean quota?")
        assert run.sim.requests() == []
        assert result.get("changed", False) is False
        assert time.monotonic() - start < 60


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


def test_the_documented_kinds_are_those_there_are() -> None:
    for name, options in (("mailcow_config", ["prune"]), ("mailcow_config_info", ["kinds"])):
        module = importlib.import_module("ansible_collections.community.mailcow.plugins.modules." + name)
        documented = yaml.safe_load(module.DOCUMENTATION)["options"]
        for option in options:
            assert documented[option]["choices"] == [kind.plural for kind in KINDS if options != ["prune"] or kind.removable]
