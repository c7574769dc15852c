# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A proxy in front of a mailcow server that lets no write through: it is between the modules and the server in check mode."""

from __future__ import annotations

import http.client
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# The API reads with GET, and with POST to search/; whatever else reaches it is a write.
READ = re.compile(r"(GET|HEAD) |POST /api/v1/search/")
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@contextmanager
def read_only(url: str, verify: bool = True) -> Iterator[tuple[str, list[str]]]:
    """The URL of a proxy to the server that refuses writes, and the list in which it notes them: method and path of each.

    `verify`: whether the certificate of an HTTPS server is checked.
    """
    server = urlsplit(url)
    refused: list[str] = []

    def connect() -> http.client.HTTPConnection:
        if server.scheme == "http":
            return http.client.HTTPConnection(server.netloc, timeout=120)
        context = ssl.create_default_context() if verify else ssl._create_unverified_context()
        return http.client.HTTPSConnection(server.netloc, timeout=120, context=context)

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = f"{self.command} {self.path}"
            if not READ.match(request):
                refused.append(request)
                return self.answer(599, [("Content-Type", "text/plain")], b"a write in check mode")
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
            connection = connect()
            try:
                connection.request(self.command, server.path.rstrip("/") + self.path, body, headers)
                response = connection.getresponse()
                self.answer(response.status, response.getheaders(), response.read())
            finally:
                connection.close()

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = forward

        def log_message(self, *args: object) -> None:
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield "http://{}:{}".format(*proxy.server_address), refused
    finally:
        proxy.shutdown()
        proxy.server_close()
