# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret that a module takes is ever seen in what it prints, tells another caller or logs, whatever the server says.

The options are found from the tasks, so that a new one is in here by itself. tests/secrets/__main__.py does it with playbooks.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterator

import pytest
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.community.mailcow.plugins.module_utils._api import client
from ansible_collections.community.mailcow.plugins.module_utils._engine.server import Server
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks import connection
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.every import TASKS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import item_spec
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Call, Task, perform
from tests.secrets.echo import ODD_READS, REFUSALS, Echo
from tests.secrets.markers import COMPARED, HARD, Path, marked, marker, secret_options, seen
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.objects import every_option, secret_places, together
from tests.unit.plugins.module_utils.play import execute

KEY, LOGIN = ("api_key",), ("url",)
# What modules need that are about no kind.
NEEDED = {
    "mailcow_config": {"config": {"domains": [{"domain": "a.example", "description": "x"}]}},
    "mailcow_cors": {"allowed_origins": ["https://app.example"]},
    "mailcow_customize": {"ip_check": True},
    "mailcow_fail2ban_ban": {"networks": ["192.0.2.9"], "state": "banned"},
    "mailcow_quota_notification": {"subject": "x"},
    "mailcow_ratelimit_reset": {"all": True},
    "mailcow_rspamd_map": {"map": "bad_words", "content": "x"},
    "mailcow_sso_token": {"username": "jane"},
    "mailcow_dns_info": {"hostname": "mail.example.com"},
    "mailcow_log_info": {"log": "dovecot"},
    "mailcow_login_info": {"addresses": ["jane@a.example"]},
    "mailcow_mailbox_reset": {"addresses": ["jane@a.example"], "reset": ["activesync"]},
    "mailcow_quarantine_item": {"action": "delete", "all": True},
    "mailcow_quarantine_settings": {"retention_size": 5, "max_size": 5},
    "mailcow_queue": {"action": "flush"},
    "mailcow_syncjob_run": {"jobs": [{"username": "jane@a.example", "host1": "old.example", "user1": "jane"}]},
    "mailcow_sieve_script_info": {"addresses": ["jane@a.example"]},
}
SECRET_KINDS = {kind: secret_places(kind, every_option(kind)[0]) for kind in KINDS if list(secret_options(item_spec(kind)))}
# Objects that can have different secrets: the kind, the options, and the places of the secrets.
OBJECTS = [
    (kind, item, secret_places(kind, item))
    for kind, places in SECRET_KINDS.items()
    for number, item in enumerate(every_option(kind))
    if number == 0 or not set(secret_places(kind, item)) <= set(places)
]
every_object = pytest.mark.parametrize(("kind", "item", "places"), OBJECTS, ids=lambda value: getattr(value, "name", ""))
# No request is made a second time only to see the same again.
STEPS = [("warning", HARD), *((mode, HARD if mode in ("danger", "escaped") else "") for mode in (*REFUSALS, *ODD_READS))]


@pytest.fixture(autouse=True)
def collect_garbage() -> Iterator[None]:
    """The module switches it off for its own process."""
    yield
    gc.enable()


class Watched:
    """Runs modules by way of an echo of the simulator, and looks for markers in all that they say."""

    def __init__(self, sim: Simulator, echo: Echo, logged: list[str]) -> None:
        self.sim, self.echo, self.logged = sim, echo, logged
        self.markers = {sim.rw_key, marker(LOGIN)}
        self.connection = {"url": "http://joe:%s@%s" % (marker(LOGIN), echo.host), "api_key": sim.rw_key, "timeout": 60}

    def run(self, task: Task, options: dict, check: bool = False, mode: str = "") -> str:
        """Have both callers do a task, and give all that was said."""
        options = {**self.connection, **options}
        self.echo.mode = mode
        said = [self._by_module(task, options, check), self._by_call(task, options, check), *self.logged]
        self.logged.clear()
        self.echo.mode = ""
        assert seen(self.markers, "\n".join(said)) == [], "\n".join(said)
        return said[0]

    @staticmethod
    def _by_module(task: Task, options: dict, check: bool) -> str:
        try:
            return execute(task, options, check, diff=True)["output"]
        except Exception as error:
            return "".join(traceback.format_exception(error))

    @staticmethod
    def _by_call(task: Task, options: dict, check: bool) -> str:
        try:
            checked = ArgumentSpecValidator(task.spec).validate(options)
            return "" if checked.error_messages else repr(perform(task, Call(checked.validated_parameters, check, True)))
        except Exception as error:
            return "".join(traceback.format_exception(error))


