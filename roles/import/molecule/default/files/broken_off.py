# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kills an import while it creates mailboxes, and runs it again: no mailbox is created twice, and each has the password in the newest
file that contains it. No output contains a password, even with -vvv.

Arguments: the URL and the key of the simulator, and the directory of the lists.
"""

from __future__ import annotations

import csv
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5]))

from tests.simulator.process import control, settle

url, key, place = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
variables = {
    "import_file": str(place / "pub.csv"),
    "import_columns": {"first_name": "First name", "last_name": "Last name"},
    "import_address": "{first_name:1}.{last_name}.{first_name}@pub.example",
    "import_letters": {"{": "", "}": "", "*": "x"},
    "import_new_mailbox": {"force_pw_update": True, "custom_attributes": {"came": "by list"}},
    "import_passwords_path": str(place / "broken_off"),
    # Rot13 hides nothing, but it is available everywhere and easy to reverse.
    "import_encrypt_command": ["tr", "A-Za-z", "N-ZA-Mn-za-m"],
}
command = [str(pathlib.Path(sys.executable).with_name("ansible-playbook")), "-vvv", "community.mailcow.import", "-e", json.dumps(variables)]
environment = dict(os.environ, MAILCOW_URL=url, MAILCOW_API_KEY=key)


def added() -> list[dict[str, str]]:
    return [request["body"] for request in control(url, "GET", "requests") if request["path"].endswith("add/mailbox")]


def address(body: dict[str, str]) -> str:
    return f"{body['local_part']}@{body['domain']}"


def family(pid: int) -> list[int]:
    """A process and all its descendants: Ansible's workers have sessions of their own, so killing a process group is not enough."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [pid, *(each for child in listed.stdout.split() for each in family(int(child)))]


# After 60 mailboxes, the server continues to create them, but does not respond any more.
control(url, "DELETE", "requests")
control(url, "POST", "faults", {"kind": "timeout", "method": "POST", "path": "add/mailbox", "after": 60, "when": "after", "seconds": 600})
with open(place / "first.log", "w", encoding="utf-8") as log:
    first = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        while not any(request.get("fault") for request in control(url, "GET", "requests")):
            assert first.poll() is None, (place / "first.log").read_text(encoding="utf-8")
            time.sleep(0.01)
    finally:
        if first.poll() is None:
            for pid in family(first.pid):
                os.kill(pid, signal.SIGKILL)
            first.wait()
control(url, "DELETE", "faults")
settle(url)
before = len(added())
assert 60 < before < 120, before

second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
assert second.returncode == 0, second.stdout + second.stderr
third = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
assert "changed=0" in third.stdout, third.stdout
assert "0 of 120 people created, 0 updated, 120 unchanged." in third.stdout

bodies = added()
addresses = [address(body) for body in bodies]
assert len(addresses) == len(set(addresses)) == 120

files = sorted((place / "broken_off").iterdir())
assert [file.suffix for file in files] == [".tr", ".tr"], files
# The second run reports both files, because the first one was interrupted.
assert all(str(file) in second.stdout for file in files)
told: dict[str, str] = {}
for file in files:
    assert file.stat().st_mode & 0o077 == 0
    text = file.read_text(encoding="utf-8")
    plain = subprocess.run(["tr", "A-Za-z", "N-ZA-Mn-za-m"], input=text, capture_output=True, text=True, check=True)
    told.update({row["address"]: row["password"] for row in csv.DictReader(plain.stdout.splitlines())})
assert told == {address(body): body["password"] for body in bodies}

# The second run set the options that the first one could not set any more.
later = [request["body"]["items"] for request in control(url, "GET", "requests") if request["path"].endswith("custom-attribute")]
assert {item for items in later for item in items} == set(addresses)

shown = (place / "first.log").read_text(encoding="utf-8") + second.stdout + second.stderr + third.stdout
assert not [password for password in told.values() if password in shown]
print(f"{before} before it was killed, {120 - before} after")
