# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What mailcow's web interface and other users of its API write, and this collection never would: it is found, shown and exported, and
is no difference from itself.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

HOME, OWNER = "a.example", "o'wner+tag@a.example"
ODD = "Ünï \"q\" 's' <b>&amp; 😀 \\ % {{ x }}"
JOB = {"username": OWNER, "port1": 993, "password1": ODD, "enc1": "TLS", "mins_interval": 20, "exclude": ""}
ADDED = [
    ("domain", {"domain": HOME, "description": ODD, "tags": ["a,b", "0"], "key_size": 0, "gal": 5}),
    ("domain", {"domain": "odd.example", "aliases": -5, "rl_value": -5, "rl_frame": "h", "key_size": 0}),
    ("mailbox", {"local_part": "o'wner+tag", "domain": HOME, "name": ODD, "password": "Secret-1", "password2": "Secret-1"}),
    (
        "mailbox",
        {
            "local_part": "off",
            "domain": HOME,
            "active": 5,
            "quarantine_notification": "nope",
            "password": "Secret-1",
            "password2": "Secret-1",
        },
    ),
    ("alias", {"address": "self@a.example", "goto": "%s,self@a.example" % OWNER, "public_comment": ODD, "active": 1}),
    ("alias", {"address": '"quoted"@a.example', "goto": OWNER}),
    ("relayhost", {"hostname": "smtp.bücher.example:25", "username": "us:er", "password": ODD}),
    ("relayhost", {"hostname": "no server", "username": "", "password": ""}),
    ("transport", {"destination": "bücher.example", "nexthop": "Mx.bücher.example", "username": "", "password": ""}),
    ("transport", {"destination": "b[üu]cher\\.example$", "nexthop": "mx.example", "is_mx_based": 1, "username": "", "password": ""}),
    ("syncjob", dict(JOB, host1="imap.bücher.example", user1=" odd ")),
    ("syncjob", dict(JOB, host1="not a host!", user1=ODD)),
    ("rsetting", {"desc": " twice ", "content": "  a \r\n b "}),
    ("rsetting", {"desc": "Twice", "content": ODD}),
    ("domain/template", {"template": ODD, "dkim_selector": "", "key_size": 0}),
    ("mailbox/template", {"template": "half", "protocol_access": [], "acl": [], "active": 5}),
    ("dkim", {"domains": HOME, "dkim_selector": "odd", "key_size": 1536}),
]
# What cannot be declared.
LEFT_OUT = [
    "relay host no server  is left out, because mailcow_config would refuse it: 'no server' is not a server",
    "domain template %s: dkim_selector is left out, because mailcow_config would refuse it: '' is not a DKIM selector" % ODD,
    "domain odd.example: aliases is left out, because mailcow_config would refuse it: -5 is too small; the minimum is 0",
    "domain odd.example: rate_limit is left out, because mailcow_config would refuse it: {'value': -5, 'frame': 'h'} is not a rate limit",
    "DKIM key of a.example: key_size is left out, because mailcow_config would refuse it: value of key_size must be one of",
    "mailbox off@a.example: quarantine_notification is left out, because mailcow_config would refuse it: value of",
    'alias "quoted"@a.example is left out, because mailcow_config would refuse it: \'"quoted"@a.example\' is not a valid e-mail address',
]


@pytest.fixture(scope="module")
def filled() -> Simulator:
    with Simulator() as sim:
        client = Client(sim.url, sim.rw_key, timeout=60)
        for route, attributes in ADDED:
            client.write("add/" + route, attributes)
        # What an edit of a template omits becomes null.
        client.write("edit/mailbox/template", {"items": [4], "attr": {"quarantine_category": "all", "protocol_access": [], "acl": []}})
        yield sim


def exported(sim: Simulator, **options: object) -> dict:
    result = execute(EXPORT, {"url": sim.url, "api_key": sim.rw_key, "details": True, **options})
    assert not result.get("failed"), result["msg"]
    return result


def test_what_cannot_be_declared_is_left_out_with_a_warning(filled: Simulator) -> None:
    # They are plain texts in ansible-core before 2.19.
    warnings = [warning if isinstance(warning, str) else warning["event"]["msg"] for warning in exported(filled)["warnings"]]
    assert [warning[: len(start)] for warning, start in zip(warnings, LEFT_OUT, strict=True)] == LEFT_OUT


@pytest.mark.parametrize("check", [True, False])
def test_the_export_is_no_change(filled: Simulator, check: bool) -> None:
    config = exported(filled)["config"]
    assert [len(config[plural]) for plural in ("relayhosts", "transports", "syncjobs", "rspamd_settings", "aliases")] == [1, 2, 2, 2, 1]
    result = execute(CONFIG, {"url": filled.url, "api_key": filled.rw_key, "config": config}, check, diff=True)
    assert (result.get("msg"), result["diff"], result["changed"]) == (None, {"before": {}, "after": {}}, False)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
def test_each_one_is_no_change_of_itself(filled: Simulator, kind: object) -> None:
    objects = exported(filled, kinds=[kind.plural])["config"][kind.plural]
    for one in [objects] if kind.read.only_one else objects:
        Play(filled, kind).unchanged(**one)


def test_no_more_warnings_than_fit_on_a_screen(sim: Simulator) -> None:
    for number in range(25):
        sim.plant("sql", "INSERT INTO domain (domain, aliases) VALUES ('d%d.example', -1)" % number)
    assert len(exported(sim)["warnings"]) == 21


@pytest.mark.parametrize("on", [True, False])
def test_a_flag_that_is_neither_0_nor_1_is_off(sim: Simulator, connect: Callable, on: bool) -> None:
    """facts-mailboxes 0.5"""
    connect().write("add/domain", {"domain": HOME, "key_size": 0, "active": 2, "gal": 3, "restart_sogo": 0})
    play = Play(sim, DOMAIN)
    assert [(one["active"], one["gal"]) for one in play.info()] == [(False, False)]
    wanted = {"domain": HOME, "active": on, "gal": on}
    if on:
        play.change(**wanted)
        assert connect().get("domain", HOME)["gal"] == 1
    else:
        play.unchanged(**wanted)


def test_a_domain_without_a_description(sim: Simulator) -> None:
    play = Play(sim, DOMAIN)
    play.run(domain=HOME, dkim_key_size=0)
    sim.plant("sql", "UPDATE domain SET description = NULL")
    play.unchanged(domain=HOME, description="")


@pytest.mark.parametrize("on", [True, False])
def test_a_domain_for_which_mailcow_neither_relays_nor_accepts_mail(sim: Simulator, connect: Callable, on: bool) -> None:
    """facts-mailboxes 0.5"""
    connect().write("add/domain", {"domain": HOME, "key_size": 0, "backupmx": 2, "restart_sogo": 0})
    play = Play(sim, DOMAIN)
    assert [one["backupmx"] for one in play.info()] == [None]
    play.unchanged(**exported(sim)["config"]["domains"][0])
    play.change(domain=HOME, backupmx=on)
    assert connect().get("domain", HOME)["backupmx"] == int(on)
