# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creates addresses from the values of a person with a pattern such as ``{first_name}.{last_name}@example.com``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Customary replacements of letters in their languages. Accents are removed from all others.
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
    """Give the names in braces. Raises ValueError if there are other braces."""
    if set("{}") & set(_PLACE.sub("", rule)):
        raise ValueError("%r has braces without a name: write {first_name}, or {first_name:1} for its first letter" % rule)
    return [match.group(1) for match in _PLACE.finditer(rule)]


def fill(rule: str, values: Mapping[str, str], letters: Mapping[str, str]) -> str:
    """Give the address for the values of a person. Before the @, values are converted to letters that are valid in addresses; after
    it, to lower case. ``{name:2}`` is replaced by the first two letters.

    Raises ValueError if a value contains a letter that cannot be converted.
    """
    local, at, domain = rule.rpartition("@")

    def spelled(match: re.Match[str]) -> str:
        text = spell(values[match.group(1)], letters)
        return text[: int(match.group(2))] if match.group(2) else text

    return _PLACE.sub(spelled, local) + at + _PLACE.sub(lambda match: values[match.group(1)], domain).lower()


def spell(text: str, letters: Mapping[str, str]) -> str:
    """Convert a name for an address: ``Jörg-Peter O'Neill`` becomes ``joerg-peter-oneill``. Raises ValueError."""
    lower = unicodedata.normalize("NFC", text).lower()
    replaced = "".join(letters.get(letter, letter) for letter in lower)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", replaced) if not unicodedata.combining(letter))
    plain = re.sub("['`\"\u2019\u02bc\u00b4.,()]", "", plain)
    result = re.sub(r"[\s–—/_-]+", "-", plain).strip("-")
    strange = sorted({letter for letter in result if not (letter.isascii() and (letter.isalnum() or letter == "-"))})
    if strange:
        raise ValueError("an address cannot have the letters %s" % " ".join(strange))
    return result
