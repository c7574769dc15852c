# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import sys

import pytest

from ansible_collections.community.mailcow.plugins.plugin_utils._people.passwords import encrypted_by, first_password

SECRET = 'address,password\n"a@example.com","Geheim.123"\n'


@pytest.mark.parametrize("policy", [{}, {"length": 6}, {"length": 30, "special_chars": True}, {"length": 0, "special_chars": True}])
def test_every_password_is_as_the_policy_wants_it(policy: dict[str, int]) -> None:
    passwords = {first_password(policy, 12) for _number in range(300)}
    assert len(passwords) == 300
    for password in passwords:
        assert len(password) == max(12, policy.get("length", 0))
        assert password[0].isalpha()
        assert any(letter.islower() for letter in password)
        assert any(letter.isupper() for letter in password)
        assert any(letter.isdigit() for letter in password)
        assert any(not letter.isalnum() for letter in password) == bool(policy.get("special_chars"))
        assert not set(password) & set("lI1O0\"'=,;")


def test_no_password_is_shorter_than_its_kinds_of_characters() -> None:
    assert len(first_password({"special_chars": True}, 1)) == 4


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_a_command_gets_the_text_and_gives_another() -> None:
    reversed_ = encrypted_by(SECRET, python("import sys; sys.stdout.write(sys.stdin.read()[::-1])"))
    assert reversed_[::-1] == SECRET


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["/no/such/program"], "/no/such/program cannot be run: No such file"),
        (python("import sys; sys.exit('no public key')"), "ended with status 1: no public key"),
        (python("import sys; sys.stderr.write(sys.stdin.read()); sys.exit(2)"), "status 2: its output is not shown"),
        (python("import sys; sys.stdout.buffer.write(bytes(range(256)))"), "add its option --armor"),
        (python(""), "printed nothing"),
        (python("import sys; print('x'); print(sys.stdin.read())"), "does not encrypt"),
    ],
)
def test_a_command_that_does_not_encrypt(command: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        encrypted_by(SECRET, command)
    assert "Geheim" not in str(caught.value)
