# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long the real server takes: milliseconds measured on 2 cores, as orders of magnitude (facts-server 28, facts-mailboxes 0.2).

What is measured over one connection and over four tells how much of it the server does one at a time: with `serial` ms under
one lock and the rest side by side, one connection takes serial + parallel per row and many connections take serial.
"""

from __future__ import annotations

import dataclasses
import json
import threading
import time

from . import php
from .router import Answer
from .state import State


@dataclasses.dataclass(frozen=True)
class Cost:
    """Of one route: `fixed` per request, and `row` per returned row or `item` per processed item; `serial_*` is the part of
    each that waits for the other requests. `server_row`: per mailbox and alias of the whole server, if `attribute` is sent."""

    fixed: float = 13
    serial_fixed: float = 5
    row: float = 0
    serial_row: float = 0
    item: float = 0
    serial_item: float = 0
    server_row: float = 0
    attribute: str = ""


DEFAULT = Cost()  # any request 12-15 ms; one GET per mailbox over 10 connections 5.6 ms each
WRITE = Cost(fixed=13, serial_fixed=5, item=17, serial_item=10)  # other writes 20-50 ms

# Per row the measured figure less the fixed part's share (13 ms over the 60 rows of a domain).
MEASURED: dict[str, Cost] = {
    "get/mailbox/all": Cost(row=3.2, serial_row=1.2),  # the whole server in one request
    "get/mailbox/all/{domain}": Cost(row=2.4, serial_row=0.9),  # 2.6 over one connection, 1.0 over four
    "get/mailbox/reduced": Cost(row=1.1, serial_row=0.5),
    "get/mailbox/reduced/{domain}": Cost(row=0.42, serial_row=0.38),  # 0.64 and 0.47
    "get/alias/all": Cost(row=0.77, serial_row=0.4),
    "get/alias/all/{domain}": Cost(row=0.2, serial_row=0.15),  # 0.4 and 0.3
    "search/mailbox": Cost(row=2.5, serial_row=0.9),
    "add/mailbox": Cost(item=55, serial_item=37),  # 60-75 alone, 42 over four
    "add/alias": Cost(fixed=22, serial_fixed=10, item=5, serial_item=3),  # 27 for one, 5 for each further address of a request
    # 44 each, the same in a batch; sender_acl costs 3.8 s on a server of 1000 mailboxes and 3000 aliases
    "edit/mailbox": Cost(fixed=0, serial_fixed=0, item=44, serial_item=26, server_row=0.95, attribute="sender_acl"),
    "delete/mailbox": Cost(fixed=0, serial_fixed=0, item=135, serial_item=80),
}


class Latency:
    """Sleeps for a request, outside the state's lock. `workers` bounds what runs side by side, as PHP-FPM does."""

    def __init__(self, model: str = "none", workers: int = 20) -> None:
        self.enabled = model != "none"
        self.costs = dict(MEASURED)
        if model not in ("none", "measured"):
            with open(model, encoding="utf-8") as file:
                self.costs.update({route: Cost(**fields) for route, fields in json.load(file).items()})
        self.workers = threading.BoundedSemaphore(workers)
        self.queue = threading.Lock()

    def cost(self, answer: Answer) -> Cost:
        """That of the answer's route; where there is a figure of its own for the list of one domain, of that list."""
        fallback = DEFAULT if not answer.route or answer.route.startswith(("get/", "search/")) else WRITE
        whole = self.costs.get(answer.route, fallback)
        return self.costs.get(answer.route + "/{domain}", whole) if answer.extra else whole

    def milliseconds(self, state: State, answer: Answer) -> tuple[float, float]:
        """All of a request's time, and the part of it that is waited for in a queue."""
        cost = self.cost(answer)
        items = answer.items
        if answer.route == "add/alias" and isinstance(answer.data, dict) and isinstance(answer.data.get("address"), str):
            items = len(list(filter(None, php.split(answer.data["address"]))))
        total = cost.fixed + cost.row * answer.rows + cost.item * items
        serial = cost.serial_fixed + cost.serial_row * answer.rows + cost.serial_item * items
        if cost.attribute and isinstance(answer.data, dict) and cost.attribute in answer.data:
            server = cost.server_row * items * (state.db.value("SELECT COUNT(*) FROM alias") or 0)
            total, serial = total + server, serial + server / 2
        return total, serial

    def wait(self, times: tuple[float, float]) -> None:
        """Let the time of a request pass: first the part in the queue, then the rest side by side with others."""
        total, serial = times
        with self.workers:
            with self.queue:
                time.sleep(serial / 1000)
            time.sleep((total - serial) / 1000)
