# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The HTTP client for mailcow's API: session, key, retries, errors and the list of entries that every write answers with.

Knows no object of mailcow, and nothing of what is asked or written through it.
"""

from __future__ import annotations

import json
import os
import re
import traceback
from http.cookiejar import DefaultCookiePolicy
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from .entry import Entry
from .errors import ConnectionFailed, EmptyAnswer, KeyRefused, LibraryMissing, MailcowError, OutcomeUnknown, Refused
from .names import segment

try:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.exceptions import ConnectTimeoutError, ReadTimeoutError
    from urllib3.util.retry import Retry
except ImportError:
    REQUESTS_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    REQUESTS_IMPORT_ERROR = None

API = "/api/v1/"
# A proxy in front of mailcow that is overloaded or restarts; everything else would answer the same again.
_PASSING_STATUS = (429, 502, 503, 504)
_RETRIES = 4
# Seconds before the second retry of a read; doubled each time.
_BACKOFF = 0.5
# Seconds to wait at most when a server says when to come again.
LONGEST_PAUSE = 60
# Seconds to wait for a connection; an answer may take much longer (option timeout).
_CONNECT_TIMEOUT = 15
_KEY_HELP = "Check the option api_key or the variable MAILCOW_API_KEY against System > Configuration > Access > API in mailcow"


def base_url(value: str) -> str:
    """Give the server's URL without a trailing slash and without the path of the API. Raises MailcowError when it is no
    URL.
    """
    url = value.strip().rstrip("/")
    if url.endswith(API.rstrip("/")):
        url = url[: -len(API) + 1]
    try:
        usable = re.match(r"^https?://[^/\s?#]+[^\s?#]*$", url, re.IGNORECASE) and urlsplit(url).port != 0
    except ValueError:
        usable = False
    if not usable:
        raise MailcowError("url: %r is not the URL of a server; write it like https://mail.example.com" % value)
    return url.rstrip("/")


class Client:
    """One connection pool to one mailcow server.

    ``url``: of the server, e.g. ``https://mail.example.com``; ``api_key``: read-write or read-only key; ``timeout``:
    seconds to wait for an answer; ``ca_path``: file or directory of certificates, None for the system's;
    ``connections``: how many requests may run side by side. Reads are retried, unless ``retry`` is false, writes never
    are (see `OutcomeUnknown`). Raises MailcowError for a URL or a key that cannot be one, LibraryMissing without requests.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        validate_certs: bool = True,
        ca_path: str | None = None,
        timeout: float = 120,
        connections: int = 1,
        retry: bool = True,
    ) -> None:
        if REQUESTS_IMPORT_ERROR:
            raise LibraryMissing("requests", REQUESTS_IMPORT_ERROR)
        if not (api_key.isascii() and api_key.isprintable()):
            raise MailcowError("api_key: the key holds a line break or another character that no key has")
        self._base = base_url(url) + API
        # In messages: without the password of a proxy that may stand in the URL.
        self.url = re.sub(r"//[^/@]*@", "//", base_url(url))
        self._timeout = timeout
        bundle = ca_path or os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
        self._verify = bundle if validate_certs else False
        self._session = _session(self._base, api_key, connections, _RETRIES if retry else 0)
        self._first = Lock()
        self._accepted = False
        self._refusal: KeyRefused | None = None

    def get(self, route: str, *segments: str) -> Any:
        """Read ``get/{route}/{segments…}`` and give the parsed JSON; ``{}`` and ``[]``, mailcow's ways to say
        "nothing", give None.
        """
        path = "get/" + "/".join([route] + [segment(part) for part in segments])
        response = self._send("GET", path)
        data = self._json(response, "GET " + path)
        if isinstance(data, dict) and data.get("type") == "error":
            raise Refused("get/" + route, "GET " + path, [Entry.parse(data)])
        if not isinstance(data, (dict, list)):
            raise self._not_mailcow(response, "GET " + path, "an answer that mailcow does not give")
        return data or None

    def page(self, path: str, host: str) -> str | None:
        """Give the text of a public page that the server has under the name ``host``, None when there is none. The key is
        not sent.
        """
        request = "GET %s of %s" % (path, host)
        try:
            response = self._session.get(
                self._base[: -len(API)] + path,
                headers={"Host": host, "X-API-Key": None, "Content-Type": None, "Accept": None},
                timeout=(min(_CONNECT_TIMEOUT, self._timeout), self._timeout),
                verify=self._verify,
                allow_redirects=False,
            )
        except (requests.exceptions.RequestException, OSError, ValueError) as error:
            raise ConnectionFailed("%s: the request to %s could not be made (%s)" % (request, self.url, _cause(error)), request) from error
        if response.status_code >= 500:
            raise ConnectionFailed("%s: %s answered HTTP %d" % (request, self.url, response.status_code), request)
        return response.text if response.status_code == 200 else None

    def write(self, path: str, body: Any) -> list[Entry]:
        """POST ``body`` to ``path`` (``add/…``, ``edit/…``, ``delete/…``) and give the list of `Entry` when all of it
        was done.

        Raises Refused when any entry says no, EmptyAnswer after an exception in mailcow, and OutcomeUnknown when no
        answer arrived.
        """
        request = "POST " + path
        data = self._json(self._send("POST", path, body), request)
        entries = [Entry.parse(entry) for entry in (data if isinstance(data, list) else [data]) if isinstance(entry, dict)]
        if not entries:
            raise EmptyAnswer("%s: mailcow answered without a message, so it is unknown what it did" % request, request)
        if any(entry.refuses for entry in entries):
            raise Refused("/".join(path.split("/")[:2]), request, entries)
        return entries

    def _send(self, method: str, path: str, body: Any = None) -> requests.Response:
        # The first request goes alone: a wrong key would else be refused once on each connection, and mailcow counts.
        if not self._accepted:
            with self._first:
                if not self._accepted:
                    return self._exchange(method, path, body)
        return self._exchange(method, path, body)

    def _exchange(self, method: str, path: str, body: Any) -> requests.Response:
        request = "%s %s" % (method, path)
        writes = method == "POST"
        if self._refusal:
            raise self._refusal
        try:
            response = self._session.request(
                method,
                self._base + path,
                data=None if body is None else json.dumps(body),
                timeout=(min(_CONNECT_TIMEOUT, self._timeout), self._timeout),
                verify=self._verify,
                # A redirect would turn a POST into a GET.
                allow_redirects=False,
            )
        except requests.exceptions.SSLError as error:
            raise ConnectionFailed(
                "%s: the TLS certificate of %s was not accepted (%s). Use the name that stands in the certificate, give the issuing "
                "authority in ca_path, or, for a test server, set validate_certs to false" % (request, self.url, _cause(error)),
                request,
            ) from error
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            raise self._broken(request, _cause(error), writes) from error
        except (requests.exceptions.RequestException, OSError, ValueError) as error:
            raise ConnectionFailed("%s: the request to %s could not be made (%s)" % (request, self.url, error), request) from error
        self._check_status(response, request, writes)
        self._accepted = True
        return response

    def _broken(self, request: str, cause: object, writes: bool) -> MailcowError:
        """Give the error for a connection that was not made or did not last; only what reached the server can have been
        done.
        """
        if isinstance(cause, ConnectTimeoutError):
            return ConnectionFailed(
                "%s: no connection to %s (%s). Check url, and that the server is running" % (request, self.url, cause), request
            )
        if isinstance(cause, ReadTimeoutError):
            message = "%s: no answer from %s within %s seconds (option timeout)" % (request, self.url, self._timeout)
        else:
            message = "%s: the connection to %s broke (%s)" % (request, self.url, cause)
        return (OutcomeUnknown if writes else ConnectionFailed)(message, request)

    def _check_status(self, response: requests.Response, request: str, writes: bool) -> None:
        status = response.status_code
        if status == 401:
            # mailcow counts each one towards banning this host, so nothing is asked with this key again.
            self._refusal = KeyRefused(
                "%s: %s does not accept the API key (HTTP 401: %s). It was tried only once, because mailcow bans "
                "addresses that go on failing. %s" % (request, self.url, _said(response), _KEY_HELP),
                request,
            )
            raise self._refusal
        if status == 403:
            raise KeyRefused(
                "%s: the API key may not do that (HTTP 403: %s). Writing needs the read-write key. %s"
                % (request, _said(response), _KEY_HELP),
                request,
            )
        if 300 <= status < 400:
            raise ConnectionFailed(
                "%s: %s redirects to %s; set url to that server" % (request, self.url, response.headers.get("Location", "another address")),
                request,
            )
        if status in _PASSING_STATUS or status >= 500:
            message = "%s: %s answered HTTP %d" % (request, self.url, status)
            if writes:
                raise OutcomeUnknown(message, request, _seconds(response.headers.get("Retry-After")))
            raise ConnectionFailed(message + ". Is mailcow running, and the proxy before it?", request)

    def _json(self, response: requests.Response, request: str) -> Any:
        if not response.content.strip():
            if response.status_code == 200:
                raise EmptyAnswer(
                    "%s: mailcow answered with an empty body, its way to report an exception: it could not handle a value in the request. "
                    "Part of the change may have been made; the log of the php-fpm-mailcow container says more" % request,
                    request,
                )
            raise ConnectionFailed("%s: %s answered HTTP %d without a body" % (request, self.url, response.status_code), request)
        try:
            data = json.loads(response.content)
        except ValueError as error:
            raise self._not_mailcow(response, request, "something that is not JSON") from error
        if response.status_code != 200 and not (isinstance(data, dict) and data.get("type") == "error"):
            raise self._not_mailcow(response, request, "an answer that mailcow does not give")
        return data

    def _not_mailcow(self, response: requests.Response, request: str, what: str) -> ConnectionFailed:
        return ConnectionFailed(
            "%s: %s answered HTTP %d with %s, so this is probably not the API of mailcow. Check url"
            % (request, self.url, response.status_code, what),
            request,
        )


