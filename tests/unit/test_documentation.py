# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Holds RETURN of every module to what it returns: each documented value has its source, and the reverse. What is said of the same value
is the same everywhere. That DOCUMENTATION has the options of the argument spec, `make sanity` sees.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import Refused
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.every import TASKS
from tests.simulator.process import Simulator
from tests.tools.checkout import ROOT
from tests.tools.generate import documentation, modules, others, single
from tests.unit.plugins.module_utils.objects import every_option, together
from tests.unit.plugins.module_utils.play import execute
from tests.unit.plugins.module_utils.scripted import self_signed

# Objects of each kind with all options, by plural.
ITEMS = {kind.plural: every_option(kind) for kind in KINDS}
# Those that a server can have at the same moment.
CONFIGURED = {kind.plural: together(kind) for kind in KINDS}
# What the modules about no kind are run with.
SUBSETS = TASKS["mailcow_status_info"].spec["subsets"]["choices"]
FURTHER: dict[str, list[dict]] = {
    "mailcow_cors": [{"allowed_origins": ["https://app.example"]}],
    "mailcow_customize": [
        {
            "app_links": [{"app": "x", "href": "/x"}],
            "ui_texts": {"announcement": {"text": "x"}},
            "ip_check": True,
            "custom_login": {},
        }
    ],
    "mailcow_fail2ban_ban": [{"networks": ["192.0.2.9"], "state": "banned"}],
    "mailcow_fail2ban_banlist": [{"renew": True}],
    "mailcow_password_reset_notification": [{}],
    "mailcow_quota_notification": [{"subject": "x", "bcc": [{"domain": "a.example", "recipients": ["x@a.example"]}]}],
    "mailcow_ratelimit_reset": [{"all": True}],
    "mailcow_rspamd_map": [{"map": "bad_words", "content": "x"}],
    "mailcow_sso_token": [{"username": "admin-a"}],
    "mailcow_dns_info": [
        {"hostname": "mail.example.com"},
        {
            "hostname": "mail.example.com",
            "purposes": ["mx"],
            "compare": True,
            "nameservers": ["127.0.0.1"],
            "nameserver_port": 1,
            "dns_timeout": 0.1,
        },
    ],
    "mailcow_log_info": [{"log": "postfix"}],
    "mailcow_login_info": [{"addresses": ["jane@a.example"]}],
    "mailcow_mailbox_reset": [{"addresses": ["jane@a.example"], "reset": ["activesync", "sogo_profile", "logins"]}],
    "mailcow_quarantine_info": [{}, {"content": True}],
    "mailcow_quarantine_item": [{"action": "delete", "all": True}],
    "mailcow_quarantine_settings": [{"retention_size": 1, "max_size": 1}],
    "mailcow_queue_info": [{}, {"content": True}],
    "mailcow_queue": [{"action": "delete", "all": True}],
    "mailcow_syncjob_run": [{"jobs": [{"username": "jane@a.example", "host1": "imap.example", "user1": "j"}], "interval": 0}],
    "mailcow_sieve_script_info": [{"addresses": ["jane@a.example"]}],
    "mailcow_status_info": [{"subsets": SUBSETS}],
}
# What Ansible adds, and what `execute` does.
OF_ANSIBLE = {"changed", "failed", "msg", "warnings", "invocation", "output"}
# What mailcow says when it refuses whatever it is asked.
REFUSAL = json.dumps({"type": "error", "msg": "access_denied"})
# Of somebody in the web interface.
LOGIN = (
    "INSERT INTO logs (task, type, msg, `call`, user, role, remote, time) "
    """VALUES ('A%d', 'success', '[]', '["check_login", "jane@a.example", "*"]', 'jane@a.example', 'user', '192.0.2.1', 1782900001)"""
)
# What mailcow said before it replaced Solr.
ADDRESSES = json.dumps({"ipv4": "192.0.2.25", "ipv6": False})
SOLR = json.dumps({"type": "info", "solr_enabled": True, "solr_size": "1 MB", "solr_documents": 7})
TYPES = {"str": str, "int": int, "bool": bool, "float": (int, float), "list": list, "dict": dict}

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_module = pytest.mark.parametrize("module", modules())


