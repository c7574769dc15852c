# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Installs the built collection into an empty place without network, and uses it as a new user does, in a directory of their own.

What the READMEs say is done word by word: the documentation, the first example, the playbooks by name with relative paths.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import environment
from tests.simulator.process import ROOT, Simulator

MODULE = "community.mailcow.mailcow_domain"
# As the README of the role tenant shows it.
TENANT = re.search(r"```yaml\n# tenants/brewery.yml\n(.*?)```", (ROOT / "roles/tenant/README.md").read_text(), re.DOTALL)
# The first example of README.md.
EXAMPLE = re.search(r"```yaml\n(- name: .*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
PASSWORD = ("-e", "vaulted_password=Barley.Hops.1")
# A failure fits on a screen. The longest other line is that of a task's name.
LINE = 1500


class User:
    """Somebody who installed the collection below `place`, and works in a directory `home`."""

    def __init__(self, place: Path, server: environment.Server) -> None:
        self.installed = place / "collections"
        self.home = place / "home"
        self.home.mkdir()
        self.variables = {
            **os.environ,
            **server.variables,
            "ANSIBLE_COLLECTIONS_PATH": str(self.installed),
            "ANSIBLE_HOME": str(place / "ansible"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "true",
        }
        self.variables.pop("ANSIBLE_CONFIG", None)  # else the collection of the checkout is found

    def run(self, *command: str, fails: bool = False, **variables: str) -> str:
        """What the command printed. Raises AssertionError when it fails, or with `fails` when it does not."""
        done = subprocess.run(
            command,
            cwd=self.home,
            env={**self.variables, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        print(f"{'ok' if bool(done.returncode) == fails else 'FAILED'}: {' '.join(command)[:150]}", flush=True)
        assert bool(done.returncode) == fails, done.stdout
        return done.stdout

    def play(self, *arguments: str, fails: bool = False, **variables: str) -> str:
        """As `run`, a playbook."""
        return self.run("ansible-playbook", *arguments, fails=fails, **variables)

    def write(self, path: str, text: str) -> None:
        """Write a file in the user's directory."""
        file = self.home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def files(self) -> set[Path]:
        """What is installed, without what Python and Ansible keep beside it."""
        return {path for path in self.installed.rglob("*") if "__pycache__" not in path.parts}


def told(wanted: str, printed: str) -> None:
    """Check that it was printed."""
    assert wanted in printed, f"{wanted!r} is not in\n{printed}"


def documentation(user: User) -> None:
    """The modules are there, and one of them does its work."""
    user.run("ansible-doc", "-t", "module", "-s", MODULE, ANSIBLE_PAGER="cat")
    here = ("ansible", "localhost", "-i", "localhost,", "-c", "local", "-e", f"ansible_python_interpreter={sys.executable}")
    user.run(*here, "--check", "-m", MODULE, "-a", "domain=example.com")


def example(user: User) -> None:
    """The first example of README.md: in check mode on a server where nothing is yet, for real, and once more."""
    assert EXAMPLE
    user.write("example.yml", EXAMPLE[1])
    options = ("example.yml", "-e", f"ansible_python_interpreter={sys.executable}", *PASSWORD)
    told("changed=4", user.play(*options, "--check", "--diff"))
    told("v=DKIM1", user.play(*options))
    told("changed=0", user.play(*options))


def tenant(user: User) -> None:
    """The playbook tenant, from a directory as seen from here; the role, from one beside a playbook."""
    assert TENANT
    user.write("tenants/brewery.yml", TENANT[1])
    told("changed=1", user.play("community.mailcow.tenant", "-e", "tenant_directory=tenants", *PASSWORD))
    told("changed=0", user.play("community.mailcow.tenant", "-e", "tenant_directory=./tenants/", "-e", "tenant_only=brewery", *PASSWORD))
    told(
        f"There is no directory {user.home.resolve()}/vars.",  # which the playbooks of the collection have beside them
        user.play("community.mailcow.tenant", "-e", "tenant_directory=vars", fails=True),
    )
    told("(did you mean tenant_quota?)", user.play("community.mailcow.tenant", "-e", "tenant_domain=a.example tenant_quotta=5", fails=True))
    user.write("plays/theirs/brewpub.yml", "domains:\n- domain: brewpub.example\n")
    user.write(
        "plays/site.yml",
        f"- hosts: localhost\n  gather_facts: false\n  vars: {{ansible_python_interpreter: '{sys.executable}'}}\n"
        "  roles: [{role: community.mailcow.tenant, tenant_directory: theirs}]\n",
    )
    told("changed=1", user.play("plays/site.yml"))


def failure(user: User) -> None:
    """One object of many that is refused: the screen shows which and why, and not all others."""
    mailboxes = "".join(f"- {{address: user{number}@many.example, password: Barley.Hops.1}}\n" for number in range(300))
    user.write(
        "many/many.yml", f"domains: [{{domain: many.example, mailboxes: 400}}]\nmailboxes:\n{mailboxes}- {{address: last@many.example}}\n"
    )
    printed = user.play("community.mailcow.tenant", "-e", "tenant_directory=many", fails=True)
    told("last@many.example", printed)
    assert max(map(len, printed.splitlines())) < LINE, printed


def drift_audit(user: User) -> None:
    """The playbook drift_audit, with a report where it was asked for, and a URL with a password in it that nobody is shown."""
    url = user.variables["MAILCOW_URL"]
    name = url.partition("://")[2].replace(":", "_")
    audit = ("community.mailcow.drift_audit", "-e", "tenant_directory=tenants", *PASSWORD)
    secret = {"MAILCOW_URL": url.replace("://", "://joe:Secret.Of.Joe@"), "ANSIBLE_SHOW_CUSTOM_STATS": "true"}
    printed = user.play(*audit, "-e", "drift_audit_path=out", **secret)
    told(f"{name}: All 4 objects are as declared, see {user.home.resolve()}/out/{name}.html", printed)
    user.write("tenants/brewery.yml", (user.home / "tenants/brewery.yml").read_text().replace("51200", "61200"))
    printed += user.play(*audit, "-e", "drift_audit_path=out", "-e", "drift_audit_fail=true", fails=True, **secret)
    told(f"{name}: 1 of 4 objects is not as declared, see {user.home.resolve()}/out/{name}.html", printed)
    printed += user.play(*audit, **secret)
    reports = [*user.home.glob("out/*"), *user.home.glob("drift-audit/*")]
    assert sorted(path.name for path in reports) == 2 * [f"{name}.html"] + 2 * [f"{name}.json"], reports
    assert "Secret" not in printed + "".join(path.read_text() for path in reports)


def health(user: User) -> None:
    """The playbook health."""
    told("queue       ok", user.play("community.mailcow.health", "-e", "health_checks=containers,disk,queue,quarantine"))
    told("(did you mean health_queue_max?)", user.play("community.mailcow.health", "-e", "health_quue_max=5", fails=True))
    told("no check is called dsk", user.play("community.mailcow.health", "-e", "health_checks=dsk", fails=True))
    # As if it were not installed.
    user.write("without/dns/__init__.py", "raise ImportError('no dnspython')\n")
    printed = user.play("community.mailcow.health", "-e", "health_checks=dns", PYTHONPATH=str(user.home / "without"))
    told(" -m pip install dnspython", printed)


def use(user: User) -> None:
    """Do all of it."""
    installed = user.files()
    for step in (documentation, example, tenant, failure, drift_audit, health):
        step(user)
    assert user.files() == installed, "something was written into the installed collection"


def main(artifact: str) -> None:
    """`artifact`: the path of the built collection. Raises AssertionError when something does not work."""
    environment.take()
    with tempfile.TemporaryDirectory() as place, Simulator() as simulator:
        user = User(Path(place), environment.Server(simulator.url, simulator.rw_key, simulator.ro_key))
        user.run("ansible-galaxy", "collection", "install", str(Path(artifact).resolve()), "--offline", "-p", str(user.installed))
        use(user)


if __name__ == "__main__":
    main(sys.argv[1])
