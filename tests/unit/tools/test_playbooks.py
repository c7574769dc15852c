# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guides to the playbooks say what is in them."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.tools.checkout import ROOT
from tests.tools.playbooks import CODE, LICENCE, paragraphs


def test_a_comment_is_read(tmp_path: Path) -> None:
    (playbook := tmp_path / "x.yml").write_text(f"# {LICENCE}: X\n\n# One,\n# two.\n#\n#     ansible-playbook x\n---\n- hosts: all\n")
    assert list(paragraphs(playbook)) == [["One,", "two."], ["    ansible-playbook x"]]


def test_names_are_code() -> None:
    text = CODE.sub(lambda match: f"<{match[1] or match[2]}>", "as `make demo`, community.mailcow.x. What begins with x_ is x_y.")
    assert text == "as <make demo>, <community.mailcow.x>. What begins with <x_> is <x_y>."


def test_the_guide_has_each_variable_of_health() -> None:
    guide = (ROOT / "docs/docsite/rst/guide_health.rst").read_text(encoding="utf-8")
    (play,) = yaml.safe_load((ROOT / "playbooks/health.yml").read_text(encoding="utf-8"))
    known = play["vars"]["__health_known"]
    assert len(known) > 10
    assert [name for name in known if f"``{name}``" not in guide] == []
