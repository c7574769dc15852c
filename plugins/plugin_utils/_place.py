# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a task runs in Ansible's own process or as a module, and the environment that a module would have."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from ansible import constants as C

from ._progress import is_watched

_SWITCH, _PROGRESS = "ansible_mailcow_in_process", "ansible_mailcow_progress"
# The settings of the action plugin. Ansible reads those of other plugins from their documentation.
_SETTINGS = {
    "in_process": {
        "type": "bool",
        "default": True,
        "ini": [{"section": "mailcow", "key": "in_process"}],
        "env": [{"name": "ANSIBLE_MAILCOW_IN_PROCESS"}],
        "vars": [{"name": _SWITCH}],
    },
    "progress": {
        "type": "bool",
        "ini": [{"section": "mailcow", "key": "progress"}],
        "env": [{"name": "ANSIBLE_MAILCOW_PROGRESS"}],
        "vars": [{"name": _PROGRESS}],
    },
}
_PLUGIN = {"plugin_type": "action", "plugin_name": "community.mailcow.mailcow"}
C.config.initialize_plugin_configuration_definitions(*_PLUGIN.values(), _SETTINGS)
# With these values, Ansible detects the interpreter.
_ANY_INTERPRETER = ("auto", "auto_silent", "auto_legacy", "auto_legacy_silent")


def repeats_options(templar: Any, variables: Mapping[str, Any]) -> bool:
    """Whether results contain the options of their task. Since ansible-core 2.21, this depends on a setting."""
    if not C.config.get_configuration_definition("INJECT_INVOCATION"):
        return True
    return bool(_setting("INJECT_INVOCATION", "ansible_inject_invocation", templar, variables))


def shows_progress(templar: Any, variables: Mapping[str, Any]) -> bool:
    """Whether progress is displayed. If not set, it is displayed at a terminal."""
    asked = _setting("progress", _PROGRESS, templar, variables, **_PLUGIN)
    return is_watched() if asked is None else bool(asked)


def reason_for_module(task: Any, connection: Any, templar: Any, variables: Mapping[str, Any]) -> str:
    """Give the reason why a task has to run as a module, "" if it can run in this process. ``variables``: those of its host."""
    if task.delegate_to:
        variables = variables.get("ansible_delegated_vars", {}).get(task.delegate_to, variables)
    interpreter = _setting("INTERPRETER_PYTHON", "ansible_python_interpreter", templar, variables)
    if not _setting("in_process", _SWITCH, templar, variables, **_PLUGIN):
        return "%s is off" % _SWITCH
    if connection.transport != "local":
        return "the connection is %s" % connection.transport
    if task.async_val:
        return "it is asynchronous"
    if connection.become and _user(connection.become) != connection.default_user:
        return "it becomes %s" % _user(connection.become)
    if not _is_this(str(interpreter or "auto").strip()):
        return "it has an interpreter of its own, %s" % interpreter
    if C.DEFAULT_KEEP_REMOTE_FILES:
        return "the files of modules are to be kept"
    return ""


def _user(become: Any) -> str:
    """Give the user that a task becomes."""
    try:
        return str(become.get_option("become_user"))
    except KeyError:
        # A become plugin without this option.
        return "somebody else"


def _setting(name: str, variable: str, templar: Any, variables: Mapping[str, Any], **plugin: str) -> Any:
    """Give the value of a setting of Ansible or of a plugin. The variable can be a template."""
    given = {variable: templar.template(variables[variable])} if variable in variables else {}
    return C.config.get_config_value(name, variables=given, **plugin)


def _is_this(interpreter: str) -> bool:
    """Whether an interpreter is that of Ansible, or detected by Ansible."""
    return interpreter in _ANY_INTERPRETER or _located(interpreter) == _located(sys.executable)


@lru_cache(maxsize=None)
def _located(interpreter: str) -> tuple[str, str]:
    """Give the directory of an interpreter, and its file: interpreters of all virtual environments are links to the same file."""
    path = shutil.which(interpreter) or interpreter
    return os.path.realpath(os.path.dirname(path)), os.path.realpath(path)


@contextmanager
def surroundings(environment: Mapping[str, Any], place: str) -> Iterator[None]:
    """Set the environment that a module would have: its environment variables, the directory of the playbook as working directory, and
    no display of warnings of Python libraries.
    """
    given = {str(name): str(value) for name, value in environment.items()}
    before, directory = {name: os.environ.get(name) for name in given}, os.getcwd()
    os.environ.update(given)
    try:
        os.chdir(place)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.chdir(directory)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
