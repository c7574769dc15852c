# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs modules in this process, as Ansible would run them."""

from __future__ import annotations

import contextlib
import io
import json
from unittest import mock

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common import warnings

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._module import run
from ansible_collections.community.mailcow.plugins.module_utils._tasks.infos import info
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import manage
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Task
from tests.simulator.process import Simulator

try:
    from ansible.module_utils import _internal
    from ansible.module_utils.testing import patch_module_args
except ImportError:  # ansible-core before 2.19
    _internal = mock.Mock()

    @contextlib.contextmanager
    def patch_module_args(args: dict) -> object:
        with mock.patch.object(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": args}).encode()):
            yield


def execute(task: Task, args: dict, check: bool = False, diff: bool = False) -> dict:
    """Run the module of a task and give its result; ``output`` in it is all that it printed."""
    arguments = dict(args, _ansible_check_mode=check, _ansible_diff=diff, _ansible_remote_tmp="/tmp", _ansible_keep_remote_files=False)
    out = io.StringIO()
    # Ansible keeps them for the process, which is as a rule the module's own.
    warnings._global_warnings.clear()
    # Where a test has loaded Ansible's own part as well, a module would take itself for that.
    with (
        mock.patch.object(_internal, "is_controller", False),
        patch_module_args(arguments),
        contextlib.redirect_stdout(out),
        pytest.raises(SystemExit),
    ):
        run(task)
    return dict(json.loads(out.getvalue()), output=out.getvalue())


class Play:
    """Runs modules of one kind against a simulator; options are those of the module."""

    def __init__(self, sim: Simulator, kind: Kind) -> None:
        self.sim = sim
        self.kind = kind
        self.connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}

    def writes(self) -> list[str]:
        return [request["path"][8:] for request in self.sim.requests() if request["method"] != "GET"]

    def try_(self, check: bool = False, diff: bool = False, **options: object) -> dict:
        return execute(manage(self.kind), dict(self.connection, **options), check, diff)

    def run(self, check: bool = False, diff: bool = False, **options: object) -> dict:
        result = self.try_(check, diff, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def fail(self, **options: object) -> dict:
        result = self.try_(**options)
        assert result.get("failed"), result
        return result

    def info(self, **options: object) -> list[dict]:
        result = execute(info(self.kind), dict(self.connection, **options))
        assert not result.get("failed"), result["msg"]
        assert result["changed"] is False
        return result[self.kind.plural]

    def round_trip(self, **options: object) -> dict:
        """Create with all the options, and see that check mode announces it, that a second run and giving back what is shown change
        nothing, and that the info module shows the same; the object as it is shown.
        """
        self.sim.clear_requests()
        check = self.run(check=True, diff=True, **options)
        assert self.writes() == []
        made = self.run(diff=True, **options)
        assert (made["changed"], made["diff"]) == (check["changed"], check["diff"])
        assert made["changed"] is True
        shown = made[self.kind.name]
        self.unchanged(**options)
        self.unchanged(**shown)
        found = self.info(**self.named(shown))
        assert [{key: value for key, value in one.items() if key != "status"} for one in found] == [shown]
        assert found[0]["status"].keys() == self.kind.status.keys()
        return shown

    def named(self, options: dict) -> dict:
        """Those of the options that tell the object from others."""
        names = self.kind.identity.naming
        return {name: options[name] for name in names if name in options}

    def unchanged(self, **options: object) -> None:
        self.sim.clear_requests()
        result = self.run(diff=True, **options)
        assert result["diff"]["before"] == result["diff"]["after"]
        assert (result["changed"], self.writes()) == (False, [])

    def change(self, **options: object) -> dict:
        """Change an object, and see that check mode predicts it and a second run has nothing to do; the object as it is shown."""
        self.sim.clear_requests()
        check = self.run(check=True, diff=True, **options)
        assert self.writes() == []
        done = self.run(diff=True, **options)
        assert (done["changed"], done["diff"]) == (check["changed"], check["diff"])
        assert done["changed"] is True
        self.unchanged(**options)
        return done[self.kind.name]

    def gone(self, **options: object) -> None:
        assert self.run(state="absent", **options)["changed"]
        assert not self.run(state="absent", **options)["changed"]
        assert self.info(**options) == []
