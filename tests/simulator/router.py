# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From an HTTP request to an answer, in the real server's order of checks (facts-server 1).

It knows HTTP and the shapes of mailcow's answers. What an object does is asked of the handler that it put into routes.py.
"""

from __future__ import annotations

import dataclasses
import json
import re
import time
import traceback
import typing as t
from urllib.parse import unquote_plus

from . import cors, php
from .call import Call
from .releases import OLDEST
from .routes import ANONYMOUS_FAILS, HANDLERS, PAGES, ROUTES, SINCE, UNTIL, Handler
from .state import Session, State

Headers = list[tuple[str, str]]

NGINX_404 = "\r\n".join(
    (
        "<html>",
        "<head><title>404 Not Found</title></head>",
        "<body>",
        "<center><h1>404 Not Found</h1></center>",
        "<hr><center>nginx/1.22.1</center>",
        "</body>",
        "</html>",
        "",
    )
)
VERBS = {"add": "Cannot add item", "edit": "Cannot edit item", "delete": "Cannot delete item"}
API_LOG_LINES = 10000


@dataclasses.dataclass
class Request:
    """What the router needs of an HTTP request. `path` is decoded once, as nginx gives it on."""

    method: str
    path: str
    query_string: str
    uri: str
    headers: t.Mapping[str, str]  # lower-case names
    body: bytes
    remote: str = "127.0.0.1"
    cookie: str | None = None


@dataclasses.dataclass
class Answer:
    """What goes back to the client, and what the request log and the latency model want to know about it."""

    status: int
    headers: Headers
    body: str = ""
    key: str | None = None
    route: str = ""  # as in ROUTES: get/mailbox/all
    extra: str | None = None  # the fourth part of the path: of get/mailbox/all/DOMAIN the domain that is listed
    items: int = 1
    rows: int = 0
    data: t.Any = None


class Stop(Exception):
    """Ends a call with an answer other than the usual one (an `exit` of the real server)."""

    def __init__(self, status: int, body: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def error(status: int, msg: str) -> Stop:
    """The exception to raise for mailcow's own shape of an error."""
    return Stop(status, php.json_compact({"type": "error", "msg": msg}))


def handle(state: State, request: Request) -> Answer:
    """Answer one request. The caller holds the lock."""
    path = _normalise(request.path)
    page = PAGES.get(path)
    if page and (text := page(state, request.headers.get("host", ""))) is not None:
        return Answer(200, [("Content-Type", "text/plain; charset=utf-8")], text)
    if not path.startswith("/api/v1/"):
        return Answer(404, [("Content-Type", "text/html")], NGINX_404)

    session = state.session(request.cookie)
    headers: Headers = []
    if request.cookie is None:
        secure = "; secure" if state.config.https or request.headers.get("x-forwarded-proto", "").lower() == "https" else ""
        headers.append(("Set-Cookie", "MCSESSID=%s; path=/%s; HttpOnly; SameSite=Lax" % (session.id, secure)))
    headers += [
        ("Expires", "Thu, 19 Nov 1981 08:52:00 GMT"),
        ("Cache-Control", "no-store, no-cache, must-revalidate"),
        ("Pragma", "no-cache"),
    ]
    html: Headers = [("Content-Type", "text/html; charset=UTF-8")]

    refused = _authenticate(state, session, request)
    if refused:
        return Answer(401, html + headers, php.json_compact({"type": "error", "msg": refused}), key="refused")

    base_url = "%s://%s" % ("https" if state.config.https else "http", state.config.hostname)
    cors_headers, methods = cors.headers(state, base_url, request.headers.get("origin"))
    headers += cors_headers
    if (
        request.method == "OPTIONS"
        and "access-control-request-method" in request.headers
        and "access-control-request-headers" in request.headers
    ):
        return Answer(200 if request.headers["access-control-request-method"] in methods else 405, html + headers)

    answer = Answer(200, [("Content-Type", "application/json"), *headers], key=session.access)
    try:
        answer.body = _api(state, session, request, path, base_url, answer)
    except Stop as stop:
        answer.status, answer.body = stop.status, stop.body
        return answer
    except php.PhpException as exception:
        # The body is empty; the entry stays in the session, and shows in the next answer of the same cookie.
        session.returns.append({"type": "danger", "log": ["exception_handler"], "msg": exception.message()})
        return answer
    except Exception as exception:
        # A slip of the simulator, most likely with a value of a type that nobody thought of: an exception is what PHP would most
        # likely do with it as well. It shows on stderr, so that it gets mended.
        traceback.print_exc()
        session.returns.append({"type": "danger", "log": ["exception_handler"], "msg": "An unknown error occured: %s" % exception})
        return answer
    if session.access is not None:
        session.returns.clear()
    return answer


