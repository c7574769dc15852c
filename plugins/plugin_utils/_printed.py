# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The input and the output that the module of a task would have, as AnsibleModule processes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from ..module_utils._tasks.mask import secrets_in
from ..module_utils._tasks.task import Answer, invocation, perform

try:
    from ansible.module_utils.common.json import Direction, get_module_encoder
except ImportError:
    # ansible-core 2.18
    from ansible.module_utils.common.json import AnsibleJSONEncoder

    _ENCODING: dict[str, Any] = {"cls": AnsibleJSONEncoder, "vault_to_text": True}
else:
    _ENCODING = {"cls": get_module_encoder("legacy", Direction.CONTROLLER_TO_MODULE)}

try:
    from ansible.module_utils.secrets import register_secrets
except ImportError:
    # Before ansible-core 2.22
    register_secrets = None

if TYPE_CHECKING:
    from ..module_utils._tasks.task import Call, Task


def plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options of a task as its module would receive them: without Ansible's tags on values, such as their origin, and without
    its internal options.
    """
    ours = {name: value for name, value in options.items() if not name.startswith("_ansible_")}
    return json.loads(json.dumps(ours, **_ENCODING))  # type: ignore[no-any-return]


def printed(task: Task, call: Call, name: str, repeating: bool) -> dict[str, Any]:
    """Give the result that the module of a task would print. ``call.params``: the options, not yet validated; ``name``: of the
    module, as in the playbook; ``repeating``: whether the result contains the options. Raises LibraryMissing before any request.
    """
    try:
        checked = ArgumentSpecValidator(task.spec).validate(call.params)
    except OverflowError as error:
        return {"failed": True, "msg": "a number among the options is too large: %s" % error}
    call.params = given = dict(call.params, **checked.validated_parameters)
    refused = bool(checked.error_messages)
    if refused:
        msg = checked.errors.msg
        if isinstance(checked.errors[0], UnsupportedError):
            msg = "Unsupported parameters for (%s) module: %s" % (name, msg)
        answer = Answer({"msg": msg}, failed=True)
    else:
        answer = perform(task, call)
    if answer.missing:
        raise answer.missing
    result = dict(answer.values)
    if repeating:
        result["invocation"] = invocation(task, given, refused)
    if answer.failed:
        result["failed"] = True
    if answer.warnings:
        result["warnings"] = list(dict.fromkeys(answer.warnings))
    result = _hiding(result, checked._no_log_values | secrets_in(task.spec, given))
    return json.loads(json.dumps(result))  # type: ignore[no-any-return]


def _hiding(result: dict[str, Any], secrets: set[str]) -> dict[str, Any]:
    """Give a result as AnsibleModule returns it: without secrets, or with them if Ansible can be told to hide them in all output."""
    if register_secrets:
        register_secrets(secrets)
        return result
    # Imported here, because newer versions of ansible-core warn of this import.
    from ansible.module_utils.common.parameters import remove_values

    # Only these cannot repeat a secret.
    kept = {key: value for key, value in result.items() if value is None or isinstance(value, bool)}
    return dict(remove_values(result, secrets), **kept)
