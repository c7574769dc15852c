# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DKIM keys are rotated from the first day to the last, with two name servers that do not get a record at the same time, and a person
who is interrupted. At each stop, both have the key that mailcow signs with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.courses.course import Course
from tests.examples.internet import READ_ONLY_KEY, Internet, internet
from tests.simulator.process import PATIENCE
from tests.unit.plugins.module_utils.nameserver import Nameserver, running

DOMAINS = ("brewery.example", "pub.example")
PUB = {"rotate_dkim_domains": ["pub.example"]}
ZONES = [
    line
    for zone in (*DOMAINS, "dns.example")
    for line in (
        f"{zone}. 60 IN SOA one.dns.example. root.dns.example. 1 60 60 60 60",
        f"{zone}. 60 IN NS one.dns.example.",
        f"{zone}. 60 IN NS two.dns.example.",
    )
] + ["one.dns.example. 60 IN A 127.0.0.1", "two.dns.example. 60 IN A 127.0.0.2"]
PASSWORD = "Barley.Hops.1516"
# What stands for a module of a DNS provider; "reached" are the servers that get to know of it.
TASKS = """
- name: Change the zone files
  ansible.builtin.copy:
    dest: "{{ item }}/{{ rotate_dkim_record.fqdn }}.zone"
    content: >
      {{ rotate_dkim_record.fqdn ~ '. ' ~ rotate_dkim_record.ttl ~ ' IN TXT ' ~ rotate_dkim_record.rdata
      if rotate_dkim_record.state == 'present' else '' }}
  loop: "{{ reached }}"
"""


class Rotation(Course):
    """Whoever rotates the keys, mailcow, and the name servers."""

    def __init__(self, place: Path, world: Internet, servers: tuple[Nameserver, Nameserver]) -> None:
        super().__init__(place, world)
        self.servers = servers
        (place / "publish.yml").write_text(TASKS)
        self.given = {
            "rotate_dkim_domains": ",".join(DOMAINS),
            "rotate_dkim_selector": "2026-11",
            "rotate_dkim_vault_password": PASSWORD,
            "rotate_dkim_tasks": "publish.yml",
            "rotate_dkim_wait": 0,
            "rotate_dkim_interval": 0,
            "rotate_dkim_nameservers": "127.0.0.1",
            "rotate_dkim_nameserver_port": servers[0].port,
            "rotate_dkim_dns_timeout": PATIENCE,
            "reached": [str(server.directory) for server in servers],
        }

    def words(self, *more: str, **variables: object) -> list[str]:
        """The playbook, and what it is given."""
        return ["community.mailcow.rotate_dkim", "-vvv", "-e", json.dumps({**self.given, **variables}), *more]

    def play(self, *more: str, fails: bool = False, **variables: object) -> str:
        """What was printed, in one line."""
        printed = self.run(*self.words(*more, **variables), fails=fails)
        assert self.verifiable()
        return " ".join(printed.split())

    def file(self, domain: str) -> Path:
        return self.place / "dkim-rotation" / f"{domain}.json"

    def note(self, domain: str) -> dict:
        return json.loads(self.file(domain).read_text())

    def signs(self, domain: str) -> tuple[str, str]:
        """The selector and the record of the key that mailcow signs with."""
        url, certificate = f"{self.simulator.url}/api/v1/get/dkim/{domain}", self.simulator.options["tls_cert"]
        key = requests.get(url, headers={"X-API-Key": READ_ONLY_KEY}, verify=certificate, timeout=PATIENCE).json()
        return key["dkim_selector"], key["dkim_txt"]

    def published(self, domain: str, selector: str) -> list[str]:
        """The record of a key on each name server."""
        paths = [server.directory / f"{selector}._domainkey.{domain}.zone" for server in self.servers]
        return [path.read_text().partition(" IN TXT ")[2].replace('" "', "").strip().strip('"') if path.exists() else "" for path in paths]

    def verifiable(self) -> bool:
        keys = {domain: self.signs(domain) for domain in DOMAINS}
        return all(self.published(domain, selector) == [record] * 2 for domain, (selector, record) in keys.items())


