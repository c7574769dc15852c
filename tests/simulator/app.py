# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Flask application: mailcow's API, and a control API of the simulator under /__simulator__/.

How the API answers is not decided here but in router.py; here is what is around it: the request log, faults, latency.
"""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
import sqlite3
import threading
import time
import typing as t
from http import HTTPStatus

import flask
import werkzeug

from . import faults as fault_rules
from . import objects, php, router
from .latency import Latency
from .plant import plant
from .seed import seed
from .state import Config, State

CONTROL = "/__simulator__"

for _module in pkgutil.iter_modules(objects.__path__):
    importlib.import_module("%s.%s" % (objects.__name__, _module.name))


class Application:
    """A WSGI application: reads the body, logs the request, breaks it where a fault says so, and hands it to Flask."""

    def __init__(
        self,
        config: Config,
        latency: Latency | None = None,
        faults: t.Iterable[str | dict[str, t.Any]] = (),
        request_log: str | None = None,
    ) -> None:
        self.config = config
        self.latency = latency or Latency()
        self.faults = fault_rules.Faults(faults)
        self.lock = threading.RLock()
        self.log_lock = threading.Lock()
        self.requests: list[dict[str, t.Any]] = []
        self.log_file = open(request_log, "a", encoding="utf-8") if request_log else None  # noqa: SIM115 (open as long as the server)
        self.state = self._new_state(config.seed)
        self.flask = self._flask()

    def _new_state(self, seeded: str) -> State:
        state = State(self.config)
        seed(state, seeded)
        return state

    def reset(self, seeded: str | None = None) -> None:
        """A fresh server: empty (or seeded as at the start), no requests, the faults of the start."""
        with self.lock, self.log_lock:
            self.state = self._new_state(self.config.seed if seeded is None else seeded)
            self.requests = []
        self.faults.reset()

    # --- WSGI
    def __call__(self, environ: dict[str, t.Any], start_response: t.Callable[..., t.Any]) -> t.Iterable[bytes]:
        # All of the body, at once: what is left unread would be taken for the next request of the connection.
        length = environ.get("CONTENT_LENGTH") or ""
        stream = environ["wsgi.input"]
        body = stream.read() if environ.get("wsgi.input_terminated") else stream.read(int(length)) if length.isdigit() else b""
        if length.isdigit() and len(body) < int(length):
            # nginx hands no request to PHP before it has all of it (facts-server 1.1).
            raise ConnectionResetError("the client went away before its request was complete")
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if path.startswith(CONTROL):
            return self.flask(environ, start_response)

        uri = environ.get("REQUEST_URI", path)
        record: dict[str, t.Any] = {"method": environ["REQUEST_METHOD"], "path": uri, "key": None, "status": None, "seconds": None}
        if body:
            record["body"] = php.json_decode(body) if body.strip() != b"null" else None
        environ["simulator.record"] = record
        # A request is for the server that it came to, also where a fault holds it back until there is another one.
        environ["simulator.state"] = self.state
        with self.log_lock:
            self.requests.append(record)
        started = time.monotonic()

        def start(status: str, headers: list[tuple[str, str]], exc_info: t.Any = None) -> t.Any:
            record["status"] = int(status.split()[0])
            return start_response(status, headers)

        def done() -> None:
            record["seconds"] = round(time.monotonic() - started, 4)
            if self.log_file:
                with self.log_lock:
                    self.log_file.write(json.dumps(record) + "\n")
                    self.log_file.flush()

        fault = self.faults.pick(environ["REQUEST_METHOD"], uri)
        if fault is not None:
            record["fault"] = fault.kind
        if fault is not None and fault.kind == "late":
            threading.Thread(target=self._later, args=(fault, environ, done), daemon=True).start()
            return fault_rules.apply(fault, environ, start, self._api)
        try:
            return self._api(environ, start) if fault is None else fault_rules.apply(fault, environ, start, self._api)
        finally:
            done()

    def _later(self, fault: fault_rules.Fault, environ: dict[str, t.Any], done: t.Callable[[], None]) -> None:
        """Process a request whose client has had an answer already."""
        fault.hold(fault.seconds)
        try:
            list(self._api(environ, lambda *_unused: None))
        finally:
            done()

    def _api(self, environ: dict[str, t.Any], start_response: t.Callable[..., t.Any]) -> t.Iterable[bytes]:
        """Everything that is not the control API, whatever method and path."""
        incoming = werkzeug.Request(environ)
        request = router.Request(
            method=incoming.method,
            path=incoming.path,
            query_string=incoming.query_string.decode("utf-8", "replace"),
            uri=environ.get("REQUEST_URI", incoming.full_path),
            headers={name.lower(): value for name, value in incoming.headers.items()},
            body=environ["wsgi.input"].getvalue(),
            remote=(incoming.remote_addr or "127.0.0.1").removeprefix("::ffff:"),
            cookie=incoming.cookies.get("MCSESSID") or None,
        )
        with self.lock:
            state = environ["simulator.state"]
            answer = router.handle(state, request)
            times = self.latency.milliseconds(state, answer) if self.latency.enabled else None
        if times:
            self.latency.wait(times)
        environ["simulator.record"]["key"] = answer.key
        body = answer.body.encode("utf-8")
        status = "%d %s" % (answer.status, HTTPStatus(answer.status).phrase)
        start_response(status, [*answer.headers, ("Content-Length", str(len(body)))])
        return [body]

    # --- Flask
    def _flask(self) -> flask.Flask:
        app = flask.Flask("simulator", static_folder=None)

        @app.get(CONTROL + "/requests")
        def list_requests() -> flask.Response:
            with self.log_lock:
                return flask.jsonify(self.requests)

        @app.delete(CONTROL + "/requests")
        def clear_requests() -> flask.Response:
            with self.log_lock:
                self.requests = []
            return flask.jsonify({})

        @app.post(CONTROL + "/reset")
        def reset() -> flask.Response:
            self.reset((flask.request.get_json(silent=True) or {}).get("seed"))
            return flask.jsonify({})

        @app.post(CONTROL + "/plant")
        def run_plant() -> flask.Response | tuple[flask.Response, int]:
            step = flask.request.get_json()
            try:
                with self.lock:
                    plant(self.state, step["plant"], step["command"])
            except (ValueError, KeyError, sqlite3.Error, php.PhpException) as problem:
                return flask.jsonify({"error": str(problem)}), 400
            return flask.jsonify({})

        @app.post(CONTROL + "/faults")
        def add_fault() -> flask.Response | tuple[flask.Response, int]:
            try:
                self.faults.add(flask.request.get_json())
            except (ValueError, TypeError) as problem:
                return flask.jsonify({"error": str(problem)}), 400
            return flask.jsonify({})

        @app.delete(CONTROL + "/faults")
        def clear_faults() -> flask.Response:
            self.faults.clear()
            return flask.jsonify({})

        return app
