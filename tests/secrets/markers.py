# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that cannot be overlooked: which options take one, values for them, and whether they are seen somewhere."""

from __future__ import annotations

import copy
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

Path = tuple[str, ...]
# What JSON, HTML, Python and regular expressions write in another way.
HARD = "\"\\<b>&amp;'é€/$1.*\t{{ x }}"

# The secrets that are only compared with what mailcow shows, and never sent.
COMPARED: set[Path] = {("old_secret",)}


def secret_options(spec: Mapping[str, Any], place: Path = ()) -> Iterator[Path]:
    """The path of each option that is secret, found from an argument spec."""
    for name, details in spec.items():
        if details.get("no_log"):
            yield (*place, name)
        yield from secret_options(details.get("options") or {}, (*place, name))


def marker(place: Path, salt: str = "") -> str:
    """A value for a secret option, another one for each salt: 30 letters and digits, a key in PEM where there must be one."""
    if place[-1] == "private_key":
        return _private_key(salt)
    return "Mk1" + hashlib.sha256(repr((place, salt)).encode()).hexdigest()[:27]


@functools.cache
def _private_key(salt: str) -> str:
    key = rsa.generate_private_key(65537, 1024)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def marked(options: Mapping[str, Any], places: Iterable[Path], salt: str = "", end: str = "") -> tuple[dict[str, Any], set[str]]:
    """Options with a marker in each of the secret ones, followed by `end` where that is possible, and the set of the markers."""
    options, markers = copy.deepcopy(dict(options)), set()
    for place in places:
        inner = options
        for name in place[:-1]:
            inner = inner.setdefault(name, {})
        markers.add(marker(place, salt))
        inner[place[-1]] = marker(place, salt) + (end if len(place) == 1 and place[-1] != "private_key" else "")
    return options, markers


def seen(markers: Iterable[str], text: str) -> list[str]:
    """Which markers, or which lines of them, a text has."""
    text = text.lower()
    pieces = {line for one in markers for line in one.splitlines() if len(line) >= 16 and not line.startswith("-----")}
    return sorted(piece for piece in pieces if piece.lower() in text)
