# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each key of each answer, missing, null and of another type: no task ends with a traceback, a failure says what was odd, and
what cannot be read is not written over.
"""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from tests.reliability.matrix import NONSENSE, Prepared, Runner
from tests.reliability.operations import OPERATIONS, Operation, Step
from tests.reliability.server import Server
from tests.unit.plugins.module_utils.objects import every_option

INSTEAD = (None, {"a": 1})
EVERYTHING: tuple[Step, ...] = tuple(("mailcow_%s" % kind.name, every_option(kind)[0]) for kind in KINDS)
OTHERS = {"queue": "queue", "quarantine": "quarantine", "DNS": "DNS", "status": "status"}
READING = [operation for operation in OPERATIONS if operation.name == OTHERS.get(operation.group)]
LOG = Operation("log", "log api", "mailcow_log_info", {"log": "api"}, EVERYTHING[:1])
KINDS_READ = [Operation("info", "info %s" % kind.name, "mailcow_%s_info" % kind.name, {}, EVERYTHING) for kind in KINDS]
KINDS_KEPT = [Operation("none", kind.name, *step, EVERYTHING) for kind, step in zip(KINDS, EVERYTHING, strict=True)]
KINDS_GONE = [
    Operation("delete", "delete %s" % kind.name, name, dict(options, state="absent"), EVERYTHING[: number + 1])
    for number, (kind, (name, options)) in enumerate(zip(KINDS, EVERYTHING, strict=True))
    if kind.write.deletes
]


# Keys that mailcow leaves out where there is no value, or that an older one does not have, and names that the user made up.
LEFT_OUT = {str(field.read or field.option).rpartition(".")[2] for kind in KINDS for field in kind.fields if field.left_out or field.since}
# Where an edit sends everything, what is not there is sent with its default.
WHOLE = {"mailcow_" + kind.name for kind in KINDS if kind.write.replaces}
FREE = {"custom_attributes", "phone"}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.server.close()


def keys(answer: object) -> set[str]:
    """All keys in an answer, however deep."""
    if isinstance(answer, list):
        return {key for item in answer[:5] for key in keys(item)}
    return {*answer, *(key for inner in answer.values() for key in keys(inner))} if isinstance(answer, dict) else set()


def answered(server: Server, path: str) -> object:
    """What the server answers, asked without the collection."""
    request = urllib.request.Request(server.url + path, headers={"X-API-Key": server.key})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def rules(server: Server, there: Prepared, whole: bool) -> Iterator[dict]:
    """A fault for each key of each answer that an operation gets; ``whole``: whether a missing one is no fault."""
    server.restore(there.kept)
    for path in dict.fromkeys(path for method, path in there.requests if method == "GET" and path.startswith("/api/")):
        # An object in place of the attributes is one that has none of them.
        for key in sorted(keys(answered(server, path)) - FREE - ({"attributes"} if whole else set())):
            rule = {"method": "GET", "path": "^%s$" % re.escape(path), "key": "^%s$" % re.escape(key)}
            # A number is that of one of several texts, of which somebody may have removed one.
            if key not in LEFT_OUT and not whole and not key.isdigit():
                yield {"kind": "without", **rule}
            yield from ({"kind": "instead", "value": value, **rule} for value in INSTEAD)


@pytest.mark.parametrize("operation", [*KINDS_READ, *KINDS_KEPT, *KINDS_GONE, *READING, LOG], ids=lambda operation: operation.name)
def test_no_key_is_relied_on(runner: Runner, operation: Operation) -> None:
    there, wrong, tried = runner.prepared(operation), [], 0
    for rule in list(rules(runner.server, there, operation.task in WHOLE)):
        runner.server.restore(there.kept)
        runner.server.fault(rule)
        tried += 1
        try:
            answer = runner.do(operation)
        except RuntimeError as error:
            wrong.append((rule, str(error).strip().splitlines()[-1]))
            continue
        if answer.failed and NONSENSE.search(answer.values["msg"]):
            wrong.append((rule, answer.values["msg"]))
        # null is what some have for none at all.
        elif rule.get("value", "") is not None:
            if operation.group == "none" and runner.server.writes():
                wrong.append((rule, "wrote %s" % runner.server.writes()))
            if operation.group == "delete" and not answer.failed and runner.server.state() != there.wanted:
                wrong.append((rule, "still exists"))
    assert tried > 2
    assert [(rule["kind"], rule.get("value"), rule["path"], rule["key"], text) for rule, text in wrong] == []
