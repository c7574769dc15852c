# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, PublicFormat

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._engine.server import Server
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.dkim import DKIM
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._tasks import connection
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

NAME, OTHER = "a.example", "b.example"
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [
    {"domain": "a.example", "selector": "two", "key_size": 1024},
    {"domain": "c.example", "duplicate_from": "a.example"},
]


def pem(key: object, form: PrivateFormat = PrivateFormat.PKCS8, lock: object = None) -> str:
    return key.private_bytes(Encoding.PEM, form, lock or NoEncryption()).decode()


def public(private: str) -> str:
    key = serialization.load_pem_private_key(private.encode(), None).public_key()
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def in_capitals(play: Play) -> object:
    """What is kept under the other name, where a new key is made."""
    return Client(play.sim.url, play.sim.rw_key).get("dkim", NAME.upper())


@pytest.fixture(scope="module")
def keys() -> list:
    return [rsa.generate_private_key(65537, 1024) for _number in range(2)]


@pytest.fixture
def play(sim: Simulator) -> Play:
    for name in (NAME, OTHER):
        Play(sim, DOMAIN).run(domain=name, dkim_selector="old", dkim_key_size=0)
    return Play(sim, DKIM)


class TestMade:
    """Keys that the server makes."""

    def test_a_key(self, play: Play) -> None:
        assert play.round_trip(domain=NAME, selector="mail", key_size=1024) == {"domain": NAME, "selector": "mail", "key_size": 1024}
        play.gone(domain=NAME)

    def test_defaults(self, play: Play) -> None:
        shown = play.run(domain=" A.Example ")["dkim"]
        assert shown == {"domain": NAME, "selector": "dkim", "key_size": 2048}
        play.unchanged(domain=NAME)

    @pytest.mark.parametrize("change", [{"selector": "new"}, {"key_size": 2048}], ids=str)
    def test_a_change_makes_a_new_key(self, play: Play, change: dict) -> None:
        before = play.run(domain=NAME, selector="mail", key_size=1024)
        play.change(domain=NAME, **change)
        after = play.info(domain=NAME)[0]
        assert {option: after[option] for option in ("selector", "key_size")} == dict({"selector": "mail", "key_size": 1024}, **change)
        assert after["status"]["public_key"] != before["status"]["public_key"]

    @pytest.mark.parametrize("path", ["delete/dkim", "add/dkim", "add/dkim_duplicate"])
    @pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "echo"}, {"kind": "empty"}], ids=str)
    def test_the_old_key_stays_until_the_new_one_is_there(
        self, play: Play, path: str, fault: dict, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """facts-server 5: mailcow makes no key beside another one, but it does so under the name in capitals."""
        # What an add of unknown outcome made is not waited for.
        monkeypatch.setattr(connection, "Server", lambda *options: Server(*options[:3], 0.01))
        old = play.run(domain=NAME, selector="mail", key_size=1024)["status"]["public_key"]
        play.sim.fault(path=path + "$", **fault)
        failure = play.fail(domain=NAME, selector="new")
        assert path in failure["msg"]
        assert failure["changed"] is False
        assert play.info(domain=NAME)[0]["status"]["public_key"] == old
        assert in_capitals(play) is None
        play.sim.clear_faults()
        play.sim.clear_requests()
        assert play.run(domain=NAME, selector="new")["status"]["public_key"] != old
        assert play.writes() == ["delete/dkim", "add/dkim", "add/dkim_duplicate", "delete/dkim"]
        assert in_capitals(play) is None

    @pytest.mark.parametrize("change", [{"key_size": 2048}, {"state": "absent"}], ids=str)
    def test_what_a_killed_run_left_goes_with_the_next_change(self, play: Play, change: dict) -> None:
        play.run(domain=NAME, selector="mail", key_size=1024)
        Client(play.sim.url, play.sim.rw_key).write("add/dkim_duplicate", {"from_domain": NAME, "to_domain": NAME.upper()})
        play.unchanged(domain=NAME, selector="mail")
        play.run(domain=NAME, **change)
        assert in_capitals(play) is None

    def test_a_name_without_a_letter_has_no_capitals(self, play: Play, keys: list) -> None:
        """facts-server 2 and 5: mailcow takes such a domain."""
        Play(play.sim, DOMAIN).run(domain="123.45", dkim_key_size=1024)
        play.sim.clear_requests()
        for check in (True, False):
            assert "Delete it first" in play.fail(domain="123.45", selector="new", check=check)["msg"]
        assert play.writes() == []
        play.change(domain="123.45", private_key=pem(keys[0]))

    def test_the_record_to_publish(self, play: Play) -> None:
        status = play.run(domain=NAME, selector="mail", key_size=1024)["status"]
        assert status["dns_record"]["name"] == "mail._domainkey.a.example"
        assert status["dns_record"]["value"].endswith("p=" + status["public_key"])

    def test_a_lost_answer_does_not_make_it_twice(self, play: Play) -> None:
        play.sim.clear_requests()
        play.sim.fault(kind="reset", when="after", path="add/dkim", times=1)
        play.run(domain=NAME, selector="mail", key_size=1024)
        assert play.writes() == ["add/dkim"]


class TestImported:
    """Keys made elsewhere."""

    def test_a_key(self, play: Play, keys: list) -> None:
        private = pem(keys[0])
        check = play.run(domain=NAME, private_key=private, selector="mail", check=True, diff=True)
        done = play.run(domain=NAME, private_key=private, selector="mail", diff=True)
        assert check["diff"] == done["diff"]
        assert done["status"]["public_key"] == public(private)
        assert done["dkim"] == {"domain": NAME, "selector": "mail", "key_size": 1024}
        play.unchanged(domain=NAME, private_key=private, selector="mail")
        play.unchanged(domain=NAME, private_key="\n%s\n" % pem(keys[0], PrivateFormat.TraditionalOpenSSL).replace("\n", "\r\n"))

    def test_another_one_takes_its_place(self, play: Play, keys: list) -> None:
        play.run(domain=NAME, selector="mail", key_size=1024)
        play.sim.clear_requests()
        result = play.run(domain=NAME, private_key=pem(keys[1]), diff=True)
        assert result["changed"]
        assert play.writes() == ["add/dkim_import"]
        assert (result["status"]["public_key"], result["dkim"]["selector"]) == (public(pem(keys[1])), "mail")

    def test_it_is_never_printed(self, play: Play, keys: list) -> None:
        private = pem(keys[0])
        middle = private.splitlines()[3]
        assert middle not in play.run(domain=NAME, private_key=private, diff=True)["output"]
        play.sim.fault(kind="empty", method="POST")
        assert middle not in play.fail(domain=NAME, private_key=private, selector="new")["output"]

    def test_what_is_no_key_is_found_before(self, play: Play, keys: list) -> None:
        locked = pem(keys[0], lock=BestAvailableEncryption(b"x"))
        elliptic = pem(ec.generate_private_key(ec.SECP256R1()))
        play.sim.clear_requests()
        for private, message in (
            ("junk", "is not a private key in PEM form"),
            (public(pem(keys[0])), "is not a private key in PEM form"),
            (locked, "is encrypted"),
            (elliptic, "is not an RSA key"),
        ):
            assert "private_key: " + message in play.fail(domain=NAME, private_key=private)["msg"]
        assert play.sim.requests() == []


class TestCopied:
    """Keys of other domains."""

    def test_a_key(self, play: Play) -> None:
        source = play.run(domain=OTHER, selector="mail", key_size=1024)["status"]["public_key"]
        check = play.run(domain=NAME, duplicate_from=OTHER, check=True, diff=True)
        done = play.run(domain=NAME, duplicate_from=OTHER.upper(), diff=True)
        assert check["diff"] == done["diff"]
        assert (done["status"]["public_key"], done["dkim"]["selector"]) == (source, "mail")
        play.unchanged(domain=NAME, duplicate_from=OTHER)

    def test_a_new_one_of_the_other_is_copied_again(self, play: Play) -> None:
        play.run(domain=OTHER, selector="mail", key_size=1024)
        play.run(domain=NAME, duplicate_from=OTHER)
        new = play.run(domain=OTHER, selector="new")["status"]["public_key"]
        assert play.run(domain=NAME, duplicate_from=OTHER)["status"]["public_key"] == new
        play.unchanged(domain=NAME, duplicate_from=OTHER)

    def test_the_other_may_get_its_key_later_in_check_mode(self, play: Play) -> None:
        assert play.run(domain=NAME, duplicate_from=OTHER, check=True)["changed"]
        assert "duplicate_from: the domain b.example has no DKIM key to copy" in play.fail(domain=NAME, duplicate_from=OTHER)["msg"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"duplicate_from": OTHER, "selector": "x"}, "duplicate_from: selector, key_size and private_key cannot be combined with it"),
        ({"duplicate_from": NAME}, "duplicate_from: "),
        ({"selector": "a b"}, "selector: 'a b' is not a DKIM selector"),
        ({"domain": "gone.example"}, "gone.example is neither a mail domain nor an alias domain of this server"),
    ],
    ids=str,
)
def test_what_cannot_be(play: Play, options: dict, message: str) -> None:
    play.run(domain=OTHER, key_size=1024)
    assert message in play.fail(**{"domain": NAME, **options})["msg"]


