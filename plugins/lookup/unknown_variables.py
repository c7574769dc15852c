# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: unknown_variables
short_description: Find misspelled variables of a role
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Finds variables that have the prefix of a role but are no variables of the role, such as C(tenant_quotta). Ansible ignores them.
  - The roles and playbooks of this collection fail if there are such variables.
options:
  _terms:
    description: Prefixes of variables, without the underscore at the end.
    type: list
    elements: str
    required: true
  known:
    description:
      - Names of known variables. C(*) matches any characters.
      - If the prefix is the name of a role of this collection, the options of this role are known as well.
    type: list
    elements: str
    default: []
  foreign:
    description: Names or prefixes of variables for other purposes.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Fail if a variable is misspelled
  ansible.builtin.assert:
    that: unknown == ''
    fail_msg: "{{ unknown }}"
  vars:
    unknown: "{{ lookup('community.mailcow.unknown_variables', 'backup', known=['backup_path', 'backup_keep']) }}"
"""

RETURN = r"""
_raw:
  description: For each prefix, an error message with the unknown variables and similar known ones. Empty if there are none.
  type: list
  elements: str
"""

from collections.abc import Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml
from ansible.plugins.lookup import LookupBase

ROLES = Path(__file__).resolve().parents[2] / "roles"


class LookupModule(LookupBase):  # type: ignore[misc]
    """Finds misspelled variables; see DOCUMENTATION."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        return [message(term, variables, self.get_option("known"), self.get_option("foreign")) for term in terms]


def message(role: str, given: Iterable[str], known: Iterable[str], foreign: Iterable[str]) -> str:
    """Give an error message with the unknown variables that have the prefix of a role, "" if there are none."""
    prefix, names, others = role + "_", [*known, *_options(role)], tuple(foreign)
    unknown = [
        name
        for name in sorted(map(str, given))
        if name.startswith(prefix) and not (name.startswith(others) or any(fnmatchcase(name, one) for one in names))
    ]
    if not unknown:
        return ""
    return "No such variable: %s. If a variable is for another purpose, add its name or its prefix to %sforeign_variables." % (
        ", ".join(name + _meant(name, prefix, names) for name in unknown),
        prefix,
    )


def _options(role: str) -> list[str]:
    """Give the names of the options of a role of this collection, none if there is no such role."""
    specs = ROLES / role / "meta/argument_specs.yml"
    if not specs.is_file():
        return []
    return list(yaml.safe_load(specs.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"])


def _meant(name: str, prefix: str, known: list[str]) -> str:
    """Give the known variable that is most similar to a name, as a question in parentheses, "" if none is."""
    rests = [one[len(prefix) :] for one in known if one.startswith(prefix) and "*" not in one]
    best = get_close_matches(name[len(prefix) :], rests, n=1)
    return " (did you mean %s%s?)" % (prefix, best[0]) if best else ""
