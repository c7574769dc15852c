# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs real playbooks with a marker in every secret, and looks for the markers in all that Ansible leaves behind or shows meanwhile.

In Ansible's own process and as modules, `-vvv --diff`, for real, in check mode and failing, with a server that repeats what it is sent:
in the output, the log, files and their names, temporary files and the process list. What a run is given is not searched: the files of
variables, and the environment.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.community.mailcow.plugins.module_utils._kinds._order import KINDS
from ansible_collections.community.mailcow.plugins.module_utils._tasks.objects import item_spec
from tests.integration.interpreter import playbooks as forked
from tests.secrets.echo import Echo
from tests.secrets.markers import COMPARED, marked, marker, secret_options, seen
from tests.simulator.process import PATIENCE, ROOT, Simulator
from tests.unit.plugins.module_utils.nameserver import running
from tests.unit.plugins.module_utils.objects import every_option, secret_places

KEY, LOGIN = ("api_key",), ("url",)
# In the variables of the role, and in a file that is no YAML.
FLAT, WRONG = marker(("tenant_password",)), marker(("wrong.yml",))
# With what the roles import and rotate_dkim encrypt what they generate.
VAULT = marker(("import_vault_password",))
# Behind a marker: what is written in another way in JSON and HTML, and is no template.
END = "\"\\<b>&'é"
# How the server answers, and how Ansible is called, in this order: what is refused, predicted, and done at last.
WRITES = (("danger", ()), ("", ("--check",)), ("warning", ()))
# The same for what only reads.
READS = (("read error", ()), ("", ("--check",)))
# Of the domain of the simulator, and what publishes a record.
ZONES = {
    "zones/tenant001.example.zone": """\
tenant001.example. 60 IN SOA ns.tenant001.example. root.tenant001.example. 1 60 60 60 60
tenant001.example. 60 IN NS ns.tenant001.example.
ns.tenant001.example. 60 IN A 127.0.0.1
""",
    "zones/publish.yml": """\
- ansible.builtin.copy:
    dest: "{{ rotate_dkim_tasks | dirname }}/dkim.zone"
    content: "{{ rotate_dkim_record.fqdn }}. 60 IN TXT {{ rotate_dkim_record.rdata }}\\n"
""",
}
TASK = """\
- community.mailcow.mailcow_{name}: "{{{{ {value} }}}}"
  loop: "{{{{ {loop} }}}}"
  ignore_errors: true
  {more}
"""
HEAD = "- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n"


def objects() -> dict[str, list[dict[str, Any]]]:
    """A declared state with a marker in each secret option of each kind, and what these need."""
    config = {}
    for kind in KINDS:
        places = secret_places(kind, every_option(kind)[0])
        options = {name: value for name, value in every_option(kind)[0].items() if (kind.name, name) != ("dkim", "key_size")}
        if places or kind.is_scope:
            config[kind.plural] = [marked(options, places, end=END)[0]]
    return config


def playbooks() -> dict[str, tuple[str, dict[str, Any], dict[str, str]]]:
    """By name: a playbook of the collection or the text of one, its variables, and further files that it is given."""
    config = objects()
    names = {kind.name: kind.plural for kind in KINDS if kind.plural in config}
    each = {f"{name}_all": config[plural] for name, plural in names.items()}
    alone, hidden = HEAD, HEAD
    for name in names:
        # What a loop goes over is in its results: names or numbers, or the whole result is hidden.
        alone += _indented(
            TASK.format(name=name, value=f"{name}_all[item]", loop=f"range({name}_all | length) | list", more="register: done")
        )
        hidden += _indented(TASK.format(name=name, value="item", loop=f"{name}_all", more="no_log: true"))
    password = FLAT + END
    flat = {"tenant_domain": "a.example", "tenant_password": password, "tenant_mailboxes": [{"address": "joe", "password": password}]}
    files = {"tenants/good.yml": yaml.safe_dump(config), "tenants/wrong.yml": "mailboxes: [{password: %s" % WRONG}
    files["tenants/typo.yml"] = yaml.safe_dump(
        {"domains": config["domains"], "mailboxes": [{"password": {"x": password}, "pushover": password}]}
    )
    accounts = [{"address": "joe@a.example", "host": "imap.old.example", "password": password, "new_password": password}]
    migrate = HEAD + _indented(
        "- community.mailcow.mailcow_domain: {domain: a.example}\n  ignore_errors: true\n"
        "- ansible.builtin.include_role: {name: community.mailcow.migrate}\n"
    )
    files_of_import = {"people/people.csv": "First name;Surname\nAnna;Adler\nBen;Bauer\n"}
    people = {
        "import_file": "../../given/people/people.csv",
        "import_columns": {"first_name": "First name", "last_name": "Surname"},
        # The domain of the simulator.
        "import_address": "{first_name}.{last_name}@tenant001.example",
        "import_vault_password": VAULT,
    }
    rotated = {
        "rotate_dkim_domains": ["tenant001.example"],
        "rotate_dkim_selector": "another",
        "rotate_dkim_vault_password": VAULT,
        "rotate_dkim_nameservers": ["127.0.0.1"],
        "rotate_dkim_dns_timeout": PATIENCE,
    }
    declared = HEAD + _indented('- community.mailcow.mailcow_config: {config: "{{ tenant_config }}", prune: [mailboxes]}\n')
    return {
        "objects": (alone, each, {}),
        "objects with no_log": (hidden, each, {}),
        "mailcow_config": (declared, {"tenant_config": config}, {}),
        "tenant of a variable": ("community.mailcow.tenant", {"tenant_config": config}, {}),
        "tenant of variables": ("community.mailcow.tenant", flat, {}),
        "tenants of a directory": ("community.mailcow.tenant", {}, files),
        "drift_audit of a variable": ("community.mailcow.drift_audit", {"tenant_config": config}, {}),
        "drift_audit of a directory": ("community.mailcow.drift_audit", {}, files),
        "migrate": (migrate, {"migrate_accounts": accounts, "migrate_phases": "prepare,check"}, {}),
        "import": ("community.mailcow.import", people, files_of_import),
        "rotate_dkim": ("community.mailcow.rotate_dkim", rotated, ZONES),
        "health": ("community.mailcow.health", {"health_fail": True}, {}),
    }


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


