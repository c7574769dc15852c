# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: canonical
short_description: Normalize an address or domain
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Converts an e-mail address or a domain to the form that mailcow stores and the modules return, in lower case and with the domain in
    punycode. Use it to compare user input with results of modules.
  - Options of modules accept any form and do not need the filter.
  - A text that is neither an address nor a domain is only trimmed and converted to lower case.
options:
  _input:
    description: An address, a domain, or a domain with a leading C(@), as in catch-all aliases.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: List all mailboxes
  community.mailcow.mailcow_mailbox_info:
  register: found

- name: Show whether Jane has a mailbox
  ansible.builtin.debug:
    msg: "{{ 'Jane@Café.example' | community.mailcow.canonical in found.mailboxes | map(attribute='address') }}"
"""

RETURN = r"""
_value:
  description: The address or domain, as mailcow stores it.
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
