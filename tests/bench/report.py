# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports the results: tables for the terminal, and the guide on performance with its plot."""

from __future__ import annotations

import datetime
from pathlib import Path

from tests.bench import plot
from tests.bench.loops import COUNT
from tests.bench.measure import Figures
from tests.tools import rst

DOCSITE = Path(__file__).resolve().parents[2] / "docs/docsite"
_WAYS = {
    "mailcow_config": "``mailcow_config``, one task",
    "loop": "loop over the modules of single objects, in process",
    "module_loop": "the same, run as modules",
    "uri_loop": "loop over ``ansible.builtin.uri``",
    "get_each_10": "one GET per object over 10 connections",
    "floor": "bare requests over 4 connections",
}
_LOOP = {
    "loop": "loop over ``mailcow_mailbox``, in process",
    "floor": "its requests only, over one connection",
    "ansible": "a loop over ``debug``, for comparison",
    "module": "the same loop, run as modules",
    "uri": "loop over ``ansible.builtin.uri``",
}
_FORMS = {
    "text": "JSON text, ``lookup('ansible.builtin.file', …)``",
    "from_json": "a dictionary from ``from_json``",
    "vars_files": "variables from ``vars_files``",
}
_PARTS = {"no_drift": "nothing to change", "provision": "provisioning from scratch"}

_TEMPLATE = Path(__file__).with_name("performance.rst.in")
_NOTE = "Written by `make bench` from tests/bench/performance.rst.in; do not edit."


def text(results: list[Figures]) -> str:
    """Give the tables for a terminal."""
    lines = []
    for result in results:
        lines += ["", *_table(result)]
    task = results[0]["task"]
    if task:
        lines += [
            "",
            f"a task of mailcow_domain {task['in_process']:.3f} s, as a module {task['module']:.3f} s, of uri {task['uri']:.3f} s",
        ]
    lines += ["", *_loop(results[0])]
    lines += [f"start of ansible-playbook {results[0]['start']:.2f} s, load before the run {results[0]['load_before']}"]
    return "\n".join(lines)