def test_a_key_has_one_size(play: Play, keys: list) -> None:
    assert "key_size: cannot be combined with private_key" in play.fail(domain=NAME, private_key=pem(keys[0]), key_size=1024)["msg"]


def test_all_keys(play: Play) -> None:
    """facts-server 5: there is no list; the names are those of the domains and alias domains."""
    Play(play.sim, ALIAS_DOMAIN).run(alias_domain="c.example", target_domain=NAME)
    for name in (OTHER, "c.example"):
        play.run(domain=name, key_size=1024)
    assert [one["domain"] for one in play.info()] == [OTHER, "c.example"]
    assert [one["domain"] for one in play.info(domains=["c.example", NAME])] == ["c.example"]


class TestOldErrors:
    """facts-server 5: a worker answers an import with an error that an earlier key left behind."""

    @pytest.fixture(scope="class")
    @classmethod
    def flaky(cls) -> Iterator[Simulator]:
        with Simulator(openssl_queues=2) as simulator:
            yield simulator

    def test_an_import_is_repeated(self, flaky: Simulator, keys: list) -> None:
        play = Play(flaky, DKIM)
        for number in range(4):
            Play(flaky, DOMAIN).run(domain="%d.example" % number, dkim_selector="old", dkim_key_size=1024)
        flaky.clear_requests()
        assert play.run(domain="0.example", private_key=pem(keys[0]))["status"]["public_key"] == public(pem(keys[0]))
        assert len(play.writes()) > 1
