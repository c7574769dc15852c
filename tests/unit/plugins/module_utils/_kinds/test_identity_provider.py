# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.identity_provider import IDENTITY_PROVIDER
from ansible_collections.community.mailcow.plugins.module_utils._kinds.mailbox import MAILBOX
from ansible_collections.community.mailcow.plugins.module_utils._tasks.config import CONFIG
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play, execute

SECRET = "Hunter2-hunter2"
COMMON = {"ignore_ssl_error": True, "login_provisioning": False, "default_template": "Default", "attribute_mapping": {"staff": "Default"}}
SYNC = {"periodic_sync": True, "sync_interval": 30, "import_users": True}
CLIENT = {"client_id": "mailcow", "redirect_url": "https://mail.example.com", "redirect_url_extra": ["https://webmail.example.com"]}
KEYCLOAK = {
    "authsource": "keycloak",
    "server_url": "https://keycloak.example",
    "realm": "mailcow",
    "version": "26.1.3",
    "mailpassword_flow": True,
    **CLIENT,
    **SYNC,
    **COMMON,
}
OIDC = {
    "authsource": "generic-oidc",
    **{name: f"https://sso.example/{name}/" for name in ("authorize_url", "token_url", "userinfo_url")},
    "client_scopes": "openid email",
    **CLIENT,
    **COMMON,
}
LDAP = {
    "authsource": "ldap",
    "host": "ldap1.example,ldap2.example",
    "port": 636,
    "use_ssl": False,
    "use_tls": True,
    "basedn": "DC=example",
    "binddn": "CN=ro,DC=example",
    "username_field": "userprincipalname",
    "filter": "(x=1)",
    "attribute_field": "othermailbox",
    **SYNC,
    **COMMON,
}
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{**KEYCLOAK, "client_secret": SECRET}, {**OIDC, "client_secret": SECRET}, {**LDAP, "bindpass": SECRET}]
each_provider = pytest.mark.parametrize("options", EVERY_OPTION, ids=lambda options: options["authsource"])
# What mailcow does not take a provider without.
VITAL = {
    "keycloak": ("server_url", "realm", "version", "client_id", "client_secret", "redirect_url"),
    "generic-oidc": ("authorize_url", "token_url", "userinfo_url", "client_id", "client_secret", "redirect_url"),
    "ldap": ("host", "basedn", "binddn", "bindpass"),
}
LEAST = {one["authsource"]: {name: one[name] for name in VITAL[one["authsource"]]} for one in EVERY_OPTION}
UNSYNCED = {"periodic_sync": False, "sync_interval": 15, "import_users": False}
UNENCRYPTED = {"use_ssl": False, "use_tls": False}


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, IDENTITY_PROVIDER)


def shown(play: Play) -> dict:
    found = play.info()
    return {key: value for key, value in found.items() if key != "status"}


def stored(play: Play) -> dict:
    """What mailcow itself shows, secrets included."""
    return play.info(show_secrets=True)


def without_secrets(options: dict) -> dict:
    return {name: value for name, value in options.items() if value != SECRET}


@each_provider
def test_everything(play: Play, options: dict) -> None:
    assert play.change(**options) == without_secrets(options)
    assert SECRET in stored(play).values()
    play.unchanged(**shown(play))


@each_provider
def test_it_is_gone(play: Play, options: dict) -> None:
    play.run(**options)
    check = play.run(check=True, diff=True, state="absent")
    done = play.run(diff=True, state="absent")
    assert (check["changed"], check["diff"]) == (done["changed"], done["diff"])
    assert shown(play) == {"authsource": "mailcow"}
    assert not play.run(state="absent")["changed"]
    play.unchanged(authsource="mailcow")


