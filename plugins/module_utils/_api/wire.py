# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A single HTTP exchange: a request, and its complete answer, within limits of time and size.

It does not interpret the answer, nor decide on retries.
"""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import os
import re
import socket
import ssl
import time
import traceback
import zlib
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from .trust import usable
from .url import is_encrypted, without_password

if TYPE_CHECKING:
    Headers = Mapping[str, str]

# Seconds to wait for a connection; an answer may take much longer.
_CONNECT_TIMEOUT = 15
# Minimum of seconds to wait: with 0, data that have already arrived would not be read.
_LEAST = 0.1
# Maximum of seconds to wait if a server asks to wait (Retry-After).
LONGEST_PAUSE = 60
# Maximum size of an answer in bytes, and the size of the pieces in which it is read. 50,000 mailboxes are 100 MB.
_LARGEST = 256 * 1024 * 1024
_PIECE = 64 * 1024
# More connections would only wait for each other at the server.
_MOST_CONNECTIONS = 100
# OpenSSL's errors if the other side does not use TLS.
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "UNKNOWN_PROTOCOL", "HTTP_REQUEST")
# Errors about certificates that do not come from the TLS library.
_DISTRUST = ("CERTIFICATE_VERIFY_FAILED", "doesn't match", "no appropriate subjectAltName")
# The connection that urllib3 names before what happened to it.
_OBJECT = re.compile(r"^(<[^<>]+>|\w+\([^()]*\)): ")


class Broken(Exception):
    """There is no complete answer; ``str()`` gives the reason. ``sent``: whether the request may have reached the server;
    ``repeats``: the number of useful retries; ``pause``: the seconds that the server asked to wait before, or None.
    """

    def __init__(self, message: str, sent: bool, repeats: int = 0, pause: float | None = None) -> None:
        super().__init__(message)
        self.sent = sent
        self.repeats = repeats
        self.pause = pause


@dataclasses.dataclass(frozen=True)
class Answer:
    """A complete answer: its status, its headers, and its decoded body."""

    status: int
    reason: str
    headers: Headers
    body: bytes

    @property
    def pause(self) -> float | None:
        """The seconds that the server asks to wait (Retry-After), at most `LONGEST_PAUSE`, None if it does not."""
        text = self.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            # Numbers with more digits are too large anyway.
            return float(min(int(text[:9]), LONGEST_PAUSE))
        try:
            return min(max(parsedate_to_datetime(text).timestamp() - time.time(), 0), LONGEST_PAUSE)
        except (TypeError, ValueError, IndexError, OverflowError):
            return None

    def json(self) -> Any:
        """Give the parsed body. Raises ValueError if it is not JSON."""
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error


class _Clock(io.RawIOBase):
    """Reads from a socket until a point in time. The timeout of a socket itself applies to each read."""

    def __init__(self, connection: socket.socket, stream: io.RawIOBase) -> None:
        self._connection = connection
        self._stream = stream
        seconds = connection.gettimeout()
        self._end = None if seconds is None else time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._end is not None:
            left = self._end - time.monotonic()
            if left <= 0:
                raise socket.timeout("timed out")
            self._connection.settimeout(left)
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Timed(HTTPResponse):
    """An answer that must arrive completely, from its first header on, within the timeout of its socket."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_Clock(sock, self.fp.detach()))


try:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import exceptions as urllib3_errors
except ImportError:
    REQUESTS_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    REQUESTS_IMPORT_ERROR = None

    class _Session(requests.Session):
        """Does not follow redirects, which would turn a POST into a GET, nor read their bodies."""

        def get_redirect_target(self, resp: requests.Response) -> None:
            return None

    class _Adapter(HTTPAdapter):
        """An adapter whose connections limit the time of complete answers."""

        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **options)
            _hurry(self.poolmanager)

        def proxy_manager_for(self, *args: Any, **options: Any) -> Any:
            return _hurry(super().proxy_manager_for(*args, **options))

    def _hurry(manager: Any) -> Any:
        """Make the connections of a pool manager of urllib3 timed, and give it."""
        pools = {}
        for scheme, pool in manager.pool_classes_by_scheme.items():
            connection = type("TimedConnection", (pool.ConnectionCls,), {"response_class": _Timed})
            pools[scheme] = type("TimedPool", (pool,), {"ConnectionCls": connection})
        manager.pool_classes_by_scheme = pools
        return manager


