# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from ansible.errors import AnsibleFilterError

from ..module_utils._api.names import address as valid_address
from .canonical import canonical

DOCUMENTATION = r"""
name: migration_accounts
short_description: Read accounts to move to mailcow
version_added: 1.0.0
author:
  - community.mailcow contributors (@ansible-collections)
description:
  - Reads accounts on other IMAP servers from CSV, YAML or a list, and returns the mailboxes and sync jobs with which
    M(community.mailcow.mailcow_config) can fetch their mail. The role P(community.mailcow.migrate#role) uses it.
  - Error messages contain the line or the number of the account, and no passwords.
positional: _input
options:
  _input:
    description:
      - The accounts, as a list of dictionaries, as YAML text with such a list, or as CSV text with a line for each account.
      - The first line of CSV contains the names of the columns. They are separated by commas, semicolons or tabs.
      - The columns, or keys, are C(address), C(host) and C(password), and optionally C(user), C(port), C(encryption),
        C(new_password), C(name) and C(quota). See O(community.mailcow.migrate#role:main:migrate_accounts).
    type: raw
    required: true
  defaults:
    description: Values for accounts that do not set them, with the same names.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Show whose mail is to be moved
  ansible.builtin.debug:
    msg: "{{ lookup('ansible.builtin.file', 'accounts.csv') | community.mailcow.migration_accounts | map(attribute='address') }}"
"""

RETURN = r"""
_value:
  description:
    - The accounts. Each has C(address), C(host) and C(user), as mailcow stores them; C(key), these three in lower case, joined with
      spaces; C(mailbox), options of M(community.mailcow.mailcow_mailbox); and C(syncjob), options of
      M(community.mailcow.mailcow_syncjob).
  type: list
  elements: dict
"""

NEEDED = ("address", "host", "password")
COLUMNS = (*NEEDED, "user", "port", "encryption", "new_password", "name", "quota")
ENCRYPTIONS = ("SSL", "TLS", "PLAIN")
PORTS = {"SSL": 993, "TLS": 143, "PLAIN": 143}


def migration_accounts(given: Any, defaults: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Give the accounts in a text or a list. Raises AnsibleFilterError if one is invalid."""
    accounts: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    for place, row in _rows(given):
        account = _account(place, {**(defaults or {}), **row})
        if account["key"] in seen:
            raise AnsibleFilterError("%s: %s is the same account as %s" % (place, account["address"], seen[account["key"]]))
        seen[account["key"]] = place
        accounts.append(account)
    return accounts


def _rows(given: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the place of each account (a line or a number), and its values that are not empty."""
    if isinstance(given, str):
        text = given.lstrip("\ufeff")
        first = next((line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---"))), "")
        if not first.lstrip().startswith(("-", "[")):
            yield from _lines(text)
            return
        try:
            given = yaml.safe_load(text)
        except yaml.YAMLError:
            # Without the error, which could contain a password.
            raise AnsibleFilterError("the list of accounts is not valid YAML; check it with yamllint") from None
    if not isinstance(given, list):
        raise AnsibleFilterError("the accounts are not a list")
    for number, row in enumerate(given, 1):
        if not isinstance(row, dict):
            raise AnsibleFilterError("account %d is not a dictionary" % number)
        yield "account %d" % number, {name: value for name, value in row.items() if value not in (None, "")}


def _lines(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    head = text.splitlines()[0] if text.strip() else ""
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
    _check_names("line 1", filter(None, reader.fieldnames))
    for row in reader:
        place = "line %d" % reader.line_num
        if None in row:
            raise AnsibleFilterError("%s has more values than columns; put values that contain the separator in quotes" % place)
        yield place, {name: value.strip() if name != "password" else value for name, value in row.items() if value and value.strip()}


def _check_names(place: str, names: Iterable[Any]) -> None:
    unknown = sorted(str(name) for name in names if name not in COLUMNS)
    if unknown:
        raise AnsibleFilterError("%s: no such column: %s; the columns are %s" % (place, ", ".join(unknown), ", ".join(COLUMNS)))


def _account(place: str, row: dict[str, Any]) -> dict[str, Any]:
    _check_names(place, row)
    missing = [name for name in NEEDED if name not in row]
    if missing:
        raise AnsibleFilterError("%s has no %s" % (place, " and no ".join(missing)))
    address, host, password = canonical(row["address"]), canonical(row["host"]), str(row["password"])
    try:
        valid_address(row["address"])
    except ValueError as error:
        raise AnsibleFilterError("%s: %s" % (place, error)) from None
    encryption = str(row.get("encryption", "SSL")).upper()
    if encryption not in ENCRYPTIONS:
        raise AnsibleFilterError("%s: the encryption must be one of %s, not %r" % (place, ", ".join(ENCRYPTIONS), row["encryption"]))
    numbers = {}
    for name in ("port", "quota"):
        try:
            numbers[name] = int(row.get(name, PORTS[encryption] if name == "port" else 0))
        except ValueError:
            raise AnsibleFilterError("%s: the %s must be a number, not %r" % (place, name, row[name])) from None
    user = str(row.get("user", row["address"]))
    mailbox: dict[str, Any] = {"address": address, "password": str(row.get("new_password", password))}
    if "name" in row:
        mailbox["name"] = str(row["name"])
    if "quota" in row:
        mailbox["quota"] = numbers["quota"]
    syncjob = {
        "username": address, "host1": host, "user1": user, "password1": password, "port1": numbers["port"], "enc1": encryption,
    }  # fmt: skip
    key = " ".join((address, host, user)).lower()
    return {"key": key, "address": address, "host": host, "user": user, "mailbox": mailbox, "syncjob": syncjob}


class FilterModule:
    """The filter; see DOCUMENTATION."""

    def filters(self) -> dict[str, Any]:
        return {"migration_accounts": migration_accounts}
