# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import MailcowError
from ansible_collections.community.mailcow.plugins.module_utils._dns import certificate as module
from ansible_collections.community.mailcow.plugins.module_utils._dns.certificate import digest, over_https, over_smtp, trust
from tests.unit.plugins.module_utils.scripted import Scripted, self_signed

HOST = "127.0.0.1"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path)


@pytest.fixture
def smtp(certificate: Path) -> Iterator[int]:
    """The port of a mail server that knows EHLO and STARTTLS, once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server((HOST, 0)) as server:

        def talk() -> None:
            plain, _address = server.accept()
            with plain, plain.makefile("rb") as lines:
                plain.sendall(b"220 mail.example.com ESMTP\r\n")
                for line in lines:
                    if line.startswith(b"STARTTLS"):
                        plain.sendall(b"220 go ahead\r\n")
                        break
                    plain.sendall(b"250-mail.example.com\r\n250 STARTTLS\r\n")
                with contextlib.suppress(OSError):  # the client does not trust it
                    context.wrap_socket(plain, server_side=True).recv(100)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(60)


@pytest.fixture
def https(certificate: Path) -> Iterator[int]:
    with Scripted("{}", certificate=certificate) as server:
        yield server.server.server_port


def expected(path: Path) -> str:
    key = x509.load_pem_x509_certificate(path.read_bytes()).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


@pytest.mark.parametrize("fetch", [over_smtp, over_https])
@pytest.mark.parametrize("trusted", [True, False])
def test_it_is_what_the_server_shows(request: pytest.FixtureRequest, certificate: Path, fetch: object, trusted: bool) -> None:
    port = request.getfixturevalue("smtp" if fetch is over_smtp else "https")
    context = trust(trusted, str(certificate) if trusted else None)
    assert digest(fetch(HOST, port, 60, context), "tlsa") == expected(certificate)


@pytest.mark.parametrize("fetch", [over_smtp, over_https])
def test_who_is_not_trusted_is_refused(request: pytest.FixtureRequest, fetch: object) -> None:
    port = request.getfixturevalue("smtp" if fetch is over_smtp else "https")
    with pytest.raises(MailcowError, match=r"tlsa: the certificate of 127.0.0.1, port \d+, could not be fetched .*self.signed"):
        fetch(HOST, port, 60, trust(True, None))


@pytest.mark.parametrize("content", [None, "", "no certificate", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"])
def test_authorities_that_are_none(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(MailcowError, match=r"^ca_path: .*/ca\.pem (cannot be read|contains no certificate in PEM format)"):
        trust(True, str(path))
    assert trust(False, str(path))


def test_a_directory_of_authorities(tmp_path: Path, certificate: Path) -> None:
    directory = tmp_path / "authorities"
    directory.mkdir()
    (directory / "server.pem").write_bytes(certificate.read_bytes())
    with pytest.raises(MailcowError, match="run 'openssl rehash "):
        trust(True, str(directory))
    (directory / "0123abcd.0").write_bytes(certificate.read_bytes())
    assert trust(True, str(directory))


def test_nobody_is_there() -> None:
    with pytest.raises(MailcowError, match=r"could not be fetched .*refused"):
        over_https(HOST, 1, 60, trust(False, None))


def test_a_given_one(certificate: Path) -> None:
    assert digest(certificate.read_text(), "x") == expected(certificate)
    with pytest.raises(MailcowError, match="tlsa_certificate: is not a certificate in PEM form"):
        digest("no certificate", "tlsa_certificate")


def test_without_cryptography(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CRYPTOGRAPHY_IMPORT_ERROR", "Traceback: no module named cryptography")
    with pytest.raises(MailcowError, match="tlsa: the Python library cryptography is required"):
        digest(certificate.read_text(), "tlsa")
