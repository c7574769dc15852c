# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A proxy in front of a simulator that repeats what it is sent, in all the places where a server can say something."""

from __future__ import annotations

import base64
import html
import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, urlsplit

# How a write is answered that is not passed on.
REFUSALS = ("danger", "escaped", "error", "entries", "text", "html", "forbidden", "unauthorized", "gone", "broken", "redirect")
# The same for reads, whose answers mailcow's modules must not take for what they asked.
ODD_READS = ("read error", "read entries", "read text", "read unauthorized", "read broken")


def leaves(value: object) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield str(value)


class Echo:
    """`mode`: one of REFUSALS or ODD_READS; "warning" does what is asked and adds a warning; "" only passes on. `heard`: all
    texts that it was sent so far, keys and passwords of the connection among them. With a `key`, that is the one the
    simulator gets, whatever key was sent.
    """

    def __init__(self, url: str, key: str | None = None) -> None:
        self.key = key
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(urlsplit(url).netloc))
        self.server.daemon_threads = True
        # A client need not wait for its answer.
        self.server.handle_error = lambda *unused: None
        self.host = "127.0.0.1:%d" % self.server.server_port
        self.mode = ""
        self.heard: set[str] = set()

    def __enter__(self) -> Echo:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *unused: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self, upstream: str) -> type:
        echo = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def respond(self, status: int, body: str, kind: str = "application/json", reason: str | None = None, **headers: str) -> None:
                self.send_response_only(status, reason)
                for name, value in {"Content-Type": kind, **headers}.items():
                    self.send_header(name, value)
                content = body.encode()
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def answer(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                said = [self.headers.get("X-API-Key", ""), *leaves(json.loads(raw) if raw else None)]
                login = base64.b64decode(self.headers.get("Authorization", "").partition(" ")[2]).decode()
                said += [login.partition(":")[2]] if login else []
                echo.heard.update(said)
                mode = echo.mode
                if self.command == "GET":
                    mode = mode.removeprefix("read ") if mode in ODD_READS else ""
                elif mode in ODD_READS:
                    mode = ""
                everything = " ".join(said)
                in_line = quote(everything, safe=" ")
                if mode in ("", "warning"):
                    self.forward(raw, said if mode else None)
                elif mode in ("danger", "escaped"):
                    shown = [[html.escape(text), json.dumps(text), json.dumps(html.escape(text))] for text in said]
                    shown = [one for three in shown for one in three] if mode == "escaped" else said
                    kinds = ("danger", "warning", "success", "error", "odd")
                    entries = [{"type": kind, "log": ["x", said], "msg": ["mailbox_invalid", *shown]} for kind in kinds]
                    entries += [{"type": "danger", "msg": shown[0]}, {"type": "danger", "msg": " ".join(shown)}]
                    self.respond(200, json.dumps([{"type": "danger", "msg": [one, one]} for one in shown] + entries))
                elif mode == "error":
                    self.respond(200, json.dumps({"type": "error", "msg": everything}))
                elif mode == "entries":
                    self.respond(200, json.dumps([everything, said, {"type": said, "msg": {"x": said}}, {"x": everything}, None]))
                elif mode == "text":
                    self.respond(200, json.dumps(everything))
                elif mode == "html":
                    self.respond(200, "<html>%s</html>" % everything, "text/html")
                elif mode == "forbidden":
                    self.respond(403, json.dumps({"msg": everything}))
                elif mode == "unauthorized":
                    self.respond(401, "", reason=everything if everything.isascii() and everything.isprintable() else in_line)
                elif mode == "gone":
                    self.respond(404, json.dumps({"type": "error", "msg": said}))
                elif mode == "broken":
                    self.respond(500, everything, "text/plain")
                elif mode == "redirect":
                    self.respond(302, "", Location="https://elsewhere.example/?" + said[0])

            do_GET = do_POST = answer

            def forward(self, raw: str, said: list[str] | None) -> None:
                headers = {name: self.headers[name] for name in ("X-API-Key", "Content-Type", "Accept") if name in self.headers}
                headers.update({"X-API-Key": echo.key} if echo.key else {})
                connection = http.client.HTTPConnection(upstream, timeout=60)
                connection.request(self.command, self.path, raw.encode(), headers)
                response = connection.getresponse()
                body = response.read().decode()
                connection.close()
                if said and self.command == "POST" and body.startswith("["):
                    kinds = ("warning", "success", "info")
                    body = json.dumps(json.loads(body) + [{"type": kind, "msg": ["tag_limit_exceeded", *said]} for kind in kinds])
                self.respond(response.status, body, response.getheader("Content-Type", "application/json"))

            def log_message(self, *unused: object) -> None:
                pass

        return Handler
