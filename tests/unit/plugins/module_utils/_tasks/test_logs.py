# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
import yaml

from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._tasks.logs import (
    LOG_INFO,
    LOGS,
    MASK,
    entries,
    fits,
    masked,
    regex,
    time_zone,
    variables,
)
from ansible_collections.community.mailcow.plugins.modules import mailcow_log_info
from tests.simulator.process import ROOT, Simulator
from tests.unit.plugins.module_utils.task import Runs, recorded

KEYS = {"time", "timestamp", "priority", "program", "message", "details"}
NEWEST = {"time": "2026-07-01T10:00:07Z", "timestamp": 1782900007}
UNDATED = {"time": None, "timestamp": None}


@pytest.fixture
def task(sim: Simulator) -> Runs:
    return Runs(sim, LOG_INFO)


def first(log: str, *raws: object) -> dict:
    return entries(log, list(raws) or recorded("logs", f"get/logs/{log}/3"))[0]


class TestRecorded:
    """What the real server answered, each first line."""

    @pytest.mark.parametrize(
        ("log", "priority", "program", "message", "details"),
        [
            ("dovecot", "info", "dovecot", "imap-login: Logged out 7", []),
            ("postfix", "info", "postfix/qmgr", "4fXyZ00007: removed", []),
            ("sogo", "notice", "sogod", '[109]: 192.0.2.1 "GET /SOGo.index/ HTTP/1.1" 200 7', []),
            ("netfilter", "info", None, "Whitelist was changed, it has 7 entries", []),
            ("watchdog", None, "Fail2ban", "health level 100% (1/1)", ["hpdiff", "hpnow", "hptotal", "lvl"]),
            ("autodiscover", None, "activesync", "u@a.example from 192.0.2.1 with Outlook/16.0", ["ip", "ua", "user"]),
        ],
    )
    def test_of_redis(self, log: str, priority: str | None, program: str | None, message: str, details: list[str]) -> None:
        entry = first(log)
        assert sorted(entry.pop("details")) == details
        assert entry == dict(NEWEST, priority=priority, program=program, message=message)

    def test_of_cron(self) -> None:
        assert first("cron") == dict(NEWEST, priority=None, program="dovecot-clean_q_aged", message="ok 7", details={})

    def test_of_acme(self) -> None:
        entry = first("acme")
        assert entry["message"].startswith("Certificate validation done, ")
        assert (entry["priority"], entry["program"], entry["details"]) == (None, None, {})

    def test_of_rate_limits(self) -> None:
        entry = first("ratelimited")
        assert entry["message"] == "u@a.example to x@b.example: s"
        assert entry["details"]["rl_hash"] == "RLabc7"
        assert entry["timestamp"] == 1782900007

    def test_of_the_ui(self) -> None:
        assert entries("ui", recorded("logs", "get/logs/ui/2"))[0] == dict(
            NEWEST,
            priority="success",
            program="mailbox",
            message="domain_added a7.example",
            details={
                "id": 7,
                "task": "AAAA07",
                "user": "admin",
                "role": "admin",
                "remote": "192.0.2.1",
                "call": ["mailbox", "add", "domain", {"domain": "a7.example"}],
            },
        )

    def test_of_logins(self) -> None:
        raws = recorded("logs", "get/logs/sasl/2")
        entry = entries("sasl", raws)[0]
        assert entry == dict(
            NEWEST,
            priority=None,
            program="imap",
            message="u7@a.example from 192.0.2.7",
            details={"app_password": 0, "username": "u7@a.example", "real_rip": "192.0.2.7", "datetime": "2026-07-01 10:00:07"},
        )
        assert entries("sasl", raws, time_zone("Europe/Berlin"))[0]["time"] == "2026-07-01T08:00:07Z"

    def test_of_the_api(self) -> None:
        _asking, fail2ban, relayhost, admin = entries("api", recorded("logs", "get/logs/api/4", 1))
        assert [entry["message"] for entry in (relayhost, admin)] == ["POST /api/v1/add/relayhost", "POST /api/v1/add/admin"]
        assert relayhost["details"]["attr"] == {"hostname": "h.example", "username": "u", "password": MASK}
        assert fail2ban["details"] == {
            "uri": "/api/v1/edit/fail2ban",
            "method": "POST",
            "remote": "127.0.0.1",
            "attr": {"ban_time": "100"},
            "items": ["none"],
        }

    def test_one_shape_for_all(self) -> None:
        for step in json.loads((ROOT / "tests/recordings/logs.json").read_text())["steps"]:
            found = re.match(r"get/logs/([a-z-]+)", step.get("path", ""))
            if found and isinstance(step.get("response"), list):
                assert all(set(entry) == KEYS for entry in entries(found[1], step["response"]))


