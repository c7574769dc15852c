# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes meta/runtime.yml: its action group is the list of all modules, so nobody keeps it by hand."""

from __future__ import annotations

from tests.tools.checkout import ROOT

RUNTIME = ROOT / "meta/runtime.yml"
HEAD = """\
---
# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Written by `make runtime`.

requires_ansible: '>=2.18.0'
action_groups:
  mailcow:"""


def modules() -> list[str]:
    """The names of all modules of the collection, without the collection's own."""
    return sorted(path.stem for path in (ROOT / "plugins/modules").glob("mailcow_*.py"))


def render() -> str:
    """The text of meta/runtime.yml."""
    return HEAD + "".join(f"\n    - {name}" for name in modules()) + "\n"


if __name__ == "__main__":
    RUNTIME.write_text(render())
