# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the client makes of servers that are no mailcow, are dead, or cannot be reached."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api import wire
from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    BadAnswer,
    ConnectionFailed,
    MailcowError,
    OutcomeUnknown,
    Refused,
)
from tests.simulator.process import PATIENCE, wait_until
from tests.unit.plugins.module_utils._api.talk import DONE, KEY, either, read, write
from tests.unit.plugins.module_utils.scripted import Answer, Scripted, self_signed


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
            Answer("<html>Forbidden</html>", 403),
            Answer('"ok"'),
            Answer("[" * 100000),
            Answer("9" * 5000),
        ],
        ids=lambda answer: "%d %s" % (answer.status, answer.body[:20]),
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
            with pytest.raises(ConnectionFailed, match=r"no connection to %s \(Failed to .*refused\)\. Check url" % url):
                ask(Client(url, KEY))

    def test_an_unknown_host(self) -> None:
        with pytest.raises(ConnectionFailed, match=r"no connection to https://mailcow.invalid"):
            Client("https://mailcow.invalid", KEY).write("add/domain", {})

    def test_a_port_that_is_none(self) -> None:
        with pytest.raises(MailcowError, match=r"mail\.example:99999999"):
            Client("https://mail.example:99999999", KEY).get("domain/all")


class TestCertificates:
    @either
    def test_an_unknown_authority_is_not_accepted(self, certificate: Path, ask: Callable) -> None:
        with Scripted("{}", certificate=certificate) as server:
            with pytest.raises(
                ConnectionFailed, match=r"the TLS certificate of https://.* could not be verified .*self.signed.*ca_path.*validate_certs"
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
        with Scripted("{}", certificate=certificate) as server, pytest.raises(MailcowError, match=r"^ca_path: /nonexistent cannot be read"):
            Client(server.url, KEY, ca_path="/nonexistent").get("domain/all")

    def test_the_environment_may_give_a_wrong_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CURL_CA_BUNDLE", "/nonexistent")
        with pytest.raises(MailcowError, match=r"^the variable CURL_CA_BUNDLE: /nonexistent cannot be read"):
            Client("https://mail.example.com", KEY)

    @pytest.mark.parametrize("options", [{"url": "http://127.0.0.1"}, {"url": "https://127.0.0.1", "validate_certs": False}])
    def test_where_nothing_is_checked_it_does_not_matter(self, options: dict) -> None:
        assert Client(api_key=KEY, ca_path="/nonexistent", **options)

    @either
    def test_a_port_that_does_not_speak_tls(self, ask: Callable) -> None:
        with Scripted("{}") as server, pytest.raises(ConnectionFailed, match="does not use TLS on this port") as caught:
            ask(Client(server.url.replace("http", "https"), KEY))
        assert "validate_certs" not in str(caught.value)

    def test_a_port_that_speaks_tls(self, certificate: Path) -> None:
        with Scripted("{}", certificate=certificate) as server, pytest.raises(ConnectionFailed, match="use https:// in url"):
            Client(server.url.replace("https", "http"), KEY).get("domain/all")

    def test_a_web_server_says_that_its_port_speaks_tls(self) -> None:
        page = "<html><h1>400 Bad Request</h1>The plain HTTP request was sent to HTTPS port</html>"
        with Scripted(Answer(page, 400)) as server, pytest.raises(ConnectionFailed, match="Use https:// in url"):
            Client(server.url, KEY).get("domain/all")

    def test_a_name_that_is_not_in_the_certificate(self, certificate: Path) -> None:
        with (
            Scripted("{}", certificate=certificate) as server,
            pytest.raises(ConnectionFailed, match="Use a hostname that is in the certificate"),
        ):
            Client(server.url.replace("127.0.0.1", "localhost"), KEY, ca_path=str(certificate)).get("domain/all")


class TestDeadServer:
    """What fails for good before anything was answered is not tried again for each request of a run."""

    def together(self, client: Client, times: int = 19) -> list[BaseException | None]:
        with ThreadPoolExecutor(times) as pool:
            return [future.exception() for future in [pool.submit(read, client) for _time in range(times)]]

    def test_trouble_costs_as_much_as_one_request(self, slept: list) -> None:
        with Scripted(Answer("busy", 503)) as server:
            errors = self.together(Client(server.url, KEY, connections=4))
            assert len(server.seen) == 5
        assert {type(error) for error in errors} == {ConnectionFailed}
        assert len({id(error) for error in errors}) == len(errors)

    def test_so_does_silence(self) -> None:
        with Scripted(Answer(after=60)) as server:
            errors = self.together(Client(server.url, KEY, connections=4, timeout=1))
            wait_until(lambda: server.seen)
            assert len(server.seen) == 1
        assert all("no answer" in str(error) for error in errors)

    def test_another_client_tries_again(self) -> None:
        with Scripted(Answer("<html>", 404), '{"a":1}') as server:
            with pytest.raises(ConnectionFailed):
                read(Client(server.url, KEY))
            assert read(Client(server.url, KEY))

    def test_a_refusal_does_not_last(self) -> None:
        with Scripted(Answer('{"type":"error","msg":"route not found"}', 404), '{"a":1}') as server:
            client = Client(server.url, KEY)
            with pytest.raises(Refused):
                read(client)
            assert read(client)


class TestProxy:
    """One of the environment, between the module and mailcow."""

    @pytest.fixture
    def through(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        def use(url: str) -> None:
            monkeypatch.delenv("NO_PROXY")
            for name in ("http_proxy", "https_proxy"):
                monkeypatch.setenv(name, url)

        return use

    def test_it_is_used(self, through: Callable) -> None:
        with Scripted('{"a":1}') as proxy:
            through(proxy.url)
            assert read(Client("http://mailcow.invalid", KEY)) == {"a": 1}
            assert proxy.seen[0].path == "http://mailcow.invalid/api/v1/get/domain/all"

    def test_the_time_is_limited_all_the_same(self, through: Callable) -> None:
        with Scripted(Answer("x" * 1000, drip=0.1)) as proxy:
            through(proxy.url)
            with pytest.raises(ConnectionFailed, match="within 1 seconds"):
                read(Client("http://mailcow.invalid", KEY, timeout=1))

    @pytest.mark.parametrize("scheme", ["http", "https"])
    @either
    def test_nobody_is_there(self, through: Callable, scheme: str, ask: Callable) -> None:
        through("http://joe:hunter2@127.0.0.1:1")
        with pytest.raises(ConnectionFailed, match="no connection to %s://mailcow.invalid" % scheme) as caught:
            ask(Client("%s://mailcow.invalid" % scheme, KEY))
        assert "hunter2" not in str(caught.value)

    def test_it_does_not_let_us_through(self, through: Callable) -> None:
        """The body of a refused CONNECT is none of mailcow's."""
        with Scripted(Answer("no", 403)) as proxy:
            through(proxy.url)
            with pytest.raises(ConnectionFailed, match=r"no connection to https://mailcow.invalid"):
                write(Client("https://mailcow.invalid", KEY))


class TestLimits:
    @pytest.mark.parametrize("whole", [False, True])
    @pytest.mark.parametrize("ask", [read, write])
    def test_a_dripping_answer_ends_with_the_timeout(self, ask: Callable, whole: bool) -> None:
        expected = ConnectionFailed if ask is read else OutcomeUnknown
        with Scripted(Answer('{"a":"%s"}' % ("x" * 1000), drip=0.1, whole=whole)) as server:
            started = time.monotonic()
            with pytest.raises(expected, match=r"no answer from http.* within 1 seconds \(option timeout\)"):
                ask(Client(server.url, KEY, timeout=1))
            assert 0.9 < time.monotonic() - started < PATIENCE
            wait_until(lambda: server.seen)
            assert len(server.seen) == 1

    @pytest.mark.parametrize("status", [503, 302, 404])
    def test_so_does_one_that_says_no(self, status: int) -> None:
        with Scripted(Answer("x" * 1000, status, {"Location": "https://x.example/"}, drip=0.1)) as server:
            started = time.monotonic()
            with pytest.raises(ConnectionFailed, match="within 1 seconds"):
                read(Client(server.url, KEY, timeout=1))
            assert time.monotonic() - started < PATIENCE

    def test_over_tls(self, certificate: Path) -> None:
        with Scripted(Answer("x" * 1000, drip=0.1), certificate=certificate) as server, pytest.raises(ConnectionFailed, match="within 1 s"):
            read(Client(server.url, KEY, timeout=1, ca_path=str(certificate)))

    def test_a_public_page_too(self) -> None:
        with Scripted(Answer("x" * 1000, drip=0.1)) as server, pytest.raises(ConnectionFailed, match="within 1 seconds"):
            Client(server.url, KEY, timeout=1).page("/x", "mta-sts.a.example")

    @pytest.mark.parametrize("encoded", [False, True])
    @pytest.mark.parametrize("ask", [read, write])
    def test_a_large_answer(self, ask: Callable, encoded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wire, "_LARGEST", 1024 * 1024)
        body = b'"%s"' % (b"x" * 5 * 1024 * 1024)
        answer = Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"}) if encoded else Answer(body)
        with Scripted('{"a":1}', answer, '{"a":1}', DONE) as server:
            client = Client(server.url, KEY)
            read(client)
            with pytest.raises(BadAnswer if ask is read else OutcomeUnknown, match="the answer is larger than 1 MiB"):
                ask(client)
            assert read(client)

    def test_what_is_compressed_is_not_unpacked_into_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wire, "_LARGEST", 1024 * 1024)
        bomb = gzip.compress(b"\0" * 64 * 1024 * 1024)
        with Scripted(Answer(bomb, headers={"Content-Encoding": "gzip"})) as server:
            tracemalloc.start()
            with pytest.raises(ConnectionFailed, match="larger than"):
                read(Client(server.url, KEY))
            assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
            tracemalloc.stop()

    def test_compressed_answers_are_read_over_one_connection(self) -> None:
        answer = Answer(gzip.compress(b'{"a":') + gzip.compress(b"1}"), headers={"Content-Encoding": "gzip"})
        with Scripted(answer) as server:
            client = Client(server.url, KEY)
            assert [read(client) for _time in range(3)] == [{"a": 1}] * 3
            assert server.seen[0].headers["Accept-Encoding"] == "gzip"
        assert server.connections == 1
