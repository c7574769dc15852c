# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What no recording shows, as the recorded server had neither DNS nor most of mailcow's containers: forwarding hosts by name, mails
learned, the queue after a command, settings of netfilter. The source was read for all of it.
"""

from __future__ import annotations

import json
import typing as t
import urllib.request

import pytest

from tests.simulator import php
from tests.simulator.dns import Dns
from tests.simulator.process import Simulator

from .test_options import post


def get(simulator: Simulator, path: str) -> t.Any:
    """The data of an answer."""
    request = urllib.request.Request("%s/api/v1/get/%s" % (simulator.url, path), headers={"X-API-Key": simulator.rw_key})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


@pytest.mark.parametrize(
    ("records", "hosts"),
    [
        (["192.0.2.1", "2001:db8::1"], ["192.0.2.1", "2001:db8::1"]),
        (["192.0.2.1", "MX host.dns.example", "MX both.dns.example"], ["192.0.2.10", "192.0.2.20", "2001:db8::20"]),
        (["MX unknown.example", "192.0.2.1"], ["192.0.2.1"]),
        (["TXT v=spf1 ip4:192.0.2.0/24 ?ip6:2001:db8::/32 -all ip4:192.0.2.1", "MX host.dns.example"], ["192.0.2.0/24", "2001:db8::/32"]),
        (["TXT v=spf1 a:host.dns.example/30 mx:mx.dns.example a/24 ~all"], ["192.0.2.10/30", "192.0.2.10", "192.0.2.20", "2001:db8::20"]),
        (["TXT v=spf1 a mx -all", "MX host.dns.example", "192.0.2.10"], ["192.0.2.10"]),
        (["TXT other", "TXT v=spf1 include:spf.dns.example -all"], ["198.51.100.0/24", "192.0.2.20", "2001:db8::20"]),
        (["TXT v=spf1 redirect=ip6.example"], ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::/32"]),
        (["TXT v=spf1 -all"], []),
    ],
)
def test_dns(records: list[str], hosts: list[str]) -> None:
    """SPF, else MX, else the name's own addresses."""
    dns = Dns({"name.example": records, "ip6.example": ["TXT v=spf1 ip6:2001:db8::1 ip6:2001:db8::/32 -all"]})
    assert dns.outgoing_hosts("Name.Example") == hosts


def test_dns_rejects() -> None:
    for records in ("192.0.2.1", ["mail.example"], ["CNAME mail.example"]):
        with pytest.raises(ValueError, match=r"^dns: x: "):
            Dns({"x": t.cast(t.Any, records)})


def test_forwarding_host_by_name() -> None:
    with Simulator(dns={"two.example": ["192.0.2.8", "192.0.2.9"]}) as simulator:
        assert post(simulator, "add/fwdhost", {"hostname": "two.example"}) == [["forwarding_host_added", "192.0.2.8, 192.0.2.9"]]
        assert post(simulator, "add/fwdhost", {"hostname": "host.dns.example", "filter_spam": 1}) == [
            ["forwarding_host_added", "192.0.2.10"]
        ]
        assert [(row["host"], row["source"], row["keep_spam"]) for row in get(simulator, "fwdhost/all")] == [
            ("192.0.2.8", "two.example", "yes"),
            ("192.0.2.9", "two.example", "yes"),
            ("192.0.2.10", "host.dns.example", "no"),
        ]


def test_natsort() -> None:
    assert php.natsort(["b10", "b9", "a 2", "a1", "b09", "10.0.0.0", "9.0.0.0", "2001:db8::a", ""]) == [
        "", "9.0.0.0", "10.0.0.0", "2001:db8::a", "a1", "a 2", "b09", "b9", "b10",
    ]  # fmt: skip