class TestOthers:
    def test_rspamd(self) -> None:
        row = {
            "unix_time": 1782900007.25,
            "action": "reject",
            "sender_smtp": "a@b.example",
            "rcpt_smtp": ["c@d.example", "e@f.example"],
            "symbols": {},
        }
        entry = first("rspamd-history", row)
        assert entry["message"] == "reject: a@b.example to c@d.example, e@f.example: ?"
        assert {key: entry[key] for key in NEWEST} == NEWEST
        assert entry["details"] == row

    def test_counters(self) -> None:
        assert first("rspamd-stats", {"scanned": 3, "uptime": 1}) == dict(
            UNDATED, priority=None, program=None, message=None, details={"scanned": 3, "uptime": 1}
        )

    @pytest.mark.parametrize("log", LOGS)
    def test_a_line_that_is_not_json(self, log: str) -> None:
        assert first(log, None) == dict(UNDATED, priority=None, program=None, message=None, details=first(log, None)["details"])

    def test_a_line_without_a_time(self) -> None:
        assert first("ratelimited", {"rl_hash": "RLother"})["time"] is None

    def test_base64(self) -> None:
        text = base64.b64encode("größer\n".encode()).decode()
        assert first("acme", {"time": "1", "message": "base64," + text})["message"] == "größer\n"
        assert first("acme", {"time": "1", "message": "base64,mail.example.com - " + text})["message"] == "mail.example.com - größer\n"
        assert first("acme", {"time": "1", "message": "base64,abc"})["message"] == "base64,abc"

    def test_a_message_of_the_watchdog(self) -> None:
        assert first("watchdog", {"time": "1", "message": "Unbound hit error limit"})["message"] == "Unbound hit error limit"

    def test_a_text_of_the_ui(self) -> None:
        raw = {"id": 1, "type": "danger", "msg": '"Cannot connect"', "call": None, "time": 1}
        entry = first("ui", raw)
        assert (entry["priority"], entry["program"], entry["message"], entry["details"]) == (
            "danger",
            None,
            "Cannot connect",
            {"id": 1, "call": None},
        )


class TestSecrets:
    def test_of_requests(self) -> None:
        attr = {
            "client_secret": "s3",
            "access_token": "s3",
            "private_key_file": "s3",
            "key": "s3",
            "bindpass": ["s3"],
            "x": [{"Passwd": "s3"}],
            "key_size": 1,
        }
        entry = first(
            "api", {"time": 1, "uri": "/x?token=s3&a=1", "method": "POST", "data": "attr='%s', items='[\"a\"]'" % json.dumps(attr)}
        )
        assert "s3" not in str(entry)
        assert entry["details"]["attr"]["key_size"] == 1
        assert entry["details"]["items"] == ["a"]
        assert entry["message"] == "POST /x?token=" + MASK + "&a=1"

    @pytest.mark.parametrize("data", ['attr=\'{"a":"s3', "x s3", "attr='s3'", "attr='{}' s3", "s3='1'x"])
    def test_of_what_is_no_json(self, data: str) -> None:
        details = first("api", {"time": 1, "uri": "/", "method": "POST", "data": data})["details"]
        assert details == {"uri": "/", "method": "POST", "data": MASK}

    def test_of_calls(self) -> None:
        raw = {"msg": '["relayhost_added"]', "call": '["relayhost","add",{"hostname":"h","password":"s3","x":{"key":"s3"}}]', "time": 1}
        assert first("ui", raw)["details"]["call"] == ["relayhost", "add", {"hostname": "h", "password": MASK, "x": {"key": MASK}}]
        assert first("ui", dict(raw, call="s3"))["details"]["call"] == MASK

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("auth: user=a password=s3, x", f"auth: user=a password={MASK}, x"),
            ("auth failed (given password: s3)", f"auth failed (given password: {MASK})"),
            ("session=abc", "session=abc"),
        ],
    )
    def test_of_messages(self, text: str, shown: str) -> None:
        assert first("dovecot", {"time": "1", "message": text})["message"] == shown

    def test_nothing_else_is_changed(self) -> None:
        value = {"a": [1, None, True, "text"], "username": "x"}
        assert masked(value) == value

    def test_variables(self) -> None:
        assert variables("") == {}
        assert variables("attr='', items='[]'") == {"attr": None, "items": []}
        assert variables("""attr='{"a":"it's, items='x'"}'""") == {"attr": {"a": "it's, items='x'"}}


