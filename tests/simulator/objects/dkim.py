# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DKIM keys, kept in Redis by domain (facts-server 5)."""

from __future__ import annotations

import re
import typing as t

from .. import keys, php
from ..call import Call
from ..routes import DATA, add, delete, get

# length of the public key's text below which a key is taken for one of these sizes
LENGTHS = ((391, "1024"), (564, "2048"), (736, "3072"), (1416, "4096"))
LENGTHS_BEFORE = ((391, "1024"), (736, "2048"), (1416, "4096"))  # before 2025-03


def details(call: Call, name: str | None) -> dict[str, t.Any] | None:
    """What get/dkim shows, for any name that has a key; names are compared as they are."""
    public = call.redis.hget("DKIM_PUB_KEYS", php.string(name))
    if not public:
        return None
    selector = call.redis.hget("DKIM_SELECTORS", php.string(name))
    lengths = LENGTHS if call.since("2025-03") else LENGTHS_BEFORE
    return {
        "pubkey": public,
        "length": next((length for limit, length in lengths if len(public) < limit), ">= 8192"),
        "dkim_txt": "v=DKIM1;k=rsa;t=s;s=email;p=" + public,
        "dkim_selector": False if selector is None else selector,
        "privkey": "",
    }


@get("dkim")
def read(call: Call) -> t.Any:
    return details(call, call.object)


def valid_selector(call: Call, selector: t.Any, before: str = "[-_]") -> bool:
    """Letters and digits, and also `-_.` as long as there is more; anything but a text is invalid too.

    `before`: what goes as well on a server before 2025-01, where it was no `-_.` yet.
    """
    others = "[-_.]" if call.since("2025-01") else before
    return not php.is_array(selector) and php.ctype_alnum(re.sub(others, "", php.string(selector)))


def store(call: Call, domain: t.Any, selector: t.Any, public: str, private: str) -> None:
    name, selector = php.arg(domain), php.string(selector)
    call.redis.hset("DKIM_PUB_KEYS", name, public)
    call.redis.hset("DKIM_SELECTORS", name, selector)
    call.redis.hset("DKIM_PRIV_KEYS", "%s.%s" % (selector, name), private)


def generate(call: Call, domains: t.Any, size: t.Any, selector: t.Any, log: t.Any) -> None:
    """Make a key for each domain and note it; add/domain and add/alias-domain call it too, with a log of their own."""
    for domain in filter(lambda name: not php.empty(name), php.split(domains)):
        if not php.is_valid_domain_name(domain) or call.redis.hget("DKIM_PUB_KEYS", domain) or not valid_selector(call, selector):
            call.danger(["dkim_domain_or_sel_invalid", domain], log)
            continue
        if not call.has_domain(domain):
            call.danger(["access_denied", domain], log)
            continue
        pair = call.state.new_key(php.intval(size))
        if pair is None:
            call.danger(["dkim_domain_or_sel_invalid", domain], log)
            continue
        store(call, domain, selector, *pair)
        call.success(["dkim_added", domain], log)


@add("dkim", log=("dkim", "add", DATA), anonymous="handler")
def create(call: Call) -> None:
    selector = call.body.get("dkim_selector")
    generate(call, call.body.get("domains"), call.body.get("key_size"), "dkim" if selector is None else selector, call.log)


@add("dkim_duplicate", log=("dkim", "duplicate", DATA))
def duplicate(call: Call) -> None:
    """Copy a key to any names: they are not checked, and their own keys are lost."""
    source = call.body.get("from_domain")
    if not php.empty(source):
        php.arg(source)
    found = details(call, source)
    if found is None:
        call.danger(["dkim_domain_or_sel_invalid", source])
        return
    private = call.redis.hget("DKIM_PRIV_KEYS", "%s.%s" % (php.string(found["dkim_selector"]), php.string(source)))
    for target in php.array(call.body.get("to_domain")):
        if php.empty(target):
            continue
        store(call, target, found["dkim_selector"], found["pubkey"], private or "")
        call.success(["dkim_duplicated", source, target])


@add("dkim_import", log=("dkim", "import", DATA))
def import_key(call: Call) -> t.Any:
    """Take over a private key. Order of checks: key, name, existing key, selector."""
    body = call.body
    pem = re.sub(r"\r\n?", "\n", php.trim(body.get("private_key_file")))
    public, error = "", None
    try:
        public = keys.public(pem)
    except keys.UnreadableKey as problem:
        error = str(problem)
    error = call.state.openssl.report(error)
    if error:
        return call.danger(["private_key_error", error])
    domain, selector = body.get("domain"), body.get("dkim_selector")
    if selector is None:
        selector = "dkim"
    if not php.is_valid_domain_name(domain):
        return call.danger(["dkim_domain_or_sel_invalid", domain])
    if call.redis.hget("DKIM_PUB_KEYS", php.string(domain)) and php.intval(body.get("overwrite_existing")) == 0:
        return call.danger(["dkim_domain_or_sel_exists", domain])
    if not valid_selector(call, selector, before="(?!)"):
        return call.danger(["dkim_domain_or_sel_invalid", domain])
    drop(call, domain, ["dkim", "delete", {"domains": domain}])
    store(call, domain, selector, public, pem)
    return call.success(["dkim_added", domain])


def drop(call: Call, domain: t.Any, log: t.Any) -> None:
    """Delete a key and note it, whether there was one or not."""
    if not php.is_valid_domain_name(domain):
        call.danger(["dkim_domain_or_sel_invalid", domain], log)
        return
    name = php.string(domain)
    selector = call.redis.hget("DKIM_SELECTORS", name)
    call.redis.hdel("DKIM_PUB_KEYS", name)
    call.redis.hdel("DKIM_PRIV_KEYS", "%s.%s" % (php.string(selector), name))
    call.redis.hdel("DKIM_SELECTORS", name)
    call.success(["dkim_removed", php.htmlspecialchars(domain)], log)


@delete("dkim", key="domains", log=("dkim", "delete", DATA))
def remove(call: Call) -> None:
    for domain in call.items:
        drop(call, domain, call.log)