@dataclasses.dataclass(frozen=True)
class Result:
    """What a run of a module gave; ``check``: in check mode."""

    values: dict
    check: bool = False

    @property
    def real(self) -> bool:
        """Whether all that a success always has must be in it."""
        return not self.check and not self.values.get("failed")


class Server:
    """A simulator on which modules are run; ``results`` has all that they gave, by module."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.results: dict[str, list[Result]] = {module: [] for module in modules()}

    def run(self, module: str, check: bool = False, diff: bool = False, fails: bool = False, **options: object) -> dict:
        """Run a module, keep its result, and give it."""
        connection = {"url": self.sim.url, "api_key": self.sim.rw_key, "timeout": 60}
        values = execute(TASKS[module], {**connection, **options}, check, diff)
        assert bool(values.get("failed")) == fails, values
        self.results[module].append(Result(values, check))
        return values


def least(module: str) -> dict:
    """Options that a module can be run with at least."""
    kind = next((kind for kind in KINDS if single(kind) == module), None)
    if kind:
        return ITEMS[kind.plural][0]
    return {"config": CONFIGURED} if module == "mailcow_config" else FURTHER.get(module, [{}])[0]


def run_all(server: Server, certificate: str) -> None:
    """Run all modules: before and after their objects are there, with all that they do not show by themselves, and in vain."""
    plant(server.sim)
    for kind in KINDS:
        for item in ITEMS[kind.plural]:
            server.run(single(kind), check=True, **item)
    for kind in KINDS:
        for item in ITEMS[kind.plural]:
            server.run(single(kind), **item)
            if kind.read.only_one:
                server.run(f"{single(kind)}_info")
    for kind in KINDS:
        server.run(f"{single(kind)}_info")
        more = TASKS[f"{single(kind)}_info"].spec.keys() & {"details", "show_secrets"}
        server.run(f"{single(kind)}_info", **dict.fromkeys(more, True))
    server.run("mailcow_config_info", details=True)
    server.run("mailcow_dns_info", hostname="mail.example.com", tlsa_certificate=certificate)
    for module, runs in FURTHER.items():
        for options in runs:
            server.run(module, **options)
    run_config(server)
    server.sim.fault(kind="status", status=200, body=REFUSAL, type="application/json")
    for module in modules():
        server.run(module, fails=True, **least(module))


def plant(sim: Simulator) -> None:
    """Have what a server has only after a while, or had once."""
    sim.plant("redis", "HSET F2B_ACTIVE_BANS 203.0.113.7/32 4000000000")
    sim.plant("sieve", "jane@a.example keep;")
    sim.plant("imapsync", "j ok 120 5")
    sim.plant("sql", "INSERT INTO sasl_log (service, username, real_rip, datetime) VALUES ('imap', 'jane@a.example', '10.1.2.3', NOW())")
    for number in range(2):
        sim.plant("sql", LOGIN % number)
    sim.plant("redis", 'LPUSH RL_LOG \'{"rl_hash":"RLone","user":"jane@a.example"}\'')
    sim.plant("sql", "INSERT INTO tfa (key_id, username, active) VALUES ('phone', 'root-a', 1), ('phone', 'admin-a', 1)")
    sim.plant("redis", "HSET F2B_PERM_BANS 198.51.100.7/32 1")
    sim.plant("service", "rspamd up")
    sim.fault(kind="status", status=200, body=ADDRESSES, type="application/json", path="status/host/ip")
    sim.fault(kind="status", status=200, body=SOLR, type="application/json", path="status/solr")


def run_config(server: Server) -> None:
    """Make all objects anew by mailcow_config, one of which mailcow refuses."""
    server.sim.reset()
    server.sim.fault(kind="status", status=200, body=REFUSAL, type="application/json", method="POST", path="add/recipient_map")
    server.run("mailcow_config", diff=True, fails=True, config=CONFIGURED)
    server.sim.clear_faults()
    server.run("mailcow_config", config=CONFIGURED)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which all modules have been run."""
    with Simulator(seed="logs=3,queue=2,quarantine=2") as sim, pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_PROXY", "*")
        server = Server(sim)
        run_all(server, self_signed(tmp_path_factory.mktemp("certificate")).read_text())
        yield server


