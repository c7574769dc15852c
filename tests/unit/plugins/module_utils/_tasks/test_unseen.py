# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings that mailcow shows nowhere: what is sent, and what is refused before that. mailcow_quarantine_settings has a file of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._tasks.cors import CORS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.customize import CUSTOMIZE
from ansible_collections.community.mailcow.plugins.module_utils._tasks.notices import PASSWORD_RESET_NOTIFICATION, QUOTA_NOTIFICATION
from ansible_collections.community.mailcow.plugins.module_utils._tasks.rspamd_map import MAPS, RSPAMD_MAP
from ansible_collections.community.mailcow.plugins.module_utils._tasks.task import Task
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play
from tests.unit.plugins.module_utils.task import Runs, recorded

LINKS = [{"app": "A", "href": "/a"}, {"app": "B", "href": "/b", "user_href": "", "hide": True}]
COPIES = {"domain": "A.example", "recipients": ["x@b.example", "X@b.example", "x@b.example "], "active": True}


def sent(task: Runs) -> dict[str, dict]:
    """The attributes of the edits of the last run by route."""
    return {
        request["path"][8:].partition("/")[2]: request["body"]["attr"] for request in task.sim.requests() if request["method"] == "POST"
    }


NAMES = ("customize", "quota_notification", "password_reset_notification", "rspamd_map")
EACH = [
    (CUSTOMIZE, {"ip_check": True, "custom_login": {}}),
    (QUOTA_NOTIFICATION, {"subject": "x"}),
    (PASSWORD_RESET_NOTIFICATION, {}),
    (RSPAMD_MAP, {"map": "bad_words", "content": "x"}),
]


@pytest.mark.parametrize(("task", "options"), EACH)
class TestEach:
    def test_it_is_written_each_time(self, sim: Simulator, task: Task, options: dict) -> None:
        runs = Runs(sim, task)
        for _again in range(2):
            result = runs.run(diff=True, **options)
            assert result["changed"] is True
            assert result["diff"]["after"] in [result[name] for name in NAMES if name in result]
            assert runs.asked()

    def test_check_mode_asks_for_the_version_at_most(self, sim: Simulator, task: Task, options: dict) -> None:
        runs = Runs(sim, task)
        assert runs.run(check=True, **options)["changed"] is True
        depends = task is PASSWORD_RESET_NOTIFICATION or "custom_login" in options
        assert runs.asked() == (["GET get/status/version"] if depends else [])

    def test_a_read_only_key(self, sim: Simulator, task: Task, options: dict) -> None:
        assert "HTTP 403" in Runs(sim, task).fail(**options, api_key=sim.ro_key)["msg"]


class TestCustomize:
    @pytest.fixture
    def task(self, sim: Simulator) -> Runs:
        return Runs(sim, CUSTOMIZE)

    def test_nothing(self, task: Runs) -> None:
        result = task.run()
        assert (result["changed"], result["customize"], task.asked()) == (False, {}, [])

    def test_links(self, task: Runs) -> None:
        """facts-server 25: lists of equal length; users see the same unless there is something else for them."""
        task.run(app_links=LINKS)
        assert sent(task) == {"app_links": {"app": ["A", "B"], "href": ["/a", "/b"], "user_href": ["/a", ""], "hide": [0, 1]}}
        task.run(app_links=[])
        assert sent(task) == {"app_links": {"app": [], "href": [], "user_href": [], "hide": []}}

    def test_texts(self, task: Runs) -> None:
        """facts-server 25: what is omitted is emptied."""
        task.run(ui_texts={"main_name": "Mail", "announcement": {"text": "Now"}})
        texts = dict.fromkeys(("title_name", "apps_name", "help_text", "ui_footer"), "")
        announcement = {"ui_announcement_text": "Now", "ui_announcement_type": "info", "ui_announcement_active": 1}
        assert sent(task) == {"ui_texts": {**texts, "main_name": "Mail", **announcement}}
        task.run(ui_texts={})
        assert sent(task)["ui_texts"]["ui_announcement_active"] == 0

    def test_the_others(self, task: Runs) -> None:
        task.run(ip_check=False, custom_login={"force_sso": True})
        login = dict.fromkeys(("hide_user_quicklink", "hide_domainadmin_quicklink", "hide_admin_quicklink"), 0)
        assert sent(task) == {"ip_check": {"ip_check_opt_in": 0}, "custom_login": {**login, "force_sso": 1}}

    def test_what_was_written_before_a_failure(self, task: Runs) -> None:
        task.sim.fault(kind="status", status=403, body='{"type":"error","msg":"no"}', type="application/json", path="edit/custom_login")
        result = task.fail(ip_check=False, custom_login={})
        assert result["changed"] is True
        assert "Done before that: edit/ip_check" in result["msg"]

    @pytest.mark.parametrize("link", [{"app": "", "href": "/x"}, {"app": "x", "href": " "}], ids=str)
    def test_links_that_are_none(self, task: Runs, link: dict) -> None:
        assert "app_links: a link needs a name and a URL" in task.fail(app_links=[link])["msg"]


