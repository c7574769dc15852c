# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make bench`, small and without latency: that it runs and what it writes, not how fast anything is."""

from __future__ import annotations

import json
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest

from tests.bench import loops, plot, report
from tests.bench.scenario import Scenario, domains_for
from tests.bench.server import Simulated

ROOT = Path(__file__).resolve().parents[3]
NO_DRIFT = ("floor", "mailcow_config", "loop", "module_loop", "uri_loop", "get_each_10")
PROVISION = ("floor", "mailcow_config", "loop", "module_loop", "uri_loop")
Measured = tuple[dict[str, t.Any], str]
QUICK = ["--items=1", "--rounds=1", "--task-rounds=0", "--latency=none"]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """The JSON of a run with N=20, and what it printed."""
    file = tmp_path_factory.mktemp("bench") / "out.json"
    command = [sys.executable, "-m", "tests.bench", "--n=20", f"--json={file}", *QUICK]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text()), done.stdout


class TestScenario:
    @pytest.mark.parametrize(("n", "domains"), [(1, 1), (99, 1), (100, 1), (199, 1), (200, 2), (10000, 100)])
    def test_domains(self, n: int, domains: int) -> None:
        assert domains_for(n) == domains

    def test_all_domains_hold_as_many(self) -> None:
        scenario = Scenario.of(205, ["a.example", "b.example"])
        assert len(scenario.mailboxes) == len(scenario.aliases) == len({item["address"] for item in scenario.mailboxes}) == 205
        assert sum(item["address"].endswith("@b.example") for item in scenario.mailboxes) == 102
        assert scenario.seed == "domains=2,mailboxes=103,aliases=103"

    def test_the_first_few_have_their_domain(self) -> None:
        few = Scenario.of(200, ["a.example", "b.example"]).first(1)
        assert few["domains"][0]["domain"] == "a.example"
        assert few["aliases"] == [{"address": "alias0001@a.example", "goto": ["user0001@a.example"]}]


class TestRun:
    def test_seconds(self, measured: Measured) -> None:
        result = measured[0]
        assert result["n"] == 20
        assert all(result["no_drift"][way] > 0 for way in NO_DRIFT)
        assert all(result["provision"][way] > 0 for way in PROVISION)
        assert result["start"] > 0

    def test_requests_are_those_of_the_lists(self, measured: Measured) -> None:
        # get/domain/{domain}, which is asked once for both kinds, and the lists of mailboxes and aliases of one domain.
        assert measured[0]["no_drift"]["requests"] == 3

    def test_the_memory_of_the_process(self, measured: Measured) -> None:
        assert 10 < measured[0]["no_drift"]["peak_mib"] < 300

    def test_loops_are_extrapolated(self, measured: Measured) -> None:
        result = measured[0]
        assert set(result["extrapolated"]) == {
            f"{part}.{way}" for part in ("no_drift", "provision") for way in ("loop", "module_loop", "uri_loop")
        }

    def test_the_table(self, measured: Measured) -> None:
        assert "one GET per object over 10 connections" in measured[1]
        assert "~" in measured[1]


class TestReport:
    def results(self, measured: Measured) -> list[dict]:
        forms = {form: {"task": 1.0, "start": 1.0} for form in ("text", "from_json", "vars_files")}
        task = {"uri": 0.3, "module": 0.3, "in_process": 0.02, "ratio": 0.07}
        ways = {"loop": 2.0, "floor": 0.4, "ansible": 1.0, "module": 80.0, "uri": 80.0}
        loop = {"no_drift": ways, "provision": ways}
        return [{**measured[0], "n": n, "task": task, "loop": loop, "forms": forms} for n in (20, 200)]

    def test_page(self, measured: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        plotted: list[tuple] = []
        monkeypatch.setattr(report, "DOCSITE", tmp_path)
        (tmp_path / "rst").mkdir()
        monkeypatch.setattr(plot, "write", lambda *arguments: plotted.append(arguments))
        results = self.results(measured)
        report.write(results)
        assert plotted == [(results, tmp_path / "images/performance.svg")]
        page = (tmp_path / "rst/guide_performance.rst").read_text()
        assert "\n200 mailboxes and 200 aliases\n---" in page
        assert "10.0 ms" in page
        assert "{{ lookup('ansible.builtin.file', 'mailcow.json') }}" in page

    def test_plot(self, measured: Measured, tmp_path: Path) -> None:
        pytest.importorskip("matplotlib", reason="only make bench installs it")
        plot.write(self.results(measured), tmp_path / "performance.svg")
        assert (tmp_path / "performance.svg").read_text().startswith("<?xml")


def test_a_loop_beside_what_it_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "COUNT", 3)
    monkeypatch.setattr(loops, "_FEW", 1)
    with Simulated("none") as server:
        result = loops.measure(server, 1, lambda text: None)
    assert result is not None
    for part in ("no_drift", "provision"):
        assert result[part].keys() == {"loop", "floor", "ansible", "module", "uri"}
        assert all(seconds > 0 for seconds in result[part].values())