@pytest.fixture
def watched(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    logged: list[str] = []
    for name in ("log", "_log_to_syslog"):
        monkeypatch.setattr(AnsibleModule, name, lambda self, msg, *unused, **unused_too: logged.append(str(msg)))
    monkeypatch.setattr(client, "_RETRIES", 0)
    # What an add of unknown outcome made is not waited for.
    monkeypatch.setattr(connection, "Server", lambda *arguments: Server(*arguments[:3], 0.01))
    with Echo(sim.url) as echo:
        yield Watched(sim, echo, logged)
        # It was there to be seen.
        assert {sim.rw_key, marker(LOGIN)} <= echo.heard


def made_before(kind: object) -> dict:
    """A config with what objects of a kind need: objects of all kinds before it."""
    return {other.plural: together(other) for other in KINDS[: KINDS.index(kind)]}


@pytest.mark.parametrize("name", sorted(TASKS))
def test_of_the_connection(watched: Watched, name: str) -> None:
    """In each module, whether it does what it is asked, the server repeats the key, or Ansible refuses an option."""
    kind = next((kind for kind in KINDS if name == "mailcow_" + kind.name), None)
    options = every_option(kind)[0] if kind else NEEDED.get(name, {})
    watched.run(TASKS[name], options)
    watched.run(TASKS[name], options, check=True)
    for mode in ("danger", "forbidden", *ODD_READS):
        watched.run(TASKS[name], options, mode=mode)
    watched.run(TASKS[name], {**options, "timeout": "soon"})
    watched.run(TASKS[name], {**options, "no_such_option": marker(KEY)})


@pytest.mark.parametrize(
    "url", ["http://joe:%s@127.0.0.1:x", "joe:%s@127.0.0.1", "http://%s@ /", "http://joe:%s/@127.0.0.1", "http://joe:%%40%s@h:0"]
)
def test_of_a_url_that_is_none(watched: Watched, url: str) -> None:
    watched.run(TASKS["mailcow_domain_info"], {})
    result = watched.run(TASKS["mailcow_domain_info"], {"url": url % marker(LOGIN)})
    assert "is not the URL of a server" in result


@every_object
def test_of_an_object(watched: Watched, kind: object, item: dict, places: list[Path]) -> None:
    """Made, changed and refused, with a server that repeats all of it in each of the ways in which it can say something."""
    task = TASKS["mailcow_" + kind.name]
    execute(CONFIG, {**watched.connection, "config": made_before(kind)})
    given = _without_what_excludes(kind, item)
    always = dict.fromkeys(kind.policies, "always")
    for number, (mode, end) in enumerate([("", ""), *STEPS]):
        options, markers = marked(given, places, str(number), end)
        watched.markers |= markers
        for check in (True, False):
            watched.run(task, {**options, **always}, check, mode)
        assert mode in ODD_READS or COMPARED.issuperset(places) or seen(markers, " ".join(watched.echo.heard)), mode
    watched.run(task, {**options, "state": "absent"}, mode="warning")


@every_object
def test_of_options_that_ansible_refuses(watched: Watched, kind: object, item: dict, places: list[Path]) -> None:
    """Also where an option has the wrong shape: Ansible itself would repeat all the others then."""
    task = TASKS["mailcow_" + kind.name]
    options, markers = marked(_without_what_excludes(kind, item), places)
    watched.markers |= markers
    watched.run(TASKS["mailcow_domain_info"], {})
    for place in places:
        value = marker(place)
        for wrong in (value, [value], [[value]], {"x": value}, 7, "key=%s token=" % value, '{"key": "%s"' % value):
            watched.run(task, {**options, place[0]: wrong}, mode="danger")
        watched.run(task, {**options, place[0] + "x": value})
    for name in kind.identity.naming:
        watched.run(task, {**options, name: None})


def test_of_a_declared_state(watched: Watched) -> None:
    """All kinds at once: Ansible does not know which parts of it are secret."""
    execute(CONFIG, {**watched.connection, "config": {kind.plural: together(kind) for kind in KINDS}})
    for number, (mode, end) in enumerate([("", ""), *STEPS]):
        config: dict[str, list] = {}
        for kind, places in SECRET_KINDS.items():
            options, markers = marked(_without_what_excludes(kind, every_option(kind)[0]), places, str(number), end)
            watched.markers |= markers
            config[kind.plural] = [{**options, **dict.fromkeys(kind.policies, "always")}]
        for check in (True, False):
            watched.run(CONFIG, {"config": config}, check, mode)
        if not mode:
            assert all(seen([one], " ".join(watched.echo.heard)) for one in watched.markers - {marker(place, "0") for place in COMPARED})
    # It is all there now, and shown to nobody who does not ask for it.
    for name, task in TASKS.items():
        if name.endswith("_info"):
            watched.run(task, NEEDED.get(name, {}))


def _without_what_excludes(kind: object, options: dict) -> dict:
    """Options of a DKIM key without those that cannot stand beside a private one."""
    return {name: value for name, value in options.items() if (kind.name, name) != ("dkim", "key_size")}


def test_there_are_secrets_to_look_for() -> None:
    found: set[Path] = {place for places in SECRET_KINDS.values() for place in places}
    assert {("password",), ("password1",), ("private_key",), ("pushover", "key"), ("pushover", "token")} <= found
    assert all(KEY in secret_options(task.spec) for task in TASKS.values())
