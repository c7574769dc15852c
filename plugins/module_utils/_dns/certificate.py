# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The certificate of a mail server, for its TLSA record (RFC 7672: usage 3, selector 1, matching type 1)."""

from __future__ import annotations

import hashlib
import os
import smtplib
import socket
import ssl
import traceback
from typing import TYPE_CHECKING

from .._api.errors import ConnectionFailed, InvalidValue, MailcowError
from .._api.trust import usable

try:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
except ImportError:
    CRYPTOGRAPHY_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    CRYPTOGRAPHY_IMPORT_ERROR = None

if TYPE_CHECKING:
    from collections.abc import Callable


def digest(certificate: str, option: str) -> str:
    """Give the SHA-256 of the public key of a certificate in PEM form, in hexadecimal. It does not change if the certificate is
    renewed with the same key. Raises MailcowError; ``option``: that of the certificate.
    """
    if CRYPTOGRAPHY_IMPORT_ERROR:
        raise MailcowError("%s: the Python library cryptography is required for TLSA records" % option)
    try:
        key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    except ValueError as error:
        raise InvalidValue(option, "is not a certificate in PEM form") from error
    return hashlib.sha256(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def over_smtp(host: str, port: int, timeout: float, context: ssl.SSLContext) -> str:
    """Give the certificate of a mail server after STARTTLS, in PEM format. Raises ConnectionFailed."""

    def shown() -> bytes:
        with smtplib.SMTP(host, port, timeout=timeout) as smtp:
            smtp.starttls(context=context)
            return _peer(smtp.sock)

    return _fetched(host, port, shown)


def over_https(host: str, port: int, timeout: float, context: ssl.SSLContext) -> str:
    """Give the certificate of a web server, in PEM format. Raises ConnectionFailed."""

    def shown() -> bytes:
        with socket.create_connection((host, port), timeout) as plain, context.wrap_socket(plain, server_hostname=host) as tls:
            return _peer(tls)

    return _fetched(host, port, shown)


def trust(validate_certs: bool, ca_path: str | None) -> ssl.SSLContext:
    """Give the TLS context for the connection options of a module. ``ca_path``: a file or a directory, None for the
    authorities that the system trusts. Raises MailcowError when there are no certificates.
    """
    if not validate_certs:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    if ca_path is not None and os.path.isdir(usable(ca_path)):
        return ssl.create_default_context(capath=ca_path)
    return ssl.create_default_context(cafile=ca_path)


def _peer(connection: socket.socket | None) -> bytes:
    """Give the certificate of the other side. Raises OSError when there is none."""
    certificate = connection.getpeercert(True) if isinstance(connection, ssl.SSLSocket) else None
    if certificate is None:
        raise OSError("it sent none")
    return certificate


def _fetched(host: str, port: int, shown: Callable[[], bytes]) -> str:
    try:
        return ssl.DER_cert_to_PEM_cert(shown())
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionFailed("tlsa: the certificate of %s, port %d, could not be fetched (%s)" % (host, port, error)) from error
