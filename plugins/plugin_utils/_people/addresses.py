# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses made of what the list says about a person, by a rule such as ``{first_name}.{last_name}@example.com``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# As names are written without these letters where they come from. All others lose their accents.
LETTERS = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "æ": "ae",
    "ø": "oe",
    "å": "aa",
    "þ": "th",
    "ð": "d",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "œ": "oe",
}
_PLACE = re.compile(r"\{(\w+)(?::(\d+))?\}")


def placeholders(rule: str) -> list[str]:
    """Give the names in curly brackets. Raises ValueError when there are brackets that are no place for a value."""
    if set("{}") & set(_PLACE.sub("", rule)):
        raise ValueError("%r has brackets without a name: write {first_name}, or {first_name:1} for its first letter" % rule)
    return [match.group(1) for match in _PLACE.finditer(rule)]


def fill(rule: str, values: Mapping[str, str], letters: Mapping[str, str]) -> str:
    """Give the address that a rule makes of the values. Those before the @ are spelled in letters that an address may have, those
    after it stay what they are. ``{name:2}`` takes the first two letters.

    Raises ValueError when a value has a letter that has no spelling.
    """
    local, at, domain = rule.rpartition("@")

    def spelled(match: re.Match[str]) -> str:
        text = spell(values[match.group(1)], letters)
        return text[: int(match.group(2))] if match.group(2) else text

    return _PLACE.sub(spelled, local) + at + _PLACE.sub(lambda match: values[match.group(1)], domain).lower()


def spell(text: str, letters: Mapping[str, str]) -> str:
    """Give a name as it can stand in an address: ``Jörg-Peter O'Neill`` becomes ``joerg-peter-oneill``."""
    lower = unicodedata.normalize("NFC", text).lower()
    replaced = "".join(letters.get(letter, letter) for letter in lower)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", replaced) if not unicodedata.combining(letter))
    plain = re.sub("['`\"\u2019\u02bc\u00b4.,()]", "", plain)
    result = re.sub(r"[\s–—/_-]+", "-", plain).strip("-")
    strange = sorted({letter for letter in result if not (letter.isascii() and (letter.isalnum() or letter == "-"))})
    if strange:
        raise ValueError("an address cannot have the letters %s" % " ".join(strange))
    return result