class Kept:
    """The connections of a task, for the next task in the same process. Nothing else is passed from one to the other."""

    def __init__(self) -> None:
        self._made_for: object = None
        self._session: requests.Session | None = None

    def session(self, made_for: object, make: Callable[[], requests.Session]) -> requests.Session:
        """Give the existing session if ``made_for`` is the same, else a new one. Certificates are verified only when a connection is made,
        so the settings of verification have to be part of ``made_for``.
        """
        if self._session is None or made_for != self._made_for:
            if self._session is not None:
                self._session.close()
            self._session, self._made_for = make(), made_for
        return self._session


class Wire:
    """The connections to one server.

    ``url``: of the server, for messages and for choosing proxies; ``headers``: of all requests; ``timeout``: seconds for the
    whole of an answer; ``ca_path``: file or directory of certificates, None for the system's; ``connections``: how many
    requests may run side by side; ``kept``: those of the task before, which are taken if they are the same. Raises MailcowError
    when there are no certificates where they should be.
    """

    def __init__(
        self,
        url: str,
        headers: Headers,
        timeout: float,
        validate_certs: bool,
        ca_path: str | None,
        connections: int,
        kept: Kept | None = None,
    ) -> None:
        self._url = url
        self._shown = without_password(url)
        self._timeout = timeout
        self._verify = _trusted(ca_path) if validate_certs and is_encrypted(url) else validate_certs
        # Whether there has been an answer, so that the scheme of the URL is right.
        self._spoken = False
        # The environment is read once, not for each request.
        proxies = requests.utils.get_environ_proxies(url)
        size = min(max(connections, 1), _MOST_CONNECTIONS)
        made_for = (url, dict(headers), self._verify, proxies, size)
        self._session = (kept or Kept()).session(made_for, lambda: _session(headers, proxies, size))

    def exchange(
        self,
        method: str,
        path: str,
        data: str | None = None,
        headers: Mapping[str, str | None] | None = None,
        end: float | None = None,
    ) -> Answer:
        """Make a request below the URL and give its answer, whatever its status. ``headers``: further ones, None takes one of
        all requests away; ``end``: the moment of the monotonic clock at which it is over even if the timeout is not. Raises
        Broken.
        """
        seconds = self._timeout if end is None else min(self._timeout, max(end - time.monotonic(), _LEAST))
        try:
            with self._session.request(
                method,
                self._url + path,
                data=data,
                headers=headers,
                timeout=(min(_CONNECT_TIMEOUT, seconds), seconds),
                verify=self._verify,
                allow_redirects=False,
                stream=True,
            ) as response:
                self._spoken = True
                return Answer(response.status_code, response.reason or "", response.headers, _body(response))
        except requests.exceptions.SSLError as error:
            raise self._no_tls(error) from error
        except requests.exceptions.ConnectTimeout as error:
            raise self._no_connection(_cause(error)) from error
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout, urllib3_errors.HTTPError) as error:
            raise self._broken(_cause(error)) from error
        except (requests.exceptions.RequestException, OSError, ValueError) as error:
            raise Broken("the request to %s could not be sent (%s)" % (self._shown, self._told(error)), sent=False) from error

    def _broken(self, cause: Exception) -> Broken:
        """Give the error for a connection that failed or was interrupted."""
        if isinstance(cause, (urllib3_errors.ConnectTimeoutError, urllib3_errors.ProxyError)):
            return self._no_connection(cause)
        if isinstance(cause, urllib3_errors.SSLError):
            return self._no_tls(cause)
        if isinstance(cause, urllib3_errors.ReadTimeoutError):
            return Broken("no answer from %s within %s seconds (option timeout)" % (self._shown, self._timeout), sent=True)
        hint = "" if self._spoken or is_encrypted(self._url) else ". If this port uses TLS, use https:// in url"
        return Broken("the connection to %s broke (%s)%s" % (self._shown, self._told(cause), hint), sent=True, repeats=2)

    def _no_connection(self, cause: Exception) -> Broken:
        message = "no connection to %s (%s). Check url, and that the server is running" % (self._shown, self._told(cause))
        return Broken(message, sent=False, repeats=2)

    def _no_tls(self, error: Exception) -> Broken:
        cause = self._told(_cause(error))
        if _is_distrust(error, cause):
            return Broken(
                "the TLS certificate of %s could not be verified (%s). Use a hostname that is in the certificate, set ca_path to the "
                "certificate of the issuing authority, or, for a test server, set validate_certs to false" % (self._shown, cause),
                sent=False,
            )
        if any(sign in cause.replace(" ", "_").upper() for sign in _NO_TLS):
            return Broken(
                "%s does not use TLS on this port (%s). Check the port in url, which may be the one for http://" % (self._shown, cause),
                sent=False,
            )
        # The connection may have been made and interrupted later.
        return Broken("the TLS connection to %s broke (%s). Check url" % (self._shown, cause), sent=True)

    def _told(self, error: object) -> str:
        """Give an error as text, without the objects in it and the password that may stand in the URL."""
        texts = error.args if isinstance(error, urllib3_errors.ProtocolError) else (error,)
        return _OBJECT.sub("", " ".join(map(str, texts))).replace(self._url, self._shown)


