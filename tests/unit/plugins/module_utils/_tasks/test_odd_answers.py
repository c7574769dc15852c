# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailcow, or what stands before it, may answer to a read: whatever it is, a task tells it, and is not broken by it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks import connection
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.dns import DNS_INFO
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from ansible_collections.community.mailcow.plugins.module_utils._tasks.infos import info
from ansible_collections.community.mailcow.plugins.module_utils._tasks.logs import LOG_INFO, LOGS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.quarantine import QUARANTINE_INFO
from ansible_collections.community.mailcow.plugins.module_utils._tasks.queue import QUEUE_INFO
from ansible_collections.community.mailcow.plugins.module_utils._tasks.status import STATUS_INFO
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Task
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.objects import together
from tests.unit.plugins.module_utils.play import execute

# In place of a whole answer, and of a value in one.
ANSWERS = [[None], ["x"], [[]], [1], {"a": 1}, {"a": {}}, [{}], [{"a": 1}]]
VALUES = [None, "x", 1.5, ["x"], [{}], {"a": 1}, float("inf"), 10**30]
LACKS = object()


class Recorded:
    """In place of `_api.client.Client`: answers from a book, in which ``spoil`` changes what it likes, and writes nothing."""

    url = "https://mail.example.com"

    def __init__(self, book: dict, spoil: Callable[[str, object], object] = lambda path, answer: answer) -> None:
        self.book = book
        self.spoil = spoil

    def get(self, route: str, *segments: str) -> object:
        path = "/".join((route, *segments))
        return self.spoil(path, copy.deepcopy(self.book.get(path))) or None


@pytest.fixture(scope="module")
def book(running_simulator: Simulator) -> dict:
    """What a server with objects of all kinds answers to the reads of all tasks, by path."""
    running_simulator.clear_faults()
    running_simulator.reset()
    options = {"url": running_simulator.url, "api_key": running_simulator.rw_key, "timeout": 60}
    done = execute(CONFIG, dict(options, config={kind.plural: together(kind) for kind in KINDS}))
    assert not done.get("failed"), done["msg"]
    found: dict[str, object] = {}
    get = connection.Client.get

    def keep(self: object, route: str, *segments: str) -> object:
        answer = found["/".join((route, *segments))] = get(self, route, *segments)
        return copy.deepcopy(answer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.Client, "get", keep)
        tasks = [(EXPORT, {"details": True}), (DNS_INFO, {"hostname": "mail.example.com"}), (QUEUE_INFO, {}), (QUARANTINE_INFO, {})]
        for task, more in [*tasks, (STATUS_INFO, {}), *((LOG_INFO, {"log": log}) for log in LOGS), *((info(kind), {}) for kind in KINDS)]:
            done = execute(task, dict(options, **more))
            assert not done.get("failed"), done["msg"]
    return found


@pytest.fixture
def ask(book: dict, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict]:
    """Run a task over the book, spoiled."""
    monkeypatch.setattr(connection.Client, "page", lambda *unused: None)

    def run(task: Task, spoil: Callable[[str, object], object], **options: object) -> dict:
        monkeypatch.setattr(connection, "Client", lambda **unused: Recorded(book, spoil))
        return execute(task, dict(options, url="https://mail.example.com", api_key="K"))

    return run


def spots(answer: object, path: tuple = ()) -> Iterator[tuple]:
    """The paths to all values in an answer, those in the first and the last member of a list."""
    inside: list = list(answer.items()) if isinstance(answer, dict) else []
    if isinstance(answer, list):
        inside = list(enumerate(answer))[:: max(len(answer) - 1, 1)]
    for key, value in inside:
        yield (*path, key)
        yield from spots(value, (*path, key))


def put(answer: object, spot: tuple, value: object) -> object:
    *way, last = spot
    place = answer
    for key in way:
        place = place[key]
    if value is LACKS:
        place.pop(last)
    else:
        place[last] = value
    return answer


def told(result: dict) -> bool:
    """Whether a result is one, or a failure in plain words."""
    return not result.get("failed") or ("Traceback" not in result["output"] and "exception" not in result)


