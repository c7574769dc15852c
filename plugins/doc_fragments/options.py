# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that several modules share. Each module adds what is specific to it."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
"""

    # The module describes the option itself.
    RATE_LIMIT = r"""
options:
  rate_limit:
    type: raw
"""

    # The module says which options are meant.
    UPDATE_WRITE_ONLY = r"""
options:
  update_write_only:
    type: str
    choices:
      on_create: Only when the object is created. They are ignored if it exists.
      always: Each time the task runs. The task then always reports a change.
    default: on_create
"""
