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
  - Says which variables begin like those of a role and are none of them, such as C(tenant_quotta), and which one each may be meant to be.
    Ansible takes them without a word.
  - The roles and playbooks of this collection refuse to run with such variables.
options:
  _terms:
    description: What the names of the variables begin with, without the underscore behind it.
    type: list
    elements: str
    required: true
  known:
    description:
      - Names of variables that there are, where C(*) stands for any characters.
      - The options of the role of this collection whose name is the term are known in any case.
    type: list
    elements: str
    default: []
  foreign:
    description: Names of variables for something else, or what these begin with.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Refuse misspelled variables
  ansible.builtin.assert:
    that: unknown == ''
    fail_msg: "{{ unknown }}"
  vars:
    unknown: "{{ lookup('community.mailcow.unknown_variables', 'backup', known=['backup_path', 'backup_keep']) }}"
"""

RETURN = r"""
_raw:
  description: For each term a message that names its unknown variables, or an empty text.
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
    """Finds variables that nobody knows; see DOCUMENTATION."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        return [message(term, variables, self.get_option("known"), self.get_option("foreign")) for term in terms]


def message(role: str, given: Iterable[str], known: Iterable[str], foreign: Iterable[str]) -> str:
    """Give what is to be said of the variables that begin like those of a role and are unknown, "" if there are none."""
    prefix, names, others = role + "_", [*known, *_options(role)], tuple(foreign)
    unknown = [
        name
        for name in sorted(map(str, given))
        if name.startswith(prefix) and not (name.startswith(others) or any(fnmatchcase(name, one) for one in names))
    ]
    if not unknown:
        return ""
    return "No such variable: %s. The names of those for something else, or what these begin with, can be given in %sforeign_variables." % (
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
    """Give which of the known variables a name may be meant to be, as a question in parentheses."""
    rests = [one[len(prefix) :] for one in known if one.startswith(prefix) and "*" not in one]
    best = get_close_matches(name[len(prefix) :], rests, n=1)
    return " (did you mean %s%s?)" % (prefix, best[0]) if best else ""
