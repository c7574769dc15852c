# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The DKIM key of a domain (facts-server 5)."""

from __future__ import annotations

import re

from ansible_collections.community.mailcow.plugins.module_utils._errors import InvalidValue
from ansible_collections.community.mailcow.plugins.module_utils._fields import Domain, Selector
from ansible_collections.community.mailcow.plugins.module_utils._resource import Add, Read, Resource, shows
from ansible_collections.community.mailcow.plugins.module_utils.values.dkim import KeySize, PrivateKey, Source


def _check(situation):
    given = situation.given
    if "duplicate_from" in given and given.keys() & {"selector", "key_size", "private_key"}:
        raise InvalidValue(
            "duplicate_from", "selector, key_size and private_key cannot be given with it: all is copied from the other domain"
        )
    if "private_key" in given and "key_size" in given:
        raise InvalidValue("key_size", "cannot be given with private_key, which has its own size")
    if "duplicate_from" in given and given["duplicate_from"][0] == situation.identity:
        raise InvalidValue("duplicate_from", "a key cannot be copied from the domain itself")


def _dns_record(raw):
    # With SPLIT_DKIM_255 the server hands out pieces in quotes.
    text = "".join(re.findall(r'"([^"]*)"', raw["dkim_txt"])) or raw["dkim_txt"]
    return {"name": "%s._domainkey.%s" % (raw["dkim_selector"], raw["domain"]), "type": "TXT", "value": text}


DKIM = Resource(
    kind="dkim",
    plural="dkim_keys",
    title="DKIM key of",
    identity=Domain("domain"),
    read=Read(one="dkim", named_by=(("domain/all", "domain_name"), ("alias-domain/all", "alias_domain"))),
    add=(
        Add("dkim_duplicate", when="duplicate_from", identity="to_domain", takes=("duplicate_from",), overwrites=True),
        # A worker of the server may answer with an error that an earlier key left behind (facts-server 5).
        Add(
            "dkim_import",
            when="private_key",
            takes=("selector", "private_key"),
            fixed={"overwrite_existing": 1},
            overwrites=True,
            stale="private_key_error",
        ),
        Add("dkim", identity="domains", takes=("selector", "key_size")),
    ),
    edit=None,
    delete="dkim",
    check=_check,
    domain_of=lambda identity: identity,
    # A new domain gets a key of its own, unless it is told not to.
    spares={"domain": {"dkim_key_size": 0}},
    fields=(
        Selector("selector", read="dkim_selector", write="dkim_selector", default="dkim"),
        KeySize("key_size", read="length", default=2048, choices=(1024, 2048, 3072, 4096)),
        PrivateKey("private_key", read="pubkey", write="private_key_file"),
        Source("duplicate_from", write="from_domain"),
    ),
    status=dict(shows(public_key="pubkey"), dns_record=_dns_record),
)