class TestQuotaNotification:
    @pytest.fixture
    def task(self, sim: Simulator) -> Runs:
        Play(sim, DOMAIN).run(domain="a.example", dkim_key_size=0)
        return Runs(sim, QUOTA_NOTIFICATION)

    def test_what_mailcow_takes_together(self, task: Runs) -> None:
        """facts-server 18: what is omitted is emptied."""
        result = task.run(sender=" Q@A.example ")
        assert sent(task) == {"quota_notification": {"sender": "Q@a.example", "subject": "", "html_tmpl": ""}}
        assert result["quota_notification"] == {"sender": "Q@a.example", "subject": "", "html_tmpl": ""}

    def test_copies_leave_the_mails_alone(self, task: Runs) -> None:
        result = task.run(bcc=[COPIES])
        assert sent(task) == {"quota_notification_bcc": {"domain": "a.example", "bcc_rcpt": "X@b.example,x@b.example", "active": 1}}
        assert result["quota_notification"] == {
            "bcc": [{"domain": "a.example", "recipients": ["X@b.example", "x@b.example"], "active": True}]
        }

    def test_copies_to_nobody(self, task: Runs) -> None:
        """mailcow switches off what has no recipients."""
        assert task.run(bcc=[{**COPIES, "recipients": []}])["quota_notification"]["bcc"][0]["active"] is False

    def test_nothing(self, task: Runs) -> None:
        assert (task.run()["changed"], task.asked()) == (False, [])

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"sender": "q"}, "sender: 'q' is not an e-mail address"),
            ({"bcc": [{**COPIES, "domain": "a_b"}]}, "bcc.domain: 'a_b' is not a domain name"),
            ({"bcc": [{**COPIES, "recipients": ["x"]}]}, "bcc.recipients: 'x' is not an e-mail address"),
            ({"bcc": [COPIES, {**COPIES, "domain": "a.example"}]}, "bcc: a.example is listed twice"),
            ({"bcc": [{**COPIES, "domain": "b.example"}]}, "a domain in bcc does not exist in mailcow"),
        ],
        ids=str,
    )
    def test_what_cannot_be(self, task: Runs, options: dict, message: str) -> None:
        assert message in task.fail(**options)["msg"]


def test_the_mail_to_reset_a_password(sim: Simulator) -> None:
    task = Runs(sim, PASSWORD_RESET_NOTIFICATION)
    task.run(**{"from": " N@A.example", "subject": "S"})
    assert sent(task) == {"reset-password-notification": {"from": "N@a.example", "subject": "S", "text_tmpl": "", "html_tmpl": ""}}
    assert "from: 'n' is not an e-mail address" in task.fail(**{"from": "n"})["msg"]
    assert "subject: is required with from" in task.fail(**{"from": "n@a.example"})["msg"]


class TestRspamdMap:
    def test_it_is_trimmed(self, sim: Simulator) -> None:
        task = Runs(sim, RSPAMD_MAP)
        result = task.run(map="bad_header", content="\n/a/\n/b/\n\n")
        assert sent(task) == {"rspamd-map": {"rspamd_map_data": "/a/\n/b/"}}
        assert result["rspamd_map"] == {"map": "bad_header", "content": "/a/\n/b/"}

    @pytest.mark.parametrize("name", MAPS)
    def test_mailcow_has_each_map(self, sim: Simulator, name: str) -> None:
        """facts-server 20: it refuses any other."""
        Runs(sim, RSPAMD_MAP).run(map=name, content="")

    def test_the_recorded_names_are_among_them(self) -> None:
        assert recorded("status", "edit/rspamd-map")[0]["msg"] == ["object_modified", "global_mime_from_blacklist.map"]
        assert "global_mime_from_blacklist" in MAPS


@pytest.fixture(scope="module")
def older() -> Iterator[Simulator]:
    with Simulator(mailcow_version="2024-01e") as sim:
        yield sim


class TestOnAnOlderServer:
    @pytest.mark.parametrize("check", [True, False])
    @pytest.mark.parametrize(
        ("task", "options", "told"),
        [
            (CUSTOMIZE, {"custom_login": {}}, "custom_login: needs mailcow 2025-05"),
            (CUSTOMIZE, {"app_links": [{"app": "A", "href": "/a", "hide": True}]}, "app_links.hide: needs mailcow 2025-03"),
            (CUSTOMIZE, {"app_links": [{"app": "A", "href": "/a", "user_href": ""}]}, "app_links.user_href: needs mailcow 2025-03"),
            (PASSWORD_RESET_NOTIFICATION, {}, "needs mailcow 2024-08"),
            (CORS, {"allowed_origins": ["https://app.example"]}, "allowed_origins: an origin needs mailcow 2026-07a"),
        ],
    )
    def test_what_it_lacks_is_refused(self, older: Simulator, task: Task, options: dict, told: str, check: bool) -> None:
        runs = Runs(older, task)
        assert f"{told} or newer, but the server runs 2024-01e" in runs.fail(check=check, **options)["msg"]
        assert [request for request in runs.asked() if not request.startswith("GET")] == []

    @pytest.mark.parametrize(
        ("task", "options"),
        [
            (CUSTOMIZE, {"app_links": [{"app": "A", "href": "/a"}], "ip_check": True}),
            (CORS, {"allowed_origins": ["*"], "allowed_methods": ["GET"]}),
            (CORS, {"allowed_origins": []}),
        ],
    )
    def test_what_it_has_is_written(self, older: Simulator, task: Task, options: dict) -> None:
        assert Runs(older, task).run(**options)["changed"] is True
