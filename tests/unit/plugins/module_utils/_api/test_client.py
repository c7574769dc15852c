# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the client makes of the answers of a mailcow that is there."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Callable
from urllib.parse import unquote, unquote_plus

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._api.client import Client
from ansible_collections.community.mailcow.plugins.module_utils._api.entry import Entry
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import (
    BadAnswer,
    ConnectionFailed,
    EmptyAnswer,
    KeyRefused,
    MailcowError,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.community.mailcow.plugins.module_utils._api.url import base_url
from tests.simulator.process import Simulator, wait_until
from tests.unit.plugins.module_utils._api.talk import DOMAIN, DONE, KEY, Connect, either, read, statuses, write
from tests.unit.plugins.module_utils.scripted import Answer, Scripted


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

    def test_a_read_is_not_tried_again_when_its_time_is_up(self, sim: Simulator, connect: Connect, slept: list) -> None:
        sim.fault(kind="status", status=503, headers={"Retry-After": "30"})
        with pytest.raises(ConnectionFailed):
            connect(timeout=20).get("status", "version")
        assert (slept, len(sim.requests())) == ([], 1)

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
        sim.fault(kind="drip", seconds=0.5)
        assert connect(timeout=60).get("status", "version")

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
        wait_until(lambda: any("fault" in request for request in sim.requests()))
        sim.clear_faults()
        sim.settle()
        assert [request["method"] for request in sim.requests()] == ["POST"]
        assert (connect().get("domain", "a.example") is not None) is (when == "after")

    def test_half_an_answer_leaves_the_outcome_open(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="partial", method="POST")
        with pytest.raises(OutcomeUnknown, match="broke"):
            connect().write("add/domain", DOMAIN)
        assert len(sim.requests()) == 1

    @pytest.mark.parametrize(
        ("header", "pause"),
        [
            ("7", 7),
            (" 7 ", 7),
            (None, None),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
            ("Wed, 21 Oct 2915 07:28:00 GMT", 60),
            ("Wed, 99 Oct 99999 07:28:00 GMT", None),
            ("soon", None),
            ("-7", None),
            ("7.5", None),
            ("\u00b2", None),
            ("", None),
            ("86400", 60),
            ("9" * 5000, 60),
        ],
    )
    def test_the_server_may_ask_for_a_pause(self, header: str | None, pause: float | None) -> None:
        with Scripted(Answer("busy", 503, {"Retry-After": header} if header else {})) as server:
            with pytest.raises(OutcomeUnknown) as caught:
                Client(server.url, KEY).write("add/domain", {})
            assert caught.value.pause == pause
            assert len(server.seen) == 1

    @pytest.mark.parametrize("header", ["\u00b2", "-7", "soon", "9" * 5000])
    def test_a_pause_that_is_none_does_not_end_a_read(self, header: str, slept: list) -> None:
        with Scripted(Answer("busy", 503, {"Retry-After": header}), '{"a":1}') as server:
            assert Client(server.url, KEY).get("domain/all") == {"a": 1}

    def test_an_empty_answer_is_an_exception_in_mailcow(self, sim: Simulator, connect: Connect) -> None:
        sim.fault(kind="empty", method="POST")
        with pytest.raises(EmptyAnswer, match="Part of the change may have been made"):
            connect().write("add/domain", DOMAIN)
        assert len(sim.requests()) == 1

    @pytest.mark.parametrize("body", ["[]", "{}", "[{}]", "[[]]", "[null]", '["x"]', '[{"type":null,"msg":null}]', '{"a":1}'])
    def test_an_answer_without_a_message_is_no_success(self, body: str) -> None:
        with Scripted(body) as server, pytest.raises(EmptyAnswer, match="POST edit/domain: mailcow answered without a message"):
            Client(server.url, KEY).write("edit/domain", {})

    @pytest.mark.parametrize(
        "body", ['[[{"type":"success","msg":"x"}]]', '[{"type":"success","msg":[["x"]]}]', '[null,{"type":"success","msg":"x"}]']
    )
    def test_lists_may_be_nested(self, body: str) -> None:
        with Scripted(body) as server:
            assert Client(server.url, KEY).write("edit/domain", {}) == [Entry("success", "x", ())]

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
            ('{"type":"error","msg":"Cannot edit item"}', "refused to change it without giving a reason"),
            ('[{"type":"danger","msg":["mysql_error",{"errorInfo":["23000",1062,"Duplicate entry"]}]}]', "Duplicate entry"),
            ('[{"type":"surprise","msg":"strange"}]', "in an entry of the type 'surprise'"),
            ('[{"msg":"strange"}]', "in an entry without a type"),
            ('[{"type":["x"],"msg":{"a":1}}]', "{'a': 1}"),
            ('[{"type":"danger","msg":[]}]', "edit/alias: it gave no reason, only an entry of the type 'danger' without a message"),
            ('[{"type":"danger","msg":null}]', "it gave no reason"),
            ('[{"type":"danger"}]', "it gave no reason"),
            ('{"type":"error"}', "it gave no reason"),
            ('[{"type":"danger","msg":[["goto_invalid","x@y"]]}]', "x@y cannot be the destination"),
            ('[{"type":"danger","msg":[null,"x"]}]', "it gave no reason"),
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

    def test_a_good_one_of_an_address_that_is_not_allowed(self, sim: Simulator, connect: Connect) -> None:
        sim.plant("sql", "UPDATE api SET skip_ip_check = 0, allow_from = '192.0.2.1' WHERE access = 'ro'")
        with pytest.raises(KeyRefused, match=r"HTTP 401: api access denied for ip 127\.0\.0\.1\)\..*Allow this address for the key"):
            connect(sim.ro_key).get("domain/all")

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

    @pytest.mark.parametrize(
        "answer", [Answer("", 500), Answer("x"), Answer("x", 404), Answer("", 301, {"Location": "https://proxy:hunter2@x.example/"})]
    )
    @pytest.mark.parametrize("user", ["proxy:hunter2@", "proxy:a@hunter2@"])
    @either
    def test_a_password_in_the_url_is_not_shown(self, answer: Answer, user: str, ask: Callable) -> None:
        with Scripted(answer) as server, pytest.raises(MailcowError) as caught:
            ask(Client(server.url.replace("//", "//" + user), KEY))
        assert "hunter2" not in str(caught.value)

    @pytest.mark.parametrize(
        "url", ["https://proxy:a/hunter2@x.example", "https://proxy:hunter2@", "ftp://proxy:hunter2@x.example", "x://hunter2@\nx"]
    )
    def test_nor_is_one_in_what_is_no_url(self, url: str) -> None:
        with pytest.raises(MailcowError) as caught:
            Client(url, KEY)
        assert "hunter2" not in str(caught.value)


# Answers that are none of mailcow's, and that something in between may give after it has passed the request on.
UNUSABLE = [
    Answer("<html>Not found</html>", 404),
    Answer("<html>Request Entity Too Large</html>", 413),
    Answer("<html>Forbidden</html>", 403),
    Answer("<html>Sign in</html>"),
    Answer("", 204),
    Answer('[{"type":"success","msg":'),
    Answer(b"\x1f\x8b\x08 broken", headers={"Content-Encoding": "gzip"}),
    Answer(gzip.compress(b'{"a":1}')[:-9], headers={"Content-Encoding": "gzip"}),
    Answer('{"a":1}', headers={"Content-Encoding": "gzip"}),
    Answer('{"a":1}', headers={"Content-Encoding": "br"}),
    Answer("", 302, {"Location": "https://login.example/"}),
    Answer("{}", 307, {"Location": "http://["}),
    Answer('{"a":1}', declared=100),
    Answer("<html>Bad gateway</html>", 500),
    Answer("12"),
]


class TestAfterAGoodAnswer:
    """Then the server is mailcow, and what comes in the place of an answer says nothing about what it did."""

    @pytest.mark.parametrize("answer", UNUSABLE, ids=lambda answer: "%d %s" % (answer.status, answer.body[:20]))
    def test_the_outcome_of_a_write_is_unknown(self, answer: Answer) -> None:
        with Scripted('{"a":1}', answer, DONE) as server:
            client = Client(server.url, KEY)
            read(client)
            with pytest.raises(OutcomeUnknown, match=r"^POST add/domain: "):
                write(client)
            assert [request.method for request in server.seen] == ["GET", "POST"]
            assert write(client)

    @pytest.mark.parametrize("answer", UNUSABLE, ids=lambda answer: "%d %s" % (answer.status, answer.body[:20]))
    def test_a_read_fails_alone(self, answer: Answer) -> None:
        with Scripted('{"a":1}', answer, answer, answer, '{"b":1}') as server:
            client = Client(server.url, KEY)
            read(client)
            with pytest.raises(BadAnswer, match=r"^GET get/domain/all: "):
                read(client)
            server.answers[:] = [Answer('{"b":1}')]
            assert read(client) == {"b": 1}

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            (Answer('{"type":"error","msg":"route not found"}', 404), Refused),
            (Answer('{"type":"error","msg":"Request body doesn\'t contain valid json!"}', 400), Refused),
            (Answer('{"type":"error","msg":"API read/write access denied"}', 403), KeyRefused),
            (Answer('{"type":"error","msg":"authentication failed"}', 401), KeyRefused),
            (Answer("<html>Unauthorized</html>", 401), KeyRefused),
            (Answer(""), EmptyAnswer),
        ],
        ids=lambda value: "%d %s" % (value.status, value.body[:20]) if isinstance(value, Answer) else value.__name__,
    )
    def test_what_mailcow_says_itself_was_not_done(self, answer: Answer, expected: type) -> None:
        with Scripted('{"a":1}', answer) as server:
            client = Client(server.url, KEY)
            read(client)
            with pytest.raises(expected):
                write(client)

    def test_a_server_that_goes_away_is_none_any_more(self) -> None:
        with Scripted(Answer('{"a":1}', headers={"Connection": "close"})) as server:
            client = Client(server.url, KEY)
            read(client)
        for ask in (read, write):
            with pytest.raises(ConnectionFailed, match="refused"):
                ask(client)
