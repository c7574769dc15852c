# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: local_path
short_description: Find a path on the controller
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Returns the absolute path of a file or directory on the controller. The roles of this collection use it for all paths.
  - A relative path is relative to the working directory or, if it does not exist there, to the directory of the playbook. Playbooks of this
    collection do not count. A path that exists in neither directory is relative to the working directory.
  - Expands C(~) and environment variables.
options:
  _terms:
    description: Paths.
    type: list
    elements: str
    required: true
  all:
    description: Whether to return all paths that are tried, in this order, for example for an error message.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Show the directory with the tenants of this server
  ansible.builtin.debug:
    msg: "{{ lookup('community.mailcow.local_path', 'tenants/' ~ inventory_hostname) }}"
"""

RETURN = r"""
_raw:
  description: One absolute path for each path. With O(all), one or two.
  type: list
  elements: str
"""

import os
from pathlib import Path
from typing import Any

from ansible.plugins.lookup import LookupBase

PLAYBOOKS = Path(__file__).resolve().parents[2] / "playbooks"


class LookupModule(LookupBase):  # type: ignore[misc]
    """Finds files and directories; see DOCUMENTATION."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        found = []
        for term in terms:
            paths = candidates(term, variables["playbook_dir"])
            found += paths if self.get_option("all") else [next(filter(os.path.exists, paths), paths[0])]
        return found


def candidates(path: str, playbook_dir: str) -> list[str]:
    """Give the absolute paths that one may mean, the first choice first."""
    beside = Path(playbook_dir).resolve()
    places = [Path.cwd()] + ([] if beside == PLAYBOOKS else [beside])
    expanded = os.path.expandvars(os.path.expanduser(path))
    return list(dict.fromkeys(os.path.normpath(place / expanded) for place in places))