@pytest.mark.parametrize(
    ("provider", "defaults"),
    [
        ("keycloak", {"mailpassword_flow": False, "redirect_url_extra": [], **UNSYNCED}),
        ("generic-oidc", {"client_scopes": "openid profile email mailcow_template", "redirect_url_extra": []}),
        ("ldap", {"port": 389, "username_field": "mail", **dict.fromkeys(("filter", "attribute_field"), ""), **UNENCRYPTED, **UNSYNCED}),
    ],
)
def test_what_is_omitted(play: Play, provider: str, defaults: dict) -> None:
    """facts-server 24: mailcow's own defaults; but new mailboxes at the first login are on, as in its web interface."""
    options = {"authsource": provider, **LEAST[provider]}
    common = {"ignore_ssl_error": False, "login_provisioning": True, "default_template": "", "attribute_mapping": {}}
    made = play.change(**options)
    assert made == {**without_secrets(options), **defaults, **common}
    play.unchanged(**made)


@each_provider
def test_what_is_not_given_stays(play: Play, options: dict) -> None:
    """facts-server 24: mailcow knows no partial edit, and resets most of what is omitted."""
    play.run(**options)
    assert play.change(ignore_ssl_error=False) == {**without_secrets(options), "ignore_ssl_error": False}
    assert SECRET in stored(play).values()


@pytest.mark.parametrize(
    ("provider", "change"),
    [
        ("keycloak", {"realm": "other"}),
        ("keycloak", {"mailpassword_flow": False}),
        ("keycloak", {"sync_interval": 1}),
        ("keycloak", {"redirect_url_extra": []}),
        ("keycloak", {"attribute_mapping": {}}),
        ("keycloak", {"attribute_mapping": {"a": "x", "b": "y"}}),
        ("keycloak", {"default_template": ""}),
        ("keycloak", {"login_provisioning": True}),
        ("generic-oidc", {"token_url": "https://other.example/token"}),
        ("ldap", {"filter": ""}),
        ("ldap", {"use_tls": False, "use_ssl": True}),
        ("ldap", {"port": 389}),
    ],
    ids=str,
)
def test_one_change(play: Play, provider: str, change: dict) -> None:
    options = next(options for options in EVERY_OPTION if options["authsource"] == provider)
    play.run(**options)
    assert play.change(**change) == {**without_secrets(options), **change}


def test_other_spellings_make_no_difference(play: Play) -> None:
    play.run(**EVERY_OPTION[0])
    play.unchanged(server_url="https://keycloak.example//", redirect_url_extra=[" https://webmail.example.com ", ""])
    play.run(state="absent")
    play.run(**EVERY_OPTION[2])
    play.unchanged(host="ldap1.example, ldap2.example", username_field="userPrincipalName", attribute_field="otherMailbox")


class TestSecret:
    """facts-server 24: mailcow shows them, so that they are compared, and to nobody else shown."""

    def test_it_is_compared(self, play: Play) -> None:
        play.run(**EVERY_OPTION[0])
        play.unchanged(client_secret=SECRET)
        result = play.run(client_secret="Another-1234", diff=True)
        assert result["changed"]
        assert "Another-1234" not in str((result["diff"], result["identity_provider"]))
        assert stored(play)["client_secret"] == "Another-1234"

    def test_it_is_shown_only_to_those_who_ask(self, play: Play) -> None:
        play.run(**EVERY_OPTION[2])
        assert "bindpass" not in play.info()
        assert play.info(show_secrets=True)["bindpass"] == SECRET