class Place:
    """Where one playbook runs. `given` holds what it is given, `left` all that it leaves behind; `program` is ansible-playbook, `python`
    is what runs modules, None when there are none.
    """

    def __init__(self, place: Path, echo: Echo, program: str, python: str | None) -> None:
        self.given, self.left, self.echo, self.program, self.python = place / "given", place / "left", echo, program, python
        for name in ("work", "home", "tmp", "remote", "local", "results"):
            (self.left / name).mkdir(parents=True)
        self.given.mkdir()

    def environment(self) -> dict[str, str]:
        """Everything that Ansible writes goes to `left`; the key and the URL are given as AWX gives them."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAILCOW_", "ANSIBLE_"))}
        left = {"ANSIBLE_HOME": "home", "ANSIBLE_REMOTE_TMP": "remote", "ANSIBLE_LOCAL_TEMP": "local", "TMPDIR": "tmp"}
        left |= {"ANSIBLE_LOG_PATH": "log", "ANSIBLE_CALLBACK_TREE_DIR": "results", "JUNIT_OUTPUT_DIR": "results"}
        return {
            **clean,
            **{name: str(self.left / where) for name, where in left.items()},
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".cache/collections"),
            "ANSIBLE_CALLBACKS_ENABLED": "ansible.builtin.junit,ansible.builtin.tree",
            "ANSIBLE_LOCALHOST_WARNING": "False",
            "MAILCOW_URL": "http://joe:%s@%s" % (marker(LOGIN), self.echo.host),
            "MAILCOW_API_KEY": marker(KEY),
            "MAILCOW_TIMEOUT": str(PATIENCE),
        }

    def run(self, playbook: str, variables: dict[str, Any], *options: str) -> str:
        """Run ansible-playbook as a user would, and give its output."""
        way = {"ansible_mailcow_in_process": False, "ansible_python_interpreter": self.python} if self.python else {}
        (self.given / "variables.yml").write_text(yaml.safe_dump({**variables, **way}))
        if playbook.startswith("-"):
            (self.given / "play.yml").write_text(playbook)
            playbook = str(self.given / "play.yml")
        command = [self.program, "-i", "localhost,", "-e", f"@{self.given}/variables.yml", "-vvv", "--diff", *options, playbook]
        done = subprocess.run(
            command, cwd=self.left / "work", env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    def generated(self) -> set[str]:
        """The passwords and the private key that roles have generated, which are in encrypted files only."""
        vault = VaultLib([("default", VaultSecret(VAULT.encode()))])
        texts = [vault.decrypt(path.read_bytes()).decode() for path in self.left.rglob("*.csv.vault")]
        passwords = {row["password"] for text in texts for row in csv.DictReader(io.StringIO(text))}
        saved = [json.loads(path.read_bytes()) for path in self.left.rglob("dkim-rotation/*.json")]
        return passwords | {vault.decrypt(one["next"]["private_key"]).decode() for one in saved if "next" in one}

    def search(self, markers: set[str]) -> list[str]:
        """Where in what was left behind there is a marker."""
        found = []
        for path in sorted(self.left.rglob("*")):
            if seen(markers, str(path)):
                found.append(f"the name of {path}")
            if path.is_file() and seen(markers, path.read_bytes().decode(errors="replace")):
                found.append(str(path))
        return found


@contextmanager
def watched_processes(markers: set[str]) -> Iterator[set[str]]:
    """The set of the command lines with a marker in them, of all processes on this machine, that were there in the meantime."""
    found: set[str] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    line = path.read_bytes().decode(errors="replace").replace("\0", " ")
                except OSError:
                    continue
                if seen(markers, line):
                    found.add(line)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def markers_in(*texts: str) -> set[str]:
    """All markers that a run is given."""
    everything = "\n".join(texts)
    known = {marker(place) for kind in KINDS for place in secret_options(item_spec(kind))} | {FLAT, WRONG, VAULT}
    return {one for one in known if seen([one], everything)} | {marker(KEY), marker(LOGIN)}


def check(name: str, program: str, python: str | None) -> list[str]:
    """Run one playbook in all modes, and give what is wrong."""
    playbook, variables, files = playbooks()[name]
    problems = []
    generated: set[str] = set()
    with (
        tempfile.TemporaryDirectory() as directory,
        Simulator(seed="domains=1") as simulator,
        Echo(simulator.url, simulator.rw_key) as echo,
        running(Path(directory) / "given/zones") if files is ZONES else nullcontext() as nameserver,
    ):
        place = Place(Path(directory), echo, program, python)
        if nameserver:
            port = {"rotate_dkim_nameserver_port": nameserver.port}
            variables = {**variables, **port, "rotate_dkim_tasks": str(place.given / "zones/publish.yml")}
        for path, text in files.items():
            (place.given / path).parent.mkdir(exist_ok=True)
            (place.given / path).write_text(text)
            variables = {**variables, "tenant_directory": str(place.given / "tenants")}
        markers = markers_in(yaml.safe_dump(variables, width=10**6, allow_unicode=True), *files.values())
        for mode, options in READS if name.startswith(("drift_audit", "health")) else WRITES:
            echo.mode = mode
            start = time.monotonic()
            with watched_processes(markers) as processes:
                output = place.run(playbook, variables, *options)
            generated |= place.generated()
            markers |= generated
            wrong = [f"the output: {line[:400]}" for line in output.splitlines() if seen(markers, line)]
            wrong += place.search(markers) + [f"the process list: {line[:400]}" for line in processes]
            if "PLAY RECAP" not in output:
                wrong.append("it did not run:\n" + output[-2000:])
            problems += [f"{name}, {mode or 'check mode'}: {one}" for one in wrong]
            how = f"{mode or 'check mode'}, {'as modules' if python else 'in process'}"
            print(f"{'FAILED' if wrong else 'ok':6} {name} ({how}) {time.monotonic() - start:.1f} s", flush=True)
        if name in ("import", "rotate_dkim") and not generated:
            problems.append(f"{name}: nothing was generated")
        if not {marker(KEY), marker(LOGIN)} <= echo.heard:
            problems.append(f"{name}: the server was not asked")
        if "directory" not in name and "drift" not in name:
            lost = [one for one in markers - {VAULT, *map(marker, COMPARED)} if not seen([one], " ".join(echo.heard))]
            problems += [f"{name}: the server was not sent {one[:40]}" for one in lost]
    return problems


def able_to_fail(program: str, python: str | None) -> list[str]:
    """A loop over what holds passwords shows them, whatever the label is: that has to be found, and be so as documented."""
    leak = HEAD + _indented(
        '- community.mailcow.mailcow_domain_info: {}\n  loop: [{name: jane, password: "{{ shown }}"}]\n  loop_control: {label: jane}\n'
    )
    with tempfile.TemporaryDirectory() as directory, Simulator() as simulator, Echo(simulator.url, simulator.rw_key) as echo:
        place = Place(Path(directory), echo, program, python)
        output = place.run(leak, {"shown": marker(("shown",))})
        places = place.search({marker(("shown",))})
        good = seen([marker(("shown",))], output) and str(place.left / "log") in places
    return [] if good else ["a loop over passwords shows none: the search is blind\n" + output[-2000:]]


def main() -> int:
    """The command line; the exit status."""
    known = list(playbooks())
    parser = argparse.ArgumentParser(prog="python -m tests.secrets", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(known)}")
    chosen = parser.parse_args().names or known
    if unknown := set(chosen) - set(known):
        parser.error(f"no such playbook: {', '.join(sorted(unknown))}")
    with forked() as (program, python), ThreadPoolExecutor(max_workers=2) as pool:
        problems = able_to_fail(program, None) + able_to_fail(program, python)
        for found in pool.map(lambda name, way: check(name, program, way), chosen * 2, [None] * len(chosen) + [python] * len(chosen)):
            problems += found
    print("\n".join(problems) or "no secret was seen")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
