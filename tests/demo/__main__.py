# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the demo playbook again and again, and says what to look at each time.

Always on a simulator that it starts itself, whatever MAILCOW_URL says: nobody wants 20 mailboxes of a demo on their server.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import textwrap
from pathlib import Path

import requests

from tests import environment
from tests.simulator.process import Simulator

ROOT = Path(__file__).resolve().parents[2]
PLAYBOOK = ROOT / "playbooks/demo.yml"
# What "somebody in the web UI" does: the request of a click each.
CLICKS = (
    (
        "gives anna.adler a quota of 5000 MiB instead of 1024",
        "edit/mailbox",
        {"items": ["anna.adler@brewery.example"], "attr": {"quota": "5000"}},
    ),
    (
        "takes ben.bauer out of info@brewery.example",
        "edit/alias",
        {"items": ["info@brewery.example"], "attr": {"goto": "anna.adler@brewery.example"}},
    ),
    (
        "switches the pub's domain off",
        "edit/domain",
        {"items": ["brewpub.example"], "attr": {"active": "0"}},
    ),
)


def say(title: str, text: str = "") -> None:
    """Print a heading, and a paragraph on what comes."""
    print(f"\n\033[1m== {title}\033[0m" if sys.stdout.isatty() else f"\n== {title}")
    print(textwrap.fill(text, 110) if text else "", flush=True)


def play(variables: dict[str, str], *options: str, show_unchanged: bool = False) -> str:
    """Run the playbook, showing only what it changes, and give what it printed. Exits when it fails."""
    command = [Path(sys.executable).with_name("ansible-playbook"), PLAYBOOK, *options]
    quiet = {
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
        "ANSIBLE_DISPLAY_OK_HOSTS": str(show_unchanged),
        "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOWS": "1",
    }
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables, **quiet}, stdout=subprocess.PIPE, text=True)
    printed = ""
    for line in process.stdout:
        printed += line
        if line.strip():
            print("   " + line, end="", flush=True)
    if process.wait():
        sys.exit(f"The playbook failed with exit code {process.returncode}.")
    return printed


def changed(printed: str) -> int:
    """The number of changed tasks in the recap of a run."""
    return int(printed.rpartition("changed=")[2].split()[0])


def demo(server: environment.Server) -> None:
    """Tell the story on one server."""
    variables = {**server.variables, "DEMO_PASSWORD": "Aa1." + secrets.token_urlsafe(12)}
    session = requests.Session()
    session.headers["X-API-Key"] = server.key

    say(
        "1. Provision a tenant",
        f"playbooks/demo.yml says what the brewery should have on {server.url}: two domains with DKIM keys, 20 mailboxes and 31 aliases. "
        "Each task reads first and writes only what differs. Here all is new.",
    )
    play(variables)

    say(
        "2. The same again",
        "Nothing differs, so nothing is written: changed=0. You can run it every night, and what it reports as changed has really changed.",
    )
    if count := changed(play(variables)):
        sys.exit(f"The second run changed {count} tasks; it should have changed none.")

    say("3. Somebody clicks in the web UI", "It happens. Nobody remembers it a week later.")
    for what, path, body in CLICKS:
        print(f"   somebody {what}")
        session.post(f"{server.url}/api/v1/{path}", json=body, timeout=60).raise_for_status()

    say(
        "4. What has drifted? (--check --diff)",
        "Check mode only reads, so a read-only API key is enough, and it cannot break anything. In each difference the server's state "
        "stands above, and the playbook's below.",
    )
    play(variables, "--check", "--diff")

    say("5. Put it right", "The same playbook once more, now for real. It writes these three things and nothing else.")
    fixed = changed(play(variables))
    print(f"\n{fixed} tasks put {len(CLICKS)} changes right, and nothing else was touched.")

    say(
        "6. What to publish in DNS",
        "Mail that is not backed by the DNS ends as spam. mailcow_dns_info has the records of each domain, with its DKIM key: as data "
        "for the modules of your DNS provider, and as lines for a zone file.",
    )
    play(variables, "--tags", "dns", show_unchanged=True)
    print()


def main() -> None:
    """Start the simulator, and tell it there."""
    environment.take()
    with Simulator() as simulator:
        demo(environment.Server(simulator.url, simulator.rw_key))
    print("This was the simulator. The playbook itself works on any mailcow; its first lines say how.")


if __name__ == "__main__":
    main()