def _trusted(ca_path: str | None) -> str | bool:
    """Give where the certificates of authorities are, as requests takes it: True for those that it brings."""
    if ca_path:
        return usable(ca_path)
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        path = os.environ.get(variable)
        if path:
            return usable(path, "the variable " + variable)
    return True


def _session(headers: Headers, proxies: dict[str, str], connections: int) -> requests.Session:
    session = _Session()
    # A .netrc must not add a login to requests with an API key.
    session.trust_env = False
    session.proxies = proxies
    # The only encoding whose end can be detected while reading.
    session.headers.update({"Accept-Encoding": "gzip", **headers})
    # Every answer sets a session cookie, and a stored session can leak one request's messages into the next answer (facts-server 1.4).
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = _Adapter(pool_connections=1, pool_maxsize=connections, pool_block=True)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _body(response: requests.Response) -> bytes:
    """Give the whole body, decoded. Raises Broken when it is too large or cannot be decoded."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise Broken("the answer has an encoding that was not requested (%s)" % encoding, sent=True)
    # Requests would also decode it, but in pieces of unlimited size.
    source = response.raw if encoding in ("identity", "") else gzip.GzipFile(fileobj=response.raw)
    pieces: list[bytes] = []
    size = 0
    while True:
        try:
            piece = source.read(_PIECE)
        except (zlib.error, EOFError, gzip.BadGzipFile) as error:
            raise Broken("the answer is compressed and corrupt (%s)" % error, sent=True) from error
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > _LARGEST:
            raise Broken("the answer is larger than %d MiB" % (_LARGEST // 1024 // 1024), sent=True)
        pieces.append(piece)


def _cause(error: Exception) -> Exception:
    """Give the innermost exception: requests wraps urllib3's MaxRetryError, which keeps the reason."""
    inner = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    return getattr(inner, "reason", None) or inner


def _is_distrust(error: BaseException, cause: str) -> bool:
    """Whether a TLS error is about the certificate that the server shows."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return True
        inner = inner.__cause__ or inner.__context__
    return any(sign in cause for sign in _DISTRUST)