def _normalise(path: str) -> str:
    """nginx joins slashes and resolves dots before it looks for a location."""
    path = re.sub(r"/+", "/", path)
    if "/." in path:
        parts: list[str] = []
        for part in path.split("/"):
            if part == "..":
                del parts[max(1, len(parts) - 1) :]
            elif part != ".":
                parts.append(part)
        path = "/".join(parts)
    return path


def _authenticate(state: State, session: Session, request: Request) -> str | None:
    """Log the session in by the key, if there is one; the reason of a refusal."""
    given = request.headers.get("x-api-key", "")
    if php.empty(given):
        return None
    key = state.db.one("SELECT * FROM api WHERE api_key = ? AND active = 1", re.sub(r"[^a-zA-Z0-9-]", "", given))
    if key and (key["skip_ip_check"] == 1 or php.ip_allowed(request.remote, php.split(key["allow_from"]))):
        session.access = "rw" if key["access"] == "rw" else "ro"
        return None
    state.redis.publish("F2B_CHANNEL", "mailcow UI: Invalid password for API_USER by %s" % request.remote)
    return "api access denied for ip %s" % request.remote if key else "authentication failed"


def _fields(text: str) -> dict[str, t.Any]:
    """PHP's $_GET or $_POST: the last of equal names wins, `x[]` gathers a list."""
    result: dict[str, t.Any] = {}
    for pair in filter(None, text.split("&")):
        name, _unused, value = pair.partition("=")
        name, value = unquote_plus(name), unquote_plus(value)
        match = re.fullmatch(r"([^\[]+)\[(.*)\]", name)
        if match:
            values = result.setdefault(match.group(1), {})
            if isinstance(values, dict):
                values[match.group(2) or str(len(values))] = value
        else:
            result[re.sub(r"[ .]", "_", name)] = value
    return result


def _api(state: State, session: Session, request: Request, path: str, base_url: str, answer: Answer) -> str:
    if state.since("2024-04") and request.headers.get("sec-fetch-dest", "empty") != "empty":
        raise Stop(403)

    # The path is put into a query string: it is decoded a second time, and an & ends it (facts-mailboxes 0.1).
    query = _fields("query=%s&%s" % (path.removeprefix("/api/v1/"), request.query_string))
    parts: list[str | None] = [*php.arg(query.pop("query", "")).split("/"), None, None, None]
    action, category, object_, extra = parts[:4]

    content_type = request.headers.get("content-type", "")
    is_json = "application/json" in content_type  # the case matters
    decoded = None
    post: dict[str, t.Any] = {}
    if "application/x-www-form-urlencoded" in content_type.lower() and request.method == "POST":
        post = _fields(request.body.decode("utf-8", "replace"))
    if is_json:
        decoded = php.json_decode(request.body)
        if action != "get" and decoded is None:
            raise error(400, "Request body doesn't contain valid json!")
        if action == "add":
            post["attr"] = request.body.decode("utf-8")
        elif action == "edit":
            if isinstance(decoded, str):
                raise php.PhpException("Cannot access offset of type string on string")
            fields = decoded if isinstance(decoded, dict) else {}
            post["attr"] = php.json_compact(fields.get("attr"))
            post["items"] = php.json_compact(fields.get("items"))
        elif action == "delete":
            post["items"] = request.body.decode("utf-8")
    _log_api_call(state, request, post)

    call = Call(state, session, category or "", object_, extra, query)
    call.base_url, call.remote = base_url, request.remote
    answer.extra = extra
    if action == "get":
        return _get(call, request, answer)
    if action == "search" and state.since("2026-03"):
        return _search(call, request, decoded, answer)
    if action in VERBS:
        return _write(call, request, t.cast(str, action), post, answer)
    raise error(404, "route not found")


def _log_api_call(state: State, request: Request, post: dict[str, t.Any]) -> None:
    """The server's own log of API calls, as get/logs/api shows it; keys with "pass" are starred (facts-server 19)."""
    shown = []
    for name, text in post.items():
        if name == "csrf_token":
            continue
        value = php.json_decode(php.arg(text))
        if not php.empty(value):
            if isinstance(value, dict):
                value = {key: "*" if "pass" in key.lower() else item for key, item in value.items() if key != "csrf_token"}
            value = php.json_compact(value)
        shown.append("%s='%s'" % (name, php.string(value)))
    line = {"time": int(time.time()), "uri": request.uri, "method": request.method, "remote": request.remote, "data": ", ".join(shown)}
    state.redis.lpush("API_LOG", json.dumps(line))
    if state.redis.llen("API_LOG") > 2 * API_LOG_LINES:
        state.redis.ltrim("API_LOG", 0, API_LOG_LINES - 1)


