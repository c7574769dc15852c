# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Failures on demand: a WSGI layer around the server that breaks the answers a rule matches (see README.md)."""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import os
import re
import socket
import struct
import threading
import typing as t

# The server's own answer, spoiled on its way.
SPOILED = ("drip", "gzip", "instead", "length", "partial", "partial_success", "without")
KINDS = ("echo", "empty", "html", "json", "late", "reset", "slow", "status", "timeout", *SPOILED)
JSON = "application/json"
HTML = "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n</body>\r\n</html>\r\n"


@dataclasses.dataclass
class Fault:
    """One rule. See README.md for the fields."""

    kind: str
    method: str | None = None
    path: str = ""
    every: int = 1
    times: int | None = None
    after: int = 0
    when: str = "before"
    status: int | None = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    seconds: float = 30
    body: str | None = None
    type: str = "text/html"
    keep: int = 1
    key: str = ""
    value: t.Any = None
    seen: int = 0
    fired: int = 0
    over: threading.Event = dataclasses.field(default_factory=threading.Event)

    @classmethod
    def parse(cls, rule: str | dict[str, t.Any]) -> Fault:
        """A rule from its JSON or its fields. Raises ValueError or TypeError when it is none."""
        fields = json.loads(rule) if isinstance(rule, str) else rule
        fault = cls(**{key: value for key, value in fields.items() if key not in ("seen", "fired", "over")})
        if fault.kind not in KINDS or fault.when not in ("before", "after"):
            raise ValueError("a fault's kind is one of %s, its when is before or after" % ", ".join(KINDS))
        re.compile(fault.path)
        re.compile(fault.key)
        return fault

    @property
    def processed(self) -> bool:
        """Whether the request reaches the server before it is answered."""
        return self.kind != "late" and (self.when == "after" or self.kind in ("slow", *SPOILED))

    def matches(self, method: str, path: str) -> bool:
        """Whether it breaks this request, which counts for `every`, `after` and `times`."""
        if self.method not in (None, method) or not re.search(self.path, path):
            return False
        if self.times is not None and self.fired >= self.times:
            return False
        self.seen += 1
        if self.seen <= self.after or (self.seen - self.after) % self.every:
            return False
        self.fired += 1
        return True

    def hold(self, seconds: float) -> None:
        """Let time pass, until the rule is forgotten at the latest."""
        self.over.wait(seconds)


class Faults:
    """The rules in force; the first that matches breaks the request."""

    def __init__(self, rules: t.Iterable[str | dict[str, t.Any]] = ()) -> None:
        self.initial = list(rules)
        self.lock = threading.Lock()
        self.rules: list[Fault] = []
        self.reset()

    def reset(self) -> None:
        """Back to the rules of the command line, counted from the start."""
        self._forget([Fault.parse(rule) for rule in self.initial])

    def add(self, rule: str | dict[str, t.Any]) -> None:
        """One more rule, after the others."""
        with self.lock:
            self.rules.append(Fault.parse(rule))

    def clear(self) -> None:
        """Forget all rules; what they hold back goes on."""
        self._forget([])

    def _forget(self, rules: list[Fault]) -> None:
        with self.lock:
            old, self.rules = self.rules, rules
        for rule in old:
            rule.over.set()

    def pick(self, method: str, path: str) -> Fault | None:
        """The rule that breaks this request, None if none does."""
        with self.lock:
            return next((rule for rule in self.rules if rule.matches(method, path)), None)


