# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A DNS server on loopback for the zone files of a directory, which it reads anew for each question:
dns_server.py DIRECTORY [PID FILE [ADDRESS [PORT]]].

It prints its port (UDP and TCP). The file "servfail" in the directory has names that it fails for, "silent" names that it does not answer
for, "lame" names that it is not responsible for, one in each line. Below an NS record without an SOA record it refers to other servers.
With a PID file it goes on in the background, and ends by itself too.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from dnslib import QTYPE, RCODE, RR, DNSError, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

SECONDS = 3600
UDP_BYTES = 512


class Zones(BaseResolver):
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.read: tuple[list, dict[str, list[RR]]] = ([], {})

    def records(self) -> dict[str, list[RR]]:
        """The records by name; a name that only has others below it has none."""
        files = sorted(self.directory.glob("*.zone"))
        stamps = [(path, path.stat().st_mtime_ns) for path in files]
        if stamps != self.read[0]:
            found: dict[str, list[RR]] = {}
            for path in files:
                for record in RR.fromZone(path.read_text()):
                    labels = plain(record.rname).split(".")
                    found.setdefault(".".join(labels), []).append(record)
                    for start in range(1, len(labels)):
                        found.setdefault(".".join(labels[start:]), [])
            self.read = (stamps, found)
        return self.read[1]

    def listed(self, name: str, file: str) -> bool:
        path = self.directory / file
        return path.is_file() and name in path.read_text().split()

    @staticmethod
    def delegated(name: str, records: dict[str, list[RR]]) -> list[RR]:
        """The NS records of the zone that a name is in, when it is another one."""
        labels = name.split(".")
        for start in range(len(labels)):
            mine = [record for record in records.get(".".join(labels[start:]), []) if QTYPE[record.rtype] in ("NS", "SOA")]
            if mine:
                return [] if "SOA" in [QTYPE[record.rtype] for record in mine] else mine
        return []

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        reply = request.reply()
        name, kind = plain(request.q.qname), QTYPE[request.q.qtype]
        if self.listed(name, "silent"):
            raise DNSError("no answer, as told")
        if self.listed(name, "servfail"):
            reply.header.rcode = RCODE.SERVFAIL
            return reply
        records = self.records()
        cut = self.delegated(name, records)
        if cut or self.listed(name, "lame"):
            reply.header.aa = 0
            reply.add_auth(*cut)
            return reply
        while name:
            if name not in records:
                reply.header.rcode = RCODE.NXDOMAIN
            mine = records.get(name, [])
            aliases = [record for record in mine if QTYPE[record.rtype] == "CNAME" != kind]
            reply.add_answer(*(aliases or [record for record in mine if QTYPE[record.rtype] == kind]))
            name = plain(aliases[0].rdata) if aliases else ""
        if handler.protocol == "udp" and len(reply.pack()) > UDP_BYTES:
            reply.rr, reply.header.tc = [], 1  # to be asked over TCP
        return reply


def plain(name: object) -> str:
    return str(name).lower().rstrip(".")


def servers_for(directory: Path, address: str = "127.0.0.1", port: int = 0) -> tuple[DNSServer, DNSServer]:
    """One for UDP and one for TCP, on the same port."""
    resolver, quiet = Zones(directory), DNSLogger("-request,-reply,-truncated,-error,-recv,-send,-data")
    while True:
        datagrams = DNSServer(resolver, address, port, logger=quiet)
        try:
            return datagrams, DNSServer(resolver, address, datagrams.server.server_address[1], tcp=True, logger=quiet)
        except OSError:  # somebody else has the port for TCP
            datagrams.server.server_close()
            if port:
                raise


def main() -> None:
    servers = servers_for(Path(sys.argv[1]), *sys.argv[3:4], *map(int, sys.argv[4:5]))
    print(servers[0].server.server_address[1], flush=True)
    if len(sys.argv) > 2 and sys.argv[2]:
        child = os.fork()
        if child:
            Path(sys.argv[2]).write_text(str(child))
            return
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    for server in servers:
        server.start_thread()
    time.sleep(SECONDS)


if __name__ == "__main__":
    main()