TASKS = {kind.name: (info(kind), {}) for kind in KINDS} | {
    "export": (EXPORT, {"details": True}),
    "dns": (DNS_INFO, {"hostname": "mail.example.com", "purposes": ["mx", "dkim", "tls_rpt"]}),
    "queue": (QUEUE_INFO, {}),
    "quarantine": (QUARANTINE_INFO, {"sender": "*", "min_score": 1, "newer_than": "1d"}),
    "status": (STATUS_INFO, {"subsets": ["containers", "host", "version", "vmail"]}),
    **{log: (LOG_INFO, {"log": log, "since": "1d", "match": "x"}) for log in LOGS},
}


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("odd", ANSWERS, ids=json.dumps)
def test_any_answer_is_told(ask: Callable, name: str, odd: object) -> None:
    task, options = TASKS[name]
    asked = set()
    ask(task, lambda path, answer: asked.add(path) or answer, **options)
    for path in asked:
        result = ask(task, lambda asked_for, answer, path=path: odd if asked_for == path else answer, **options)
        assert told(result), result


# The objects of an export are those of the info modules.
@pytest.mark.parametrize("name", [name for name in TASKS if name != "export"])
def test_any_value_in_an_answer_is_told(ask: Callable, book: dict, name: str) -> None:
    task, options = TASKS[name]
    asked = set()
    ask(task, lambda path, answer: asked.add(path) or answer, **options)
    for path, spot in [(one, spot) for one in sorted(asked) for spot in spots(book.get(one))]:
        for value in [LACKS, *VALUES]:
            result = ask(task, lambda now, answer: put(answer, spot, value) if now == path else answer, **options)  # noqa: B023
            assert told(result), (path, spot, value, result)


LISTS = {kind.name: (info(kind), kind.plural) for kind in KINDS if not kind.read.only_one and kind.name not in ("dkim", "domain_policy")}
LISTS |= {"queue": (QUEUE_INFO, "messages"), "quarantine": (QUARANTINE_INFO, "messages")}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("odd", [[None], ["x"], [[]], {"a": 1}], ids=json.dumps)
def test_what_is_no_list_is_named(ask: Callable, name: str, odd: object) -> None:
    task, _plural = LISTS[name]
    result = ask(task, lambda path, answer: odd)
    assert "mailcow did not answer with a list of objects" in result["msg"]
    assert "GET get/" in result["msg"]


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("odd", [{"a": 1}, {"x": [1]}], ids=json.dumps)
def test_what_is_no_log_is_named(ask: Callable, log: str, odd: object) -> None:
    result = ask(LOG_INFO, lambda path, answer: odd, log=log, count=7)
    # That one is a set of counters.
    said = "GET get/logs/%s/7: mailcow did not answer with a list of lines, but with an object" % log
    assert log == "rspamd-stats" or said in result["msg"]


def spoiled(key: str, value: object) -> Callable[[str, object], object]:
    """Put a value into all objects that have the key."""

    def spoil(path: str, answer: object) -> object:
        for raw in answer if isinstance(answer, list) else [answer]:
            if isinstance(raw, dict) and key in raw:
                put(raw, (key,), value)
        return answer

    return spoil


def kind_of(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


@pytest.mark.parametrize(
    ("name", "key", "value", "said"),
    [
        ("mailbox", "quota", "many", "mailcow returns an invalid value for quota: 'many'"),
        ("mailbox", "tags", {"a": 1}, "mailcow returns an invalid value for tags: an object"),
        ("mailbox", "name", ["x"], "mailcow returns an invalid value for name: a list"),
        ("alias", "is_catch_all", LACKS, "'is_catch_all' is missing"),
        ("alias", "id", LACKS, "reading the aliases: mailcow's answer cannot be parsed ('id' is missing)"),
        ("relayhost", "id", LACKS, "reading the relayhosts: mailcow's answer cannot be parsed ('id' is missing)"),
        (
            "domain",
            "domain_name",
            ["x"],
            "GET get/domain/all: mailcow's answer cannot be parsed (not what it should be made of)",
        ),
        ("mailbox", "domain_name", None, "GET get/domain/all: mailcow answered with an object whose domain_name is null instead of a name"),
        ("app_password", "domain", LACKS, "mailcow answered with an object whose domain is null instead of a name"),
    ],
)
def test_what_cannot_be_understood_is_named(ask: Callable, name: str, key: str, value: object, said: str) -> None:
    result = ask(info(kind_of(name)), spoiled(key, value))
    assert said in result["msg"]


def test_a_secret_that_cannot_be_understood_is_not_shown(ask: Callable) -> None:
    result = ask(info(kind_of("relayhost")), spoiled("password", ["hunter2"]), show_secrets=True)
    assert "mailcow returns an invalid value for password: a list" in result["msg"]
    assert "hunter2" not in result["output"]
