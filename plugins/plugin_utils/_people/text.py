# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the bytes of a file to text, whatever program wrote it; and what shows that somebody read it wrongly before."""

from __future__ import annotations

import codecs

# The longer mark first: it begins like the other one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How much of a file is looked at to find out what it is.
_SAMPLE = 4096


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Give the text, and the encoding it was in. Without an ``encoding``: what the byte order mark says; UTF-16 where every other byte is
    zero; UTF-8 where all of it is valid; else Windows-1252. Raises ValueError when it is none of these, or not the one that was given.
    """
    name = encoding or _guess(data)
    try:
        return data.decode(name).lstrip("\ufeff"), name
    except LookupError as error:
        raise ValueError("there is no encoding %s" % name) from error
    except UnicodeError as error:
        raise ValueError("the file is not in the encoding %s: %s" % (name, error)) from error


def _guess(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    # Half of nearly every list is ASCII, which has a zero in front of or behind each letter in UTF-16.
    if sample[1::2].count(0) > len(sample) / 8:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) / 8:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def misread(text: str) -> str:
    """Give what was meant where UTF-8 had been read as Windows-1252 (``MÃ¼ller``), and nothing where the text is good."""
    if text.isascii():
        return ""
    try:
        meant = text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return ""
    return "" if meant == text else meant
