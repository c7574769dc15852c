# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Footers that a domain adds to outgoing mail; written, but never shown by the API (facts-server 2, "Footer")."""

from __future__ import annotations

import json
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, edit


def _excluded(call: Call) -> tuple[list[t.Any], list[t.Any]]:
    """The addresses and the alias domains among `exclude` that exist; each other one is noted.

    Before 2024-02 it is `mbox_exclude`, and takes mailboxes only.
    """
    since = call.since("2024-02")
    given = call.data.get("exclude" if since else "mbox_exclude")
    addresses: list[t.Any] = []
    domains: list[t.Any] = []
    for name in php.array(given):
        if php.is_valid_email(name):
            if (since and call.db.exists("alias", address=name)) or call.db.exists("mailbox", username=name):
                addresses.append(name)
                continue
        elif since and php.is_valid_domain_name(name) and call.db.exists("alias_domain", alias_domain=name):
            domains.append(name)
            continue
        call.danger(["username_invalid", name])
    return addresses, domains


@edit("domain", "footer", key="domains", log=("mailbox", "edit", "domain_wide_footer", DATA, None), mask=("password", "password2"))
def change(call: Call) -> t.Any:
    """Replace the footers as a whole; what is not given is emptied."""
    data = call.data
    values = {name: data[name] if php.isset(data, name) else "" for name in ("html", "plain")}
    values["skip_replies"] = php.intval(data.get("skip_replies"))
    addresses, alias_domains = _excluded(call)
    values.update(mbox_exclude=json.dumps(addresses), alias_domain_exclude=json.dumps(alias_domains))
    for item in call.items:
        domain = php.idn_to_ascii(php.strtolower(php.trim(item)))
        if not php.is_valid_domain_name(domain):
            return call.danger("domain_invalid")
        if not call.has_domain(domain):
            return call.danger("access_denied")
        call.db.delete("domain_wide_footer", domain=domain)
        try:
            call.db.insert("domain_wide_footer", values, domain=domain)
        except php.MysqlError as error:
            return call.danger(str(error))
        call.success(["domain_footer_modified", php.htmlspecialchars(domain)])
    return None
