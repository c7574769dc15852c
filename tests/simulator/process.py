# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator for tests, in a process of its own:

with Simulator(seed="domains=2,mailboxes=5") as sim:
    ... sim.url, sim.rw_key ...
    assert not [request for request in sim.requests() if request["method"] != "GET"]
"""

from __future__ import annotations

import json
import pathlib
import ssl
import subprocess
import sys
import typing as t
import urllib.error
import urllib.request

from .state import RO_KEY, RW_KEY

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Simulator:
    """Options are those of the command line, with underscores; `fault` is a rule or a list of rules."""

    def __init__(self, **options: t.Any) -> None:
        options.setdefault("port", 0)
        self.options = options
        self.rw_key = options.get("rw_key", RW_KEY)
        self.ro_key = options.get("ro_key", RO_KEY)
        self.url = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> Simulator:
        command = [sys.executable, "-m", "tests.simulator"]
        for name, value in self.options.items():
            for single in value if isinstance(value, list) else [value]:
                text = json.dumps(single) if isinstance(single, dict) else str(single)
                command.append("--%s=%s" % (name.replace("_", "-"), text))
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if "listening on " not in line:
            self.stop()
            raise RuntimeError("the simulator did not start: %r" % line)
        self.url = line.split("listening on ")[1].strip()
        return self

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            if self.process.stdout:
                self.process.stdout.close()
            self.process = None

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(self, *unused: t.Any) -> None:
        self.stop()

    def control(self, method: str, path: str, body: t.Any = None) -> t.Any:
        return control(self.url, method, path, body)

    def requests(self) -> list[dict[str, t.Any]]:
        """All API requests so far, in order of arrival: method, path, key, status, seconds, body, fault."""
        return self.control("GET", "requests")

    def clear_requests(self) -> None:
        self.control("DELETE", "requests")

    def reset(self, seed: str | None = None) -> None:
        """A fresh server, seeded as at the start or as given."""
        self.control("POST", "reset", {} if seed is None else {"seed": seed})

    def plant(self, kind: str, command: str) -> None:
        self.control("POST", "plant", {"plant": kind, "command": command})

    def fault(self, **rule: t.Any) -> None:
        self.control("POST", "faults", rule)

    def clear_faults(self) -> None:
        self.control("DELETE", "faults")


def control(url: str, method: str, path: str, body: t.Any = None) -> t.Any:
    """One request to the control API of a running simulator."""
    request = urllib.request.Request(
        "%s/__simulator__/%s" % (url, path),
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    context = ssl._create_unverified_context() if url.startswith("https") else None
    try:
        with urllib.request.urlopen(request, context=context, timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as problem:
        raise ValueError("%s: %s" % (path, problem.read().decode())) from problem
