# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the kinds do on older servers (docs/mailcow/versions.md); how the engine does it is in test_since.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias import ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._kinds.app_password import APP_PASSWORD
from ansible_collections.community.mailcow.plugins.module_utils._kinds.bcc_map import BCC_MAP
from ansible_collections.community.mailcow.plugins.module_utils._kinds.dkim import DKIM
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain_admin import DOMAIN_ADMIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._kinds.recipient_map import RECIPIENT_MAP
from ansible_collections.community.mailcow.plugins.module_utils._kinds.time_limited_alias import TIME_LIMITED_ALIAS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from ansible_collections.community.mailcow.plugins.module_utils._tasks.export import EXPORT
from tests.simulator.process import Simulator

from .play import Play, execute

OLDEST, OLD, LATER, RECENT = "2024-01e", "2024-11b", "2025-03b", "2026-03b"
BOX, DOM = "user0001@tenant001.example", "tenant001.example"
SEED = "domains=2,mailboxes=2,aliases=1"


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Simulator]]:
    running = {version: Simulator(mailcow_version=version, seed=SEED) for version in (OLDEST, OLD, LATER, RECENT)}
    for server in running.values():
        server.start()
    yield running
    for server in running.values():
        server.stop()


@pytest.fixture
def at(servers: dict[str, Simulator]) -> object:
    """Gives what plays with objects of a kind on an empty server of a release."""

    def play(version: str, kind: object) -> Play:
        servers[version].reset()
        return Play(servers[version], kind)

    return play


class TestMailbox:
    def test_sender_acl_is_written_and_not_shown(self, at: object) -> None:
        play = at(RECENT, MAILBOX)
        wanted = {"address": "new@" + DOM, "password": "Secret-123", "sender_acl": [BOX]}
        made = play.run(**wanted)
        assert "sender_acl" not in made["mailbox"]
        assert "edit/mailbox" in play.writes()
        again = play.run(**wanted)
        assert not again["changed"]
        assert any("sender_acl: mailcow returns it since 2026-07a" in str(warning) for warning in again["warnings"])
        assert play.run(update_write_only="always", **wanted)["changed"]

    @pytest.mark.parametrize(
        ("option", "value", "release"),
        [
            ("authsource", "ldap", "2025-03"),
            ("force_tfa", True, "2026-03"),
            ("eas_access", False, "2026-01"),
            ("dav_access", False, "2026-01"),
            ("pw_recovery_email", "a@elsewhere.example", "2024-08"),
        ],
    )
    def test_what_came_later(self, at: object, option: str, value: object, release: str) -> None:
        play = at(OLDEST, MAILBOX)
        told = "%s: needs mailcow %s or newer, but the server runs %s" % (option, release, OLDEST)
        for options in ({"address": BOX}, {"address": "new@" + DOM, "password": "Secret-123"}):
            for check in (True, False):
                failed = play.try_(check, name="x", **{option: value}, **options)
                assert failed.get("failed")
                assert told in failed["msg"]
        assert play.writes() == []

    def test_what_holds_anyway(self, at: object) -> None:
        play = at(OLDEST, MAILBOX)
        held = {"authsource": "mailcow", "force_tfa": False, "eas_access": True, "dav_access": True, "pw_recovery_email": ""}
        play.unchanged(address=BOX, **held)
        assert play.run(address="new@" + DOM, password="Secret-123", **held)["mailbox"].items() >= held.items()

    def test_the_right_to_reset_the_password(self, at: object) -> None:
        play = at(OLDEST, MAILBOX)
        new = {"address": "new@" + DOM, "password": "Secret-123"}
        assert "acl: needs mailcow 2024-08" in play.fail(acl=["pw_reset"], **new)["msg"]
        assert play.run(acl=["quarantine"], **new)["changed"]
        assert play.writes()[-1] == "edit/user-acl"

    @pytest.mark.parametrize(("version", "writes"), [(LATER, ["add/mailbox", "edit/delimiter_action"]), (RECENT, ["add/mailbox"])])
    def test_what_becomes_of_tags(self, at: object, version: str, writes: list[str]) -> None:
        play = at(version, MAILBOX)
        new = {"address": "new@" + DOM, "password": "Secret-123", "tagged_mail_handler": "subject"}
        assert play.run(**new)["changed"]
        assert play.writes() == writes
        play.unchanged(**new)

    @pytest.mark.parametrize("version", [OLDEST, RECENT])
    def test_one_with_an_apostrophe_is_deleted_only_partly(self, at: object, version: str) -> None:
        """facts-mailboxes 1.8"""
        play = at(version, MAILBOX)
        bcc_maps = Play(play.sim, BCC_MAP)
        name = "o'brien@" + DOM
        play.run(address=name, password="Secret-123")
        bcc_maps.run(local_dest=name, type="rcpt", bcc_dest="copy@elsewhere.example")
        check, done = play.run(address=name, state="absent", check=True), play.run(address=name, state="absent")
        assert check["warnings"] == done["warnings"]
        assert "its BCC maps, rate limit, second factors" in str(done["warnings"])
        assert (done["changed"], play.info(address=name), len(bcc_maps.info(local_dest=name))) == (True, [], 1)
        play.unchanged(address=name, state="absent")

    def test_a_rename(self, at: object) -> None:
        assert "rename_to: needs mailcow 2024-11" in at(OLDEST, MAILBOX).fail(address=BOX, rename_to="new@" + DOM)["msg"]
        play = at(OLD, MAILBOX)
        assert play.run(address=BOX, rename_to="new@" + DOM)["mailbox"]["address"] == "new@" + DOM


