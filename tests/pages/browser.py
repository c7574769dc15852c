# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A headless Chromium: what a page looks like at some width, and what is wrong with its layout there."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
import typing as t
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
# The page is in a frame, because no window of Chromium is as narrow as a phone. Its own policy lets no script run in it, but the page
# around it may look into it. A word is torn when it stands in two lines; where a word may break (a hyphen, a slash, a <wbr/>), it is two.
AROUND = """<!DOCTYPE html><meta charset="utf-8"/>
<style>body {{ margin: 0 }} iframe {{ border: 0; display: block; width: {width}px; height: 100px }}</style>
<iframe src="{url}"></iframe><script>
const frame = document.querySelector("iframe");
frame.onload = () => {{
  const page = frame.contentDocument, root = page.documentElement, torn = [];
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {{
    for (const word of texts.currentNode.data.matchAll(/[^\\s\\/-]{{1,30}}/g)) {{
      const range = page.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set(Array.from(range.getClientRects(), place => Math.round(place.top))).size > 1) torn.push(word[0]);
    }}
  }}
  frame.style.height = root.scrollHeight + "px";
  const background = page.defaultView.getComputedStyle(page.body).backgroundColor;
  const seen = {{width: root.scrollWidth, height: root.scrollHeight, torn, background}};
  document.body.append(Object.assign(document.createElement("output"), {{textContent: JSON.stringify(seen), hidden: true}}));
}};
</script>"""


class Layout(t.NamedTuple):
    """What is seen of a page: pixels that it takes, words that are broken in the middle, red, green and blue of its background."""

    width: int
    height: int
    torn: list[str]
    background: tuple[int, ...]


def _chromium(*arguments: str) -> str:
    """Run it; what it prints. It keeps nothing, and asks nothing of the network."""
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--disable-background-networking",
    ]
    with tempfile.TemporaryDirectory() as profile:
        command = [CHROMIUM, *options, f"--user-data-dir={profile}", *arguments]
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
        ).stdout


def look(page: Path, picture: Path, width: int, dark: bool = False) -> Layout:
    """Make a picture (PNG) of all of a page of so many pixels, and measure it."""
    with tempfile.TemporaryDirectory() as place:
        (around := Path(place, "around.html")).write_text(AROUND.format(width=width, url=page.resolve().as_uri()), encoding="utf-8")
        how = [f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--virtual-time-budget=5000"]
        found = re.search(r"<output[^>]*>(.*?)</output>", _chromium(*how, "--dump-dom", around.as_uri()), re.DOTALL)
        assert found, "Chromium did not lay out the page"
        seen = json.loads(html.unescape(found[1]))
        _chromium(*how, f"--window-size={max(width, 500)},{seen['height']}", f"--screenshot={picture.resolve()}", around.as_uri())
    return Layout(seen["width"], seen["height"], seen["torn"], tuple(map(int, re.findall(r"\d+", seen["background"])[:3])))


def on_paper(page: Path, file: Path) -> None:
    """Print a page into a PDF file."""
    _chromium("--no-pdf-header-footer", f"--print-to-pdf={file.resolve()}", page.resolve().as_uri())
