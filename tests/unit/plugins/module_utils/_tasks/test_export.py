# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""mailcow_config_info as Ansible runs it: what it gives can be given back to mailcow_config."""

from __future__ import annotations

import json

import pytest
import yaml

from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.unit.plugins.module_utils._tasks.tenant import ALIASED, ONE, PASSWORD, PLURALS, TWO, WHOLE, Run
from tests.unit.plugins.module_utils.play import execute


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
