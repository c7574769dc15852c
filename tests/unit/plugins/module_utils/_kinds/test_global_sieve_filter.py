# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.community.mailcow.plugins.module_utils._kinds.global_sieve_filter import GLOBAL_SIEVE_FILTER
from tests.simulator.process import Simulator
from tests.unit.plugins.module_utils.play import Play

SCRIPT = 'require "fileinto";\nfileinto "A";\n'
# With all options; test_documentation.py and test_config_kinds.py make them where those of the kinds before it are there already.
EVERY_OPTION: list[dict] = [{"prefilter": SCRIPT, "postfilter": "keep;\n"}]


@pytest.fixture
def play(sim: Simulator) -> Play:
    return Play(sim, GLOBAL_SIEVE_FILTER)


def shown(play: Play) -> dict:
    return {name: value for name, value in play.info().items() if name != "status"}


def test_each_script_for_itself(play: Play) -> None:
    before = shown(play)
    play.unchanged(**before)
    assert play.change(prefilter=SCRIPT) == {**before, "prefilter": SCRIPT}
    assert play.change(postfilter="") == {"prefilter": SCRIPT, "postfilter": ""}
    play.change(**before)


def test_only_what_differs_is_written(play: Play) -> None:
    """facts-server 32: each write restarts Dovecot."""
    play.run(prefilter=SCRIPT, postfilter="keep;")
    play.sim.clear_requests()
    play.run(prefilter=SCRIPT, postfilter="stop;")
    assert play.writes() == ["add/global-filter"]


@pytest.mark.parametrize("script", [SCRIPT.rstrip(), SCRIPT.replace("\n", "\r\n"), SCRIPT + "\n"])
def test_line_ends_make_no_difference(play: Play, script: str) -> None:
    play.change(prefilter=SCRIPT)
    play.unchanged(prefilter=script)


def test_a_script_that_is_wrong(play: Play) -> None:
    before = shown(play)
    result = play.fail(prefilter="nonsense;", postfilter="keep;")
    assert "the Sieve script is not valid: line 1: unknown command nonsense" in result["msg"]
    assert shown(play)["prefilter"] == before["prefilter"]


def test_dovecot_does_not_start() -> None:
    with Simulator(docker_down=1) as sim:
        result = Play(sim, GLOBAL_SIEVE_FILTER).run(prefilter=SCRIPT)
    assert "mailcow warns: Dovecot could not be restarted" in str(result["warnings"])


def test_there_is_no_such_file(play: Play) -> None:
    """facts-server 32: mailcow shows false, and reports success without writing anything."""
    body = '{"prefilter": false, "postfilter": false}'
    play.sim.fault(kind="status", status=200, body=body, type="application/json", path="global_filters")
    assert shown(play) == {"prefilter": "", "postfilter": ""}
    assert "mailcow reported success, but prefilter is '' instead of" in play.fail(prefilter=SCRIPT)["msg"]
