# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers that documentation talks of, by their names: simulators, and a proxy that leads `https://mail.example.com` to them."""

from __future__ import annotations

import os
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.simulator.process import CLOSE_WAIT, ESTABLISHED, PATIENCE, ROOT, Simulator, connections, wait_until
from tests.unit.plugins.module_utils.scripted import self_signed

# What the mail server knows of the DNS.
DNS = {"example.net": ["MX mail.example.net"], "mail.example.net": ["192.0.2.20"]}
# The keys that guides show.
KEY, READ_ONLY_KEY = "3F1A2B-4C5D6E-7F8091-A2B3C4-D5E6F7", "8091A2-B3C4D5-E6F708-192A3B-4C5D6E"
CHUNK = 65536


class _Handler(socketserver.StreamRequestHandler):
    """Takes `CONNECT name:443`, and nothing but the names that are there."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        name = self.rfile.readline().decode().split()[1].partition(":")[0]
        while self.rfile.readline().strip():
            pass
        if name not in self.server.ports:
            self.wfile.write(b"HTTP/1.1 502 There is no such server\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.server.ports[name])) as server:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_pass_on, args=(server, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, server)
            back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    """Give all that comes from one to the other, until one of them has ended."""
    try:
        while content := source.recv(CHUNK):
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class _Proxy(socketserver.ThreadingTCPServer):
    """`ports`: of the servers, by their names."""

    daemon_threads = True
    ports: dict[str, int]


class Internet:
    """`simulators`: by their names; `variables`: of an environment in which they are found, and from which Ansible is called."""

    def __init__(self, simulators: dict[str, Simulator], proxy: str, certificate: Path, home: Path) -> None:
        self.simulators = simulators
        clean = {name: value for name, value in os.environ.items() if not name.lower().startswith(("mailcow_", "ansible_", "no_proxy"))}
        self.variables = {
            **clean,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "HOME": str(home),
            "https_proxy": proxy,
            "no_proxy": "127.0.0.1",
            "REQUESTS_CA_BUNDLE": str(certificate),
            "SSL_CERT_FILE": str(certificate),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".cache/collections"),
            "ANSIBLE_HOME": str(home / ".ansible"),
        }

    def settle(self) -> None:
        """Wait until nobody is connected any more, and all is done that was asked."""
        wait_until(lambda: not connections(self.variables["https_proxy"]) & {ESTABLISHED, CLOSE_WAIT})
        for simulator in self.simulators.values():
            simulator.settle()


@contextmanager
def internet(directory: Path, *names: str) -> Iterator[Internet]:
    """Servers of these names, that of documentation if none is given; what they need is kept in `directory`."""
    names = names or ("mail.example.com",)
    certificate = self_signed(directory, *names)
    with ExitStack() as stack:
        simulators = {
            name: stack.enter_context(
                Simulator(hostname=name, rw_key=KEY, ro_key=READ_ONLY_KEY, tls_cert=certificate, tls_key=certificate, dns=DNS)
            )
            for name in names
        }
        proxy = stack.enter_context(_Proxy(("127.0.0.1", 0), _Handler))
        proxy.ports = {name: urlsplit(simulator.url).port or 0 for name, simulator in simulators.items()}
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield Internet(simulators, f"http://127.0.0.1:{proxy.server_address[1]}", certificate, directory)
        finally:
            proxy.shutdown()
            thread.join(PATIENCE)
