# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator in this process, whose state can be kept, put back and looked at without its API and without the collection."""

from __future__ import annotations

import contextlib
import copy
import json
import threading
import time
import typing as t
from collections import Counter

from tests.simulator import schema
from tests.simulator.app import Application
from tests.simulator.db import Database
from tests.simulator.latency import Latency
from tests.simulator.plant import plant
from tests.simulator.process import PATIENCE
from tests.simulator.server import make
from tests.simulator.state import RW_KEY, Config

# What is another value each time that the same is done: times, running numbers, what is drawn or salted.
_VOLATILE = {"*": {"created", "modified", "id"}, "oauth_clients": {"client_id", "client_secret"}, "spamalias": {"address", "validity"},
             "filterconf": {"prefid"}}  # fmt: skip
# Where SQLite counts the numbers that it has given out.
_NUMBERS = "sqlite_sequence"
_SALTED = {"mailbox", "admin", "app_passwd"}
# A key pair in Redis: what it is like counts, and not which one it is; of the same size it may be some characters longer.
_LONG = 100

Request = tuple[str, str]


class State(t.NamedTuple):
    """All that a server keeps, in a form that can be compared."""

    rows: Counter[str]
    redis: dict[str, t.Any]
    queue: dict[str, str]

    def twice(self, other: State) -> list[str]:
        """The rows that are here more often than in another state, which has them as well."""
        return [row for row, count in self.rows.items() if 0 < other.rows[row] < count]

    def without(self, name: str) -> State:
        """The same without what stands in Redis under a name."""
        redis = {key: {field: value[field] for field in value if not field.endswith(name)} if isinstance(value, dict) else value
                 for key, value in self.redis.items()}  # fmt: skip
        return self._replace(redis=redis)

    def missing(self, other: State) -> str:
        """In which way this differs from another one."""
        parts = ["-%s" % row for row in other.rows - self.rows] + ["+%s" % row for row in self.rows - other.rows]
        for mine, theirs in ((self.redis, other.redis), (self.queue, other.queue)):
            parts += ["%s: %s, not %s" % (key, mine.get(key), theirs.get(key)) for key in mine.keys() | theirs.keys()
                      if mine.get(key) != theirs.get(key)]  # fmt: skip
        return "; ".join(parts)


class Kept(t.NamedTuple):
    """A state that can be put back."""

    tables: dict[str, list[dict[str, t.Any]]]
    redis: dict[str, t.Any]
    services: tuple[t.Any, ...]
    keys: Counter[int]


class Server:
    """A simulator that listens on a port of its own until it is closed."""

    def __init__(self, latency: str = "none") -> None:
        self.application = Application(Config(), Latency(latency))
        self._server = make(self.application, "127.0.0.1", 0)
        # A client that has gone is what is tested.
        self._server.handle_error = lambda *_unused: None  # type: ignore[method-assign]
        self.url = "http://127.0.0.1:%d" % self._server.server_address[1]
        self.key = RW_KEY
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def fresh(self) -> None:
        """An empty server without faults, to which nothing is still on its way."""
        self.calm()
        self.application.reset()

    def calm(self) -> None:
        """Forget the faults, and wait until what they hold back is done."""
        self.application.faults.clear()
        end = time.monotonic() + PATIENCE
        while self.busy() and time.monotonic() < end:
            time.sleep(0.002)

    def busy(self) -> bool:
        """Whether a request is still being processed."""
        with self.application.log_lock:
            return any(request["seconds"] is None for request in self.application.requests)

    def plant(self, kind: str, command: str) -> None:
        """Put state behind the API's back; see the README of the simulator."""
        with self.application.lock:
            plant(self.application.state, kind, command)

    def fault(self, rule: dict[str, t.Any]) -> None:
        """One more rule; see the README of the simulator."""
        self.application.faults.add(rule)

    def delays(self) -> bool:
        """Whether there is a rule by which a request is processed when its client has given up already."""
        return any(rule.kind in ("late", "slow") for rule in self.application.faults.rules)

    def keep(self) -> Kept:
        """The state as it is now."""
        state = self.application.state
        kept = state.services
        services = (copy.deepcopy(kept.queue), dict(kept.states), dict(kept.containers), dict(kept.scripts))
        return Kept(_tables(state.db), copy.deepcopy(state.redis.data), services, Counter(state.key_numbers))

    def restore(self, kept: Kept) -> None:
        """Put a state back, on a server without faults and without a log."""
        self.calm()
        with self.application.lock:
            state = self.application.state
            _refill(state.db, kept.tables)
            state.redis.data = copy.deepcopy(kept.redis)
            queue, states, containers, scripts = copy.deepcopy(kept.services)
            state.services.queue, state.services.states, state.services.containers, state.services.scripts = (
                queue,
                states,
                containers,
                scripts,
            )
            state.key_numbers = Counter(kept.keys)
        self.forget()

    def forget(self) -> None:
        """Forget the requests so far."""
        with self.application.log_lock:
            self.application.requests.clear()

    def requests(self) -> list[Request]:
        """The method and the path of each request."""
        with self.application.log_lock:
            return [(request["method"], request["path"]) for request in self.application.requests]

    def writes(self) -> list[Request]:
        """Those that are no reads."""
        return [request for request in self.requests() if request[0] != "GET"]

    def state(self) -> State:
        """What there is, whoever made it."""
        with self.application.lock:
            state = self.application.state
            rows = Counter("%s %s" % (table, _row(table, row)) for table, rows in _tables(state.db).items()
                           if table != _NUMBERS for row in rows)  # fmt: skip
            redis = {key: _shape(value) for key, value in state.redis.data.items() if not key.endswith("_LOG")}
            redis.update({"global %s" % name: script for name, script in state.services.scripts.items()})
            return State(rows, redis, {mail["queue_id"]: mail["queue_name"] for mail in state.services.queue})


def _tables(db: Database) -> dict[str, list[dict[str, t.Any]]]:
    return {table: db.all('SELECT * FROM "%s"' % table) for table in (*schema.TABLES, _NUMBERS)}


def _refill(db: Database, tables: dict[str, list[dict[str, t.Any]]]) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    there = _tables(db)
    for table, rows in tables.items():
        if rows != there[table]:
            db.execute('DELETE FROM "%s"' % table)
            if rows:
                db.many(table, list(rows[0]), [list(row.values()) for row in rows])
    db.execute("PRAGMA foreign_keys = ON")


def _row(table: str, row: dict[str, t.Any]) -> dict[str, t.Any]:
    volatile = _VOLATILE["*"] | _VOLATILE.get(table, set()) | ({"password"} if table in _SALTED else set())
    steady = {name: value for name, value in row.items() if name not in volatile}
    if "attributes" in steady:
        with contextlib.suppress(ValueError, TypeError):
            steady["attributes"] = {**json.loads(steady["attributes"]), "passwd_update": ""}
    return steady


def _shape(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    return "some %d characters" % round(len(value), -2) if isinstance(value, str) and len(value) > _LONG else value
