# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plays that are made from the declarations: each module, so that a new kind is in them by itself."""

from __future__ import annotations

from typing import Any

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.every import TASKS
from tests.unit.plugins.module_utils.objects import every_option

# Options of the modules that are about no kind and do not work without some.
OTHERS: dict[str, list[dict[str, Any]]] = {
    "mailcow_config_info": [{}, {"kinds": ["domains"]}, {"kinds": ["nothing"]}],
    "mailcow_dns_info": [{"hostname": "mail.example.com"}, {"hostname": "x"}],
    "mailcow_log_info": [{"log": "dovecot"}, {"log": "dovecot", "count": 0}],
    "mailcow_quarantine_item": [{"action": "delete", "all": True}],
    "mailcow_quarantine_settings": [{"retention_size": 5, "max_size": 5}],
    "mailcow_queue": [{"action": "flush"}],
    "mailcow_syncjob_run": [{"jobs": []}, {"jobs": [{"username": "x", "host1": "y", "user1": "z"}]}],
}
Task = dict[str, Any]


def task(name: str, module: str, options: Any, **keywords: Any) -> Task:
    """A task of a module, which goes on when it fails."""
    return {"name": name, f"community.mailcow.{module}": options, "ignore_errors": True, **keywords}


def of_kind(kind: Kind) -> list[Task]:
    """The life of objects of a kind: predicted, made, the same again, shown, and changed by an item that is wrong."""
    module, items = f"mailcow_{kind.name}", [{**item} for item in every_option(kind)]
    each = {"loop": items, "diff": True}
    return [
        task(f"{kind.plural} predicted", module, "{{ item }}", check_mode=True, **each),
        task(f"{kind.plural} made", module, "{{ item }}", **each),
        task(f"{kind.plural} the same again", module, "{{ item }}", **each),
        task(f"{kind.plural} with an option that there is not", module, {**items[0], "nonsense": 1}),
        task(f"{kind.plural} shown", f"{module}_info", {}),
    ]


def gone(kind: Kind) -> list[Task]:
    """The end of objects of a kind, twice."""
    identity = {*kind.identity.argument_spec(), *kind.identity.naming}
    items = [{name: item[name] for name in item if name in identity} | {"state": "absent"} for item in every_option(kind)]
    return [task(f"{kind.plural} gone", f"mailcow_{kind.name}", "{{ item }}", loop=items * 2, diff=True)] if kind.removable else []


def plays() -> list[dict[str, Any]]:
    """One play for all kinds, many objects at once, and the modules without a kind."""
    config = {kind.plural: [{**item} for item in every_option(kind)] for kind in KINDS}
    declared = {"config": config, "prune": ["aliases"]}
    tasks = [one for kind in KINDS for one in of_kind(kind)]
    named = [name for name in sorted(TASKS) if name in OTHERS or not _has_kind(name)]
    tasks += [task(name, name, options) for name in named for options in OTHERS.get(name, [{}])]
    tasks += [one for kind in reversed(KINDS) for one in gone(kind)]
    tasks += [
        task("Many predicted", "mailcow_config", declared, check_mode=True, diff=True),
        task("Many made", "mailcow_config", declared, diff=True),
        task("Many the same again", "mailcow_config", declared, diff=True),
        task("Many that are wrong", "mailcow_config", {"config": {"mailboxes": [{"address": 1, "password": "Hunter2-hunter2"}]}}),
    ]
    return [{"name": "Kinds", "hosts": "first", "gather_facts": False, "tasks": tasks}]


def _has_kind(name: str) -> bool:
    return name == "mailcow_config" or name.removesuffix("_info") in {f"mailcow_{kind.name}" for kind in KINDS}