def test_an_alias(at: object) -> None:
    play = at(OLDEST, ALIAS)
    new = {"address": "new@" + DOM, "goto": [BOX], "internal": False, "sender_allowed": True}
    play.round_trip(**new)
    assert "internal: needs mailcow 2025-09" in play.fail(**{**new, "internal": True})["msg"]
    assert "sender_allowed: needs mailcow 2026-01" in play.fail(**{**new, "sender_allowed": False})["msg"]
    changed = play.run(address="new@" + DOM, public_comment="x")
    assert any("sender_acl of %s cannot be restored" % BOX in str(warning) for warning in changed["warnings"])
    # The comment follows the add, but nobody could have a permission for a new alias yet.
    assert "warnings" not in play.run(address="newer@" + DOM, goto=[BOX], public_comment="x" * 161)


class TestTimeLimitedAlias:
    def test_what_tells_it_apart(self, at: object) -> None:
        play = at(OLD, TIME_LIMITED_ALIAS)
        wanted = {"username": BOX, "description": "x"}
        assert "description: needs mailcow 2025-01" in play.fail(**wanted)["msg"]
        assert play.writes() == []
        made = play.run(username=BOX, description="")
        address = made["status"]["address"]
        assert not play.run(username=BOX, description="")["changed"]
        assert play.run(username=BOX, address=address, validity=5, update_write_only="always")["changed"]
        assert play.run(username=BOX, address=address, state="absent")["changed"]
        assert play.info(username=BOX) == []

    @pytest.mark.parametrize(
        ("version", "writes"),
        [(LATER, ["add/time_limited_alias", "edit/time_limited_alias"]), ("2026-07a", ["add/time_limited_alias"])],
    )
    def test_how_long_it_lasts(self, at: object, servers: dict, version: str, writes: list[str]) -> None:
        with Simulator(mailcow_version=version, seed=SEED) as server:
            play = Play(server, TIME_LIMITED_ALIAS)
            made = play.run(username=BOX, description="x", validity=24)
            assert play.writes() == writes
            assert not play.run(username=BOX, description="x", validity=24)["changed"]
            created = play.run(username=BOX, description="year")
            assert 0 < made["status"]["expires"] < created["status"]["expires"] - 300 * 86400

    def test_for_ever(self, at: object) -> None:
        play = at(LATER, TIME_LIMITED_ALIAS)
        assert "permanent: needs mailcow 2025-12" in play.fail(username=BOX, description="x", permanent=True)["msg"]
        made = play.run(username=BOX, description="x", permanent=False)
        assert made["time_limited_alias"]["permanent"] is False
        play.unchanged(username=BOX, description="x", permanent=False)
        assert play.info(username=BOX)[0]["status"]["expires"] > 0