@cache
def returned(module: str) -> dict:
    """RETURN of a module."""
    return documentation(module, "RETURN")


def parts(value: object, contains: dict) -> list[dict]:
    """The dictionaries that the documentation of a value's contents is about: itself, its items, or the values of a dictionary by name."""
    if isinstance(value, dict) and contains.keys().isdisjoint(value) and all(isinstance(part, dict) for part in value.values()):
        return list(value.values())
    return value if isinstance(value, list) else [value] if value else []


def documented(entries: dict, path: str = "") -> Iterator[tuple[str, dict]]:
    """All documented values: (path, entry)."""
    for name, entry in entries.items():
        yield path + name, entry
        yield from documented(entry.get("contains", {}), f"{path}{name}.")


def found(values: dict, entries: dict, path: str = "") -> Iterator[tuple[str, object]]:
    """All values of a result, as deep as the documentation goes: (path, value)."""
    for name, value in values.items():
        yield path + name, value
        contains = entries.get(name, {}).get("contains")
        for part in parts(value, contains) if contains else ():
            yield from found(part, contains, f"{path}{name}.")


def lacking(values: dict, entries: dict, path: str = "") -> Iterator[str]:
    """The paths of what is documented as always there and is not."""
    for name, entry in entries.items():
        if name in values:
            for part in parts(values[name], entry.get("contains", {})) if "contains" in entry else ():
                yield from lacking(part, entry["contains"], f"{path}{name}.")
        elif entry["returned"] == "success":
            yield path + name


def texts(entry: dict) -> list[str]:
    """The description of a value as a list."""
    return [entry["description"]] if isinstance(entry["description"], str) else entry["description"]


def fits(value: object, entry: dict) -> bool:
    """Whether a value is of the documented type, and null only where the documentation speaks of it."""
    if value is None:
        return "V(null)" in " ".join(texts(entry))
    if isinstance(value, bool) != (entry["type"] == "bool") or not isinstance(value, TYPES[entry["type"]]):
        return False
    return entry["type"] != "list" or all(isinstance(item, TYPES[entry["elements"]]) for item in value)


def all_null(entry: dict | None) -> bool:
    """Whether it is documented that there may be nothing but nulls in a value."""
    return bool(entry) and "all values are V(null)" in " ".join(texts(entry))


def own(text: str, kind: Kind) -> str:
    """A text of the info module as the module itself would say it."""
    return re.sub(rf"O\(community\.mailcow\.{single(kind)}#module:(\w+)\)", r"O(\1)", text)


def said(entry: dict, kind: Kind) -> dict:
    """What is said of a value, but for when it is returned."""
    same = {name: entry.get(name) for name in ("type", "elements", "sample", "choices")}
    return {**same, "description": [own(text, kind) for text in texts(entry)]}


def objects(kind: Kind, info: bool) -> tuple[dict, dict]:
    """What is documented of an object: (options, status)."""
    if not info:
        return returned(single(kind))[kind.name]["contains"], returned(single(kind)).get("status", {}).get("contains", {})
    contains = dict(returned(f"{single(kind)}_info")[kind.plural]["contains"])
    return contains, contains.pop("status").get("contains", {})


def options_of(kind: Kind) -> dict[str, dict]:
    """The options of an object, with their specifications."""
    fields = (*kind.identity.fields, *kind.fields)
    return {name: spec for field in fields for name, spec in field.argument_spec().items()}


@every_kind
def test_the_objects_of_this_test_have_all_options(kind: Kind) -> None:
    secret = {field.option for field in kind.fields if field.secret}
    given = {option for item in ITEMS[kind.plural] for option in item}
    assert options_of(kind).keys() - secret <= given


