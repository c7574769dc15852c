# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A DNS server for tests: the one of the integration targets, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dns.zone
import pytest

from tests.simulator.process import ROOT

SERVER = ROOT / "tests/integration/targets/setup_dns/files/dns_server.py"


class Nameserver:
    """Has the zones and the failures that it is given, from the next question on."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory = directory
        self.port = port
        self.options = {"nameservers": ["127.0.0.1"], "nameserver_port": port, "dns_timeout": 60}

    def has(self, *lines: str, file: str = "zone") -> None:
        """Serve these lines of a zone file, and nothing else of it."""
        path = self.directory / (file + ".zone")
        path.write_text("\n".join(lines) + "\n")
        # The server reads it again when its time is another one, and the clock of older kernels ticks every 4 ms only.
        os.utime(path, ns=(time.time_ns(),) * 2)

    def fails(self, *names: str, how: str = "servfail") -> None:
        (self.directory / how).write_text("\n".join(names))


def serve(directory: Path, address: str = "127.0.0.1", port: int = 0) -> Iterator[Nameserver]:
    """One on an address of loopback, on any port unless it is given."""
    command = [sys.executable, str(SERVER), str(directory), "", address, str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield Nameserver(directory, int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


running = contextmanager(serve)


@pytest.fixture
def nameserver(tmp_path: Path) -> Iterator[Nameserver]:
    yield from serve(tmp_path)


def parsed(snippet: str, zone: str) -> dict[tuple[str, str], list[str]]:
    """What dnspython reads in lines of a zone file: {(name, type): [rdata, …]}."""
    read = dns.zone.from_text(snippet, origin=zone, relativize=False, check_origin=False)
    found: dict[tuple[str, str], list[str]] = {}
    for name, _ttl, rdata in read.iterate_rdatas():
        found.setdefault((name.to_text(), rdata.rdtype.name), []).append(rdata.to_text())
    return found
