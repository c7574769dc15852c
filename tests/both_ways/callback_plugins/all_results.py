# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the results of all tasks to the file ALL_RESULTS: Ansible's own part of `make both-ways`, loaded by ansible-playbook."""

from __future__ import annotations

import json
import os
import typing as t

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: all_results
type: aggregate
short_description: Write the results of all tasks
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Writes name, host and result of each task of a playbook, and of each item of a loop and each attempt, to the file that the
    environment variable E(ALL_RESULTS) names, as one JSON text for each line.
"""


class CallbackModule(CallbackBase):
    """Takes what other callbacks are given, too."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "all_results"
    CALLBACK_NEEDS_ENABLED = True

    def _write(self, event: str, result: t.Any) -> None:
        # ansible-core before 2.19 has no public name for it.
        values = result.result if hasattr(result, "result") else result._result
        host, task = (result.host, result.task) if hasattr(result, "host") else (result._host, result._task)
        with open(os.environ["ALL_RESULTS"], "a", encoding="utf-8") as file:
            print(json.dumps([task.get_name(), host.get_name(), event, values], default=str), file=file)

    def v2_runner_on_ok(self, result: t.Any) -> None:
        """It is as it should be."""
        self._write("ok", result)

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        """It failed."""
        self._write("failed", result)

    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        """There was no host."""
        self._write("unreachable", result)

    def v2_runner_item_on_ok(self, result: t.Any) -> None:
        """An item is as it should be."""
        self._write("item ok", result)

    def v2_runner_item_on_failed(self, result: t.Any) -> None:
        """An item failed."""
        self._write("item failed", result)

    def v2_runner_retry(self, result: t.Any) -> None:
        """It is tried again."""
        self._write("retry", result)