def test_all_modules_without_a_kind_are_run() -> None:
    assert sorted(FURTHER) == others()


@every_module
def test_what_is_returned_is_documented_and_the_reverse(server: Server, module: str) -> None:
    entries = returned(module)
    there = {path for result in server.results[module] for path, _value in found(result.values, entries)}
    assert there - OF_ANSIBLE == {path for path, _entry in documented(entries)}


@every_module
def test_what_is_always_returned_is_always_there(server: Server, module: str) -> None:
    absent = {path for result in server.results[module] if result.real for path in lacking(result.values, returned(module))}
    assert absent == set()


@every_module
def test_values_are_of_the_documented_type(server: Server, module: str) -> None:
    entries = dict(documented(returned(module)))
    values = [
        (path, value)
        for result in server.results[module]
        for path, value in found(result.values, returned(module))
        if path in entries and not (result.check and value is None and all_null(entries.get(path.rpartition(".")[0])))
    ]
    assert {path: value for path, value in values if not fits(value, entries[path])} == {}


@every_kind
@pytest.mark.parametrize("info", [False, True], ids=["single", "info"])
def test_status_and_types_are_those_of_the_declaration(kind: Kind, info: bool) -> None:
    options, status = objects(kind, info)
    assert status.keys() == {*kind.status, *kind.secrets}
    specs = options_of(kind)
    differ = {name for name, entry in options.items() if not same_types(entry, specs[name])}
    assert differ == set()


def same_types(entry: dict, spec: dict) -> bool:
    """Whether a value has the types of its option, inside as well."""
    if spec.get("type") == "raw":
        # Whatever it is given as, it is shown in one form.
        return True
    inner = spec.get("options", {})
    return (entry["type"], entry.get("elements")) == (spec.get("type", "str"), spec.get("elements")) and all(
        same_types(part, inner[name]) for name, part in entry.get("contains", {}).items()
    )


@every_kind
def test_single_and_info_say_the_same(kind: Kind) -> None:
    for ours, theirs in zip(objects(kind, False), objects(kind, True), strict=True):
        mine, others_ = dict(documented(ours)), dict(documented(theirs))
        both = [path for path in mine if path in others_]
        assert {path: said(mine[path], kind) for path in both} == {path: said(others_[path], kind) for path in both}


@every_kind
def test_what_is_exported_is_what_the_info_module_shows(server: Server, kind: Kind) -> None:
    entry = returned("mailcow_config_info")["config"]["contains"][kind.plural]
    exported = server.results["mailcow_config_info"][0].values["config"][kind.plural]
    items, sample = ([exported], entry["sample"]) if kind.read.only_one else (exported, entry["sample"][0])
    assert all(item.keys() <= objects(kind, True)[0].keys() for item in items)
    assert any(sample.keys() <= item.keys() for item in items)


@every_module
def test_a_failure_is_documented(module: str) -> None:
    assert set(Refused("", "", []).details()) <= returned(module).keys()
    assert texts(returned(module)["request"])[0].startswith("The request that failed")
    assert texts(returned(module)["mailcow"]) == texts(returned("mailcow_config")["mailcow"])


def test_short_descriptions_fit_the_list() -> None:
    """`ansible-doc -l` cuts what has no room beside the longest name, in a terminal of 80 columns, of which it uses 79."""
    room = 79 - len("     ") - max(len(f"community.mailcow.{name}") for name in modules())
    short = {name: documentation(name, "DOCUMENTATION")["short_description"] for name in modules()}
    assert {name: text for name, text in short.items() if len(text) > room} == {}


@pytest.mark.parametrize("kind", ["filter", "lookup"])
def test_those_of_other_plugins_fit_theirs(kind: str) -> None:
    short = {path.stem: re.search(r"(?m)^short_description: (.*)$", path.read_text())[1] for path in (ROOT / "plugins" / kind).glob("*.py")}
    room = 79 - len("     ") - max(len(f"community.mailcow.{name}") for name in short)
    assert {name: text for name, text in short.items() if len(text) > room} == {}
