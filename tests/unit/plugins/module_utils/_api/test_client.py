# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, unquote_plus

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client, Entry, base_url
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    ConnectionFailed,
    EmptyAnswer,
    KeyRefused,
    MailcowError,
    OutcomeUnknown,
    Refused,
)
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.scripted import Answer, Scripted, self_signed

KEY = "SECRET-111111-222222"
DONE = '[{"type":"success","log":["x"],"msg":["done","a"]}]'
DOMAIN = {"domain": "a.example", "defquota": 1, "maxquota": 1, "quota": 1}
Connect = Callable[..., Client]


def read(client: Client) -> object:
    return client.get("domain/all")


def write(client: Client) -> object:
    return client.write("add/domain", DOMAIN)


either = pytest.mark.parametrize("ask", [read, write])


def statuses(sim: Simulator) -> list[int]:
    return [request["status"] for request in sim.requests()]


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client waited between its attempts, without waiting."""
    waits: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time", SimpleNamespace(sleep=waits.append, time=time.time, monotonic=time.monotonic))
    return waits


class TestReading:
    def test_an_object(self, sim: Simulator, connect: Connect) -> None:
        assert connect().get("status", "version") == {"version": "2026-07a"}
        assert [(request["method"], request["path"]) for request in sim.requests()] == [("GET", "/api/v1/get/status/version")]

    def test_nothing_is_none(self, connect: Connect) -> None:
        assert connect().get("domain", "missing.example") is None
        assert connect().get("domain/all") is None

    @pytest.mark.parametrize("nothing", ["{}", "[]"])
    def test_both_ways_to_say_nothing(self, nothing: str) -> None:
        with Scripted(nothing) as server:
            assert Client(server.url, KEY).get("domain/all") is None

    def test_the_read_only_key_reads(self, sim: Simulator, connect: Connect) -> None:
        assert connect(sim.ro_key).get("status", "version")

    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_passing_trouble_is_asked_again(self, sim: Simulator, connect: Connect, status: int) -> None:
        sim.fault(kind="status", status=status, times=2)
        assert connect().get("status", "version")
        assert len(sim.requests()) == 3

    def test_a_broken_connection_is_asked_again(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="reset", times=2)
        assert connect().get("status", "version")
        assert len(sim.requests()) == 3

    @pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "reset"}])
    def test_lasting_trouble_is_given_up(self, sim: Simulator, connect: Connect, fault: dict) -> None:
        sim.fault(**fault)
        with pytest.raises(ConnectionFailed, match=r"^GET get/status/version: "):
            connect().get("status", "version")
        assert 2 <= len(sim.requests()) <= 5

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 500, 501])
    def test_other_trouble_is_asked_once(self, sim: Simulator, connect: Connect, status: int) -> None:
        sim.fault(kind="status", status=status)
        with pytest.raises(MailcowError):
            connect().get("status", "version")
        assert statuses(sim) == [status]

    def test_retry_after_is_honoured(self, sim: Simulator, connect: Connect, slept: list) -> None:
        sim.fault(kind="status", status=503, times=1, headers={"Retry-After": "7"})
        connect().get("status", "version")
        assert slept == [7]

    def test_an_endless_retry_after_does_not_stop_the_play(self, sim: Simulator, connect: Connect, slept: list) -> None:
        sim.fault(kind="status", status=503, times=1, headers={"Retry-After": "86400"})
        with contextlib.suppress(ConnectionFailed):
            connect().get("status", "version")
        assert sum(slept) <= 120

    def test_the_pauses_grow(self, sim: Simulator, connect: Connect, slept: list) -> None:
        sim.fault(kind="status", status=503)
        with pytest.raises(ConnectionFailed, match="HTTP 503"):
            connect().get("status", "version")
        assert slept == sorted(slept)
        assert len(set(slept)) > 1

    def test_a_timeout_names_the_option(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="timeout", seconds=60)
        with pytest.raises(ConnectionFailed, match=r"no answer from http.* within 0.1 seconds \(option timeout\)"):
            connect(timeout=0.1).get("status", "version")

    def test_a_slow_answer_is_an_answer(self, sim: Simulator, connect: Connect) -> None:
        """The option is the time without a sign of life; what comes, comes every tenth of a second."""
        sim.fault(kind="drip", seconds=2.5)
        assert connect(timeout=2).get("status", "version")

    def test_half_an_answer_is_none(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="partial")
        with pytest.raises(ConnectionFailed, match=r"the connection to http.* broke"):
            connect().get("status", "version")

    def test_an_empty_answer_is_an_exception_in_mailcow(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="empty")
        with pytest.raises(EmptyAnswer, match="GET get/status/version: mailcow answered with an empty body"):
            connect().get("status", "version")
        assert len(sim.requests()) == 1

    def test_an_unknown_route_is_refused(self, connect: Connect) -> None:
        with pytest.raises(Refused, match="may be too old for this collection, or too new"):
            connect().get("nothing/all")


class TestWriting:
    def test_all_entries_are_given(self, connect: Connect) -> None:
        entries = connect().write("add/domain", DOMAIN)
        assert Entry("success", "domain_added", ("a.example",)) in entries
        assert connect().get("domain", "a.example")["domain_name"] == "a.example"

    @pytest.mark.parametrize(
        "fault",
        [{"kind": "status", "status": status} for status in (429, 500, 502, 503, 504)]
        + [{"kind": "reset"}, {"kind": "timeout", "seconds": 60}],
    )
    @pytest.mark.parametrize("when", ["before", "after"])
    def test_it_is_never_tried_again(self, sim: Simulator, connect: Connect, fault: dict, when: str) -> None:
        sim.fault(method="POST", when=when, **fault)
        with pytest.raises(OutcomeUnknown, match=r"^POST add/domain: "):
            connect(timeout=1 if fault["kind"] == "timeout" else 60).write("add/domain", DOMAIN)
        sim.clear_faults()
        assert [request["method"] for request in sim.requests()] == ["POST"]
        assert (connect().get("domain", "a.example") is not None) is (when == "after")

    def test_half_an_answer_leaves_the_outcome_open(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="partial", method="POST")
        with pytest.raises(OutcomeUnknown, match="broke"):
            connect().write("add/domain", DOMAIN)
        assert len(sim.requests()) == 1

    @pytest.mark.parametrize(("header", "pause"), [("7", 7), (None, None), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("soon", None)])
    def test_the_server_may_ask_for_a_pause(self, header: str | None, pause: float | None) -> None:
        with Scripted(Answer("busy", 503, {"Retry-After": header} if header else {})) as server:
            with pytest.raises(OutcomeUnknown) as caught:
                Client(server.url, KEY).write("add/domain", {})
            assert caught.value.pause == pause
            assert len(server.seen) == 1

    def test_an_empty_answer_is_an_exception_in_mailcow(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="empty", method="POST")
        with pytest.raises(EmptyAnswer, match="Part of the change may have been made"):
            connect().write("add/domain", DOMAIN)
        assert len(sim.requests()) == 1

    @pytest.mark.parametrize("body", ["[]", "{}", "null", '["x"]', "true"])
    def test_an_answer_without_a_message_is_no_success(self, body: str) -> None:
        with Scripted(body) as server, pytest.raises(MailcowError, match="POST edit/domain"):
            Client(server.url, KEY).write("edit/domain", {})

    def test_the_only_answer_to_nothing_to_do_is_success(self) -> None:
        with Scripted('{"type":"success","msg":"Task completed"}') as server:
            assert Client(server.url, KEY).write("edit/domain", {}) == [Entry("success", "Task completed", ())]

    def test_a_warning_is_no_failure(self) -> None:
        with Scripted('[{"type":"warning","msg":["tag_limit_exceeded","limit 25"]},{"type":"success","msg":"x"}]') as server:
            assert [entry.type for entry in Client(server.url, KEY).write("edit/domain", {})] == ["warning", "success"]

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (
                '[{"type":"danger","msg":["goto_invalid","x@y"]},{"type":"success","msg":["alias_modified","a@b"]}]',
                "x@y cannot be the destination",
            ),
            ('[{"type":"success","msg":["alias_modified","a@b"]},{"type":"danger","msg":"access_denied"}]', "access_denied"),
            ('[{"type":"error","msg":"strange"}]', "strange"),
            ('[{"type":"surprise","msg":"strange"}]', "strange"),
            ('[{"msg":"strange"}]', "strange"),
            ('{"type":"error","msg":"Cannot edit item"}', "refused to change it and gives no reason"),
            ('[{"type":"danger","msg":["mysql_error",{"errorInfo":["23000",1062,"Duplicate entry"]}]}]', "Duplicate entry"),
            ('[{"type":"danger","msg":[]}]', "edit/alias"),
            ('[{"type":"danger","msg":["domain_quota_m_in_use"]}]', "domain_quota_m_in_use"),
            ('[{"type":"danger","msg":["goto_invalid",null]}]', "goto_invalid"),
        ],
    )
    def test_any_entry_that_says_no_is_a_failure(self, body: str, reason: str) -> None:
        with Scripted(body) as server, pytest.raises(Refused) as caught:
            Client(server.url, KEY).write("edit/alias", {"items": ["1"], "attr": {}})
        assert reason in str(caught.value)
        assert str(caught.value).startswith("mailcow refused POST edit/alias: ")

    def test_what_was_done_all_the_same_is_told(self) -> None:
        body = '[{"type":"success","msg":["domain_removed","a"]},{"type":"danger","msg":["domain_not_empty","b"]}]'
        with Scripted(body) as server, pytest.raises(Refused, match="In the same request mailcow reported success for: domain_removed a"):
            Client(server.url, KEY).write("delete/domain", ["a", "b"])

    def test_secrets_that_mailcow_echoes_are_dropped(self) -> None:
        body = '[{"type":"danger","log":["dkim","import",{"private_key_file":"hunter2"}],"msg":["private_key_error","junk"]}]'
        with Scripted(body) as server, pytest.raises(Refused) as caught:
            Client(server.url, KEY).write("add/dkim_import", {"private_key_file": "hunter2"})
        assert "hunter2" not in str(caught.value) + repr(caught.value.details()) + repr(caught.value.entries)


class TestKey:
    def test_it_is_sent(self) -> None:
        with Scripted("{}") as server:
            Client(server.url, KEY).get("domain/all")
        assert server.seen[0].headers["X-API-Key"] == KEY

    @either
    def test_a_wrong_one_is_tried_once(self, sim: Simulator, connect: Connect, ask: Callable) -> None:
        with pytest.raises(KeyRefused, match=r"HTTP 401: authentication failed.*MAILCOW_API_KEY") as caught:
            ask(connect("WRONG-1"))
        assert statuses(sim) == [401]
        assert "WRONG-1" not in str(caught.value)

    @either
    def test_and_never_again(self, sim: Simulator, connect: Connect, ask: Callable) -> None:
        """mailcow counts refused keys, and bans the address (facts-server 1.3)."""
        client = connect("WRONG-1")
        for _attempt in range(3):
            with pytest.raises(KeyRefused):
                ask(client)
        assert statuses(sim) == [401]

    def test_the_read_only_one_still_reads(self, sim: Simulator, connect: Connect) -> None:
        client = connect(sim.ro_key)
        with pytest.raises(KeyRefused):
            write(client)
        assert read(client) is None

    def test_the_read_only_one_may_not_write(self, sim: Simulator, connect: Connect) -> None:
        with pytest.raises(KeyRefused, match=r"HTTP 403: API read/write access denied.*Writing needs the read-write key"):
            connect(sim.ro_key).write("add/domain", {"domain": "a.example"})
        assert statuses(sim) == [403]

    @pytest.mark.parametrize("key", ["SECRET\nKEY", "SECRET-KEY\u20ac"])
    def test_one_that_cannot_be_sent_is_not_shown(self, key: str) -> None:
        with Scripted("{}") as server, pytest.raises(MailcowError) as caught:
            Client(server.url, key).get("domain/all")
        assert "SECRET" not in str(caught.value)


class TestOtherServers:
    @either
    @pytest.mark.parametrize(
        "answer",
        [
            Answer("<html>Welcome</html>", headers={"Content-Type": "text/html"}),
            Answer("<html>Not found</html>", 404),
            Answer('{"detail":"Not Found"}', 404),
            Answer('{"message":"no such route"}', 400),
            Answer("[]", 404),
            Answer("", 404),
            Answer("", 204),
        ],
        ids=lambda answer: "%d %s" % (answer.status, answer.body),
    )
    def test_an_answer_that_mailcow_does_not_give(self, ask: Callable, answer: Answer) -> None:
        path = "GET get/domain" if ask is read else "POST add/domain"
        with Scripted(answer) as server, pytest.raises(ConnectionFailed, match="^%s.* HTTP %d" % (path, answer.status)):
            ask(Client(server.url, KEY))
        assert len(server.seen) == 1

    @pytest.mark.parametrize("body", ['"ok"', "12", "true"])
    def test_json_that_is_no_object_and_no_list(self, body: str) -> None:
        with Scripted(body) as server, pytest.raises(ConnectionFailed, match="GET get/domain/all"):
            Client(server.url, KEY).get("domain/all")

    @either
    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_a_redirect_is_not_followed(self, ask: Callable, status: int) -> None:
        answer = Answer("", status, {"Location": "https://other.example/"})
        with Scripted(answer) as server, pytest.raises(ConnectionFailed, match=r"redirects to https://other.example/; set url to"):
            ask(Client(server.url, KEY))
        assert len(server.seen) == 1

    @either
    def test_nobody_listens(self, ask: Callable) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = "http://127.0.0.1:%d" % unused.getsockname()[1]
            with pytest.raises(ConnectionFailed, match="no connection to %s .*refused.*Check url" % url):
                ask(Client(url, KEY))

    def test_an_unknown_host(self) -> None:
        with pytest.raises(ConnectionFailed, match=r"no connection to https://mailcow.invalid"):
            Client("https://mailcow.invalid", KEY).write("add/domain", {})

    def test_a_port_that_is_none(self) -> None:
        with pytest.raises(MailcowError, match=r"mail\.example:99999999"):
            Client("https://mail.example:99999999", KEY).get("domain/all")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls"))


class TestCertificates:
    @either
    def test_an_unknown_authority_is_not_accepted(self, certificate: Path, ask: Callable) -> None:
        with Scripted("{}", certificate=certificate) as server:
            with pytest.raises(
                ConnectionFailed, match=r"the TLS certificate of https://.* was not accepted .*self.signed.*ca_path.*validate_certs"
            ):
                ask(Client(server.url, KEY))
            assert server.seen == []

    @pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
    @pytest.mark.parametrize("bundle", [False, True])
    def test_it_need_not_be_checked(self, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bundle: bool) -> None:
        if bundle:
            other = self_signed(tmp_path)
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
        with Scripted('{"a":1}', certificate=certificate) as server:
            assert Client(server.url, KEY, validate_certs=False).get("domain/all") == {"a": 1}

    @pytest.mark.parametrize("bundle", [False, True])
    def test_an_authority_can_be_given(self, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bundle: bool) -> None:
        if bundle:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(self_signed(tmp_path)))
        with Scripted('{"a":1}', certificate=certificate) as server:
            assert Client(server.url, KEY, ca_path=str(certificate)).get("domain/all") == {"a": 1}

    def test_the_environment_can_give_one(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        with Scripted('{"a":1}', certificate=certificate) as server:
            assert Client(server.url, KEY).get("domain/all") == {"a": 1}

    def test_a_path_without_certificates_is_named(self, certificate: Path) -> None:
        with Scripted("{}", certificate=certificate) as server, pytest.raises(ConnectionFailed, match="/nonexistent"):
            Client(server.url, KEY, ca_path="/nonexistent").get("domain/all")

    def test_a_name_that_is_not_in_the_certificate(self, certificate: Path) -> None:
        with (
            Scripted("{}", certificate=certificate) as server,
            pytest.raises(ConnectionFailed, match="Use the name that stands in the certificate"),
        ):
            Client(server.url.replace("127.0.0.1", "localhost"), KEY, ca_path=str(certificate)).get("domain/all")


class TestRequests:
    def test_one_connection_and_no_cookies(self) -> None:
        with Scripted(Answer('{"a":1}', headers={"Set-Cookie": "MCSESSID=x; path=/"}), DONE) as server:
            client = Client(server.url, KEY)
            client.get("domain/all")
            client.write("add/domain", {})
            client.get("domain/all")
        assert server.connections == 1
        assert [request.headers.get("Cookie") for request in server.seen] == [None, None, None]

    @pytest.mark.parametrize("name", ["a+b", "a%b", "a%2Bb", "a&b", "a?b", "a#b", "a b", "ü", "a;b", "..", "a=b"])
    def test_a_name_in_a_path_arrives_as_it_is(self, name: str) -> None:
        with Scripted("{}") as server:
            Client(server.url, KEY).get("mailbox", name + "@example.com")
        prefix = "/api/v1/get/mailbox/"
        assert server.seen[0].path.startswith(prefix)
        assert unquote_plus(unquote(server.seen[0].path[len(prefix) :])) == name + "@example.com"

    def test_the_body_is_json(self) -> None:
        with Scripted(DONE) as server:
            Client(server.url, KEY).write("add/domain", {"description": "Größe", "active": 1})
        assert server.seen[0].headers["Content-Type"] == "application/json"
        assert server.seen[0].body == '{"description": "Gr\\u00f6\\u00dfe", "active": 1}'

    @pytest.mark.parametrize("suffix", ["", "/", "//", "/api/v1", "/api/v1/", "/mail", "/mail/", "/mail/api/v1/"])
    def test_forms_of_the_url(self, suffix: str) -> None:
        with Scripted("{}") as server:
            Client(" %s%s " % (server.url, suffix), KEY).get("domain/all")
        assert server.seen[0].path == ("/mail" if "/mail" in suffix else "") + "/api/v1/get/domain/all"

    @pytest.mark.parametrize(
        "url", ["", "mail.example.com", "ftp://mail.example.com", "https://", "https:///x", "https://a b", "https://a?x=1", "https://a/#x"]
    )
    def test_what_is_no_url(self, url: str) -> None:
        with pytest.raises(MailcowError, match=r"url: .* is not the URL of a server; write it like https://mail.example.com"):
            base_url(url)

    def test_the_scheme_is_written_in_any_case(self) -> None:
        assert base_url("HTTPS://Mail.Example.com").lower() == "https://mail.example.com"

    def test_a_password_in_the_url_is_not_shown(self) -> None:
        with Scripted(Answer("", 500)) as server, pytest.raises(MailcowError) as caught:
            Client(server.url.replace("//", "//proxy:hunter2@"), KEY).get("domain/all")
        assert "hunter2" not in str(caught.value)
