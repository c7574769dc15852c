# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The attributes of all modules, shared by their documentation."""

from __future__ import annotations


class ModuleDocFragment:
    # For all modules.
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the server.
  diff_mode:
    description: Returns details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
  idempotent:
    description:
      - When run twice in a row outside check mode, with the same arguments, the second invocation indicates no change.
"""

    ACTIONGROUP_MAILCOW = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/community.mailcow.mailcow) in C(module_defaults) to set the connection options of this module once.
    support: full
    membership:
      - community.mailcow.mailcow
  action:
    description: Has an action plugin of the same name, which can run the task in Ansible's own process.
    support: full
    details:
      - On the controller, with C(connection=local), the task runs in Ansible's own process, with the same result and without the time
        that a module takes to start. In all other cases, for example with C(become) to another user, C(async) or a Python interpreter
        that is not Ansible's own, the module runs. C(-vvv) shows which of the two was used, and why.
      - To always run the module, set the variable C(ansible_mailcow_in_process) or the environment variable
        E(ANSIBLE_MAILCOW_IN_PROCESS) to V(false).
"""

    # For all info modules.
    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - This action does not modify state. A read-only API key is sufficient.
  diff_mode:
    support: N/A
    details:
      - This action does not modify state.
  idempotent:
    support: full
    details:
      - This action does not modify state.
"""