def test_quarantine() -> None:
    """With all services up mails are released and learned; a refusal keeps them."""
    with Simulator(service="rspamd=up") as simulator:
        for number in (1, 2, 3):
            simulator.plant("sql", "INSERT INTO quarantine (id, qid, rcpt) VALUES (%d, 'Q', 'u@a.example')" % number)
        simulator.plant("service", "postfix 451 later")
        release = {"items": [1, 2], "attr": {"action": "release"}}
        assert post(simulator, "edit/qitem", release) == ["Postfix returned SMTP code 451 later\r\n, expected 250"]
        simulator.plant("service", "postfix up")
        assert post(simulator, "edit/qitem", release) == [
            ["item_released", 1],
            ["learned_ham", 1],
            ["item_released", 2],
            ["learned_ham", 2],
        ]
        assert post(simulator, "edit/qitem", {"items": ["3"], "attr": {"action": "learnspam"}}) == [["qlearn_spam", "3"]]
        assert get(simulator, "quarantine/all") == []
        assert ["reject", 0] in get(simulator, "rspamd/actions")
        with pytest.raises(ValueError, match="is up or down"):
            simulator.plant("service", "rspamd sideways")


def test_queue() -> None:
    with Simulator() as simulator:
        simulator.plant("mail", '{"queue_id": "ABC1", "recipients": [{"address": "a@example.com"}]}')

        def queue() -> dict[str, str]:
            return {mail["queue_id"]: mail["queue_name"] for mail in get(simulator, "mailq/all")}

        assert get(simulator, "mailq/all")[1]["recipients"] == ["a@example.com"]
        post(simulator, "edit/mailq", {"items": ["ABC1"], "attr": {"action": "hold"}})
        assert queue() == {"4fXyZ10abc": "deferred", "ABC1": "hold"}
        assert post(simulator, "delete/mailq", ["4fXyZ10abc"]) == ["queue_command_success"]  # and not done
        assert queue() == {"4fXyZ10abc": "deferred", "ABC1": "hold"}
        post(simulator, "delete/mailq", ["ABC1"])
        assert queue() == {"4fXyZ10abc": "deferred"}
        post(simulator, "edit/mailq", {"items": "all", "attr": {"action": "super_delete"}})
        assert get(simulator, "mailq/all") == []


def test_container() -> None:
    with Simulator() as simulator:
        simulator.plant("container", "clamd-mailcow restarting")
        states = {name: container["state"] for name, container in get(simulator, "status/containers").items()}
        assert {name for name, state in states.items() if state != "running"} == {"clamd-mailcow"}


def test_seeded_operations() -> None:
    with Simulator(seed="logs=3,queue=2,quarantine=2") as simulator:
        assert [line["time"] for line in get(simulator, "logs/postfix/9")] == ["1782900000", "1782899999", "1782899998"]
        assert "client_secret" in get(simulator, "logs/api/5")[-1]["data"]
        assert len(get(simulator, "mailq/all")) == 3
        assert [row["created"] for row in get(simulator, "quarantine/all")] == [1782900000, 1782899999]


def test_netfilter() -> None:
    with Simulator(service="netfilter=up") as simulator:
        before = get(simulator, "fail2ban")
        assert (before["ban_time"], before["ban_time_increment"]) == (1800, True)
        post(simulator, "edit/fail2ban", {"items": [], "attr": {"action": "edit-regex", "regex": ["x"]}})
        assert get(simulator, "fail2ban")["regex"] == {"1": "x"}
        assert post(simulator, "edit/fail2ban", {"items": "none", "attr": {"action": "reset-regex"}}) == [["object_modified", "none"]]
        assert get(simulator, "fail2ban")["regex"] == before["regex"]


def test_docker_down() -> None:
    with Simulator(docker_down=1) as simulator:
        assert get(simulator, "mailq/all") == []
        assert post(simulator, "edit/mailq", {"items": [], "attr": {"action": "flush"}}) == ["unknown"]
        assert get(simulator, "status/containers") is None
        assert get(simulator, "status/vmail")["used"] is None
