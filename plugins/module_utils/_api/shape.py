# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks the structure of mailcow's answers before they are interpreted. It knows none of mailcow's objects."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from .errors import BadAnswer

_SHOWN = 60
_OTHER = "a value has the wrong type"
# What a function raises when a value is not what it expects.
PUZZLED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_WORDS = {dict: "an object", list: "a list", bool: "a flag", int: "a number", float: "a number", str: "a text", type(None): "null"}


def asked(route: str, *segments: str) -> str:
    """Give the name of a GET in messages."""
    return "GET get/" + "/".join((route, *segments))


def told(value: Any, secret: bool = False) -> str:
    """Give a value of an answer for messages: short, and without the content of a ``secret``."""
    # None, True and False are Python's words.
    text = json.dumps(value) if value is None or isinstance(value, bool) else repr(value)
    if secret or isinstance(value, (dict, list)) or len(text) > _SHOWN:
        return _WORDS.get(type(value), "something else")
    return text


def rows(answer: Any, request: str) -> list[dict[str, Any]]:
    """Give the objects of a list, [] for no answer. Raises BadAnswer when the answer is anything else."""
    if answer is None:
        return []
    if not isinstance(answer, list):
        raise BadAnswer("%s: mailcow did not answer with a list of objects, but with %s" % (request, told(answer)), request)
    for row in answer:
        if not isinstance(row, dict):
            raise BadAnswer("%s: mailcow did not answer with a list of objects only; it contains %s" % (request, told(row)), request)
    return answer


def one(answer: Any, request: str) -> dict[str, Any] | None:
    """Give an object, None for no answer. Raises BadAnswer when the answer is anything else."""
    if answer is None or isinstance(answer, dict):
        return answer
    raise BadAnswer("%s: mailcow did not answer with an object, but with %s" % (request, told(answer)), request)


def name_in(row: Mapping[str, Any], key: str, request: str) -> str:
    """Give the text under ``key`` of an object. Raises BadAnswer when there is none."""
    name = row.get(key)
    if isinstance(name, str):
        return name
    raise BadAnswer("%s: mailcow answered with an object whose %s is %s instead of a name" % (request, key, told(name)), request)


@contextlib.contextmanager
def understood(what: str, request: str | None = None) -> Iterator[None]:
    """Interpret an answer; ``what`` names it in messages. Raises BadAnswer if it has another structure than the function
    expects.
    """
    try:
        yield
    except PUZZLED as error:
        # Python's messages about values of another type are not helpful for users.
        said = "%s is missing" % error if isinstance(error, KeyError) else str(error) if isinstance(error, ValueError) else ""
        reason = said or _OTHER
        raise BadAnswer("%s: mailcow's answer cannot be parsed (%s)" % (what, reason), request) from error
