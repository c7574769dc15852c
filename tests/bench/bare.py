# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bare requests, as cheap as Python makes them: the floor that no tool gets below, and one GET for each object."""

from __future__ import annotations

import json
import os
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import requests

from tests.bench.scenario import Item, Scenario
from tests.environment import Server

# As many as mailcow_config uses by default.
CONNECTIONS = 4
# What Terraform's refresh uses by default.
MANY_CONNECTIONS = 10
_TIMEOUT = 300


class Api:
    """mailcow's API by the library requests, one session for each thread."""

    def __init__(self, server: Server) -> None:
        self._root = server.url.rstrip("/")
        self._base = self._root + "/api/v1/"
        self._key = server.key
        self._verify = server.validate_certs
        self._sessions = threading.local()

    def _session(self) -> requests.Session:
        if not hasattr(self._sessions, "session"):
            session = requests.Session()
            # As the collection's client does: the environment is looked at once and not for each request.
            session.trust_env = False
            session.proxies = requests.utils.get_environ_proxies(self._base)
            session.verify = (os.environ.get("REQUESTS_CA_BUNDLE") or True) if self._verify else False
            session.headers.update({"X-API-Key": self._key, "Content-Type": "application/json"})
            self._sessions.session = session
        return self._sessions.session

    def get(self, path: str) -> t.Any:
        """Read get/``path`` and give the parsed JSON."""
        response = self._session().get(self._base + "get/" + path, timeout=_TIMEOUT)
        response.raise_for_status()
        return json.loads(response.content)

    def request(self, method: str, path: str, body: t.Any) -> None:
        """Make a request as somebody else has made it, and parse the answer."""
        data = None if method == "GET" else json.dumps(body)
        json.loads(self._session().request(method, self._root + path, data=data, timeout=_TIMEOUT).content)

    def add(self, kind: str, body: Item) -> None:
        """Make an object. Raises RuntimeError when mailcow does not."""
        response = self._session().post(self._base + "add/" + kind, data=json.dumps(body), timeout=_TIMEOUT)
        entries = json.loads(response.content or b"[]")
        if not entries or any(entry["type"] != "success" for entry in entries):
            messages = [entry.get("msg") for entry in entries]
            raise RuntimeError(f"add/{kind}: HTTP {response.status_code}, {messages}")


def replay(api: Api, log: list[Item]) -> float:
    """Make requests of the simulator's log again, one after the other over one connection, and give the seconds."""
    start = time.perf_counter()
    for request in log:
        api.request(request["method"], request["path"], request.get("body"))
    return time.perf_counter() - start


def _each(function: t.Callable[..., t.Any], arguments: t.Iterable[tuple[t.Any, ...]], connections: int) -> list[t.Any]:
    """Call the function over so many connections; when one call fails or the run is broken off, no further one is made."""
    pool = ThreadPoolExecutor(connections)
    try:
        futures = [pool.submit(function, *each) for each in arguments]
        return [future.result() for future in futures]
    finally:
        pool.shutdown(cancel_futures=True)


def list_all(api: Api, scenario: Scenario) -> float:
    """Read all that is declared by the cheapest lists that hold it, and give the seconds."""
    start = time.perf_counter()
    found = len(api.get("domain/all"))
    routes = [route for name in scenario.names for route in (f"mailbox/reduced/{name}", f"alias/all/{name}")]
    found += sum(len(answer) for answer in _each(api.get, [(route,) for route in routes], CONNECTIONS))
    seconds = time.perf_counter() - start
    _check(found, scenario)
    return seconds


def get_each(api: Api, scenario: Scenario) -> float:
    """Read each object by a request of its own, and give the seconds."""
    routes = [f"domain/{name}" for name in scenario.names]
    routes += [f"mailbox/{quote(item['address'])}" for item in scenario.mailboxes]
    routes += [f"alias/{quote(item['address'])}" for item in scenario.aliases]
    start = time.perf_counter()
    found = sum(1 for answer in _each(api.get, [(route,) for route in routes], MANY_CONNECTIONS) if answer)
    seconds = time.perf_counter() - start
    _check(found, scenario)
    return seconds


def add_all(api: Api, scenario: Scenario) -> float:
    """Make all objects by a POST each, kind after kind, and give the seconds."""
    bodies = {
        "domain": scenario.domains,
        "mailbox": [_mailbox(item) for item in scenario.mailboxes],
        "alias": [_alias(item) for item in scenario.aliases],
    }
    start = time.perf_counter()
    for kind, each in bodies.items():
        _each(api.add, [(kind, body) for body in each], CONNECTIONS)
    return time.perf_counter() - start


def _mailbox(item: Item) -> Item:
    local, _at, domain = item["address"].partition("@")
    rest = {"name": item["name"], "quota": item["quota"], "password": item["password"], "password2": item["password"]}
    return {"local_part": local, "domain": domain, **rest}


def _alias(item: Item) -> Item:
    return {"address": item["address"], "goto": ",".join(item["goto"]), "active": 1, "sogo_visible": 1, "sender_allowed": 1}


def _check(found: int, scenario: Scenario) -> None:
    declared = sum(len(items) for items in scenario.config.values())
    if found < declared:
        raise RuntimeError(f"{found} objects were read, and {declared} are declared")
