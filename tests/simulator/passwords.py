# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The password policy, and what is stored of a password (facts-mailboxes 1.4, facts-server 22)."""

from __future__ import annotations

import re
import secrets
import typing as t

import bcrypt

from . import php
from .call import Call

POLICY = {"length": "6", "chars": "0", "special_chars": "0", "lowerupper": "0", "numbers": "0"}
PATTERNS = {"chars": r"[a-zA-Z]", "special_chars": r"[^a-zA-Z0-9]", "numbers": r"[0-9]", "lowerupper": r"(?=.*[a-z]).*[A-Z]"}
SCHEMES = (
    "ARGON2I|ARGON2ID|BLF-CRYPT|CLEAR|CLEARTEXT|CRYPT|DES-CRYPT|LDAP-MD5|MD5|MD5-CRYPT|PBKDF2|PLAIN|PLAIN-MD4|PLAIN-MD5|PLAIN-TRUNC|"
    "SHA|SHA1|SHA256|SHA256-CRYPT|SHA512|SHA512-CRYPT|SMD5|SSHA|SSHA256|SSHA512"
)
# Of the length of a hash, but nobody can take it for one: there is no "-" in bcrypt's alphabet.
_NO_HASH = "$2y$10$-"


def policy(call: Call) -> dict[str, str]:
    """The policy as get/passwordpolicy shows it."""
    return {**POLICY, **call.redis.hgetall("PASSWD_POLICY")}


def acceptable(call: Call, password: t.Any, repeated: t.Any) -> bool:
    """Whether both are equal and fulfil the policy; notes what is wrong. A hash has to fulfil it as well."""
    log = ["password_check", None, None]
    if php.empty(password) or php.empty(repeated):
        return call.danger("password_complexity", log)
    if not php.equals(password, repeated):
        return call.danger("password_mismatch", log)
    text, rules = php.arg(password), policy(call)
    good = len(text.encode()) >= php.intval(rules["length"]) and all(
        php.intval(rules[rule]) != 1 or re.search(pattern, text, re.S) for rule, pattern in PATTERNS.items()
    )
    return True if good else call.danger("password_complexity", log)


def stored(password: t.Any, readable: bool = False) -> str:
    """A hash is stored as it came. For the rest one is computed only where the API shows it (`readable`): elsewhere it only has to differ
    each time.
    """
    text = php.arg(password)
    if re.match(r"\{(%s)\}" % SCHEMES, text, re.I):
        return text
    if "\0" in text:
        raise php.PhpException("Bcrypt password must not contain null character")
    return "{BLF-CRYPT}" + (_bcrypt(text) if readable else _NO_HASH + secrets.token_hex(27)[:52])


def _bcrypt(text: str) -> str:
    """What PHP's password_hash gives, which has another name for the same scheme, and looks at 72 bytes; with the lowest cost that
    there is in place of 10: the real one takes 50 ms for each hash, and again for each comparison.
    """
    return bcrypt.hashpw(text.encode()[:72], bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$", 1)