def _session(base: str, api_key: str, connections: int, retries: int) -> requests.Session:
    session = requests.Session()
    # The environment is looked at once and not for each request; a .netrc has nothing to say about an API key.
    session.trust_env = False
    session.proxies = requests.utils.get_environ_proxies(base)
    session.headers.update({"X-API-Key": api_key, "Content-Type": "application/json", "Accept": "application/json"})
    # Every answer sets a session cookie, and a stored session can leak one request's messages into the next answer (facts-server 1.4).
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    class PatientRetry(Retry):
        def get_retry_after(self, response: Any) -> float | None:
            seconds = super().get_retry_after(response)
            return None if seconds is None else min(seconds, LONGEST_PAUSE)

    # Connection attempts are repeated for writes too: what never reached the server cannot be done twice.
    patience = PatientRetry(
        total=retries,
        connect=2,
        read=2,
        other=0,
        backoff_factor=_BACKOFF,
        status_forcelist=_PASSING_STATUS,
        allowed_methods=frozenset(["GET"]),
        respect_retry_after_header=True,
        raise_on_status=False,
    )
    adapter = HTTPAdapter(max_retries=patience, pool_connections=1, pool_maxsize=max(connections, 1), pool_block=True)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _cause(error: Exception) -> object:
    """Give the innermost exception: requests wraps urllib3's MaxRetryError, which keeps the reason."""
    inner = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    return getattr(inner, "reason", None) or inner


def _said(response: requests.Response) -> str:
    """Give what mailcow says in the body of an HTTP error, or the status line."""
    try:
        return str(response.json()["msg"])
    except (ValueError, KeyError, TypeError):
        return response.reason or "no reason given"


def _seconds(retry_after: str | None) -> float | None:
    """Give the Retry-After header in seconds, or None when it is absent or a date."""
    return float(retry_after) if retry_after and retry_after.strip().isdigit() else None
