# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: encrypted_by
short_description: Encrypt a text with a command
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Runs a command on the controller, such as C(age) or C(gpg), with a text on its standard input, and returns its output.
  - The text is not written to a disk, and does not appear in the list of processes.
  - Fails if the command fails or takes more than five minutes, or if its output is not text or contains the input.
options:
  _input:
    description: The text.
    type: str
    required: true
  command:
    description: The program and its arguments. No shell is involved.
    type: list
    elements: str
    required: true
seealso:
  - plugin: ansible.builtin.vault
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Write a secret that only the holder of a key can read
  ansible.builtin.copy:
    dest: secret.age
    mode: "0600"
    content: "{{ secret | community.mailcow.encrypted_by(['age', '--armor', '--recipients-file', 'hr.pub']) }}"
"""

RETURN = r"""
_value:
  description: The output of the command.
  type: str
"""

from collections.abc import Callable, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils._people.passwords import encrypted_by as _encrypted_by


def encrypted_by(text: str, command: Sequence[str]) -> str:
    """Give the output of the command with the text as input."""
    try:
        return _encrypted_by(text, [str(word) for word in command])
    except ValueError as error:
        raise AnsibleFilterError("encrypted_by: %s" % error) from None


class FilterModule:
    """The filter; see DOCUMENTATION."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"encrypted_by": encrypted_by}
