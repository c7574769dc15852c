# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds.app_password import APP_PASSWORD
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_admin import DOMAIN_ADMIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.password_policy import PASSWORD_POLICY
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

# Of a new server.
NEW = {"length": 6, "chars": False, "lowerupper": False, "numbers": False, "special_chars": False}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"length": 8, "chars": True, "lowerupper": False, "numbers": True, "special_chars": False}]
# What lacks one thing each.
BAD = {"chars": "12345678!", "lowerupper": "alllower1!", "numbers": "NoNumbers!", "special_chars": "NoSpecial1", "length": "Sh0rt!!"}
GOOD, LONGER = "Good-Pass1", "Good-enough-1"
BOX = {"address": "new@a.example"}
CASES = [
    (MAILBOX, BOX),
    (DOMAIN_ADMIN, {"username": "new", "domains": ["a.example"]}),
    (APP_PASSWORD, {"username": "jane@a.example", "app_name": "Phone"}),
]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, PASSWORD_POLICY)


def shown(play: Play) -> dict:
    return {name: value for name, value in play.info().items() if name != "status"}


def test_each_setting_for_itself(play: Play) -> None:
    assert shown(play) == NEW
    wanted = dict(NEW)
    for name, value in [("length", 3), *((name, True) for name in NEW if name != "length")]:
        wanted[name] = value
        assert play.change(**{name: value}) == wanted
    assert play.change(**NEW) == NEW


def test_a_number_that_does_not_count(play: Play) -> None:
    """facts-server 22: any number is stored, and all but 1 count as off."""
    play.sim.plant("redis", "HSET PASSWD_POLICY length 8 chars 5 special_chars -1 lowerupper 0 numbers 0")
    assert shown(play) == {**NEW, "length": 8}
    play.unchanged(chars=False)
    play.change(chars=True)


def test_a_password_of_two_characters(play: Play) -> None:
    assert "length: 2 is too small; the minimum is 3" in play.fail(length=2)["msg"]


class TestPrediction:
    """Check mode says what mailcow would say of a new password."""

    @pytest.fixture
    def strict(self, play: Play) -> Play:
        Play(play.sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
        Play(play.sim, MAILBOX).run(address="jane@a.example", password=GOOD)
        play.run(length=8, **{name: True for name in NEW if name != "length"})
        return play

    @pytest.mark.parametrize(("kind", "options"), CASES, ids=lambda value: value.name if isinstance(value, Kind) else "")
    def test_of_a_new_object(self, strict: Play, kind: Kind, options: dict) -> None:
        play = Play(strict.sim, kind)
        for password in BAD.values():
            message = play.fail(check=True, **options, password=password)["msg"]
            wants = "8 characters, a letter, a lower case and an upper case letter, a digit, a character that is neither letter nor digit"
            assert "password: the password policy of the server requires at least: " + wants in message
            assert password not in message
            assert "the password does not meet the password policy" in play.fail(**options, password=password)["msg"]
        for password in (GOOD, "Grün-123"):
            assert play.run(check=True, **options, password=password)["changed"]
        assert play.run(**options, password="Grün-123")["changed"]

    def test_of_one_that_exists(self, strict: Play) -> None:
        play = Play(strict.sim, MAILBOX)
        play.run(**BOX, password=GOOD)
        assert not play.run(check=True, **BOX, password="short")["changed"]
        for check in (True, False):
            assert "password policy" in play.fail(check=check, **BOX, password="short", update_password="always")["msg"]
        assert not play.run(check=True, **BOX, active=True)["changed"]

    def test_one_more_byte(self, strict: Play) -> None:
        """facts-server 22: mailcow counts bytes."""
        play = Play(strict.sim, MAILBOX)
        for password, good in (("Aa1-äää", True), ("Aa1-ää", True), ("Aa1-äx", False)):
            assert bool(play.try_(check=True, **BOX, password=password).get("failed")) != good
            assert bool(play.try_(address="b%d@a.example" % len(password.encode()), password=password).get("failed")) != good

    def test_an_identity_provider_knows_the_password(self, strict: Play) -> None:
        """facts-mailboxes 1.4: mailcow does not look at it."""
        play = Play(strict.sim, MAILBOX)
        strict.sim.plant("sql", "INSERT INTO identity_provider (key, value) VALUES ('authsource', 'ldap')")
        for check in (True, False):
            assert play.run(check=check, **BOX, authsource="ldap", password="x")["changed"]

    def test_only_check_mode_asks(self, strict: Play) -> None:
        play = Play(strict.sim, MAILBOX)
        strict.sim.clear_requests()
        play.run(**BOX, password=GOOD)
        assert not [request for request in strict.sim.requests() if "passwordpolicy" in request["path"]]

    @pytest.mark.parametrize(("password", "good"), [(GOOD, False), (LONGER, True)])
    def test_by_the_policy_of_the_same_run(self, strict: Play, password: str, good: bool) -> None:
        config = {"password_policy": {"length": 12}, "mailboxes": [{**BOX, "password": password}]}
        for check in (True, False):
            result = execute(CONFIG, {**strict.connection, "config": config}, check)
            assert bool(result.get("failed")) != good
            assert result["summary"]["mailboxes"]["failed"] == int(not good)

    def test_by_a_policy_that_becomes_weaker(self, strict: Play) -> None:
        config = {"password_policy": {**NEW, "length": 3}, "mailboxes": [{**BOX, "password": "abc"}]}
        for check in (True, False):
            assert not execute(CONFIG, {**strict.connection, "config": config}, check).get("failed")

    def test_a_mailcow_that_does_not_tell(self, strict: Play) -> None:
        strict.sim.fault(kind="status", status=404, body='{"type": "error", "msg": "route not found"}', path="passwordpolicy")
        assert Play(strict.sim, MAILBOX).run(check=True, **BOX, password="x")["changed"]
