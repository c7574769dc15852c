# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task is the same whoever calls it: the module, or the action plugin in Ansible's own process, which goes on living afterwards.

`make both-ways` compares what playbooks get from both.
"""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest
from ansible.module_utils import basic

from ansible_collections.community.mailcow.plugins.module_utils._api import client
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import LibraryMissing
from ansible_collections.community.mailcow.plugins.module_utils._tasks.every import TASKS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Call, Task
from ansible_collections.community.mailcow.plugins.plugin_utils._printed import plain, printed
from tests.simulator.process import ROOT, Simulator
from tests.unit.plugins.module_utils.play import execute

MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("mailcow_*.py"))
PASSWORD = "Hunter2-hunter2"
DOMAIN = {"domain": "a.example", "defquota": 10, "maxquota": 20, "quota": 30}
JANE = {"address": "jane@a.example", "password": PASSWORD, "quota": 5}
CONFIG = {"domains": [DOMAIN], "mailboxes": [JANE, {"address": "joe@b.example", "password": PASSWORD}]}
# In this order: what one makes, the next ones find. The options of each module that needs some.
STEPS: list[tuple[str, dict]] = [
    ("mailcow_domain", DOMAIN),
    ("mailcow_domain", DOMAIN),
    ("mailcow_domain", {**DOMAIN, "description": "x", "rate_limit": {"value": 3, "frame": "h"}}),
    ("mailcow_mailbox", JANE),
    ("mailcow_mailbox", {**JANE, "rename_to": "janet@a.example"}),
    ("mailcow_mailbox", {"address": "janet@a.example", "quota": 99}),
    ("mailcow_mailbox", {"address": "joe@b.example", "password": PASSWORD}),
    ("mailcow_mailbox", {"address": "nobody"}),
    ("mailcow_alias", {"address": "sales@a.example", "goto": ["janet@a.example"]}),
    ("mailcow_dkim", {"domain": "a.example", "key_size": 1024}),
    ("mailcow_relayhost", {"hostname": "smtp.example", "username": "u", "password": PASSWORD}),
    ("mailcow_config", {"config": CONFIG}),
    ("mailcow_config", {"config": {"mailboxes": [{"address": "x"}]}}),
    ("mailcow_log_info", {"log": "dovecot", "count": 0}),
    ("mailcow_log_info", {"log": "dovecot"}),
    ("mailcow_dns_info", {"hostname": "mail.example.com"}),
    ("mailcow_queue", {"action": "flush"}),
    ("mailcow_syncjob_run", {"jobs": [{"username": "janet@a.example", "host1": "old.example", "user1": "jane"}]}),
    ("mailcow_quarantine_item", {"action": "delete", "all": True}),
    ("mailcow_quarantine_settings", {"retention_size": 5, "max_size": 5}),
    ("mailcow_config_info", {}),
    *(
        (name, {})
        for name in MODULES
        if name.endswith("_info") and name not in ("mailcow_log_info", "mailcow_dns_info", "mailcow_config_info")
    ),
    ("mailcow_alias", {"address": "sales@a.example", "state": "absent"}),
]
VOLATILE = ("created", "modified", "password_changed", "uptime_seconds", "cpu_percent", "memory_percent", "system_time", "public_key")


def called(task: Task, options: dict, check: bool = False) -> dict:
    """The result of a task as the action plugin gives it."""
    return printed(task, Call(plain(options), check, True), "the module", repeating=True)


def steady(value: object) -> object:
    """A result without what differs from run to run."""
    if isinstance(value, dict):
        return {key: steady(inner) for key, inner in value.items() if key not in VOLATILE and key != "dns_record"}
    return [steady(inner) for inner in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("name", MODULES)
def test_each_module_is_the_task_of_its_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("ansible_collections.community.mailcow.plugins.modules." + name)
    run: list[Task] = []
    monkeypatch.setattr(module, "run", run.append)
    module.main()
    assert run == [TASKS[name]]


def test_there_is_no_other_task() -> None:
    assert sorted(TASKS) == MODULES


@pytest.mark.parametrize("check", [False, True], ids=["real", "check mode"])
def test_both_callers_get_the_same(sim: Simulator, check: bool) -> None:
    connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}
    by_module = [execute(TASKS[name], {**connection, **options}, check, diff=True) for name, options in STEPS]
    sim.reset()
    by_call = [called(TASKS[name], {**connection, **options}, check) for name, options in STEPS]
    for (name, options), module, result in zip(STEPS, by_module, by_call, strict=True):
        values = {key: value for key, value in module.items() if key not in ("output", "warnings", "exception")}
        assert steady(values) == steady({key: value for key, value in result.items() if key != "warnings"}), (name, options)
        assert len(module.get("warnings", [])) == len(result.get("warnings", []))
    assert [result.get("failed") for result in by_call].count(True) >= 3


def test_nothing_but_the_module_knows_ansible_module(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basic.AnsibleModule, "__init__", lambda *_unused, **_unused_too: pytest.fail("AnsibleModule"))
    result = called(TASKS["mailcow_domain"], {"url": sim.url, "api_key": sim.rw_key, **DOMAIN})
    assert result["changed"]
    assert "failed" not in result


@pytest.mark.parametrize(
    "path", sorted((ROOT / "plugins/module_utils").glob("_*/*.py")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_rooms_take_from_ansible_only_what_is_no_class_of_it(path: Path) -> None:
    imports = {node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom) and not node.level}
    allowed = {"ansible.module_utils.common.parameters", "ansible.module_utils.common.arg_spec"} if path.parent.name == "_tasks" else set()
    assert {name for name in imports if name.startswith("ansible")} <= allowed


def test_what_mailcow_echoes_is_masked_for_every_caller(sim: Simulator) -> None:
    """A message of mailcow's may hold what it was sent."""
    connection = {"url": sim.url, "api_key": sim.rw_key}
    echo = '[{"type":"danger","msg":["mailbox_invalid","%s"]}]' % PASSWORD
    assert called(TASKS["mailcow_domain"], {**connection, **DOMAIN})["changed"]
    for name, options in (("mailcow_mailbox", JANE), ("mailcow_config", {"config": {"mailboxes": [JANE]}})):
        sim.fault(kind="html", method="POST", body=echo, type="application/json", times=2)
        result = called(TASKS[name], {**connection, **options})
        assert result["failed"]
        assert "mailbox_invalid" in str(result)
        assert PASSWORD not in str(result)
        sim.clear_faults()


def test_what_lacks_a_library_is_left_to_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "REQUESTS_IMPORT_ERROR", "Traceback: no module named requests")
    options = {"url": "https://mail.example.com", "api_key": "k", **DOMAIN}
    with pytest.raises(LibraryMissing):
        called(TASKS["mailcow_domain"], options)
    assert "library requests is missing" in execute(TASKS["mailcow_domain"], options)["msg"]
