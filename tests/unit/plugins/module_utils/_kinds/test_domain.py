# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.relayhost import RELAYHOST
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME = "a.example"
SMALL = {"defquota": 10, "maxquota": 20, "quota": 30}
ALL = {
    "domain": NAME,
    "description": "Größe <b>",
    "aliases": 5,
    "mailboxes": 7,
    "defquota": 11,
    "maxquota": 22,
    "quota": 33,
    "active": True,
    "gal": False,
    "backupmx": True,
    "relay_all_recipients": True,
    "relay_unknown_only": False,
    "relayhost": "1",
    "tags": ["a b", "Gold", "red"],
    "rate_limit": {"value": 10, "frame": "h"},
}
FOOTER = {"html": "<p>x</p>", "plain": "x"}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {
        "domain": "a.example",
        "description": "A",
        "aliases": 10,
        "mailboxes": 10,
        "defquota": 10,
        "maxquota": 100,
        "quota": 1000,
        "active": True,
        "gal": True,
        "backupmx": False,
        "relay_all_recipients": False,
        "relay_unknown_only": False,
        "relayhost": "a@smtp.example:587",
        "tags": ["gold"],
        "rate_limit": {"value": 5, "frame": "h"},
        "footer": {"html": "x", "plain": "x", "skip_replies": True, "exclude": []},
        "template": "Default",
        "dkim_selector": "one",
        "dkim_key_size": 1024,
        "restart_sogo": False,
    }
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for username in ("a", "b"):
        Play(sim, RELAYHOST).run(hostname="smtp.example", username=username)
    sim.clear_requests()
    return Play(sim, DOMAIN)


def test_everything(play: Play) -> None:
    assert play.round_trip(**ALL) == ALL
    play.gone(domain=NAME)


def test_only_a_name(play: Play) -> None:
    """facts-server 2: the rest comes from mailcow's template."""
    shown = play.round_trip(domain=" Größe.Example ")
    assert shown.items() >= {"domain": "xn--grsse-kua.example", "aliases": 400, "mailboxes": 10, "quota": 10240, "tags": []}.items()


@pytest.mark.parametrize(
    "change",
    [
        {"description": "other"},
        {"aliases": 6},
        {"mailboxes": 0},
        {"defquota": 12},
        {"maxquota": 23},
        {"quota": 40},
        {"defquota": 40, "maxquota": 50, "quota": 60},
        {"active": False},
        {"gal": True},
        {"relay_all_recipients": False},
        {"relay_all_recipients": False, "backupmx": False},
        {"relay_unknown_only": True},
        {"relayhost": "0"},
        {"relayhost": ""},
        {"relayhost": "b@SMTP.example"},
        {"tags": []},
        {"tags": ["blue", "GOLD"]},
        {"tags": ["%02d" % number for number in range(40)]},
        {"rate_limit": {"value": 20, "frame": "h"}},
        {"rate_limit": {"value": 10, "frame": "d"}},
        {"rate_limit": {"value": 0}},
        {"rate_limit": "20/d"},
    ],
    ids=str,
)
def test_one_change(play: Play, change: dict) -> None:
    before = play.run(**ALL)["domain"]
    after = play.change(domain=NAME, **change)
    unmanaged = before.keys() - change.keys()
    assert {option: after[option] for option in unmanaged} == {option: before[option] for option in unmanaged}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"description": ""}, "description: "),
        ({"aliases": 0}, "aliases: mailcow keeps the old value"),
        ({"backupmx": False}, "backupmx: mailcow keeps this enabled while relay_all_recipients is true;"),
        (
            {"relay_unknown_only": True, "relay_all_recipients": False},
            "relay_all_recipients: mailcow keeps this enabled while relay_unknown_only",
        ),
        ({"defquota": 30}, "defquota: 30 MiB is more than the maxquota of the domain, 22 MiB"),
        ({"quota": 20}, "maxquota: 22 MiB is more than the quota of the domain, 20 MiB"),
        ({"quota": 0}, "quota: 0 is too small"),
        ({"rate_limit": {"value": -1}}, "rate_limit: {'value': -1} is not a rate limit: write it like 100/h"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_or_ignore_is_found_before(play: Play, options: dict, message: str) -> None:
    play.run(**ALL)
    play.sim.clear_requests()
    assert message in play.fail(**{"domain": NAME, **options})["msg"]
    assert message in play.fail(**{"domain": NAME, **options}, check=True)["msg"]
    assert play.writes() == []


def test_an_alias_domain_is_no_domain(play: Play) -> None:
    """facts-server 2: get/domain of an alias domain answers with its target, an edit does nothing."""
    play.run(domain=NAME, **SMALL)
    Play(play.sim, ALIAS_DOMAIN).run(alias_domain="alias.example", target_domain=NAME)
    assert "alias.example is an alias domain of a.example" in play.fail(domain="alias.example", **SMALL)["msg"]
    assert not play.run(domain="alias.example", state="absent")["changed"]
    assert play.info(domain=NAME) != []


class TestWhatCannotBeRead:
    def test_the_footer_is_written_once(self, play: Play) -> None:
        play.run(domain=NAME, footer=FOOTER, **SMALL)
        assert play.writes() == ["add/domain", "edit/domain/footer"]
        play.unchanged(domain=NAME, footer=FOOTER)

    def test_or_always(self, play: Play) -> None:
        play.run(domain=NAME, **SMALL)
        play.sim.clear_requests()
        assert play.run(domain=NAME, footer=FOOTER, update_write_only="always")["changed"]
        assert play.writes() == ["edit/domain/footer"]

    def test_nobody_who_is_not_there_can_be_excluded(self, play: Play) -> None:
        """facts-server 2: the id is that of invalid addresses, but this one is valid."""
        play.run(domain=NAME, **SMALL)
        failed = play.fail(domain=NAME, footer={**FOOTER, "exclude": ["newsletter@a.example"]}, update_write_only="always")["msg"]
        assert "exclude of the footer contains newsletter@a.example, which is not a mailbox, alias or alias domain" in failed

    def test_a_key_is_made_with_the_domain(self, play: Play) -> None:
        play.run(domain=NAME, dkim_selector="mail", dkim_key_size=1024, restart_sogo=False, template="Default", **SMALL)
        body = next(request["body"] for request in play.sim.requests() if request["method"] == "POST")
        assert body.items() >= {"dkim_selector": "mail", "key_size": 1024, "restart_sogo": 0}.items()
        play.unchanged(domain=NAME, dkim_selector="other", dkim_key_size=2048, template="Default")


def test_read_only_values(play: Play) -> None:
    status = play.run(domain=NAME, **SMALL)["status"]
    assert status["domain_admins"] == []
    assert (status["display_name"], status["mboxes_left"], status["bytes_total"]) == (NAME, 10, 0)


def test_what_is_left_when_the_answer_is_lost(play: Play) -> None:
    """facts-server 2: an add that fails in the middle has stored the domain."""
    play.sim.fault(kind="reset", when="after", method="POST", times=1)
    assert play.run(**ALL)["domain"] == ALL


def test_there_is_no_such_template(play: Play) -> None:
    """An earlier task may make it, so check mode does not mind."""
    new = {"template": "none such", "domain": "new.example"}
    assert "template: there is no template 'none such' on the server; there are: Default" in play.fail(**new)["msg"]
    assert play.run(**new, check=True)["changed"]
