# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The caller that is a module: AnsibleModule around a task. Nothing else in the collection knows AnsibleModule."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ._tasks.task import Call, perform

if TYPE_CHECKING:
    from ._tasks.task import Task

# In place of the arguments in a result.
_NOT_SHOWN = {"module_args": {"config": "not shown"}}


class _QuietModule(AnsibleModule):  # type: ignore[misc]  # Ansible has no types
    """A module that does not repeat its arguments: Ansible does not know which of them hold secrets."""

    def exit_json(self, **result: Any) -> None:
        super().exit_json(invocation=_NOT_SHOWN, **result)

    def fail_json(self, msg: str, **result: Any) -> None:
        super().fail_json(msg, invocation=_NOT_SHOWN, **result)


def run(task: Task) -> None:
    """Be the module of a task: take its options from Ansible, do it, and exit with the result."""
    # A module ends with its task: looking for garbage among tens of thousands of objects that all stay takes longer than the work.
    gc.disable()
    # no_log keeps the arguments out of the system's log, too.
    module = (_QuietModule if task.quiet else AnsibleModule)(argument_spec=task.spec, supports_check_mode=True, no_log=task.quiet)
    call = Call(module.params, module.check_mode, module._diff, set(module.no_log_values))
    answer = perform(task, call)
    for warning in answer.warnings:
        module.warn(warning)
    if answer.missing:
        module.fail_json(msg=missing_required_lib(answer.missing.library), exception=answer.missing.trace)
    if answer.failed:
        module.fail_json(**answer.values)
    module.exit_json(**answer.values)
