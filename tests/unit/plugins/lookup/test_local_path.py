# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Paths as seen from where somebody stands, or else from their playbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.community.mailcow.plugins.lookup.local_path import candidates
from tests.tools.checkout import ROOT


def test_where_they_stand_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = tmp_path.resolve(), str(tmp_path / "playbooks")
    monkeypatch.chdir(here)
    assert candidates("./tenants/", there) == [str(here / "tenants"), str(here / "playbooks/tenants")]
    assert candidates("tenants", str(here)) == [str(here / "tenants")]


def test_an_absolute_path_is_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/jane")
    monkeypatch.setenv("AUDITS", "/srv/audits")
    assert [candidates(path, "/playbooks") for path in ("~/a", "$AUDITS/b", "/c")] == [["/home/jane/a"], ["/srv/audits/b"], ["/c"]]


def test_nobody_keeps_files_in_the_collection() -> None:
    assert candidates("vars", str(ROOT / "playbooks")) == [str(Path.cwd() / "vars")]
