# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The certificate that a mail server shows, for its TLSA record (RFC 7672: usage 3, selector 1, matching type 1)."""

from __future__ import annotations

import hashlib
import os
import smtplib
import socket
import ssl

from ansible_collections.community.mailcow.plugins.module_utils._errors import ConnectionFailed, InvalidValue, MailcowError

try:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
except ImportError:
    x509 = None


def digest(certificate, option):
    """Give the SHA-256 of the public key of a certificate in PEM form, in hexadecimal. It stays when the certificate is
    renewed with the same key. Raises MailcowError; ``option`` is where the certificate was given.
    """
    if x509 is None:
        raise MailcowError("%s: the Python library cryptography is needed for TLSA records" % option)
    try:
        key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    except ValueError as error:
        raise InvalidValue(option, "is not a certificate in PEM form") from error
    return hashlib.sha256(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def over_smtp(host, port, timeout, context):
    """Give the certificate that a mail server shows after STARTTLS, in PEM form. Raises ConnectionFailed."""

    def shown():
        with smtplib.SMTP(host, port, timeout=timeout) as smtp:
            smtp.starttls(context=context)
            return smtp.sock.getpeercert(True)

    return _fetched(host, port, shown)


def over_https(host, port, timeout, context):
    """Give the certificate that a web server shows, in PEM form. Raises ConnectionFailed."""

    def shown():
        with socket.create_connection((host, port), timeout) as plain, context.wrap_socket(plain, server_hostname=host) as tls:
            return tls.getpeercert(True)

    return _fetched(host, port, shown)


def trust(validate_certs, ca_path):
    """Give the TLS context for the connection options of a module. ``ca_path``: a file or a directory, None for the
    authorities that the system trusts.
    """
    places = {} if ca_path is None else {"capath" if os.path.isdir(ca_path) else "cafile": ca_path}
    context = ssl.create_default_context(**places)
    if not validate_certs:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _fetched(host, port, shown):
    try:
        return ssl.DER_cert_to_PEM_cert(shown())
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionFailed("tlsa: the certificate of %s, port %d, could not be fetched (%s)" % (host, port, error)) from error