@pytest.fixture(scope="module", name="course")
def fixture_course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rotation]:
    place = tmp_path_factory.mktemp("rotate_dkim")
    for name in ("one", "two"):
        (place / name).mkdir()
    with running(place / "one") as one, running(place / "two", "127.0.0.2", one.port) as two, internet(place) as world:
        course = Rotation(place, world, (one, two))
        domains = [{"community.mailcow.mailcow_domain": {"domain": domain}} for domain in DOMAINS]
        (place / "domains.json").write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": domains}]))
        course.run("domains.json")
        for server in course.servers:
            server.has(*ZONES)
            for domain in DOMAINS:
                _selector, record = course.signs(domain)
                server.has(f'dkim._domainkey.{domain}. 60 IN TXT "{record[:200]}" "{record[200:]}"', file=f"dkim._domainkey.{domain}")
        yield course


def test_check_mode_tells_what_it_would_do(course: Rotation) -> None:
    printed = course.play("--check", "-e", f"mailcow_api_key={READ_ONLY_KEY}", **PUB)
    assert "2026-11._domainkey.pub.example would be published" in printed
    assert "changed=1" in printed
    assert not (course.place / "dkim-rotation").exists()
    assert course.published("pub.example", "2026-11") == ["", ""]


def test_nothing_is_changed_in_mailcow_while_a_name_server_lacks_the_record(course: Rotation) -> None:
    before = [course.signs(domain) for domain in DOMAINS]
    printed = course.play(fails=True, reached=[str(course.servers[0].directory)])
    assert "not all name servers have 2026-11._domainkey.brewery.example (two.dns.example: there is no such record)" in printed
    assert "brewery.example: signs with dkim" in printed
    assert [course.signs(domain) for domain in DOMAINS] == before
    assert course.made("add/dkim_import") == 0
    for domain in DOMAINS:
        assert course.note(domain)["next"]["private_key"].startswith("$ANSIBLE_VAULT")
        assert course.published(domain, "2026-11") == [course.note(domain)["next"]["value"], ""]


def test_killed_after_the_first_import_it_goes_on_with_the_same_keys(course: Rotation) -> None:
    records = [course.note(domain)["next"]["value"] for domain in DOMAINS]
    course.kill("add/dkim_import", 1, *course.words())
    assert course.verifiable()
    # mailcow has the first key, and nobody has written that down.
    assert [course.note(domain)["next"]["value"] for domain in DOMAINS] == records
    printed = course.play()
    assert [request["body"]["domain"] for request in course.simulator.requests() if "dkim_import" in request["path"]] == [DOMAINS[1]]
    for domain, record in zip(DOMAINS, records, strict=True):
        assert course.signs(domain) == ("2026-11", record)
        assert f"{domain}: now signs with 2026-11; keep dkim._domainkey.{domain} in the DNS until " in printed
        assert list(course.note(domain)) == ["old"]


def test_the_old_record_is_kept(course: Rotation) -> None:
    printed = course.play(**PUB)
    assert "changed=0" in printed
    assert "pub.example: signs with 2026-11; keep dkim._domainkey.pub.example in the DNS until " in printed
    assert course.made("POST") + course.made("add/") + course.made("delete/") == 0


def test_then_it_is_removed_and_forgotten(course: Rotation) -> None:
    note = course.note("pub.example")
    note["old"][0]["until"] = "2020-01-01"
    course.file("pub.example").write_text(json.dumps(note))
    # In the same night, the next rotation begins. Its key is not encrypted: nobody may see it either.
    unencrypted = {"rotate_dkim_vault_password": "", "rotate_dkim_unencrypted": True}
    more = {**PUB, **unencrypted, "rotate_dkim_selector": "2027-05", "rotate_dkim_remove": True}
    printed = course.play("--diff", **more)
    assert "pub.example: now signs with 2027-05; keep 2026-11._domainkey.pub.example in the DNS until " in printed
    assert "dkim._domainkey.pub.example was removed from the DNS" in printed
    assert course.published("pub.example", "dkim") == ["", ""]
    assert "was removed from the DNS" not in course.play(**more)
    assert [old["selector"] for old in course.note("pub.example")["old"]] == ["2026-11"]


def test_no_key_was_printed_or_left(course: Rotation) -> None:
    left = "".join(path.read_text() for path in (course.place / "dkim-rotation").iterdir())
    for text in (course.printed, left):
        assert "PRIVATE KEY" not in text
        assert PASSWORD not in text
    assert "2026-11._domainkey" in course.printed
