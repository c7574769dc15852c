# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of each module work when they are pasted, where there is what they need."""

from __future__ import annotations

import pytest

from tests.examples import modules
from tests.examples.modules import PREPARED, Outcome, examples, why_not
from tests.tools.generate import modules as names


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """All of them at once: starting Ansible for each module takes longer than its examples do."""
    return modules.run(tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("module", names())
def test_the_examples_work(module: str, outcome: Outcome) -> None:
    assert module in outcome.good, outcome.printed.get(module)


def test_a_failure_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    wrong = {"name": "Wrong", "community.mailcow.mailcow_domain": {"domain": "not a domain"}}
    monkeypatch.setattr(modules, "examples", lambda module: [wrong] if module == "mailcow_domain" else examples(module))
    found = modules.run(tmp_path_factory.mktemp("wrong"), "mailcow_domain", "mailcow_domain_info")
    assert found.good == {"mailcow_domain_info"}
    assert "not a domain" in found.printed["mailcow_domain"]


def test_what_is_prepared_is_needed() -> None:
    """And each module has some example that is run."""
    tasks = [task for module in names() for task in examples(module)]
    assert set(PREPARED["modules"]) <= set(names())
    assert set(PREPARED["not run"]) <= {task["name"] for task in tasks}
    assert [module for module in names() if all(map(why_not, examples(module)))] == []
    text = "".join(str(task) for task in tasks)
    assert [name for name in (*PREPARED["secrets"], *PREPARED["files"]) if name not in text] == []
