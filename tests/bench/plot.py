# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plot of the report: time over N, one line for each way."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

from tests.bench.measure import Figures

# The label, the colour (told apart by the colour-blind, too) and the marker of each way, from the slowest.
_STYLES = {
    "module_loop": ("loop over the modules, as modules", "#d55e00", "s"),
    "loop": ("loop over the modules, in process", "#cc79a7", "v"),
    "uri_loop": ("loop over ansible.builtin.uri", "#e69f00", "D"),
    "get_each_10": ("one GET per object, 10 connections", "#0072b2", "^"),
    "mailcow_config": ("mailcow_config", "#009e73", "o"),
    "floor": ("bare requests, 4 connections", "#555555", "x"),
}
_TITLES = {"no_drift": "Nothing to change", "provision": "Provisioning from scratch"}
_TIMES = {0.1: "0.1 s", 1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3600: "1 h", 36000: "10 h"}
# The three lines at the top of this file: Matplotlib writes none of its own.
_LICENSE = [line.lstrip("# ") for line in Path(__file__).read_text().splitlines()[:3]]


def write(results: list[Figures], path: Path) -> None:
    """Draw the results to an SVG file."""
    # Only here: it takes a second, and nothing else needs it.
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "bench", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10})
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(11, 5), sharex=True, sharey=True, layout="constrained")
    for panel, (part, title) in zip(panels, _TITLES.items(), strict=True):
        _draw(panel, results, part)
        panel.set_title(title)
        panel.set_xlabel("mailboxes, and as many aliases")
        panel.grid(alpha=0.3)
    panels[0].set_yticks(list(_TIMES), list(_TIMES.values()), minor=False)
    panels[0].set_yticks([], minor=True)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    head, rest = path.read_text().split("\n", 1)
    path.write_text("\n".join([head, "<!--", *_LICENSE, "-->", ""]) + re.sub(r" +$", "", rest, flags=re.MULTILINE))


def _draw(panel: t.Any, results: list[Figures], part: str) -> None:
    points: dict[int, Figures] = {}
    for result in results:
        points.setdefault(result[part].get("n", result["n"]), result)
    for way, (label, colour, marker) in _STYLES.items():
        if way not in results[0][part]:
            continue
        guessed = f"{part}.{way}" in results[-1]["extrapolated"]
        panel.plot(
            list(points),
            [result[part][way] for result in points.values()],
            label=label + (" (extrapolated)" if guessed else ""),
            color=colour,
            marker=marker,
            linestyle="--" if guessed else "-",
            markerfacecolor="white" if guessed else colour,
        )
    panel.set_xscale("log")
    panel.set_yscale("log")
    ticks = [result["n"] for result in results]
    panel.set_xticks(ticks, [f"{n:,}" for n in ticks], minor=False)
    panel.set_xticks([], minor=True)
