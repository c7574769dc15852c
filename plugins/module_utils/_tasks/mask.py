# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which values of options are secret, and texts without them, whoever repeats them in whatever spelling."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from .._fields.field import Spec

# What Ansible puts in place of a secret.
_MASK = "********"
# How much of its beginning a secret is looked up by: enough that few places of a text come into question.
_START = 4
# The user and the password in a URL, also in one that is none: a password may hold an @ or a / that should have been written as %.
_CREDENTIALS = re.compile(r"(?:[a-z]+://)?([^:@]*:)?(.*)@", re.IGNORECASE | re.DOTALL)

# What everybody writes in the same way.
_PLAIN = re.compile(r"[!#-%(-.0-;=?-\[\]-~]*")
# A line of a secret that tells something by itself.
_LONG = 16
# With fewer secrets it is faster to look for each of them first.
_FEW = 16


def secrets_in(spec: Spec, params: Mapping[str, Any]) -> set[str]:
    """Give the secrets in options, checked or not: Ansible finds none at all when an option has the wrong shape."""
    found = {text for text in _credentials(params.get("url")) if text} if "url" in spec else set()
    for name, details in spec.items():
        value, inner = params.get(name), details.get("options")
        if details.get("no_log"):
            found.update(_texts(value))
        elif inner:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, Mapping):
                    found |= secrets_in(inner, one)
                elif any(option.get("no_log") for option in inner.values()):
                    found.update(_texts(one))
    return found


def _texts(value: Any) -> Iterator[str]:
    """Give all texts in a value; numbers as texts, and nothing for what tells nothing."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value)


def _credentials(url: Any) -> tuple[str, ...]:
    """Give the password in a URL, as it stands there and as it is meant; without one, what stands in place of a user."""
    found = _CREDENTIALS.match(url.strip()) if isinstance(url, str) else None
    return (found.group(2), unquote(found.group(2))) if found else ()


class Mask:
    """Takes secrets out of texts, also where a text has them as JSON or HTML would write them.

    As Ansible's own, but for two things: where secrets overlap no part of them is left, and its time grows with the length
    of the text and not with the number of secrets, which is thousands in a declared state.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._forms = {form for secret in secrets for form in _forms(secret)} - {""}
        self._few = self._forms if len(self._forms) < _FEW else None
        self._start = min([_START, *map(len, self._forms)])
        # The lengths of what begins in the same way.
        self._lengths: dict[str, set[int]] = {}
        for form in self._forms:
            self._lengths.setdefault(form[: self._start], set()).add(len(form))

    def __call__(self, value: Any) -> Any:
        """Give a value, or what is inside of it, without the secrets; keys of dictionaries stay."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {key: self(inner) for key, inner in value.items()}
        return [self(inner) for inner in value] if isinstance(value, (list, tuple)) else value

    def _text(self, text: str) -> str:
        if self._few is not None and not any(form in text for form in self._few):
            return text
        shown, end = [], 0
        for place in range(len(text)):
            for length in self._lengths.get(text[place : place + self._start], ()):
                if text[place : place + length] in self._forms:
                    if place >= end:
                        shown += [text[end:place], _MASK]
                    end = max(end, place + length)
        return "".join([*shown, text[end:]])


def _forms(secret: str) -> Iterator[str]:
    """Give a secret as others may write it: without spaces around it, in HTML, as JSON or Python would quote it, also twice, and
    the long lines of a key, which may be parted in any way.
    """
    yield secret
    if _PLAIN.fullmatch(secret):
        return
    yield from (line for line in secret.splitlines() if len(line) >= _LONG)
    in_html = html.escape(secret)
    # PHP has another number for the apostrophe, and older versions leave it as it is.
    php = {in_html.replace("&#x27;", "&#039;"), html.escape(secret, quote=False), in_html.replace("&#x27;", "'")}
    once = _quoted({secret, secret.strip(), html.unescape(secret), in_html, *php})
    for form in once | _quoted(once):
        yield from (form, html.unescape(form))


def _quoted(texts: set[str]) -> set[str]:
    """Give texts as they are, and as JSON of PHP and others and Python's repr write them inside of the quotes."""
    in_json = {json.dumps(text)[1:-1] for text in texts}
    php = {text.replace("/", "\\/") for text in in_json}
    return texts | in_json | php | {json.dumps(text, ensure_ascii=False)[1:-1] for text in texts} | {repr(text)[1:-1] for text in texts}
