# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""get/status (facts-server 20). What a real server asks Docker for is made up, as in the recordings.

While Docker's API does not answer, its error stands there, or nothing (source).
"""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..php import Raw
from ..routes import get

SERVICES = (
    "acme",
    "clamd",
    "dockerapi",
    "dovecot",
    "memcached",
    "mysql",
    "netfilter",
    "nginx",
    "ofelia",
    "olefy",
    "php-fpm",
    "postfix",
    "redis",
    "rspamd",
    "sogo",
    "unbound",
    "watchdog",
)
LISTED = ("running", "paused", "restarting")  # by Docker where it is not asked for all: before 2026-03
DOCKER_ERROR = "Could not resolve host: dockerapi"


def unescaped(value: t.Any) -> Raw:
    """Compact JSON whose slashes have no backslashes before them."""
    return Raw(php.json_compact(value).replace("\\/", "/"))


@get("status", "version")
def version(call: Call) -> Raw:
    return call.json({"version": call.config.version})


@get("status", "containers")
def containers(call: Call) -> Raw:
    if call.config.docker_down:
        return call.json(None)
    states = {name: call.state.services.containers.get(name + "-mailcow", "running") for name in SERVICES}
    return unescaped(
        {
            name + "-mailcow": {
                "type": "info",
                "container": name + "-mailcow",
                "state": state,
                "started_at": "2026-07-01T10:00:00.000000000Z",
                "image": "ghcr.io/mailcow/%s:1.0" % name,
            }
            for name, state in states.items()
            if state in LISTED or call.since("2026-03")
        }
    )


@get("status", "container")
def container(call: Call) -> Raw:
    """Counters of one container by Docker's id, which no route tells."""
    return call.json(DOCKER_ERROR if call.config.docker_down and not php.empty(call.extra) else False)


@get("status", "host")
def host(call: Call) -> Raw:
    if call.extra == "ip":
        return call.json({"ipv4": False, "ipv6": False})
    if not php.empty(call.extra):
        return Raw("")
    if call.config.docker_down:
        return call.json(DOCKER_ERROR)
    return call.json(
        {
            "cpu": {"cores": 2, "usage": 1},
            "memory": {"total": 1, "usage": 1, "swap": []},
            "uptime": 1,
            "system_time": "22.11.2026 08:00:00",
            "architecture": "x86_64",
        }
    )


@get("status", "solr")
def solr(call: Call) -> Raw:
    """The full text search of old releases; switched off, as by SKIP_SOLR=y (source)."""
    return call.json({"type": "info", "solr_enabled": False, "solr_size": None, "solr_documents": None})


@get("status", "vmail")
def vmail(call: Call) -> Raw:
    if call.config.docker_down:
        return unescaped({"type": "info", "disk": "", "used": None, "total": None, "used_percent": None})
    return unescaped({"type": "info", "disk": "/dev/vda1", "used": "11G", "total": "41G", "used_percent": "28%"})
