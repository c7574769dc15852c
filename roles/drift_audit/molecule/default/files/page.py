# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints the text of a page; fails when the page is not well-formed, or would load or run something."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

ALLOWED = """html head meta title style body main header section h1 h2 h3 p dl div dt dd table thead tbody tr th td small b i br wbr
    details summary svg g rect text"""
root = ElementTree.parse(sys.argv[1]).getroot()
for element in root.iter():
    assert element.tag in ALLOWED.split(), element.tag
    assert not {name for name in element.attrib if name in ("src", "href", "style") or name.startswith("on")}, element.attrib
style = root.find("head/style").text
assert "url(" not in style
assert "@import" not in style
print(" ".join(" ".join(root.find("body").itertext()).split()))
