# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Replay a recording of a real server against a fresh simulator and compare every answer."""

from __future__ import annotations

import dataclasses
import http.client
import json
import pathlib
import re
import ssl
import typing as t
from urllib.parse import quote, urlsplit

from tests.simulator.process import control
from tests.simulator.state import RO_KEY, RW_KEY

# Headers of the web server itself; everything else must stand in the recording as well.
TRANSPORT = ("date", "server", "connection", "content-length", "keep-alive")
LAST_COOKIE = "<from the last Set-Cookie>"

# What was done to the recorded server between two calls, and stands in its recording only in words (facts-server, "Replaying the
# recordings"): scenario -> step -> service and state, set before the step.
STAND_INS = {"quarantine": {20: "postfix down", 23: "postfix 550 no such user", 24: "postfix up"}}


@dataclasses.dataclass
class Mismatch:
    """One difference: the step (counted from 0), the JSON pointer or what else differs, and both values."""

    step: int
    request: str
    where: str
    expected: t.Any
    got: t.Any

    def __str__(self) -> str:
        return "step %d %s: %s: expected %s, got %s" % (self.step, self.request, self.where, _short(self.expected), _short(self.got))


def _short(value: t.Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:400] + "…"


MISSING = "<missing>"


def compare(expected: t.Any, got: t.Any, volatile: t.Collection[str] = (), pointer: str = "") -> t.Iterator[tuple[str, t.Any, t.Any]]:
    """The differences of two JSON values as (pointer, expected, got). Types and list order count, the order of keys does not."""
    if pointer in volatile:
        if type(expected) is not type(got):
            yield pointer + " (type)", type(expected).__name__, got
    elif type(expected) is not type(got):
        yield pointer, expected, got
    elif isinstance(expected, dict):
        for key in [*expected, *(key for key in got if key not in expected)]:
            below = "%s/%s" % (pointer, key.replace("~", "~0").replace("/", "~1"))
            if key not in got or key not in expected:
                yield below, expected.get(key, MISSING), got.get(key, MISSING)
            else:
                yield from compare(expected[key], got[key], volatile, below)
    elif isinstance(expected, list):
        if len(expected) != len(got):
            yield pointer + " (length)", expected, got
        else:
            for i, (left, right) in enumerate(zip(expected, got, strict=True)):
                yield from compare(left, right, volatile, "%s/%d" % (pointer, i))
    elif expected != got:
        yield pointer, expected, got


class Replay:
    """One connection to a simulator; run() replays a recording."""

    def __init__(self, url: str, rw_key: str = RW_KEY, ro_key: str = RO_KEY) -> None:
        self.url = url
        self.keys = {"rw": rw_key, "ro": ro_key}
        self.literals = {RW_KEY: rw_key, RO_KEY: ro_key}
        parts = urlsplit(url)
        if parts.scheme == "https":
            context = ssl._create_unverified_context()
            self.connection: http.client.HTTPConnection = http.client.HTTPSConnection(parts.netloc, timeout=60, context=context)
        else:
            self.connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        self.cookie = ""

    def run(self, recording: dict[str, t.Any]) -> list[Mismatch]:
        """The differences between a recording and what the simulator answers, which is reset before."""
        control(self.url, "POST", "reset", {"seed": ""})
        self.cookie = ""
        mismatches = []
        services = STAND_INS.get(recording.get("scenario", ""), {})
        for number, step in enumerate(recording["steps"][: recording.get("replay_until")]):
            if number in services:
                control(self.url, "POST", "plant", {"plant": "service", "command": services[number]})
            if "plant" in step:
                try:
                    control(self.url, "POST", "plant", {"plant": step["plant"], "command": step["command"]})
                except ValueError as problem:
                    mismatches.append(Mismatch(number, "plant " + step["plant"], "error", None, str(problem)))
                continue
            request = "%s %s" % (step["method"], step["path"])
            try:
                found = list(self._step(step))
            except (http.client.HTTPException, OSError) as problem:
                self.connection.close()
                found = [("connection", None, repr(problem))]
            mismatches += [Mismatch(number, request, *difference) for difference in found]
        return mismatches

    def _request(self, step: dict[str, t.Any]) -> tuple[str, dict[str, str], bytes | None]:
        path = step["path"] if step["path"].startswith("/") else "/api/v1/" + step["path"]
        body = None
        if "raw_body" in step:
            body = step["raw_body"].encode("utf-8")
        elif "body" in step:
            body = json.dumps(step["body"]).encode()
        if "request_headers" in step:
            headers = {}
            for name, value in step["request_headers"].items():
                for literal, key in self.literals.items():
                    value = value.replace(literal, key)
                headers[name] = value.replace(LAST_COOKIE, self.cookie)
        else:
            headers = {} if step["key"] is None else {"X-API-Key": self.keys.get(step["key"], step["key"])}
        if body is not None and "request_headers" not in step:
            headers["Content-Type"] = "application/json"
        return quote(path, safe="%/?:@!$&'()*+,;=~#[]-._"), headers, body

    def _step(self, step: dict[str, t.Any]) -> t.Iterator[tuple[str, t.Any, t.Any]]:
        path, headers, body = self._request(step)
        self.connection.putrequest(step["method"], path, skip_accept_encoding=True)
        for name, value in headers.items():
            self.connection.putheader(name, value)
        if body is not None or step["method"] in ("POST", "PUT", "PATCH"):
            self.connection.putheader("Content-Length", str(len(body or b"")))
        self.connection.endheaders(body or None)
        response = self.connection.getresponse()
        text = response.read().decode("utf-8")
        shown = [(name, value) for name, value in response.getheaders() if name.lower() not in TRANSPORT]
        for name, value in shown:
            match = re.match(r"MCSESSID=([^;]*)", value) if name == "Set-Cookie" else None
            if match:
                self.cookie = match.group(1)

        if response.status != step["status"]:
            yield "status", step["status"], response.status
        if "response_headers" in step:
            yield from self._headers(step["response_headers"], shown)
        if "content_type" in step and response.getheader("Content-Type") != step["content_type"]:
            yield "content_type", step["content_type"], response.getheader("Content-Type")
        if "response_text" in step:
            if text != step["response_text"]:
                yield "response_text", step["response_text"], text
            return
        try:
            got = json.loads(text)
        except ValueError:
            yield "response", step["response"], text
            return
        yield from compare(step["response"], got, step.get("volatile", ()))

    @staticmethod
    def _headers(expected: list[list[str]], got: list[tuple[str, str]]) -> t.Iterator[tuple[str, t.Any, t.Any]]:
        """All headers, in order; `<random>` stands for any text."""
        same = len(expected) == len(got) and all(
            name == other and re.fullmatch(re.escape(value).replace("<random>", ".+"), given)
            for (name, value), (other, given) in zip(expected, got, strict=True)
        )
        if not same:
            yield "response_headers", expected, got


def load(path: str | pathlib.Path) -> dict[str, t.Any]:
    """The recording of a file."""
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
