# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a task is done in Ansible's own process, and what it finds around it there. `make both-ways` has the same in playbooks."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils._place import reason_for_module, surroundings


class Templar:
    """Has one template."""

    def template(self, value: object) -> object:
        return "no" if value == "{{ off }}" else value


def become(user: str) -> SimpleNamespace:
    return SimpleNamespace(get_option=lambda name: {"become_user": user}[name])


def reason(task: dict | None = None, connection: dict | None = None, **variables: object) -> str:
    return reason_for_module(
        SimpleNamespace(**{"delegate_to": None, "async_val": 0, **(task or {})}),
        SimpleNamespace(**{"transport": "local", "become": None, "default_user": "me", **(connection or {})}),
        Templar(),
        variables,
    )


def test_the_usual_is_in_process() -> None:
    assert reason() == ""


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({"connection": {"transport": "ssh"}}, "the connection is ssh"),
        ({"connection": {"become": become("root")}}, "it becomes root"),
        ({"connection": {"become": become("me")}}, ""),
        ({"task": {"async_val": 7}}, "it is asynchronous"),
        ({"ansible_mailcow_in_process": False}, "ansible_mailcow_in_process is off"),
        ({"ansible_mailcow_in_process": "{{ off }}"}, "ansible_mailcow_in_process is off"),
        ({"ansible_mailcow_in_process": "yes"}, ""),
        ({"ansible_python_interpreter": "/usr/local/bin/another"}, "it has an interpreter of its own, /usr/local/bin/another"),
        ({"ansible_python_interpreter": sys.executable}, ""),
        ({"ansible_python_interpreter": "auto_silent"}, ""),
        ({"ansible_python_interpreter": ""}, ""),
    ],
)
def test_what_is_not_the_same_is_left_to_the_module(given: dict, because: str) -> None:
    assert reason(**given) == because


def test_the_variables_are_those_of_the_host_that_is_delegated_to() -> None:
    there = {"other": {"ansible_mailcow_in_process": False}}
    assert reason({"delegate_to": "other"}, ansible_delegated_vars=there) == "ansible_mailcow_in_process is off"
    assert reason(ansible_delegated_vars=there) == ""


def test_the_environment_switches_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSIBLE_MAILCOW_IN_PROCESS", "false")
    assert reason() == "ansible_mailcow_in_process is off"
    assert reason(ansible_mailcow_in_process=True) == ""


def test_a_link_of_another_virtual_environment_is_another_interpreter(tmp_path: Path) -> None:
    for name in ("python", "python3"):
        (tmp_path / name).symlink_to(os.path.realpath(sys.executable))
    assert reason(ansible_python_interpreter=str(tmp_path / "python")).startswith("it has an interpreter of its own")
    # In one directory the names mean the same.
    assert reason(ansible_python_interpreter=f"{sys.prefix}/bin/python3") == reason(ansible_python_interpreter=f"{sys.prefix}/bin/python")


def test_surroundings_are_those_of_a_module_and_go_with_the_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOTH", "before")
    before, place = dict(os.environ), os.getcwd()
    with surroundings({"BOTH": 7, "NEW": "x"}, str(tmp_path)):
        assert (os.environ["BOTH"], os.environ["NEW"], os.getcwd()) == ("7", "x", str(tmp_path))
    assert (dict(os.environ), os.getcwd()) == (before, place)


def test_nobody_sees_what_libraries_warn_of(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        with surroundings({}, str(tmp_path)):
            warnings.warn("of a certificate that is not checked", stacklevel=1)
        assert seen == []
        warnings.warn("afterwards", stacklevel=1)
        assert len(seen) == 1