def write(results: list[Figures]) -> None:
    """Write the guide and its plot."""
    plot.write(results, DOCSITE / "images/performance.svg")
    last = results[-1]
    titles = [f"{result['n']:,} mailboxes and {result['n']:,} aliases" for result in results]
    tables = [f"{title}\n{'-' * len(title)}\n" + "\n".join(_table(result)) for title, result in zip(titles, results, strict=True)]
    page = _TEMPLATE.read_text().format(
        note=_NOTE,
        findings="".join(_findings(results)),
        tables="\n".join(tables),
        growth="\n".join(_growth(results)),
        loop="\n".join(_loop(last)),
        count=COUNT,
        forms="\n".join(_forms(last)),
        start=last["start"],
        items=last["loop_items"],
        provisioned=last["provision"]["n"],
        server=last["server"],
        machine=last["machine"],
        load=last["load_before"],
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    (DOCSITE / "rst/guide_performance.rst").write_text(page)


def _table(result: Figures) -> list[str]:
    """Give the table of one N: a row for each way."""
    n, provisioned = result["n"], result["provision"]["n"]
    heads = {"no_drift": f"nothing to change ({n:,})", "provision": f"provisioning ({provisioned:,})"}
    rows = [["", heads["no_drift"], "relative", heads["provision"], "relative"]]
    for way, title in _WAYS.items():
        row = [title]
        for part in _PARTS:
            seconds = result[part].get(way)
            guessed = f"{part}.{way}" in result["extrapolated"]
            row += ["", ""] if seconds is None else [_seconds(seconds, guessed), _times(seconds / result[part]["mailcow_config"])]
        rows.append(row)
    return rst.table(rows[0], rows[1:])


def _loop(result: Figures) -> list[str]:
    """Give the table of a loop and its parts: seconds in total, milliseconds per item."""
    if not result["loop"]:
        return []
    rows = [[f"{COUNT} mailboxes", "nothing to change", "per item", "provisioning", "per item"]]
    for way, title in _LOOP.items():
        row = [title]
        for part in _PARTS:
            seconds = result["loop"][part][way]
            row += [_seconds(seconds, way in ("module", "uri")), f"{seconds / COUNT * 1000:.1f} ms"]
        rows.append(row)
    return rst.table(rows[0], rows[1:])


def _growth(results: list[Figures]) -> list[str]:
    """Give the table of what mailcow_config costs over N."""
    rows = [["N", "task", "floor", "task / floor", "ms per object", "requests", "peak memory", "CPU"]]
    for result in results:
        part = result["no_drift"]
        requests = "" if part["requests"] is None else str(part["requests"])
        ratio = part["mailcow_config"] / part["floor"]
        each = part["mailcow_config"] / result["n"] / 2 * 1000
        rows.append(
            [
                f"{result['n']:,}",
                _seconds(part["mailcow_config"]),
                _seconds(part["floor"]),
                f"{ratio:.2f}",
                f"{each:.2f}",
                requests,
                f"{part['peak_mib']:.0f} MiB",
                f"{part['cpu']:.2f} s",
            ]
        )
    return ["With nothing to change:", "", *rst.table(rows[0], rows[1:])]


def _forms(result: Figures) -> list[str]:
    """Give the table of the ways to hand many objects to the task."""
    rows = [[f"{result['n']:,} mailboxes and {result['n']:,} aliases", "task", "start of the play"]]
    rows += [[_FORMS[form], _seconds(each["task"]), _seconds(each["start"])] for form, each in result["forms"].items()]
    return rst.table(rows[0], rows[1:])


def _findings(results: list[Figures]) -> list[str]:
    """Give the summary."""
    lines = []
    for result in results:
        part = result["no_drift"]
        times = {way: _times(part[way] / part["mailcow_config"]) for way in ("loop", "uri_loop", "get_each_10")}
        lines.append(
            f"- {result['n']:,} mailboxes and {result['n']:,} aliases, nothing to change: **{_seconds(part['mailcow_config'])}**. "
            f"A loop over the modules takes {times['loop']} as long, a loop over ``ansible.builtin.uri`` {times['uri_loop']}, "
            f"one GET per object over 10 connections {times['get_each_10']}. "
            f"The bare requests take {_seconds(part['floor'])}, a ratio of {part['mailcow_config'] / part['floor']:.2f}.\n"
        )
    made = results[-1]["provision"]
    lines.append(
        f"- Provisioning {made['n']:,} mailboxes and {made['n']:,} aliases from scratch: **{_seconds(made['mailcow_config'])}**, "
        f"{made['mailcow_config'] / made['floor']:.2f} times the bare requests.\n"
    )
    task = results[-1]["task"]
    if task:
        lines.append(
            f"- A task of ``mailcow_domain`` with nothing to change takes {task['in_process'] * 1000:.0f} ms, run as a module "
            f"{task['module'] * 1000:.0f} ms, and a read with ``ansible.builtin.uri`` {task['uri'] * 1000:.0f} ms.\n"
        )
    loop = results[-1]["loop"]
    if loop:
        part = loop["no_drift"]
        lines.append(
            f"- A loop over {COUNT} mailboxes with nothing to change takes **{_seconds(part['loop'])}**. Run as modules, it takes "
            f"{_times(part['module'] / part['loop'])} as long, a loop over ``ansible.builtin.uri`` {_times(part['uri'] / part['loop'])}.\n"
        )
    return lines


def _seconds(value: float, guessed: bool = False) -> str:
    sign = "~ " if guessed else ""
    if value >= 5400:
        return f"{sign}{value / 3600:.1f} h"
    if value >= 300:
        return f"{sign}{value / 60:.0f} min"
    return f"{sign}{value:.{0 if value >= 100 else 1 if value >= 10 else 2}f} s"


def _times(value: float) -> str:
    return f"{value:,.{0 if value >= 10 else 1 if value >= 2 else 2}f} times"
