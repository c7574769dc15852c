# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The faults of the matrix: what each is called, which requests it can break, and the rules by which the simulator does it."""

from __future__ import annotations

import dataclasses
import typing as t

# Seconds: until what is late is done; for which an answer is waited for where silence is the fault.
LATER = 0.06
SILENCE = 1
_WAITING = ("timeout", "slow", "drip")
_STATUS = [*((status, None) for status in (403, 404, 413, 500, 502, 503, 504)), (502, ""), (504, "")]
_ODD = ["[null]", '["x"]', "[[]]", '{"a": 1}', "3", "null", '[{"a": [', "[1e999]"]
# A list may hold an empty object (facts-mailboxes 1.1).
_NOTHING = ["[]", "{}", "[{}]"]
_PAUSES = ["\u00b2", "-1", "soon", "Wed, 21 Oct 2015 07:28:00 GMT", "9" * 30]
_VALUES = [None, [], "x", -1, {"a": 1}]


@dataclasses.dataclass(frozen=True)
class Fault:
    """One way to fail.

    ``name``: what the table calls it; ``rule``: of the simulator, without method and path; ``methods``: of the requests that it
    can break; ``waits``: whether it takes seconds, so that it is tried with some requests only; ``lies``: whether the answer is
    one that a server could give, so that a client has to believe it.
    """

    name: str
    rule: dict[str, t.Any]
    methods: tuple[str, ...] = ("GET", "POST")
    waits: bool = False
    lies: bool = False


def _both(name: str, rule: dict[str, t.Any], methods: tuple[str, ...] = ("GET", "POST")) -> t.Iterator[Fault]:
    """Before the request is processed, and, for a write, afterwards."""
    yield Fault(name, rule, methods)
    yield Fault("%s, done" % name, {**rule, "when": "after"}, ("POST",))


def _lasting(faults: t.Iterable[Fault]) -> list[Fault]:
    """One fault of each kind that a client can tell from a true answer: what is tried again and again."""
    kinds = {(fault.rule["kind"], fault.rule.get("when"), fault.methods): fault for fault in reversed(list(faults)) if not fault.lies}
    return [fault for fault in kinds.values() if not fault.waits]


def _all() -> t.Iterator[Fault]:
    for status, body in _STATUS:
        page = "an empty page" if body == "" else "a page"
        yield from _both(
            "HTTP %d with %s" % (status, page), {"kind": "status", "status": status, **({} if body is None else {"body": body})}
        )
    yield from _both("a redirect", {"kind": "status", "status": 302, "headers": {"Location": "/"}})
    yield from _both("HTTP 200 with a page", {"kind": "html"})
    yield from _both("HTTP 200 with nothing", {"kind": "empty"})
    for body in _ODD:
        yield from _both("the answer `%s`" % body, {"kind": "json", "body": body})
    for body in _NOTHING:
        yield Fault("the list `%s`" % body, {"kind": "json", "body": body}, ("GET",), lies=True)
        yield from _both("the answer `%s`" % body, {"kind": "json", "body": body}, ("POST",))
    yield from _both("a reset connection", {"kind": "reset"})
    for kind, name in (("partial", "half an answer"), ("gzip", "broken compression"), ("length", "a wrong Content-Length")):
        yield Fault(name, {"kind": kind})
    for pause in _PAUSES:
        yield Fault("HTTP 503 with `Retry-After: %s`" % pause, {"kind": "status", "headers": {"Retry-After": pause}})
    yield Fault("objects without any key", {"kind": "without"}, ("GET",), lies=True)
    for value in _VALUES:
        yield Fault("objects whose values are all `%r`" % (value,), {"kind": "instead", "value": value}, ("GET",), lies=True)
    for key in ("type", "msg"):
        yield Fault("entries without `%s`" % key, {"kind": "without", "key": "^%s$" % key}, ("POST",))
        for value in (None, 3, {"a": 1}):
            yield Fault("entries whose `%s` is `%r`" % (key, value), {"kind": "instead", "key": "^%s$" % key, "value": value}, ("POST",))
    yield Fault("a refusal that repeats the request", {"kind": "echo"}, ("POST",))
    yield Fault("a warning that repeats the request", {"kind": "echo", "when": "after"}, ("POST",))
    yield Fault("HTTP 504 at once, done later", {"kind": "late", "seconds": LATER}, ("POST",))
    yield from _both("no answer", {"kind": "timeout", "seconds": 2 * SILENCE})
    yield Fault("a slow answer, done later", {"kind": "slow", "seconds": 1.1 * SILENCE})
    yield Fault("a byte now and then", {"kind": "drip", "seconds": 3 * SILENCE})


FAULTS = tuple(dataclasses.replace(fault, waits=fault.rule["kind"] in _WAITING) for fault in _all())
LASTING = _lasting(FAULTS)
