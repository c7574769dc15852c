# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_template import DOMAIN_TEMPLATE
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

NAME = {"template": "Small"}
# What a new one has.
NEW = {
    "aliases": 400,
    "mailboxes": 10,
    "defquota": 3072,
    "maxquota": 10240,
    "quota": 10240,
    "active": True,
    "gal": True,
    "backupmx": False,
    "relay_all_recipients": False,
    "relay_unknown_only": False,
    "dkim_selector": "dkim",
    "dkim_key_size": 2048,
    "rate_limit": {"value": 0, "frame": "s"},
    "tags": [],
}
ALL = {
    **NAME,
    "aliases": 5,
    "mailboxes": 3,
    "defquota": 100,
    "maxquota": 200,
    "quota": 600,
    "active": False,
    "gal": False,
    "backupmx": True,
    "relay_all_recipients": True,
    "relay_unknown_only": True,
    "dkim_selector": "mail",
    "dkim_key_size": 1024,
    "rate_limit": {"value": 100, "frame": "d"},
    "tags": ["small"],
}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [ALL]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, DOMAIN_TEMPLATE)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(**NAME)


def test_what_a_new_one_has(play: Play) -> None:
    assert play.round_trip(**NAME) == {**NAME, **NEW}


@pytest.mark.parametrize("option", [name for name in ALL if name not in ("template", "defquota", "maxquota")])
def test_an_edit_leaves_the_rest_as_it_is(play: Play, option: str) -> None:
    """facts-mailboxes 3: what is omitted is reset."""
    play.run(**ALL)
    assert play.change(**NAME, **{option: NEW[option]}) == {**ALL, option: NEW[option]}


def test_none_at_all(play: Play) -> None:
    """facts-mailboxes 3: an add takes 0 for "not given", so that an edit follows."""
    assert play.round_trip(**NAME, aliases=0, mailboxes=0) == {**NAME, **NEW, "aliases": 0, "mailboxes": 0}


def test_several_are_deleted_one_by_one(play: Play) -> None:
    """facts-mailboxes 3: mailcow deletes only the first of a list."""
    for name in ("A", "B", "C"):
        play.run(template=name)
    config = {"config": {"domain_templates": []}, "prune": ["domain_templates"], "allow_empty": True}
    result = execute(CONFIG, {**play.connection, **config})
    assert result["summary"]["domain_templates"]["deleted"] == 3
    assert [one["template"] for one in play.info()] == ["Default"]


@pytest.mark.parametrize("check", [True, False])
def test_the_template_of_mailcow(play: Play, check: bool) -> None:
    assert "mailcow does not delete this domain template" in play.try_(check=check, template="DEFAULT", state="absent")["msg"]
    assert "does not rename the template Default" in play.try_(check=check, id=1, template="Mine")["msg"]
    assert play.run(check=check, template="Default", mailboxes=99)["changed"]


def test_domains_of_it(play: Play) -> None:
    config = {"domain_templates": [ALL], "domains": [{"domain": "a.example", "template": "small"}]}
    for check in (True, False):
        result = execute(CONFIG, {**play.connection, "config": config}, check)
        assert not result.get("failed"), result
    made = Play(play.sim, DOMAIN).info(domain="a.example")[0]
    assert {name: made[name] for name in ("aliases", "quota", "rate_limit", "tags")} == {
        name: ALL[name] for name in ("aliases", "quota", "rate_limit", "tags")
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"defquota": 20000}, "defquota: 20000 MiB is more than the maxquota of the template, 10240 MiB"),
        ({"quota": 5}, "maxquota: 10240 MiB is more than the quota of the template, 5 MiB"),
        ({"quota": 0}, "quota: 0 is too small; the minimum is 1"),
        ({"dkim_selector": "a b"}, "dkim_selector: 'a b' is not a DKIM selector"),
    ],
    ids=str,
)
def test_what_no_domain_could_be_made_of(play: Play, options: dict, message: str) -> None:
    for existing in (False, True):
        if existing:
            play.run(**NAME)
        assert message in play.fail(**NAME, **options)["msg"]
