# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret of a declaration is ever seen: not in results, and not in the log of the system."""

from __future__ import annotations

import pytest
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.community.mailcow.plugins.module_utils._api import client
from tests.unit.plugins.module_utils._tasks.tenant import ONE, PASSWORD, WHOLE, Run, box, domain

KEY, TOKEN = "k7" * 15, "t5" * 15


class TestSecrets:
    SECRETS = (PASSWORD, KEY, TOKEN, "PRIVATE KEY")
    ITEM = box("a", pushover={"key": KEY, "token": TOKEN})

    @pytest.fixture
    def logged(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What goes to the log of the system."""
        lines: list[str] = []
        for name in ("_log_to_syslog", "log"):
            monkeypatch.setattr(AnsibleModule, name, lambda self, msg, *unused, **unused_too: lines.append(str(msg)))
        return lines

    def unseen(self, result: dict, logged: list[str]) -> None:
        for secret in self.SECRETS:
            assert secret not in result["output"]
            assert secret not in str(logged)
        assert set(result["invocation"]["module_args"].values()) == {"not shown"}

    def test_of_what_is_done(self, run: Run, logged: list[str]) -> None:
        config = dict(WHOLE, mailboxes=[self.ITEM, box("b")])
        for options in ({"check": True}, {}, {}):
            self.unseen(run.ok(config, diff=True, **options), logged)
        always = dict(self.ITEM, update_password="always", update_write_only="always")
        for options in ({"check": True}, {}):
            result = run.ok({"mailboxes": [always]}, diff=True, **options)
            assert result["changed"]
            self.unseen(result, logged)

    @pytest.mark.parametrize(
        "item",
        [
            {"quota": "much"},
            {"pasword": PASSWORD},
            {"password": {"a": PASSWORD}},
            {"password": [PASSWORD]},
            {"pushover": KEY},
            {"pushover": {"key": KEY, "token": {"a": TOKEN}}},
            {"pushover": {"keey": KEY}},
            {"pushover": {"key": KEY + "1"}},
            {"pushover": [{"key": KEY}]},
            {"address": PASSWORD},
            {"name": PASSWORD, "quota": -1},
            {"authsource": PASSWORD},
            {"tags": {PASSWORD: 1}},
        ],
    )
    def test_of_what_is_wrong(self, run: Run, logged: list[str], item: dict) -> None:
        self.unseen(run.fail({"mailboxes": [{**self.ITEM, **item}, 7]}), logged)

    @pytest.mark.parametrize("config", [PASSWORD, [PASSWORD], {"mailboxes": PASSWORD}, {"mailboxes": [PASSWORD]}, {"mailbox": [PASSWORD]}])
    def test_of_what_has_the_wrong_shape(self, run: Run, logged: list[str], config: object) -> None:
        self.unseen(run.fail(config), logged)

    @pytest.mark.parametrize("options", [{"prune": ["wrong"]}, {"concurrency": "x"}, {"url": None}, {"api_key": None}, {"unknown": 1}])
    def test_of_what_ansible_refuses(self, run: Run, logged: list[str], options: dict) -> None:
        self.unseen(run.fail({"mailboxes": [self.ITEM]}, **{**run.connection, **options}), logged)

    def test_of_what_mailcow_refuses(self, run: Run, logged: list[str]) -> None:
        config = {
            "domains": [domain()],
            "mailboxes": [self.ITEM, box("b", password="weak"), box("c", quota=9999), box("d", tagged_mail_handler="none")],
        }
        run.sim.fault(kind="empty", method="POST", path="pushover")
        result = run.fail(config)
        assert sorted(failure["name"][0] for failure in result["failures"]) == ["a", "b", "c"]
        self.unseen(result, logged)
        assert "weak" not in result["output"]

    def test_of_a_private_key(self, run: Run, logged: list[str]) -> None:
        config = {"domains": [domain()], "dkim_keys": [{"domain": ONE, "private_key": "-----BEGIN RSA PRIVATE KEY-----\n%s\n" % PASSWORD}]}
        self.unseen(run.fail(config), logged)

    def test_of_a_host_without_the_library(self, run: Run, logged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "REQUESTS_IMPORT_ERROR", "Traceback: no module named requests")
        result = run.fail({"mailboxes": [self.ITEM]})
        assert "the Python library requests is missing. Install it with: " in result["msg"]
        self.unseen(result, logged)

    def test_of_the_connection(self, run: Run) -> None:
        assert run.sim.rw_key not in run.ok(WHOLE, diff=True)["output"]
