# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints the text of a page; fails if the page is not well-formed, would load or run something, or does not suit all screens."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

ALLOWED = """html head meta title style body main header section nav a h1 h2 h3 p dl div dt dd table thead tbody tr th td ul li small b i br
    bdi details summary svg g rect text"""
with open(sys.argv[1], encoding="utf-8") as page:
    # Possible line breaks in addresses are not part of the text.
    root = ElementTree.fromstring(page.read().replace("<wbr/>", ""))
places = [element.get("id") for element in root.iter() if element.get("id")]
assert len(places) == len(set(places)), places
for element in root.iter():
    assert element.tag in ALLOWED.split(), element.tag
    assert not {name for name in element.attrib if name in ("src", "style") or name.startswith("on")}, element.attrib
    # Links lead to existing elements of the page.
    assert "href" not in element.attrib or (element.get("href")[:1] == "#" and element.get("href")[1:] in places), element.attrib
    assert element.tag != "details" or element[0].tag == "summary", "a collapsed section has no summary"
style = root.find("head/style").text
assert "url(" not in style
assert "@import" not in style
# On narrow screens, each cell has a label instead of a column heading. Dark mode and print have their own colours.
for medium in ("(max-width: 46rem)", "(prefers-color-scheme: dark)", "print"):
    assert f"@media {medium} {{" in style, medium
for table in root.iter("table"):
    assert table.get("class") in ("drift", "numbers", "told")
    cells = [cell for row in table.find("tbody") for cell in row if cell.tag == "td"]
    assert table.get("class") == "told" or all(cell.get("data-label") or cell.get("colspan") for cell in cells)
assert root.find("head/meta[@name='viewport']") is not None
print(" ".join(" ".join(root.find("body").itertext()).split()))
