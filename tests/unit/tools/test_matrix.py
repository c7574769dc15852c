# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every promised ansible-core and every recorded release of mailcow has its part in the matrix, and what has not says so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.tools import core, matrix
from tests.tools.checkout import ROOT


class Runs:
    """Stands in for the tests: keeps what was run, and fails where it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        self.failing: set[str] = set()
        monkeypatch.setattr(matrix, "run", self)
        monkeypatch.setattr(core, "installed", Path)

    def __call__(self, name: str, python: Path, module: str, *options: str, counts: bool = True) -> matrix.Part:
        self.names.append(name)
        return matrix.Part(name, "FAILED" if name in self.failing else "ok", 60, counts)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(monkeypatch)


def test_all_of_it_without_options(runs: Runs) -> None:
    assert matrix.main([]) == 0
    wanted = [f"mailcow {tag}: integration" for tag in matrix.recorded()]
    wanted += [f"ansible-core {version}: {what}" for version in core.CORES for what in ("sanity", "integration", "both-ways")]
    assert runs.names == wanted
    assert "mailcow 2024-01e: integration" in wanted


def test_one_of_it(runs: Runs) -> None:
    assert matrix.main(["--mailcow-version", "2025-03b"]) == 0
    assert matrix.main(["--core", "2.18", "--target", "mailcow_domain"]) == 0
    assert runs.names == ["mailcow 2025-03b: integration", "ansible-core 2.18: integration"]


def test_a_failure_is_told_and_counts(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    runs.failing = {"ansible-core 2.18: sanity"}
    assert matrix.main([]) == 1
    assert "ansible-core 2.18: sanity         1.0 min  FAILED\n" in capsys.readouterr().out


def test_the_pre_release_may_fail_unless_it_was_asked_for(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    runs.failing = {f"ansible-core {core.NEXT}: sanity"}
    assert matrix.main([]) == 0
    assert "FAILED, which is allowed: it is a pre-release" in capsys.readouterr().out
    assert matrix.main(["--core", core.NEXT]) == 1


def test_what_no_python_can_run_is_left_out_with_the_reason(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def installed(version: str) -> Path:
        if version == "2.20":
            raise LookupError("no Python 3.12 here")
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(core, "installed", installed)
    assert matrix.main(["--core", "2.20"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("left out: no Python 3.12 here")
    assert matrix.main(["--core", "2.18"]) == 1
    assert "2.18: installation" in capsys.readouterr().out
    assert not runs.names


def test_a_part_runs_with_the_programs_of_its_own_environment(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$PATH $*"\nexit 3\n')
    python.chmod(0o755)
    assert matrix.run("part", python, "tests.integration", "--once").result == "FAILED"
    output = capfd.readouterr().out
    assert f"{tmp_path}:" in output
    assert " -m tests.integration --once\n" in output


def test_an_interpreter_has_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}/path:/usr/bin:/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setitem(core.CORES, "2.18", ("1.1", "1.2"))
    for place, status in (("path", 127), ("versions/1.1.5/bin", 1)):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "python1.1").write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / place / "python1.1").chmod(0o755)
    with pytest.raises(LookupError, match=r"no Python 1\.1 or 1\.2 with"):
        core.interpreter("2.18")
    good = tmp_path / "versions/1.2.3/bin/python1.2"
    good.parent.mkdir(parents=True)
    good.write_text("#!/bin/sh\n")
    good.chmod(0o755)
    assert core.interpreter("2.18") == good


def test_pip_takes_a_pre_release_only_for_the_next_one() -> None:
    assert core.requirements("2.18")[0] == "ansible-core==2.18.*"
    assert core.requirements(core.NEXT)[0].startswith(f"ansible-core>={core.NEXT}.0.dev0,")
    assert any(name.startswith("Flask>=") for name in core.requirements("2.18"))
    assert sum(name.startswith("ansible-core") for name in core.requirements("2.18")) == 1


def test_ci_tests_what_the_collection_promises() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"]
    included = jobs["ansible-core"]["strategy"]["matrix"]["include"]
    cores = {one["core"]: one["python"] for one in included}
    assert list(cores) == list(core.CORES)
    assert all(python in core.CORES[version] for version, python in cores.items())
    assert jobs["ansible-core"]["continue-on-error"] == "${{ matrix.core == '%s' }}" % core.NEXT
    assert jobs["mailcow"]["strategy"]["matrix"]["release"] == matrix.recorded()
    assert f"| Python | {included[0]['oldest']} or newer where modules run |" in (ROOT / "README.md").read_text()
    promised = yaml.safe_load((ROOT / "meta/runtime.yml").read_text())["requires_ansible"]
    assert promised == f">={next(iter(core.CORES))}.0"
    assert f"ansible-core >={next(iter(core.CORES))},<{core.NEXT}\n" in (ROOT / "tests/requirements/simulator.txt").read_text()
