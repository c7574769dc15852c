# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The caller that is a module: AnsibleModule around a task. Nothing else in the collection knows AnsibleModule."""

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
    """A module that repeats its arguments only when it is known which of them hold secrets."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._refused = True
        # no_log keeps the arguments out of the system's log, too.
        super().__init__(argument_spec=task.spec, supports_check_mode=True, no_log=task.quiet)
        self._refused = False

    def exit_json(self, **result: Any) -> None:
        super().exit_json(**self._shown(result))

    def fail_json(self, msg: str, **result: Any) -> None:
        super().fail_json(msg, **self._shown(result))

    def _shown(self, result: dict[str, Any]) -> dict[str, Any]:
        """Give a result that hides what Ansible would show: a password in a URL, and all secrets when it refuses an option."""
        secrets = secrets_in(self.argument_spec, self.params)
        if register_secrets:
            register_secrets(secrets)
        self.no_log_values.update(secrets)
        return dict(result, invocation=invocation(self._task, self.params, self._refused))


def run(task: Task) -> None:
    """Be the module of a task: take its options from Ansible, do it, and exit with the result."""
    # A module ends with its task: looking for garbage among tens of thousands of objects that all stay takes longer than the work.
    gc.disable()
    try:
        module = _Module(task)
    except OverflowError as error:
        # Ansible's check of a whole number meets one that has no end, and there is no module yet that could fail.
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