def _find(action: str, call: Call, answer: Answer) -> Handler | None:
    """The handler of a known route; None where the real server has the category but does nothing with the object."""
    objects = ROUTES[action].get(call.category)
    if objects is None or not call.since(SINCE.get("%s/%s" % (action, call.category), OLDEST)):
        raise error(404, "Invalid search category" if action == "search" else "route not found")
    name = call.object if call.object in objects and call.object != "*" else "*"
    if name not in objects:
        if call.category == "logs":
            raise error(404, "route not found")
        return None
    answer.route = "%s/%s%s" % (action, call.category, "" if name == "*" else "/" + t.cast(str, name))
    if not call.since(SINCE.get(answer.route, OLDEST)):
        raise error(404, "route not found")
    if answer.route in UNTIL and call.since(UNTIL[answer.route]):
        return None
    handler = HANDLERS.get((action, call.category, t.cast(str, name)))
    if handler is None:
        raise error(501, "%s is not simulated" % answer.route)
    return handler


def _get(call: Call, request: Request, answer: Answer) -> str:
    if request.method != "GET":
        raise error(405, "only GET method is allowed")
    if not call.admin:
        return ""
    handler = _find("get", call, answer)
    if handler is None:
        return ""
    data = handler.function(call)
    answer.rows = len(data) if isinstance(data, list) else 1
    if isinstance(data, php.Raw):
        return data
    return handler.empty if php.empty(data) and not isinstance(data, php.Obj) else php.json_pretty(data)


def _search(call: Call, request: Request, decoded: t.Any, answer: Answer) -> str:
    if request.method != "POST":
        raise error(405, "only POST method is allowed")
    if call.category in ROUTES["search"] and not call.admin:
        raise error(403, "Insufficient permissions")
    handler = _find("search", call, answer)
    assert handler is not None
    call.body = decoded
    data = handler.function(call)
    if data is False:
        return php.json_compact({"type": "error", "msg": "Cannot get item"})
    answer.rows = len(data.get("data", ())) if isinstance(data, dict) else 0
    return php.json_pretty(data)


def _array(value: t.Any) -> dict[str, t.Any]:
    """An (array) cast, as a dict."""
    if isinstance(value, dict):
        return dict(value)
    return {str(i): item for i, item in enumerate(php.array(value))}


def _merge(items: dict[str, t.Any], attr: dict[str, t.Any]) -> dict[str, t.Any]:
    """array_merge: attr on top (so an attribute with the name of the item key replaces the items); numbers counted anew."""
    result, count = dict(items), 0
    for key, value in attr.items():
        if re.fullmatch(r"0|-?[1-9][0-9]*", key):
            key, count = str(count), count + 1
        result[key] = value
    return result


def _write(call: Call, request: Request, action: str, post: dict[str, t.Any], answer: Answer) -> str:
    if call.session.access == "ro" or (action != "add" and not call.admin):
        raise error(403, "API read/write access denied")
    if ("items" if action == "delete" else "attr") not in post:
        raise error(200, "Cannot find attributes in post data")
    items = php.json_decode(php.arg(post["items"])) if "items" in post else None
    attr = _array(php.json_decode(php.arg(post["attr"]))) if "attr" in post else {}
    attr.pop("csrf_token", None)
    if request.method != "POST":
        raise error(405, "only POST method is allowed")
    if action == "add" and not call.admin and call.category in ANONYMOUS_FAILS:
        raise error(200, VERBS["add"])
    handler = _find(action, call, answer)
    if handler is None:
        return ""

    # (array) of the items: a list or the values of an object; a form without items has null there
    listed: t.Any = (items if isinstance(items, dict) else php.array(items)) if "items" in post else None
    if action == "add":
        call.body = call.data = attr
    elif action == "edit":
        call.data = _merge({handler.key: listed} if handler.key else {}, attr)
        call.items = php.array(listed)
    else:
        call.data = {handler.key: listed} if handler.key else {}
        call.items = php.array(listed)
        if call.object == "tag":
            # delete/domain/tag/NAME and delete/mailbox/tag/NAME: the items are tags (facts-server 1.5)
            call.data[{"domain": "domain", "mailbox": "username"}[call.category]] = call.extra
    call.prepare(handler)
    answer.items, answer.data = max(1, len(call.items)) if action != "add" else 1, call.data

    if action == "add" and not call.admin and handler.anonymous == "denied":
        result: t.Any = call.danger("access_denied")
    else:
        result = handler.function(call)
    if isinstance(result, php.Raw):
        return result
    if call.session.returns:
        return php.json_compact(call.session.returns)
    if result is False:
        return php.json_compact({"type": "error", "msg": VERBS[action]})
    return php.json_compact({"type": "success", "msg": "Task completed"})
