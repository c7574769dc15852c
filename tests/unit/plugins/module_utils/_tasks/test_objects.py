# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.community.mailcow.plugins.module_utils._api import client
from ansible_collections.community.mailcow.plugins.module_utils._api.errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._engine.kind import Kind
from ansible_collections.community.mailcow.plugins.module_utils._kinds.alias_domain import ALIAS_DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._kinds.domain import DOMAIN
from ansible_collections.community.mailcow.plugins.module_utils._tasks.infos import info
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import item_spec, manage, wanted
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.fakes import THING
from tests.unit.plugins.module_utils.play import Play, execute

NAME = "a.example"
QUOTAS = {"defquota": 10, "maxquota": 20, "quota": 30}


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, DOMAIN)


class TestResult:
    def test_of_a_change(self, play: Play) -> None:
        result = play.run(domain=NAME, description="x", **QUOTAS)
        assert result["changed"] is True
        assert result["domain"].items() >= {"domain": NAME, "description": "x", **QUOTAS}.items()
        assert result["status"]["mboxes_in_domain"] == 0
        assert "diff" not in result

    def test_of_no_change(self, play: Play) -> None:
        play.run(domain=NAME, **QUOTAS)
        result = play.run(domain=NAME.upper(), **QUOTAS)
        assert result["changed"] is False
        assert result["domain"]["domain"] == NAME

    def test_of_a_deletion(self, play: Play) -> None:
        play.run(domain=NAME, **QUOTAS)
        result = play.run(domain=NAME, state="absent", diff=True)
        assert result["changed"] is True
        assert not {"domain", "status"} & result.keys()
        assert result["diff"]["before"]["quota"] == 30
        assert result["diff"]["after"] == {}

    def test_the_diff_is_about_what_is_managed(self, play: Play) -> None:
        play.run(domain=NAME, **QUOTAS)
        diff = play.run(domain=NAME, description="new", quota=30, diff=True)["diff"]
        assert diff["before"] == {"domain": NAME, "description": NAME, "quota": 30}
        assert diff["after"] == {"domain": NAME, "description": "new", "quota": 30}
        assert diff["before_header"] == diff["after_header"] == "domain " + NAME

    def test_mailcows_raw_answer_is_never_in_it(self, play: Play) -> None:
        assert '"log"' not in play.run(domain=NAME, **QUOTAS)["output"]

    def test_warnings_are_warnings(self, play: Play) -> None:
        body = '[{"type":"warning","msg":["tag_limit_exceeded","limit 25"]},{"type":"success","msg":["domain_added","a.example"]}]'
        play.sim.fault(kind="html", when="after", method="POST", body=body, type="application/json", times=1)
        warnings = play.run(domain=NAME, **QUOTAS)["warnings"]
        assert "domain a.example: mailcow warns: tag_limit_exceeded limit 25" in str(warnings)


class TestCheckMode:
    def test_it_announces_what_will_be(self, play: Play) -> None:
        check = play.run(domain=NAME, check=True, diff=True, **QUOTAS)
        assert play.writes() == []
        done = play.run(domain=NAME, diff=True, **QUOTAS)
        assert (check["changed"], check["diff"]) == (done["changed"], done["diff"])
        assert check["domain"].items() <= done["domain"].items()
        assert check["status"] == dict.fromkeys(done["status"])

    def test_the_read_only_key_is_enough(self, play: Play) -> None:
        play.connection["api_key"] = play.sim.ro_key
        assert play.run(domain=NAME, check=True, **QUOTAS)["changed"]
        assert "read-write key" in play.fail(domain=NAME, **QUOTAS)["msg"]


