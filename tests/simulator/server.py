# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""werkzeug's threaded server, with connections that stay open.

werkzeug closes each connection after one answer. The collection's client keeps one session per run, and that is part of what
is tested and measured, so the handler answers by itself; the application has read all of the body before.
"""

from __future__ import annotations

import contextlib
import typing as t

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .app import Application


class Handler(WSGIRequestHandler):
    """One connection: its requests one after the other, until a side closes it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def version_string(self) -> str:
        """What the header Server says."""
        return "nginx"

    def log(self, type: str, message: str, *args: t.Any) -> None:
        """No access log: the simulator has its own."""

    def run_wsgi(self) -> None:
        """Answer one request by the application, chunk by chunk as they come."""
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        self.environ = environ = self.make_environ()
        started: list[t.Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: t.Any = None) -> t.Any:
            started[:] = [status, headers]

        try:
            chunks = self.server.app(environ, start_response)
            sent = False
            for chunk in chunks:
                sent = self._head(started, sent)
                if environ["REQUEST_METHOD"] != "HEAD":
                    self.wfile.write(chunk)
                self.wfile.flush()
            self._head(started, sent)
            self.wfile.flush()
            if hasattr(chunks, "close"):
                chunks.close()
        except OSError:
            # The client went away, or a fault cut the connection.
            self.close_connection = True

    def finish(self) -> None:
        """Close the connection; what its client no longer takes is lost without a word."""
        with contextlib.suppress(OSError):
            super().finish()

    def _head(self, started: list[t.Any], sent: bool) -> bool:
        if not sent:
            code, _unused, reason = started[0].partition(" ")
            self.send_response(int(code), reason)
            for name, value in started[1]:
                self.send_header(name, value)
            self.end_headers()
        return True


def make(application: Application, host: str, port: int, tls: tuple[str, str] | None = None) -> BaseWSGIServer:
    """A server that listens (port 0: any free one); serve_forever() runs it."""
    server = make_server(host, port, t.cast(t.Any, application), threaded=True, request_handler=Handler, ssl_context=tls)
    server.daemon_threads = True  # type: ignore[attr-defined]
    return server
