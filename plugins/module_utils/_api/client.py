# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client for mailcow's API: key, retries, errors and the list of entries that every write answers with.

It knows none of mailcow's objects, nor the meaning of requests and responses.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn

from .entry import Entry
from .errors import BadAnswer, ConnectionFailed, EmptyAnswer, KeyRefused, LibraryMissing, MailcowError, OutcomeUnknown, Refused
from .names import segment
from .url import API, base_url, without_password
from .wire import LONGEST_PAUSE, REQUESTS_IMPORT_ERROR, Answer, Broken, Kept, Wire

if TYPE_CHECKING:
    from .wire import Headers

__all__ = ["LONGEST_PAUSE", "Client"]

# A proxy in front of mailcow that is overloaded or restarts. For other statuses, a retry would have the same response.
_PASSING_STATUS = (429, 502, 503, 504)
_RETRIES = 4
# Seconds before the second retry of a read; doubled each time.
_BACKOFF = 1.0
_KEYS = "System > Configuration > Access > Administrators > API in mailcow"
_KEY_HELP = "Check the option api_key or the variable MAILCOW_API_KEY against " + _KEYS
# With these messages, the key itself is correct (facts-server 1.2).
_ADDRESS_HELP = "Allow this address for the key under " + _KEYS


class Client:
    """One connection pool to one mailcow server.

    ``url``: of the server, e.g. ``https://mail.example.com``; ``api_key``: read-write or read-only key; ``timeout``:
    seconds for the whole of an answer, and those after which no read is tried again; ``ca_path``: file or directory of
    certificates, None for the system's; ``connections``: how many requests may run side by side; ``together``: whether
    ``timeout`` is for all requests together; ``kept``: connections of the task before, which may serve again. Reads are
    retried, unless ``retry`` is false, writes never are (see `OutcomeUnknown`), but for connections that were not made.
    Raises MailcowError for a URL, a key or certificates that cannot be any, LibraryMissing without requests.
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
        together: bool = False,
        kept: Kept | None = None,
    ) -> None:
        if REQUESTS_IMPORT_ERROR:
            raise LibraryMissing("requests", REQUESTS_IMPORT_ERROR)
        if not (api_key.isascii() and api_key.isprintable()):
            raise MailcowError("api_key: must not contain line breaks or other special characters")
        base = base_url(url)
        # In messages: without the password of a proxy that may stand in the URL.
        self.url = without_password(base)
        headers = {"X-API-Key": api_key, "Content-Type": "application/json", "Accept": "application/json"}
        self._wire = Wire(base, headers, timeout, validate_certs, ca_path, connections, kept)
        self._timeout = timeout
        self._end = time.monotonic() + timeout if together else None
        self._retry = retry
        self._first = Lock()
        # Whether the server has ever answered as mailcow does. Until then, it may be another server.
        self._accepted = False
        # The error with which all further requests would fail, too.
        self._lasting: MailcowError | None = None

    def get(self, route: str, *segments: str) -> Any:
        """Read ``get/{route}/{segments…}`` and give the parsed JSON; ``{}`` and ``[]``, mailcow's ways to say
        "nothing", give None.

        Raises Refused when mailcow says no, BadAnswer when there is no usable answer to this request, ConnectionFailed when
        there is none to any, KeyRefused, and EmptyAnswer after an exception in mailcow.
        """
        return self._get(route, segments) or None

    def text(self, route: str, *segments: str) -> str:
        """Read ``get/{route}/{segments…}``, whose answer is a text and not JSON, and give it. Raises as `get` does, EmptyAnswer when
        there is none.
        """
        return str(self._get(route, segments, plain=True))

    def write(self, path: str, body: Any) -> list[Entry]:
        """POST ``body`` to ``path`` (``add/…``, ``edit/…``, ``delete/…``) and give the list of `Entry` when all of it
        was done.

        Raises Refused when any entry says no, EmptyAnswer after an exception in mailcow, OutcomeUnknown when there is no
        usable answer, KeyRefused, and ConnectionFailed when the server cannot be reached, or is not mailcow.
        """
        request = "POST " + path
        entries = Entry.parse_all(self._ask("POST", path, json.dumps(body)))
        if not entries:
            raise EmptyAnswer("%s: mailcow answered without a message, so the outcome is unknown" % request, request)
        if any(entry.refuses for entry in entries):
            raise Refused(path, request, entries)
        return entries

    def page(self, path: str, host: str, strict: bool = False) -> str | None:
        """Give the text of a public page that the server has under the name ``host``, None when there is none. The key is
        not sent. Raises ConnectionFailed, and BadAnswer when it is ``strict`` and nobody says that there is none.
        """
        request = "GET %s of %s" % (path, host)
        try:
            answer = self._wire.exchange("GET", path, headers={"Host": host, "X-API-Key": None, "Content-Type": None, "Accept": None})
        except Broken as broken:
            raise ConnectionFailed("%s: %s" % (request, broken), request) from broken
        if answer.status >= 500:
            raise ConnectionFailed("%s: %s answered HTTP %d" % (request, self.url, answer.status), request)
        if strict and answer.status not in (200, 404):
            raise BadAnswer("%s: %s answered HTTP %d" % (request, self.url, answer.status), request)
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else None

    def headers(self, path: str, asked: Mapping[str, str]) -> Headers:
        """Give the headers of the answer to a GET of ``path``, asked for with these headers. Raises ConnectionFailed."""
        request = "GET %s" % path
        try:
            answer = self._wire.exchange("GET", API + path, headers=asked)
        except Broken as broken:
            raise ConnectionFailed("%s: %s" % (request, broken), request) from broken
        if answer.status != 200:
            raise ConnectionFailed("%s: %s answered HTTP %d" % (request, self.url, answer.status), request)
        return answer.headers

    def obtain(self, path: str, body: Any) -> dict[str, Any]:
        """POST ``body`` to ``path``, which answers with an object, and give that. Raises as `write` does."""
        answer = self._ask("POST", path, json.dumps(body))
        entries = Entry.parse_all(answer)
        if any(entry.refuses for entry in entries):
            raise Refused(path, "POST " + path, entries)
        if not isinstance(answer, dict) or entries:
            raise EmptyAnswer("POST %s: mailcow's answer does not contain the requested data" % path, "POST " + path)
        return answer

    def _get(self, route: str, segments: Iterable[str], plain: bool = False) -> Any:
        path = "get/" + "/".join([route] + [segment(part) for part in segments])
        data = self._ask("GET", path, plain=plain)
        if isinstance(data, dict) and data.get("type") == "error":
            raise Refused("get/" + route, "GET " + path, [Entry.parse(data)])
        return data

    def _ask(self, method: str, path: str, data: str | None = None, plain: bool = False) -> Any:
        """Make a request and give what mailcow answered; ``plain``: a text."""
        # The first request goes alone: a wrong key would else be refused once on each connection, and mailcow counts; and a
        # server that is not there would be waited for on each.
        if not self._accepted:
            with self._first:
                if not self._accepted:
                    return self._ask_now(method, path, data, plain)
        return self._ask_now(method, path, data, plain)

    def _ask_now(self, method: str, path: str, data: str | None, plain: bool) -> Any:
        if self._lasting:
            raise self._lasting.copy()
        try:
            return self._understand(self._answer(method, path, data), method, path, plain)
        except ConnectionFailed as error:
            if not self._accepted:
                self._lasting = error
            raise

    def _answer(self, method: str, path: str, data: str | None) -> Answer:
        """Give the answer to a request, with retries until the time is up, if they are useful and harmless."""
        end = time.monotonic() + self._timeout
        repeats = 0
        while True:
            try:
                answer = self._wire.exchange(method, API + path, data, end=self._end)
                if answer.status < 500 and answer.status not in _PASSING_STATUS:
                    return answer
                passing = _RETRIES if answer.status in _PASSING_STATUS else 0
                raise Broken("%s answered HTTP %d" % (self.url, answer.status), sent=True, repeats=passing, pause=answer.pause)
            except Broken as broken:
                pause = broken.pause or (_BACKOFF * 2 ** (repeats - 1) if repeats else 0)
                # A request that never reached the server can safely be repeated.
                harmless = method == "GET" or not broken.sent
                if not (self._retry and harmless and repeats < broken.repeats) or time.monotonic() + pause >= end:
                    raise self._failure(method, path, broken) from broken
            time.sleep(pause)
            repeats += 1

    def _failure(self, method: str, path: str, broken: Broken) -> MailcowError:
        request = "%s %s" % (method, path)
        message = "%s: %s" % (request, broken)
        if not broken.sent:
            return ConnectionFailed(message, request)
        if method != "GET":
            return OutcomeUnknown(message, request, broken.pause)
        if self._accepted:
            return BadAnswer(message, request)
        return ConnectionFailed("%s. Check that mailcow is running, and the proxy in front of it" % message, request)

    def _understand(self, answer: Answer, method: str, path: str, plain: bool) -> Any:
        """Give the JSON of an answer, or its text if ``plain``. Raises MailcowError for anything else."""
        request = "%s %s" % (method, path)
        if answer.status == 401:
            # Each attempt brings this host closer to a ban, so the key is not used again.
            said = _said(answer)
            self._lasting = KeyRefused(
                "%s: %s does not accept the API key (HTTP 401: %s). It was not retried, because mailcow bans addresses after repeated "
                "failures. %s" % (request, self.url, said, _ADDRESS_HELP if "denied for ip" in said else _KEY_HELP),
                request,
            )
            raise self._lasting.copy()
        if 300 <= answer.status < 400:
            target = without_password(answer.headers.get("Location", "another address"))
            self._refuse(answer, method, path, "%s redirects to %s" % (self.url, target), "; set url to that server")
        if answer.status == 200 and not answer.body.strip():
            raise EmptyAnswer(
                "%s: mailcow answered with an empty body, which means that it failed internally, usually because of a value in the "
                "request. Part of the change may have been made. See the log of the container php-fpm-mailcow" % request,
                request,
            )
        # If mailcow has not answered before, this may be the page of another server.
        if plain and answer.status == 200 and self._accepted:
            return answer.body.decode("utf-8", "replace")
        try:
            data = answer.json()
        except ValueError:
            self._refuse_strange(answer, method, path, "something that is not JSON" if answer.body.strip() else "no body")
        says_no = isinstance(data, dict) and data.get("type") == "error"
        if not (says_no or (answer.status == 200 and isinstance(data, (dict, list)))):
            self._refuse_strange(answer, method, path, "unexpected content")
        self._accepted = True
        if answer.status == 403:
            raise KeyRefused(
                "%s: the API key does not allow this (HTTP 403: %s). Writing needs the read-write key. %s"
                % (request, _said(answer), _KEY_HELP),
                request,
            )
        return data

    def _refuse_strange(self, answer: Answer, method: str, path: str, what: str) -> NoReturn:
        advice = ", so this is probably not the API of mailcow. Check url"
        if answer.status == 400 and b"HTTPS" in answer.body.upper():
            advice = ", because this port uses TLS. Use https:// in url"
        self._refuse(answer, method, path, "%s answered HTTP %d with %s" % (self.url, answer.status, what), advice)

    def _refuse(self, answer: Answer, method: str, path: str, what: str, advice: str) -> NoReturn:
        """Raise the error for an answer that is not mailcow's. ``advice``: what follows unless mailcow has answered before;
        then it comes from something in between, such as a proxy, which may have passed the request on.
        """
        request = "%s %s" % (method, path)
        if not self._accepted:
            raise ConnectionFailed("%s: %s%s" % (request, what, advice), request)
        message = "%s: %s, although it answered other requests correctly. See the log of the proxy in front of mailcow" % (request, what)
        if method != "GET":
            raise OutcomeUnknown(message, request, answer.pause)
        raise BadAnswer(message, request)


def _said(answer: Answer) -> str:
    """Give what mailcow says in the body of an HTTP error, or the status line."""
    try:
        return str(answer.json()["msg"])
    except (ValueError, LookupError, TypeError):
        return answer.reason or "no reason given"
