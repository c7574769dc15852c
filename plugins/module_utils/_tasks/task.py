# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module does, apart from who calls it: a function from checked options to a result, and the one place where its
failures, warnings and secrets are told. Nothing in here or beside it knows AnsibleModule, or any other class of Ansible.

A caller checks the options by `Task.spec`, makes a `Call`, and tells Ansible the `Answer` of `perform`.
"""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import LibraryMissing, MailcowError
from .mask import Mask, secrets_in

if TYPE_CHECKING:
    from .._api.stage import Tell
    from .._api.wire import Kept
    from .._fields.field import Spec

# The results that repeat what mailcow said, which may be what it was sent.
_SAID = ("msg", "failures", "mailcow", "request")


@dataclasses.dataclass
class Call:
    """One call of a task. ``params``: its checked options; ``check_mode``, ``diff``: what Ansible asks for; ``secrets``:
    values that are never to be shown, whoever says them, to which those in the options come and those that the task finds;
    ``kept``: where the connections of the task before are, when the caller does several in one process; ``tell``: takes how far
    the task is, as often as it likes.

    ``title`` stands before messages about failures; ``warnings`` are for the user. Both are the task's to set.
    """

    params: Mapping[str, Any]
    check_mode: bool = False
    diff: bool = False
    secrets: set[str] = dataclasses.field(default_factory=set)
    kept: Kept | None = None
    tell: Tell = lambda text: None
    title: str = ""
    warnings: list[str] = dataclasses.field(default_factory=list)

    def warn(self, message: str) -> None:
        """Warn the user."""
        self.warnings.append(message)


@dataclasses.dataclass(frozen=True)
class Task:
    """What one module does. ``spec``: Ansible's argument spec; ``work``: gives the result of a `Call`, which is a failure
    when it has a ``msg``, or raises MailcowError. ``quiet``: whether the options hold secrets that the spec does not mark,
    so that no caller repeats them.
    """

    spec: Spec
    work: Callable[[Call], dict[str, Any]]
    quiet: bool = False


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a caller tells Ansible. ``values``: the result; ``failed``: whether it is a failure, with a ``msg``;
    ``warnings``: for the user; ``missing``: the library that the task lacks, which callers explain in Ansible's words.
    """

    values: dict[str, Any]
    failed: bool = False
    warnings: tuple[str, ...] = ()
    missing: LibraryMissing | None = None


def perform(task: Task, call: Call) -> Answer:
    """Do the task and give the `Answer`, whatever mailcow says; only mistakes in this collection raise RuntimeError."""
    call.secrets |= secrets_in(task.spec, call.params)
    missing = mistake = None
    values: dict[str, Any] = {}
    try:
        values = task.work(call)
    except LibraryMissing as error:
        missing, values = error, {"changed": False, "msg": str(error)}
    except MailcowError as error:
        title = "%s: " % call.title if call.title else ""
        values = dict(error.details(), changed=False, msg="%s%s" % (title, error))
    except Exception:
        mistake = traceback.format_exc()
    mask = Mask(call.secrets)
    if mistake:
        # Not as the cause of this one: it may repeat what mailcow said.
        raise RuntimeError(mask(mistake))
    failed = "msg" in values
    # Where thousands of objects are declared, their values are not what somebody else says.
    said = {name: values[name] for name in _SAID if name in values} if task.quiet else values
    return Answer(dict(values, **mask(said)), failed, tuple(mask(call.warnings)), missing)


def invocation(task: Task, options: Mapping[str, Any], refused: bool) -> dict[str, Any]:
    """Give what a result repeats of the options, from which the caller still takes the secrets. ``refused``: whether the options are
    not right, so that Ansible may not have found all secrets among them.
    """
    return {"module_args": dict.fromkeys(options, "not shown") if task.quiet or refused else options}


def diff(header: str, before: Any, after: Any, was: str | None = None) -> dict[str, Any]:
    """Give Ansible's ``diff``; ``header`` says what it is about, ``was`` the same for what was before where that differs."""
    return {"before": before, "after": after, "before_header": was or header, "after_header": header}
