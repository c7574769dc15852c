# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages fit each screen: nothing is wider than it, no word is torn, dark is dark. Look at the pictures in tests/output/pages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import requests

from tests.examples.internet import KEY, internet
from tests.pages.browser import CHROMIUM, look, on_paper
from tests.simulator.process import ROOT, Simulator

# Pixels, and whether the reader wants it dark.
SCREENS = {"phone": (390, False), "desk": (1280, False), "dark": (1280, True)}
PICTURES = ROOT / "tests/output/pages"

pytestmark = pytest.mark.skipif(
    not CHROMIUM, reason="there is no Chromium here, so that nobody looks at the pages: install the package chromium"
)


def declared(mailboxes: int) -> dict:
    """A tenant with some people, and an alias of some letters."""
    return {
        "domains": [{"domain": "brewery.example", "mailboxes": 500, "quota": 102400, "rate_limit": {"value": 500, "frame": "h"}}],
        "mailboxes": [
            {"address": f"employee{number}@brewery.example", "name": f"Employee {number}", "quota": 100, "password": "Barley.Hops.1516"}
            for number in range(mailboxes)
        ],
        "aliases": [
            {"address": "info@brewery.example", "goto": ["employee1@brewery.example", "employee2@brewery.example"]},
            {"address": "wholesale-department-of-the-brewery@brewery.example", "goto": ["employee3@brewery.example"]},
        ],
    }


def by_hand(simulator: Simulator, path: str, body: object) -> None:
    """Change something as in the web UI."""
    certificate = simulator.options["tls_cert"]
    requests.post(
        f"{simulator.url}/api/v1/{path}", json=body, headers={"X-API-Key": KEY}, verify=certificate, timeout=60
    ).raise_for_status()


@pytest.fixture(scope="module", name="audit")
def fixture_audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an audit that found many equal differences and some others, some of them new."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    place = tmp_path_factory.mktemp("audit")
    (place / "variables.json").write_text(json.dumps({"tenant_config": declared(120), "tenant_prune": ["aliases"]}))
    with internet(place) as world:
        simulator = world.simulators["mail.example.com"]
        variables = {**world.variables, "MAILCOW_URL": "https://mail.example.com", "MAILCOW_API_KEY": KEY}

        def play(name: str) -> None:
            command = ["ansible-playbook", f"community.mailcow.{name}", "-e", "@variables.json"]
            done = subprocess.run(command, cwd=place, env=variables, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]

        people = [f"employee{number}@brewery.example" for number in range(120)]
        play("tenant")
        by_hand(simulator, "edit/mailbox", {"items": people[:100], "attr": {"quota": "300"}})
        by_hand(simulator, "edit/mailbox", {"items": people[100:110], "attr": {"imap_access": "0", "name": "Somebody else"}})
        by_hand(simulator, "delete/alias", ["wholesale-department-of-the-brewery@brewery.example"])
        play("drift_audit")
        by_hand(simulator, "edit/domain", {"items": ["brewery.example"], "attr": {"quota": "204800", "rl_value": "100", "rl_frame": "m"}})
        by_hand(simulator, "add/alias", {"address": "boss@brewery.example", "goto": people[5], "active": 1})
        by_hand(simulator, "delete/mailbox", people[115:])
        play("drift_audit")
    return place / "drift-audit/mail.example.com.html"


@pytest.mark.parametrize("screen", SCREENS)
def test_an_audit_fits_the_screen(audit: Path, screen: str) -> None:
    width, dark = SCREENS[screen]
    layout = look(audit, PICTURES / f"audit-{screen}.png", width, dark)
    assert layout.width == width
    assert layout.torn == []
    assert (sum(layout.background) < 3 * 64) == dark
    # What 100 mailboxes have in common is said once: all of it is some screens, not a hundred rows.
    assert layout.height < 6000


def test_an_audit_can_be_printed(audit: Path) -> None:
    on_paper(audit, PICTURES / "audit.pdf")
    assert (PICTURES / "audit.pdf").read_bytes().startswith(b"%PDF")
