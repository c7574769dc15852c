# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator in a process of its own, and its control API: what all tests and tools start and talk to.

with Simulator(seed="domains=2,mailboxes=5") as sim:
    ... sim.url, sim.rw_key ...
    assert not [request for request in sim.requests() if request["method"] != "GET"]

Nothing here knows how the simulator works inside; only the default keys are shared with it.
"""

from __future__ import annotations

import json
import pathlib
import re
import ssl
import subprocess
import sys
import threading
import time
import typing as t
import urllib.error
import urllib.parse
import urllib.request

from .state import RO_KEY, RW_KEY

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTENING = re.compile(r"mailcow simulator listening on (\S+)")
# Seconds for what normally comes at once, on a machine that may be busy with other things.
PATIENCE = 60
# As Linux calls the states of a connection: open, and closed by the client but not by the server.
ESTABLISHED, CLOSE_WAIT = "01", "08"


def wait_until(happened: t.Callable[[], t.Any]) -> None:
    """Look until it has happened. Raises TimeoutError when it does not."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("it did not happen within %d seconds" % PATIENCE)
        time.sleep(0.01)


def connections(url: str) -> set[str]:
    """The states of the connections to a server on this machine, also of those that it has not accepted yet."""
    port = "%04X" % (urllib.parse.urlsplit(url).port or 0)
    rows = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {row[3] for row in rows if row[1].endswith(":" + port)}


class Simulator:
    """Options are those of the command line, with underscores; `fault` is a rule or a list of rules.

    `url`, `rw_key` and `ro_key` are what a client of the API needs; the URL is known once the simulator is started.
    """

    def __init__(self, **options: t.Any) -> None:
        options.setdefault("port", 0)
        self.options = options
        self.rw_key: str = options.get("rw_key", RW_KEY)
        self.ro_key: str = options.get("ro_key", RO_KEY)
        self.url = ""
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> Simulator:
        """Come back as soon as it listens. Raises RuntimeError with all that it printed when it ends before."""
        self._process = subprocess.Popen(
            self._command(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        assert self._process.stdout is not None
        printed = ""
        try:
            for line in self._process.stdout:
                printed += line
                if found := LISTENING.search(line):
                    self.url = found[1]
                    self._reader = threading.Thread(target=_pass_on, args=(self._process.stdout,), daemon=True)
                    self._reader.start()
                    return self
            raise RuntimeError("the simulator did not start:\n" + printed)
        except BaseException:
            self.stop()
            raise

    def _command(self) -> list[str]:
        command = [sys.executable, "-m", "tests.simulator"]
        for name, value in self.options.items():
            for single in value if isinstance(value, list) else [value]:
                text = json.dumps(single) if isinstance(single, dict) else str(single)
                command.append("--%s=%s" % (name.replace("_", "-"), text))
        return command

    def stop(self) -> None:
        """End it, if it runs; what it still has to say is passed on before."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join()
            self._reader = None
        assert process.stdout is not None
        process.stdout.close()

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(self, *unused: t.Any) -> None:
        self.stop()

    def control(self, method: str, path: str, body: t.Any = None) -> t.Any:
        """One request to the control API, and its answer; see the function control."""
        return control(self.url, method, path, body)

    def requests(self) -> list[dict[str, t.Any]]:
        """All API requests so far, in order of arrival: method, path, key, status, seconds, body, fault."""
        return self.control("GET", "requests")

    def settle(self) -> None:
        """Wait for what it was asked by those who have gone; see the function settle."""
        settle(self.url)

    def clear_requests(self) -> None:
        """Forget the requests so far."""
        self.control("DELETE", "requests")

    def reset(self, seed: str | None = None) -> None:
        """A fresh server, seeded as at the start or as given."""
        self.control("POST", "reset", {} if seed is None else {"seed": seed})

    def plant(self, kind: str, command: str) -> None:
        """Put state behind the API's back: "sql", "redis", "mail", "service" or "container" (see README.md)."""
        self.control("POST", "plant", {"plant": kind, "command": command})

    def fault(self, **rule: t.Any) -> None:
        """Break the requests that match a rule (see README.md)."""
        self.control("POST", "faults", rule)

    def clear_faults(self) -> None:
        """Forget all rules, also those of the start; what they hold back goes on."""
        self.control("DELETE", "faults")


def _pass_on(output: t.TextIO) -> None:
    """Show on stderr what a running simulator prints (the tracebacks of its slips), so that it never waits for a reader."""
    for line in output:
        print(line, end="", file=sys.stderr, flush=True)


def control(url: str, method: str, path: str, body: t.Any = None) -> t.Any:
    """One request to the control API of a running simulator, and its answer. Raises ValueError when that is an error."""
    request = urllib.request.Request(
        "%s/__simulator__/%s" % (url, path),
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    context = ssl._create_unverified_context() if url.startswith("https") else None
    try:
        with urllib.request.urlopen(request, context=context, timeout=PATIENCE) as response:
            return json.load(response)
    except urllib.error.HTTPError as problem:
        raise ValueError("%s: %s" % (path, problem.read().decode())) from problem


def settle(url: str) -> None:
    """Wait until a running simulator has done all that it was asked by clients that have gone: what a killed one has sent is done, too."""
    wait_until(lambda: CLOSE_WAIT not in connections(url))
    wait_until(lambda: all(request["seconds"] is not None for request in control(url, "GET", "requests")))
