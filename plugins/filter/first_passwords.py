# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: first_passwords
short_description: Generate initial passwords
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Generates a different random password for each address. All of them meet the password policy of the server.
  - Each use of the filter returns other passwords. Store them with M(ansible.builtin.set_fact), under C(no_log).
  - The passwords begin with a letter, and contain no characters that look alike on paper, such as C(l), C(I) and C(1).
options:
  _input:
    description: The addresses.
    type: list
    elements: str
    required: true
  policy:
    description: The policy of the server, as returned by M(community.mailcow.mailcow_password_policy_info).
    type: dict
    required: true
  length:
    description: Length of a password in characters. It is longer if the policy requires it.
    type: int
    default: 16
seealso:
  - module: community.mailcow.mailcow_password_policy_info
"""

EXAMPLES = r"""
- name: Generate a password for each user
  ansible.builtin.set_fact:
    passwords: "{{ ['anna@example.com', 'ben@example.com'] | community.mailcow.first_passwords({'length': 12, 'special_chars': true}) }}"
  no_log: true
"""

RETURN = r"""
_value:
  description: The passwords by address.
  type: dict
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..plugin_utils._people.passwords import first_password


def first_passwords(addresses: Sequence[str], policy: Mapping[str, Any], length: int = 16) -> dict[str, str]:
    """Give a random password for each address."""
    return {address: first_password(policy, int(length)) for address in addresses}


class FilterModule:
    """The filter; see DOCUMENTATION."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"first_passwords": first_passwords}