def apply(
    fault: Fault, environ: dict[str, t.Any], start_response: t.Callable[..., t.Any], app: t.Callable[..., t.Iterable[bytes]]
) -> t.Iterable[bytes]:
    """Answer a request as the rule says. What is `late` is answered only: who calls this has it processed afterwards."""
    status, headers, body = "200 OK", [], b""
    if fault.kind == "slow" and fault.when == "before":
        fault.hold(fault.seconds)
    sent = environ["wsgi.input"].getvalue()
    if fault.processed:
        skipped = _shorten(fault.keep, environ) if fault.kind == "partial_success" else []
        captured: list[t.Any] = []
        body = b"".join(app(environ, lambda *args: captured.extend(args[:2])))
        status, headers = captured
        if skipped:
            body = _report(body, skipped)
    if fault.kind == "timeout" or (fault.kind == "slow" and fault.when == "after"):
        fault.hold(fault.seconds)

    if fault.kind == "timeout":
        raise ConnectionResetError("fault: timeout")
    if fault.kind == "reset":
        _reset(environ["werkzeug.socket"])
        raise ConnectionResetError("fault: reset")
    if fault.kind in ("status", "html", "late"):
        code = fault.status or {"status": 503, "html": 200, "late": 504}[fault.kind]
        status = "%d %s" % (code, "Fault")
        text = fault.body if fault.body is not None else HTML % (("%d Fault" % code,) * 2)
        headers, body = [("Content-Type", fault.type)], text.encode()
    elif fault.kind in ("empty", "json"):
        text = (fault.body or "[]") if fault.kind == "json" else ""
        status, headers, body = "200 OK", [("Content-Type", JSON)], text.encode()
    elif fault.kind == "echo":
        status, headers, body = "200 OK", [("Content-Type", JSON)], _echo(sent, body)
    elif fault.kind in ("without", "instead"):
        body = _twist(body, fault)
    elif fault.kind == "gzip":
        headers, body = [*headers, ("Content-Encoding", "gzip")], _spoil(gzip.compress(body))

    length = len(body) // 2 if fault.kind == "length" else len(body)
    headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
    headers += [*fault.headers.items(), ("Content-Length", str(length))]
    start_response(status, headers)
    if fault.kind == "drip":
        return _drip(body, fault)
    if fault.kind == "partial":
        return _cut(body)
    return [body]


def _twist(body: bytes, fault: Fault) -> bytes:
    """The answer with the values of some keys replaced, or without these keys, wherever they stand in it."""

    def twisted(value: t.Any) -> t.Any:
        if isinstance(value, list):
            return [twisted(item) for item in value]
        if not isinstance(value, dict):
            return value
        hit = {key for key in value if re.search(fault.key, key)}
        pairs = {key: fault.value if key in hit else twisted(inner) for key, inner in value.items()}
        return {key: inner for key, inner in pairs.items() if fault.kind == "instead" or key not in hit}

    return json.dumps(twisted(json.loads(body))).encode() if body.strip() else body


def _echo(sent: bytes, answer: bytes) -> bytes:
    """Entries that repeat each value of the request: beside those of the answer as a warning, or in place of them as a refusal."""

    def values(value: t.Any) -> t.Iterator[t.Any]:
        if isinstance(value, (dict, list)):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from values(inner)
        else:
            yield value

    entries = json.loads(answer) if answer.strip() else []
    entries = entries if isinstance(entries, list) else [entries]
    said = ["echo", *(values(json.loads(sent)) if sent.strip() else ())]
    return json.dumps([*entries, {"type": "warning" if entries else "danger", "log": said, "msg": said}]).encode()


def _spoil(body: bytes) -> bytes:
    """Compressed data with a wrong byte in the middle."""
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 0xFF]) + body[middle + 1 :]


def _drip(body: bytes, fault: Fault) -> t.Iterator[bytes]:
    for i in range(len(body)):
        fault.hold(fault.seconds / len(body))
        yield body[i : i + 1]


def _cut(body: bytes) -> t.Iterator[bytes]:
    yield body[: len(body) // 2]
    raise ConnectionResetError("fault: partial")


def _reset(connection: socket.socket) -> None:
    """Close so that the client gets a reset: no lingering, and at once, whatever file objects still hold the socket."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())


def _shorten(keep: int, environ: dict[str, t.Any]) -> list[t.Any]:
    """Let only the first `keep` items of an edit or delete reach the server; the others."""
    try:
        body = json.loads(environ["wsgi.input"].getvalue())
    except ValueError:
        return []
    items = body.get("items") if isinstance(body, dict) else body
    if not isinstance(items, list) or len(items) <= keep:
        return []
    if isinstance(body, dict):
        body["items"] = items[:keep]
    else:
        body = items[:keep]
    text = json.dumps(body).encode()
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(text), str(len(text))
    return items[keep:]


def _report(body: bytes, skipped: list[t.Any]) -> bytes:
    """The answer of the items done, and an entry of failure for each of the others."""
    try:
        entries = json.loads(body)
    except ValueError:
        return body
    entries = entries if isinstance(entries, list) else []
    entries += [{"type": "danger", "log": ["fault", "partial_success"], "msg": ["access_denied", item]} for item in skipped]
    return json.dumps(entries).encode()