class TestFailure:
    def test_mailcow_says_no(self, play: Play) -> None:
        result = play.fail(domain="mail.example.com", **QUOTAS)
        assert result["msg"].startswith("domain mail.example.com: mailcow refused POST add/domain: a mail domain cannot have the name of")
        assert result["request"] == "POST add/domain"
        assert result["mailcow"] == ["domain_cannot_match_hostname"]
        assert result["changed"] is False

    def test_what_was_done_before_counts_as_changed(self, play: Play) -> None:
        play.run(domain=NAME, **QUOTAS)
        play.sim.fault(kind="empty", method="POST", path="rl-domain")
        result = play.fail(domain=NAME, description="x", rate_limit={"value": 3})
        assert result["changed"] is True
        assert "Done before that: edit/domain" in result["msg"]

    def test_a_number_without_end(self, play: Play) -> None:
        """Ansible's own check of a whole number raises OverflowError."""
        assert "a number among the options is too large" in play.fail(domain=NAME, quota=float("inf"))["msg"]

    def test_a_value_that_mailcow_cannot_hold(self, play: Play) -> None:
        assert play.fail(domain="a b", **QUOTAS)["msg"] == "domain a b: domain: 'a b' is not a domain name"
        assert "quota: 0 is too small" in play.fail(domain=NAME, quota=0)["msg"]
        assert play.sim.requests() == []

    @pytest.mark.parametrize(
        ("connection", "message"),
        [
            ({"api_key": "  "}, "api_key: no API key is set. Set the option api_key or the environment variable MAILCOW_API_KEY"),
            ({"timeout": 0}, "timeout: must be at least 1 second"),
            ({"url": "mail.example.com"}, "write it like https://mail.example.com"),
            ({"url": "http://127.0.0.1:1"}, "no connection to http://127.0.0.1:1"),
        ],
    )
    def test_a_connection_that_cannot_be(self, play: Play, connection: dict, message: str) -> None:
        assert message in play.fail(domain=NAME, **connection)["msg"]
        assert message in execute(info(DOMAIN), dict(play.connection, **connection))["msg"]

    @pytest.mark.parametrize("task", [manage, info])
    def test_a_wrong_key_is_tried_once(self, play: Play, task: Callable) -> None:
        result = execute(task(DOMAIN), dict(play.connection, api_key="WRONG-1", domain=NAME))
        assert "does not accept the API key" in result["msg"]
        assert [request["status"] for request in play.sim.requests()] == [401]

    @pytest.mark.parametrize("task", [manage, info])
    def test_without_the_library(self, play: Play, monkeypatch: pytest.MonkeyPatch, task: Callable) -> None:
        monkeypatch.setattr(client, "REQUESTS_IMPORT_ERROR", "Traceback: no module named requests")
        result = execute(task(DOMAIN), dict(play.connection, domain=NAME))
        assert "the Python library requests is missing. Install it with: " in result["msg"]

    def test_the_library_is_not_needed_to_load_a_module(self) -> None:
        code = (
            "import sys; sys.modules['requests'] = None; from ansible_collections.community.mailcow.plugins.modules import mailcow_domain"
        )
        subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


