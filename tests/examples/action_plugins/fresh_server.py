# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task `fresh_server` makes the simulator an empty server again, and plants what is given: in no time, because it is no module."""

from __future__ import annotations

from ansible.plugins.action import ActionBase

from tests.simulator.process import control


class ActionModule(ActionBase):
    """`url`: of the simulator; `plants`: dictionaries with `plant` and `command`."""

    def run(self, tmp: object = None, task_vars: dict | None = None) -> dict:
        url = self._task.args["url"]
        control(url, "POST", "reset", {})
        for plant in self._task.args.get("plants", []):
            control(url, "POST", "plant", plant)
        return {"changed": True}
