# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The caller of tasks for modules: AnsibleModule around a task. Nothing else in the collection uses AnsibleModule."""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule

from ._tasks.mask import secrets_in
from ._tasks.task import Call, invocation, perform

try:
    from ansible.module_utils.secrets import register_secrets
except ImportError:
    # Before ansible-core 2.22
    register_secrets = None

if TYPE_CHECKING:
    from ._tasks.task import Task


class _Module(AnsibleModule):  # type: ignore[misc]  # Ansible has no types
    """A module that returns its arguments only if it is known which of them contain secrets."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._refused = True
        # no_log also keeps the arguments out of the system's log.
        super().__init__(argument_spec=task.spec, supports_check_mode=True, no_log=task.quiet)
        self._refused = False

    def exit_json(self, **result: Any) -> None:
        super().exit_json(**self._shown(result))

    def fail_json(self, msg: str, **result: Any) -> None:
        super().fail_json(msg, **self._shown(result))

    def _shown(self, result: dict[str, Any]) -> dict[str, Any]:
        """Mask in a result what Ansible would show: a password in a URL, and all secrets if it rejects an option."""
        secrets = secrets_in(self.argument_spec, self.params)
        if register_secrets:
            register_secrets(secrets)
        self.no_log_values.update(secrets)
        return dict(result, invocation=invocation(self._task, self.params, self._refused))


def run(task: Task) -> None:
    """Run a task as a module: get its options from Ansible, run it, and exit with the result."""
    # Objects of a task are needed until its end, and searching tens of thousands of them for garbage takes longer than the task.
    gc.disable()
    try:
        module = _Module(task)
    except OverflowError as error:
        # Ansible fails to convert infinity to an integer, before there is a module that could report the failure.
        sys.stdout.write(json.dumps({"failed": True, "msg": "a number among the options is too large: %s" % error}))
        raise SystemExit(1) from error
    answer = perform(task, Call(module.params, module.check_mode, module._diff))
    for warning in answer.warnings:
        module.warn(warning)
    if answer.missing:
        advice = "%s, or set ansible_python_interpreter to a Python that has it" % answer.missing
        module.fail_json(msg=advice, exception=answer.missing.trace)
    if answer.failed:
        module.fail_json(**answer.values)
    module.exit_json(**answer.values)
