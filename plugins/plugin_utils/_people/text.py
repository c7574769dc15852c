# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decodes a file of unknown encoding, and recognizes text that was decoded wrongly before."""

from __future__ import annotations

import codecs

# UTF-32 before UTF-16, because its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that are examined to detect UTF-16.
_SAMPLE = 4096


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Give the text and its encoding. If ``encoding`` is empty, it is detected: by the byte order mark; UTF-16 if many bytes in odd or
    even places are zero; UTF-8 if all of the file is valid; otherwise Windows-1252. Raises ValueError if the file is not in this encoding.
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
    # Most lists contain much ASCII, which in UTF-16 has a zero byte before or after each letter.
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
    """Give the original of UTF-8 text that was decoded as Windows-1252 (``MÃ¼ller``), "" for other text."""
    if text.isascii():
        return ""
    try:
        meant = text.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return ""
    return "" if meant == text else meant
