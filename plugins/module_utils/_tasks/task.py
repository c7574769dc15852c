# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module does, independent of its caller: a function from validated options to a result, and the only place that processes its
failures, warnings and secrets. This package does not know AnsibleModule, or any other class of Ansible.

A caller validates the options with `Task.spec`, creates a `Call`, and returns the `Answer` of `perform` to Ansible.
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

# The results that contain mailcow's messages, which can repeat what it was sent.
_SAID = ("msg", "failures", "mailcow", "request")


@dataclasses.dataclass
class Call:
    """One call of a task. ``params``: the validated options; ``check_mode``, ``diff``: as requested by Ansible; ``secrets``: values
    to mask in all output, to which those in the options and those that the task finds are added; ``kept``: the connections of the
    previous task, if the caller runs several in one process; ``tell``: is called with the progress.

    ``title``: precedes messages about failures; ``warnings``: for the user. The task sets both.
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
        """Add a warning for the user."""
        self.warnings.append(message)


@dataclasses.dataclass(frozen=True)
class Task:
    """What one module does. ``spec``: Ansible's argument spec; ``work``: gives the result of a `Call`, which is a failure
    if it has a ``msg``, or raises MailcowError. ``quiet``: whether the options contain secrets that the spec does not mark, so that
    callers must not return them.
    """

    spec: Spec
    work: Callable[[Call], dict[str, Any]]
    quiet: bool = False


@dataclasses.dataclass(frozen=True)
class Answer:
    """What a caller returns to Ansible. ``values``: the result; ``failed``: whether it is a failure, with a ``msg``;
    ``warnings``: for the user; ``missing``: the missing library, which callers report with Ansible's message.
    """

    values: dict[str, Any]
    failed: bool = False
    warnings: tuple[str, ...] = ()
    missing: LibraryMissing | None = None


def perform(task: Task, call: Call) -> Answer:
    """Run the task and give the `Answer`, also for errors of mailcow. Only bugs of this collection raise RuntimeError."""
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
        # Without the original exception, which can contain mailcow's message.
        raise RuntimeError(mask(mistake))
    failed = "msg" in values
    # The declared values of thousands of objects are the user's own, so they need not be masked like mailcow's messages.
    said = {name: values[name] for name in _SAID if name in values} if task.quiet else values
    return Answer(dict(values, **mask(said)), failed, tuple(mask(call.warnings)), missing)


def invocation(task: Task, options: Mapping[str, Any], refused: bool) -> dict[str, Any]:
    """Give the options for the result, in which the caller masks the secrets. ``refused``: whether the options are invalid, so that
    Ansible may not have found all secrets in them.
    """
    return {"module_args": dict.fromkeys(options, "not shown") if task.quiet or refused else options}


def diff(header: str, before: Any, after: Any, was: str | None = None) -> dict[str, Any]:
    """Give Ansible's ``diff``. ``header``: its title; ``was``: the title before the change, if it differs."""
    return {"before": before, "after": after, "before_header": was or header, "after_header": header}