class TestConnection:
    def test_the_environment_can_hold_it(self, sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in (("URL", sim.url + "/api/v1/"), ("API_KEY", sim.rw_key), ("TIMEOUT", "77"), ("VALIDATE_CERTS", "no")):
            monkeypatch.setenv("MAILCOW_" + name, value)
        result = execute(manage(DOMAIN), {"domain": NAME, **QUOTAS})
        assert result["changed"] is True
        arguments = result["invocation"]["module_args"]
        assert (arguments["timeout"], arguments["validate_certs"]) == (77, False)

    def test_options_win_over_the_environment(self, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAILCOW_URL", "http://127.0.0.1:1")
        monkeypatch.setenv("MAILCOW_API_KEY", "WRONG-1")
        assert play.run(domain=NAME, **QUOTAS)["changed"]

    def test_defaults(self, play: Play) -> None:
        del play.connection["timeout"]
        arguments = play.run(domain=NAME, **QUOTAS)["invocation"]["module_args"]
        assert (arguments["timeout"], arguments["validate_certs"], arguments["ca_path"]) == (120, True, None)

    @pytest.mark.parametrize("missing", ["url", "api_key"])
    def test_what_is_needed(self, play: Play, missing: str) -> None:
        del play.connection[missing]
        assert "Set the option %s or the environment variable MAILCOW_%s" % (missing, missing.upper()) in play.fail(domain=NAME)["msg"]

    def test_both_are_told_at_once(self, play: Play) -> None:
        play.connection.clear()
        message = play.fail(domain=NAME)["msg"]
        assert "MAILCOW_URL" in message
        assert "MAILCOW_API_KEY" in message

    def test_the_key_is_never_printed(self, play: Play) -> None:
        assert play.sim.rw_key not in play.run(domain=NAME, diff=True, **QUOTAS)["output"]
        assert "WRONG-KEY-1" not in play.fail(domain=NAME, api_key="WRONG-KEY-1")["output"]


class TestInfo:
    def test_all_one_and_none(self, play: Play) -> None:
        assert play.info() == []
        for name in ("b.example", NAME):
            play.run(domain=name, **QUOTAS)
        assert [one["domain"] for one in play.info()] == [NAME, "b.example"]
        assert [one["domain"] for one in play.info(domain=" A.Example")] == [NAME]
        assert play.info(domain="c.example") == []

    def test_it_only_reads(self, play: Play) -> None:
        play.run(domain=NAME, **QUOTAS)
        play.connection["api_key"] = play.sim.ro_key
        play.sim.clear_requests()
        play.info()
        play.info(domain=NAME)
        assert play.writes() == []
        assert len(play.sim.requests()) == 2

    def test_an_invalid_name(self, play: Play) -> None:
        result = execute(info(DOMAIN), dict(play.connection, domain="a b"))
        assert "domain: 'a b' is not a domain name" in result["msg"]
        result = execute(info(THING), dict(play.connection, domains=["a b"]))
        assert "domains: 'a b' is not a domain name" in result["msg"]

    def test_another_object_than_the_one_asked_for_is_none(self, play: Play) -> None:
        """facts-server 2: get/domain of an alias domain answers with its target."""
        play.run(domain=NAME, **QUOTAS)
        Play(play.sim, ALIAS_DOMAIN).run(alias_domain="b.example", target_domain=NAME)
        assert play.info(domain="b.example") == []


class TestSpecification:
    @pytest.mark.parametrize("kind", [THING, DOMAIN], ids=lambda kind: kind.name)
    def test_it_asks_for_the_identity_and_has_no_defaults_for_what_is_managed(self, kind: Kind) -> None:
        spec = item_spec(kind)
        assert [option for option, details in spec.items() if details.get("required")] == [kind.identity.option]
        assert {option for option, details in spec.items() if "default" in details} == {"state", *kind.policies}
        result = ArgumentSpecValidator(spec).validate({kind.identity.option: "x"})
        assert result.error_messages == []
        assert result.validated_parameters["state"] == "present"

    def test_a_password_is_secret_and_its_policy_is_not(self) -> None:
        spec = item_spec(THING)
        assert spec["password"]["no_log"] is True
        assert spec["update_password"] == {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False}

    def test_only_what_has_a_new_name_can_be_renamed(self) -> None:
        assert "rename_to" in item_spec(THING)
        assert "rename_to" not in item_spec(DOMAIN)


def test_a_new_name_is_checked_like_the_old() -> None:
    params = {"address": "a@one.example", "state": "present", "update_password": "on_create", "update_write_only": "always"}
    wish = wanted(THING, dict(params, rename_to=" B@BÜCHER.example "))
    assert wish.rename_to == "B@xn--bcher-kva.example"
    assert wish.policies == {"update_password": "on_create", "update_write_only": "always"}
    with pytest.raises(InvalidValue, match="rename_to: 'nobody' is not an e-mail address"):
        wanted(THING, dict(params, rename_to="nobody"))