class TestAnotherProvider:
    def test_nothing_goes_to_it_by_itself(self, play: Play) -> None:
        """Both have a client and its secret."""
        play.run(**EVERY_OPTION[0])
        message = play.fail(**{name: value for name, value in OIDC.items() if name != "client_id"})["msg"]
        assert "client_id, client_secret: required with authsource generic-oidc" in message

    def test_former_settings_are_not_shown(self, play: Play) -> None:
        """facts-server 24: mailcow keeps and shows those of the former provider."""
        play.run(**EVERY_OPTION[0])
        assert play.change(**EVERY_OPTION[2]) == LDAP
        assert play.change(**EVERY_OPTION[1]) == OIDC

    @pytest.mark.parametrize("options", [EVERY_OPTION[0], {"state": "absent"}], ids=["another", "none"])
    def test_mailboxes_need_the_one_that_is_there(self, play: Play, options: dict) -> None:
        play.run(**EVERY_OPTION[2])
        Play(play.sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
        Play(play.sim, MAILBOX).run(address="jane@a.example", authsource="ldap")
        assert "mailboxes log in through the present identity provider; change their" in play.fail(**options)["msg"]
        check = play.try_(check=True, **options)
        assert check["failed"]
        assert "if no mailbox has a different authsource: jane@a.example" in check["msg"]
        play.unchanged(**EVERY_OPTION[2])


class TestTrial:
    """facts-server 24: mailcow can try settings, and says no more than whether that went well."""

    def test_it_goes_well(self, play: Play) -> None:
        play.sim.plant("service", "identity-provider up")
        assert play.run(**EVERY_OPTION[0], test=True)["changed"]
        assert play.writes() == ["edit/identity-provider-test", "edit/identity-provider"]
        tried, written = (request["body"] for request in play.sim.requests() if request["method"] == "POST")
        assert tried == written
        play.unchanged(**EVERY_OPTION[0], test=True)

    @pytest.mark.parametrize("provider", LEAST)
    def test_with_the_least(self, play: Play, provider: str) -> None:
        """mailcow does not try LDAP without a port, although it has a default."""
        play.sim.plant("service", "identity-provider up")
        assert play.run(authsource=provider, **LEAST[provider], test=True)["changed"]

    def test_it_fails(self, play: Play) -> None:
        message = play.fail(**EVERY_OPTION[0], test=True)["msg"]
        assert "could not use it, so nothing was changed" in message
        assert shown(play) == {"authsource": "mailcow"}

    def test_not_in_check_mode(self, play: Play) -> None:
        assert play.run(**EVERY_OPTION[0], test=True, check=True)["changed"]
        assert play.writes() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"realm": "x"}, "authsource: set authsource together with realm; the server has no identity provider"),
        (
            {"authsource": "keycloak"},
            "server_url, realm, version, client_id, client_secret, redirect_url: required with authsource keycloak",
        ),
        ({"authsource": "keycloak", **LEAST["keycloak"], "realm": ""}, "realm: required with authsource keycloak"),
        ({"authsource": "ldap", **LEAST["ldap"], "realm": "x"}, "realm: only keycloak has it, not ldap"),
        ({"authsource": "generic-oidc", **LEAST["generic-oidc"], "import_users": True}, "import_users: only keycloak and ldap has it"),
        ({"authsource": "ldap", **LEAST["ldap"], "use_ssl": True, "use_tls": True}, "use_tls: mailcow ignores it with use_ssl"),
        ({"authsource": "ldap", **LEAST["ldap"], "port": 0}, "port: 0 is too small"),
        ({"authsource": "ldap", **LEAST["ldap"], "attribute_mapping": {"x": ""}}, "attribute_mapping: neither a value nor a template"),
    ],
    ids=str,
)
def test_what_mailcow_would_refuse_or_ignore_is_found_before(play: Play, options: dict, message: str) -> None:
    assert message in play.fail(**options)["msg"]
    assert play.writes() == []


def test_with_the_mailboxes_that_need_it(sim: Simulator) -> None:
    """In one task, for real and in check mode."""
    config = {
        "identity_provider": EVERY_OPTION[2],
        "domains": [{"domain": "a.example", "dkim_key_size": 0}],
        "mailboxes": [{"address": "jane@a.example", "authsource": "ldap"}],
    }
    options = {"url": sim.url, "api_key": sim.rw_key, "timeout": 60, "config": config}
    check, done, again = execute(CONFIG, options, check=True), execute(CONFIG, options), execute(CONFIG, options)
    assert "msg" not in check
    assert check["changes"] == done["changes"]
    assert not again["changed"]


def test_on_the_first_releases_that_have_it() -> None:
    """They show one that was never set as nothing at all (facts in docs/mailcow/versions.md)."""
    with Simulator(mailcow_version="2025-03b") as old:
        play = Play(old, IDENTITY_PROVIDER)
        assert not play.run(authsource="mailcow")["changed"]
        assert play.run(authsource="ldap", **LEAST["ldap"])["changed"]
        assert not play.run(authsource="ldap", **LEAST["ldap"])["changed"]
        assert play.run(state="absent")["changed"]
        assert not play.run(state="absent")["changed"]