def test_duties_of_a_domain_administrator(at: object) -> None:
    play = at(LATER, DOMAIN_ADMIN)
    new = {"username": "jane", "password": "Secret-123", "domains": [DOM], "force_tfa": False, "force_pw_update": False}
    assert play.run(**new)["domain_admin"]["force_tfa"] is False
    play.unchanged(**{**new, "password": None})
    assert "force_tfa: needs mailcow 2026-03" in play.fail(username="jane", force_tfa=True)["msg"]


def test_the_password_of_an_app(at: object) -> None:
    play = at(LATER, APP_PASSWORD)
    new = {"username": BOX, "app_name": "phone"}
    play.run(password="Secret-123", **new)
    changed = play.run(password="Another-123", update_password="always", **new)
    assert changed["changed"]
    assert not play.run(password="Another-123", update_password="always", **new)["changed"]
    for check in (True, False):
        # No policy held for it.
        assert play.run(check=check, username=BOX, app_name="tablet", password="x")["changed"]


class TestKey:
    def test_a_selector_that_is_not_taken(self, at: object) -> None:
        play = at(OLD, DKIM)
        before = play.run(domain=DOM)["status"]["public_key"]
        assert "selector: needs mailcow 2025-01" in play.fail(domain=DOM, selector="a.b")["msg"]
        assert play.writes() == ["add/dkim"]
        assert play.run(domain=DOM)["status"]["public_key"] == before

    def test_its_size(self, at: object) -> None:
        play = at(OLD, DKIM)
        assert play.run(domain=DOM, key_size=3072)["dkim"]["key_size"] == 3072
        play.unchanged(domain=DOM, key_size=3072)


def test_a_recipient_map_to_a_domain(at: object) -> None:
    play = at(OLD, RECIPIENT_MAP)
    assert "recipient_map_new: needs mailcow 2025-02" in play.fail(recipient_map_old="a@b.example", recipient_map_new="@c.example")["msg"]
    assert play.run(recipient_map_old="a@b.example", recipient_map_new="d@c.example")["changed"]


def test_a_domain(at: object) -> None:
    play = at(OLDEST, DOMAIN)
    name = "xn--mnchen-3ya.example"
    made = play.run(domain=name, dkim_key_size=0)
    assert made["status"]["display_name"] == "münchen.example"
    footer = {"plain": "x", "exclude": [BOX]}
    assert play.run(domain=name, footer=footer, update_write_only="always")["changed"]
    failed = play.fail(domain=name, footer={"plain": "x", "exclude": ["elsewhere.example"]}, update_write_only="always")
    assert "footer: needs mailcow 2024-02" in failed["msg"]


class TestConfig:
    def test_each_object_says_what_it_needs(self, servers: dict[str, Simulator]) -> None:
        server = servers[LATER]
        server.reset()
        connection = {"url": server.url, "api_key": server.rw_key}
        mailboxes = [{"address": BOX, "force_tfa": True}, {"address": "new@" + DOM, "password": "Secret-123", "sender_acl": [BOX]}]
        for check in (True, False):
            result = execute(CONFIG, {**connection, "config": {"mailboxes": mailboxes}}, check)
            assert [failure["msg"] for failure in result["failures"]] == [
                "force_tfa: needs mailcow 2026-03 or newer, but the server runs " + LATER
            ]
            assert result["summary"]["mailboxes"] == {"created": 1, "updated": 0, "deleted": 0, "unchanged": 0, "failed": 1}
        # It was written, though nothing shows it.
        edits = [request["body"] for request in server.requests() if request["path"] == "/api/v1/edit/mailbox"]
        assert [edit["attr"]["sender_acl"] for edit in edits] == [[BOX]]
        assert not execute(CONFIG, {**connection, "config": {"mailboxes": mailboxes[1:]}})["changed"]

    def test_an_export_can_be_applied_to_an_older_and_to_a_newer_server(self, servers: dict[str, Simulator]) -> None:
        for one, other in ((OLDEST, RECENT), (RECENT, OLDEST)):
            servers[one].reset()
            servers[other].reset("")
            source, target = ({"url": server.url, "api_key": server.rw_key} for server in (servers[one], servers[other]))
            config = execute(EXPORT, dict(source, details=True))["config"]
            for mailbox in config["mailboxes"]:
                mailbox["password"] = "Secret-123"
            result = execute(CONFIG, dict(target, config=config))
            assert [failure["name"] for failure in result["failures"]] == []
            assert not execute(CONFIG, dict(target, config=config))["changed"]
