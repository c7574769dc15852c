# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tenant to declare, and how mailcow_config and mailcow_config_info are run for it."""

from __future__ import annotations

from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import execute

PASSWORD = "Hunter2-hunter2"
ONE, TWO, ALIASED = "tenant001.example", "tenant002.example", "alias.example"
PLURALS = ["domains", "alias_domains", "dkim_keys", "mailboxes", "aliases"]


class Run:
    """Runs the modules in this process; the options are those of mailcow_config."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.connection = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60}

    def try_(self, config: object, check: bool = False, diff: bool = False, **options: object) -> dict:
        self.sim.clear_requests()
        return execute(CONFIG, dict(self.connection, config=config, **options), check, diff)

    def ok(self, config: dict, **options: object) -> dict:
        result = self.try_(config, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def fail(self, config: object, **options: object) -> dict:
        result = self.try_(config, **options)
        assert result.get("failed"), result
        return result

    def info(self, **options: object) -> dict:
        result = execute(EXPORT, dict(self.connection, **dict({"kinds": PLURALS}, **options)))
        assert not result.get("failed"), result["msg"]
        assert result["changed"] is False
        return result["config"]

    def writes(self) -> list[str]:
        return [request["path"][8:] for request in self.sim.requests() if request["method"] != "GET"]


def box(name: str, **options: object) -> dict:
    return dict({"address": "%s@%s" % (name, ONE), "password": PASSWORD}, **options)


def alias(name: str, **options: object) -> dict:
    return dict({"address": "%s@%s" % (name, ONE), "goto": ["x@elsewhere.example"]}, **options)


def domain(**options: object) -> dict:
    return dict({"domain": ONE, "mailboxes": 50, "quota": 5000, "maxquota": 1000, "defquota": 100, "dkim_key_size": 0}, **options)


WHOLE = {
    "domains": [domain(), {"domain": TWO, "dkim_key_size": 0}],
    "alias_domains": [{"alias_domain": ALIASED, "target_domain": ONE}],
    "dkim_keys": [{"domain": ONE, "selector": "it", "key_size": 1024}],
    "mailboxes": [box("b", quota=3, tags=["x"]), box("a", sender_acl=["i@" + ONE]), {"address": "c@" + TWO, "password": PASSWORD}],
    "aliases": [
        alias("i", sender_allowed=False),
        {"address": "j@" + ALIASED, "goto": ["a@" + ONE]},
        {"address": "@" + TWO, "goto_null": True},
    ],
}