class TestFilters:
    @pytest.mark.parametrize(
        ("since", "match", "fit"),
        [
            (None, None, True),
            (1782900007, "^reject", True),
            (1782900008, None, False),
            (None, "Reject", False),
            (None, "(?i)Reject", True),
        ],
    )
    def test_fits(self, since: int | None, match: str | None, fit: bool) -> None:
        assert fits(dict(NEWEST, message="reject: x"), since, regex(match)) is fit

    def test_what_is_unknown_fits_no_filter(self) -> None:
        nothing = dict(UNDATED, message=None)
        assert fits(nothing)
        assert not fits(nothing, since=1)
        assert not fits(nothing, pattern=regex(""))

    @pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc", "+25:00"])
    def test_unknown_zones(self, name: str) -> None:
        with pytest.raises(InvalidValue, match=r"^timezone: "):
            time_zone(name)


class TestModule:
    def test_the_documentation_has_every_log(self) -> None:
        options = yaml.safe_load(Path(mailcow_log_info.__file__).read_text().split('"""')[1])["options"]
        assert list(options["log"]["choices"]) == LOGS

    @pytest.mark.parametrize("log", LOGS)
    def test_it_reads_with_the_read_only_key(self, task: Runs, log: str) -> None:
        task.connection["api_key"] = task.sim.ro_key
        result = task.run(log=log)
        assert result["changed"] is False
        assert result["complete"] is True
        assert task.asked() == [f"GET get/logs/{log}/1000"]

    def test_many(self, task: Runs) -> None:
        task.sim.reset("logs=300")
        result = task.run(log="postfix", count=250)
        assert [entry["timestamp"] for entry in result["entries"]] == list(range(1782900000, 1782899750, -1))
        assert result["complete"] is False
        assert task.run(log="postfix", count=301)["complete"] is True
        since = task.run(log="postfix", count=250, since="2026-07-01T09:59:00Z", match="removed$")
        assert len(since["entries"]) == 61
        assert since["complete"] is True

    def test_secrets_are_not_in_the_output(self, task: Runs) -> None:
        task.sim.reset("logs=2")
        assert "client_secret" in task.run(log="api")["output"]
        assert not re.search("s3cr3t|t0k3n", task.run(log="api")["output"])

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"match": "("}, "match: '(' is not a regular expression"),
            ({"since": "yesterday"}, "since: 'yesterday' is neither an age"),
            ({"count": 0}, "count: must be at least 1"),
            ({"timezone": "Mars"}, "timezone: 'Mars' is not a time zone"),
        ],
    )
    def test_mistakes_are_found_before_any_request(self, task: Runs, options: dict, message: str) -> None:
        assert task.fail(log="postfix", **options)["msg"].startswith("log: " + message)
        assert task.asked() == []

    def test_a_server_without_the_log(self, task: Runs) -> None:
        task.sim.fault(kind="status", status=404, body='{"type":"error","msg":"route not found"}', type="application/json")
        assert "does not support the request" in task.fail(log="cron")["msg"]
