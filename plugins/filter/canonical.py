# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: canonical
short_description: Spell an address or domain as mailcow does
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Gives an e-mail address or the name of a domain in lower case and with the domain in punycode, as mailcow stores it and the modules
    return it. So what people write can be looked for in what a module returns.
  - The options of the modules take any spelling and need no filter.
  - What is neither an address nor a domain is only trimmed and put in lower case.
options:
  _input:
    description: An address, a domain, or C(@) and a domain for all of its addresses.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: List all mailboxes
  community.mailcow.mailcow_mailbox_info:
  register: found

- name: Say whether there is one of Jane
  ansible.builtin.debug:
    msg: "{{ 'Jane@Café.example' | community.mailcow.canonical in found.mailboxes | map(attribute='address') }}"
"""

RETURN = r"""
_value:
  description: The address or domain.
  type: str
"""

from collections.abc import Callable
from typing import Any

from ..module_utils._api.names import address, domain_name


def canonical(name: str) -> str:
    """Give an address or a domain as mailcow stores it."""
    text = str(name).strip().lower()
    try:
        if text.startswith("@"):
            return "@" + domain_name(text[1:])
        return address(text) if "@" in text else domain_name(text)
    except ValueError:
        return text


class FilterModule:
    """The filter; see DOCUMENTATION."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"canonical": canonical}
