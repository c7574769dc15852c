# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DKIM keys, kept in Redis by domain (facts-server 5)."""

from __future__ import annotations

import base64
import collections
import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add

POOL = 4
_pool: dict[int, collections.deque[tuple[str, str]]] = {}


def key_pair(bits: int) -> tuple[str, str] | None:
    """Public key (base64 DER) and private key (PEM). A few keys of each size go round: making them is what costs most."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    keys = _pool.setdefault(bits, collections.deque())
    if len(keys) < POOL:
        try:
            private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        except ValueError:
            return None
        public = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        keys.append((base64.b64encode(public).decode(), pem.decode().strip()))
    keys.rotate(1)
    return keys[0]


def generate(call: Call, domains: t.Any, size: t.Any, selector: t.Any, log: t.Any) -> None:
    """Make a key for each domain and note it; add/domain calls it too, with its own log."""
    for domain in filter(lambda name: not php.empty(name), php.split(domains)):
        plain = re.sub(r"[-_.]", "", php.arg(selector))
        if not php.is_valid_domain_name(domain) or call.redis.hget("DKIM_PUB_KEYS", domain) or not php.ctype_alnum(plain):
            call.danger(["dkim_domain_or_sel_invalid", domain], log)
            continue
        if not call.has_domain(domain):
            call.danger(["access_denied", domain], log)
            continue
        keys = key_pair(php.intval(size))
        if keys is None:
            call.danger(["dkim_domain_or_sel_invalid", domain], log)
            continue
        call.redis.hset("DKIM_PUB_KEYS", domain, keys[0])
        call.redis.hset("DKIM_SELECTORS", domain, selector)
        call.redis.hset("DKIM_PRIV_KEYS", "%s.%s" % (selector, domain), keys[1])
        call.success(["dkim_added", domain], log)


@add("dkim", log=("dkim", "add", DATA), anonymous="handler")
def create(call: Call) -> None:
    selector = call.body.get("dkim_selector")
    generate(call, call.body.get("domains"), call.body.get("key_size"), "dkim" if selector is None else selector, call.log)
