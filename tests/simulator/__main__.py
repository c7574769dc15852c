# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: python -m tests.simulator --port 8080."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time

from . import seed
from .app import Application
from .latency import Latency
from .releases import NEWEST, supported
from .server import make
from .state import LOOPBACK, RO_KEY, RW_KEY, Config


def main(argv: list[str] | None = None) -> int:
    """Serve until the process is ended; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description="A stateful replacement for mailcow's API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, loopback only)")
    parser.add_argument("--port", type=int, default=8080, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument("--rw-key", default=RW_KEY, help="the read-write key (default: %(default)s)")
    parser.add_argument("--ro-key", default=RO_KEY, help="the read-only key (default: %(default)s)")
    parser.add_argument("--hostname", default="mail.example.com", help="the server's own name (default: %(default)s)")
    parser.add_argument(
        "--mailcow-version", default=NEWEST, metavar="TAG", help="the release that it behaves as, e.g. 2025-03b (default: %(default)s)"
    )
    parser.add_argument("--latency", default="none", help="none, measured, or a JSON file of {route: costs} (see latency.py)")
    parser.add_argument("--workers", type=int, default=20, help="requests whose latency passes side by side (default: %(default)s)")
    parser.add_argument("--fault", action="append", default=[], metavar="JSON", help="a fault rule; may be given again (see README.md)")
    parser.add_argument(
        "--docker-down",
        type=int,
        default=0,
        choices=(0, 1),
        help="1: Docker's API does not answer, so that SOGo is not restarted and mail not moved away (default: 0)",
    )
    parser.add_argument(
        "--openssl-queues",
        type=int,
        default=0,
        metavar="WORKERS",
        help="make add/dkim_import meet old OpenSSL errors of so many PHP workers (default: %(default)s, off)",
    )
    parser.add_argument(
        "--service",
        action="append",
        default=[],
        metavar="NAME=STATE",
        help="a service, up or down; postfix also an SMTP reply, e.g. '550 no'; may be given again (default: as in the "
        "recordings; see README.md)",
    )
    parser.add_argument(
        "--dns",
        type=json.loads,
        default={},
        metavar="JSON",
        help='{name: [record, ...]}, a record being an address, "MX name" or "TXT text"; for forwarding hosts',
    )
    parser.add_argument("--seed", default="", help="e.g. domains=100,mailboxes=100,aliases=100 (the latter two per domain)")
    parser.add_argument("--request-log", metavar="FILE", help="write each API request to FILE as a line of JSON")
    parser.add_argument("--tls-cert", metavar="FILE", help="serve https with this certificate")
    parser.add_argument("--tls-key", metavar="FILE", help="and this key")
    options = parser.parse_args(argv)
    # The recorded server's zone: its times are compared with planted ones.
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        seed.parse(options.seed)
        tls = (options.tls_cert, options.tls_key) if options.tls_cert else None
        config = Config(
            hostname=options.hostname,
            version=supported(options.mailcow_version),
            rw_key=options.rw_key,
            ro_key=options.ro_key,
            https=tls is not None,
            seed=options.seed,
            docker_down=bool(options.docker_down),
            openssl_queues=options.openssl_queues,
            dns=options.dns,
            services=dict(service.partition("=")[::2] for service in options.service),
            allow_from="127.0.0.1,::1" if options.host in LOOPBACK else "0.0.0.0/0,::/0",
        )
        application = Application(config, Latency(options.latency, options.workers), options.fault, options.request_log)
        server = make(application, options.host, options.port, tls)
    except (ValueError, TypeError, OSError) as problem:
        parser.error(str(problem))
    url = "%s://%s:%d" % ("https" if tls else "http", options.host, server.server_address[1])
    print("mailcow simulator listening on %s" % url, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
