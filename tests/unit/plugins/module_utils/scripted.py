# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that gives the answers it was told, for what no simulator would do."""

from __future__ import annotations

import dataclasses
import datetime
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclasses.dataclass
class Answer:
    """``declared``: the Content-Length, when it is a lie; ``after``: seconds to think, as long as the server is there; ``drip``: seconds
    between the bytes of the answer, its headers among them if it drips ``whole``.
    """

    body: str | bytes = "{}"
    status: int = 200
    headers: dict = dataclasses.field(default_factory=dict)
    declared: int | None = None
    after: float = 0
    drip: float = 0
    whole: bool = False


@dataclasses.dataclass
class Seen:
    method: str
    path: str
    headers: dict
    body: str


class Scripted:
    """Gives ``answers`` in order, and the last one ever after. Keeps what it was asked, and how many connections were made."""

    def __init__(self, *answers: Answer | str, certificate: Path | None = None) -> None:
        self.answers = [Answer(answer) if isinstance(answer, str) else answer for answer in answers]
        self.seen: list[Seen] = []
        self.connections = 0
        self.over = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        # Refused handshakes are part of the tests.
        self.server.handle_error = lambda *unused: None
        self.url = "%s://127.0.0.1:%d" % ("https" if certificate else "http", self.server.server_port)

    def __enter__(self) -> Scripted:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *unused: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type:
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                script.connections += 1

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                script.seen.append(Seen(self.command, self.path, dict(self.headers), body))
                answer = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
                script.over.wait(answer.after)
                self.send_response(answer.status)
                for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                    self.send_header(name, value)
                content = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_header("Content-Length", str(len(content) if answer.declared is None else answer.declared))
                if answer.whole:
                    content = b"".join([*self._headers_buffer, b"\r\n", content])
                    self._headers_buffer = []
                else:
                    self.end_headers()
                size = 1 if answer.drip else len(content) or 1
                for start in range(0, len(content), size):
                    if answer.drip and script.over.wait(answer.drip):
                        self.close_connection = True
                        return
                    self.wfile.write(content[start : start + size])
                if answer.declared is not None:
                    self.close_connection = True

            do_GET = do_POST = answer

            def log_message(self, *unused: object) -> None:
                pass

        return Handler


def self_signed(directory: Path, *names: str) -> Path:
    """Write a certificate for 127.0.0.1 and these names that nobody trusts, with its key, into one file; its path."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mailcow test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")), *map(x509.DNSName, names)]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = directory / "server.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return path
