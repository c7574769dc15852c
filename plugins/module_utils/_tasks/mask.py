# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds secrets in options, and masks them in texts, in any of their spellings."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from .._fields.field import Spec

# Ansible's replacement for a secret.
_MASK = "********"
# The length of the beginning by which secrets are looked up, so that few places of a text have to be compared.
_START = 4
# The user and the password in a URL, even an invalid one: a password can contain an @ or a / that should have been encoded.
_CREDENTIALS = re.compile(r"(?:[a-z]+://)?([^:@]*:)?(.*)@", re.IGNORECASE | re.DOTALL)

# Texts that are the same in all spellings.
_PLAIN = re.compile(r"[!#-%(-.0-;=?-\[\]-~]*")
# The minimum length of a line of a secret that is masked by itself.
_LONG = 16
# With fewer secrets, it is faster to search for each of them first.
_FEW = 16


def secrets_in(spec: Spec, params: Mapping[str, Any]) -> set[str]:
    """Give the secrets in options, validated or not: Ansible finds none if an option has a wrong type."""
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
    """Give all texts in a value, and numbers as texts, without those that reveal nothing."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value)


def _credentials(url: Any) -> tuple[str, ...]:
    """Give the password in a URL, as written and decoded; without a password, the user."""
    found = _CREDENTIALS.match(url.strip()) if isinstance(url, str) else None
    return (found.group(2), unquote(found.group(2))) if found else ()


class Mask:
    """Masks secrets in texts, also in the spellings of JSON and HTML.

    It differs from Ansible's masking in two ways: it leaves no parts of overlapping secrets, and its time depends on the length of
    the text, not on the number of secrets, of which a declared state can have thousands.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._forms = {form for secret in secrets for form in _forms(secret)} - {""}
        self._few = self._forms if len(self._forms) < _FEW else None
        self._start = min([_START, *map(len, self._forms)])
        # The lengths of secrets by their beginning.
        self._lengths: dict[str, set[int]] = {}
        for form in self._forms:
            self._lengths.setdefault(form[: self._start], set()).add(len(form))

    def __call__(self, value: Any) -> Any:
        """Give a value with all secrets in it masked. Keys of dictionaries are kept."""
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
    """Give the spellings of a secret: without surrounding spaces, in HTML, quoted by JSON or Python, also twice, and the long lines
    of a key, which can be separated in any way.
    """
    yield secret
    if _PLAIN.fullmatch(secret):
        return
    yield from (line for line in secret.splitlines() if len(line) >= _LONG)
    in_html = html.escape(secret)
    # PHP encodes the apostrophe differently, and older versions do not encode it.
    php = {in_html.replace("&#x27;", "&#039;"), html.escape(secret, quote=False), in_html.replace("&#x27;", "'")}
    once = _quoted({secret, secret.strip(), html.unescape(secret), in_html, *php})
    for form in once | _quoted(once):
        yield from (form, html.unescape(form))


def _quoted(texts: set[str]) -> set[str]:
    """Give texts unchanged, and as in the quotes of JSON, by PHP and others, and of Python's repr."""
    in_json = {json.dumps(text)[1:-1] for text in texts}
    php = {text.replace("/", "\\/") for text in in_json}
    return texts | in_json | php | {json.dumps(text, ensure_ascii=False)[1:-1] for text in texts} | {repr(text)[1:-1] for text in texts}
