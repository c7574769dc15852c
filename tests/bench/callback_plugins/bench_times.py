# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes how long each task took to the file BENCH_TIMES: Ansible's own part of `make bench`, loaded by ansible-playbook."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import time
import typing as t

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: bench_times
type: aggregate
short_description: Write how long each task took
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Writes name, seconds and change of each task of a playbook, from its start to its result, to the file that the environment
    variable E(BENCH_TIMES) names, as JSON, with the CPU time and the peak memory of the processes that did them.
"""


class CallbackModule(CallbackBase):
    """Takes the time in the process that starts the tasks and receives their results."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "bench_times"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args: t.Any, **kwargs: t.Any) -> None:
        super().__init__(*args, **kwargs)
        self._tasks: list[dict[str, t.Any]] = []
        self._begin = 0.0

    def v2_playbook_on_task_start(self, task: t.Any, is_conditional: bool) -> None:
        """A task begins."""
        self._begin = time.perf_counter()
        self._tasks.append({"name": task.get_name()})

    def v2_runner_on_ok(self, result: t.Any) -> None:
        """The task has done its work on the one host that there is."""
        self._tasks[-1].update(seconds=time.perf_counter() - self._begin, changed=result.is_changed())

    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        """The end: write the tasks that were not skipped."""
        # What counts are processes that have been waited for; the workers have waited for the modules.
        for worker in multiprocessing.active_children():
            worker.join()
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        cost = {"cpu": usage.ru_utime + usage.ru_stime, "peak_kib": usage.ru_maxrss}
        with open(os.environ["BENCH_TIMES"], "w", encoding="utf-8") as file:
            json.dump({"tasks": [task for task in self._tasks if "seconds" in task], **cost}, file)
