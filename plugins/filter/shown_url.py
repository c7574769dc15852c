# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: shown_url
short_description: Remove the credentials from a URL
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Removes user, password, query, fragment and trailing slashes from a URL, so that it can be displayed and used in file names.
  - In a text that is not a valid URL, removes everything before the last C(@), which may contain a password.
options:
  _input:
    description: The URL.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Show the server
  ansible.builtin.debug:
    msg: "{{ 'https://jane:secret@mail.example.com' | community.mailcow.shown_url }}"
"""

RETURN = r"""
_value:
  description: The URL without credentials.
  type: str
"""

import re
from collections.abc import Callable
from typing import Any

from ..module_utils._api.url import without_login


def shown_url(url: str) -> str:
    """Give a URL without credentials, query and fragment."""
    return re.sub(r"[?#].*", "", without_login(str(url)), flags=re.DOTALL).strip().rstrip("/")


class FilterModule:
    """The filter; see DOCUMENTATION."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"shown_url": shown_url}
