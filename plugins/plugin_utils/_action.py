# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin of all modules: runs their task in Ansible's own process if the result is the same, and otherwise runs the module.

Each module has a file of its name in plugins/action. Ansible loads it before it forks, so that tasks need not import anything. With
redirects instead, all modules would share the defaults of one.
"""

from __future__ import annotations

import gc
from typing import Any

from ansible.plugins.action.normal import ActionModule as ByModule
from ansible.release import __version__
from ansible.utils.display import Display

from ..module_utils._api.errors import LibraryMissing
from ..module_utils._api.wire import Kept
from ..module_utils._tasks.every import TASKS
from ..module_utils._tasks.task import Call
from ._place import reason_for_module, repeats_options, shows_progress, surroundings
from ._printed import plain, printed
from ._progress import Progress

_DISPLAY = Display()
# Since this version, failed_when and until see warnings that were displayed, but not those in a result, which are processed later.
_WARNS_ITSELF = tuple(int(part) for part in __version__.split(".")[:2]) >= (2, 21)
# The connections of this process. Ansible forks one for a task on one host, with all items of a loop.
_KEPT = Kept()


class ActionModule(ByModule):  # type: ignore[misc]  # Ansible has no types
    """Runs the task of the module of the same name."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give the result of a task. ``task_vars``: the variables of its host."""
        variables = task_vars or {}
        reason = reason_for_module(self._task, self._connection, self._templar, variables)
        if not reason:
            try:
                return self._in_process(variables)
            except LibraryMissing as missing:
                reason = "Ansible's own Python has no %s" % missing.library
        self._tell("as a module, because %s" % reason)
        return super().run(tmp, task_vars)  # type: ignore[no-any-return]

    def _in_process(self, variables: dict[str, Any]) -> dict[str, Any]:
        """Give the result of the task. Raises LibraryMissing before any request."""
        self._tell("in Ansible's own process")
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        task = TASKS[self._load_name.rpartition(".")[2]]
        progress = Progress(self._host(), shows_progress(self._templar, variables))
        call = Call(plain(self._task.args), self._task.check_mode, self._task.diff, kept=_KEPT, tell=progress)
        collecting = gc.isenabled()
        # Objects of a task are needed until its end, and searching thousands of them for garbage takes longer than the task.
        gc.disable()
        try:
            with surroundings(environment, self._loader.get_basedir()), progress.interruptible():
                result = printed(task, call, self._task.action, repeats_options(self._templar, variables))
        finally:
            if collecting:
                gc.enable()
        if _WARNS_ITSELF:
            for warning in result.pop("warnings", []):
                _DISPLAY.warning(warning)
        return result

    def _tell(self, how: str) -> None:
        _DISPLAY.vvv("%s is done %s" % (self._task.action, how), host=self._host())

    def _host(self) -> str:
        return self._connection._play_context.remote_addr  # type: ignore[no-any-return]
