# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of accounts as people have them."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.community.mailcow.plugins.filter.migration_accounts import migration_accounts

JANE = {
    "key": "jane@example.com imap.old.example jane",
    "address": "jane@example.com",
    "host": "imap.old.example",
    "user": "jane",
    "mailbox": {"address": "jane@example.com", "password": "A;b,c"},
    "syncjob": {
        "username": "jane@example.com",
        "host1": "imap.old.example",
        "user1": "jane",
        "password1": "A;b,c",
        "port1": 993,
        "enc1": "SSL",
    },
}


@pytest.mark.parametrize(
    "given",
    [
        'address,host,user,password\njane@example.com,imap.old.example,jane,"A;b,c"\n',
        '\ufeffAddress; Host; User; Password\r\njane@example.com; imap.old.example; jane; "A;b,c"\r\n\r\n',
        "user\tpassword\thost\taddress\tquota\njane\tA;b,c\timap.old.example\tjane@example.com\t\n",
        "---\n- {address: jane@example.com, host: imap.old.example, user: jane, password: 'A;b,c'}\n",
        "# mine\n- address: jane@example.com\n  host: imap.old.example\n  user: jane\n  password: A;b,c\n",
        [{"address": "jane@example.com", "host": "imap.old.example", "user": "jane", "password": "A;b,c", "quota": None}],
    ],
)
def test_each_form(given: object) -> None:
    assert migration_accounts(given) == [JANE]


def test_all_that_can_be_said() -> None:
    row = {"address": "jane@example.com", "host": "o.example", "password": "old", "new_password": "new"}
    row |= {"encryption": "tls", "name": "Jane", "quota": "5"}
    (account,) = migration_accounts([row])
    assert account["mailbox"] == {"address": "jane@example.com", "password": "new", "name": "Jane", "quota": 5}
    assert account["syncjob"] | {"password1": "old", "port1": 143, "enc1": "TLS", "user1": "jane@example.com"} == account["syncjob"]
    (account,) = migration_accounts([{"address": "joe@example.com", "password": "x"}], {"host": "o.example", "port": 1993})
    assert (account["host"], account["syncjob"]["port1"]) == ("o.example", 1993)


def test_names_are_spelled_as_mailcow_does() -> None:
    (account,) = migration_accounts([{"address": "Jane@Größe.Example", "host": "IMAP.Größe.example", "password": "x"}])
    assert (account["address"], account["host"]) == ("jane@xn--grsse-kua.example", "imap.xn--grsse-kua.example")
    assert account["syncjob"]["username"] == account["mailbox"]["address"] == account["address"]
    assert account["user"] == "Jane@Größe.Example", "what the old server knows is not for mailcow to spell"


HEAD = "address,host,password\n"
WRONG = {
    "": [],
    "address,host,password,\n": [],
    "address,host,password,pasword\na@b.example,h,Secret,Secret": "line 1: no such column: pasword",
    f"{HEAD}a@b.example,,Secret": "line 2 has no host",
    f"{HEAD}a@b.example,h,Secret,Secret": "line 2 has more values than columns",
    f"{HEAD}b.example,h,Secret": "line 2: 'b.example' is not an e-mail address",
    f"{HEAD}a@b.example,h,Secret\nc@b.example,h,Secret\nA@b.example,H,Secret": "line 4: a@b.example is the same account as line 2",
    "- {address: a@b.example, host: h, password: Secret": "not valid YAML",
    "- Secret": "account 1 is not a dictionary",
}


@pytest.mark.parametrize(("given", "message"), WRONG.items(), ids=map(str, WRONG.values()))
def test_what_is_wrong(given: str, message: object) -> None:
    if not message:
        assert migration_accounts(given) == []
        return
    with pytest.raises(AnsibleFilterError, match=str(message)) as raised:
        migration_accounts(given)
    assert "Secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"encryption": "none"}, "the encryption must be one of"),
        ({"port": "imap"}, "the port must be a number"),
        ({"quota": "1 GB"}, "the quota must be a number"),
    ],
    ids=str,
)
def test_wrong_values(more: dict, message: str) -> None:
    with pytest.raises(AnsibleFilterError, match=message):
        migration_accounts([{"address": "a@b.example", "host": "h", "password": "x", **more}])


@pytest.mark.parametrize("given", [None, {}, 7])
def test_no_list(given: object) -> None:
    with pytest.raises(AnsibleFilterError, match="not a list"):
        migration_accounts(given)
