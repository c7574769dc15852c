# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""MTA-STS policies: written, but never shown by the API, only by the page that other mail servers read (facts-server 26)."""

from __future__ import annotations

import datetime
import re
import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, add, edit, page
from ..state import State

MODES = ("enforce", "testing", "none")


def hosts(value: t.Any) -> list[str]:
    return re.sub(r"\s+", "", php.arg(value), flags=re.ASCII).split(",")


def invalid(call: Call, names: list[str]) -> t.Any:
    """The first host name that is not valid, converted (False where it cannot be); None if there is none."""
    for name in names:
        host = php.idn_to_ascii(php.strtolower(php.trim(name)))
        if not php.is_valid_domain_name(host, wildcard=call.since("2025-09c")):
            return host
    return None


def stamp() -> str:
    return datetime.datetime.now().strftime("%Y%m%d%H%M%S")


@add("mta-sts", log=("mailbox", "add", "mta_sts", DATA, None))
def create(call: Call) -> t.Any:
    body = call.body
    domain = php.idn_to_ascii(php.strtolower(php.trim(body.get("domain"))))
    version, mode = php.strtolower(body.get("version")), php.strtolower(body.get("mode"))
    mx, max_age = hosts(body.get("mx")), php.intval(body.get("max_age"))
    shown = php.htmlspecialchars(domain)
    if not call.has_domain(domain):
        return call.danger("access_denied")
    if version != "stsv1":
        return call.danger(["version_invalid", shown])
    if mode not in MODES:
        return call.danger(["mode_invalid", shown])
    if not 1 <= max_age <= 31536000:
        return call.danger(["max_age_invalid", shown])
    wrong = invalid(call, mx)
    if wrong is not None:
        return call.danger(["mx_invalid", php.htmlspecialchars(wrong)])
    try:
        call.db.insert(
            "mta_sts",
            id=stamp(),
            domain=domain,
            version=version,
            mode=mode,
            mx=",".join(mx),
            max_age=max_age,
            active=int(php.intval(body.get("active")) == 1),
        )
    except php.MysqlError as error:
        return call.danger(str(error), call.log[:-1])
    return None


@edit("mta-sts", key="domains", log=("mailbox", "edit", "mta_sts", DATA, None))
def change(call: Call) -> None:
    for item in call.items:
        domain = php.idn_to_ascii(php.strtolower(php.trim(item)))
        now = call.db.get("mta_sts", domain=domain) if call.has_domain(domain) else None
        if now is None:
            call.danger("access_denied")
            continue
        # the stored version is read as "STSv1", which is then refused: it has to be sent each time
        now["version"] = now["version"][:3].upper() + now["version"][3:]
        problem, values = _changed(call, now, domain)
        if problem:
            call.danger(problem)
            continue
        try:
            call.db.update("mta_sts", values, domain=domain)
        except php.MysqlError as error:
            call.danger(str(error), call.log[:-1])
            continue
        call.success(["object_modified", domain])


def _changed(call: Call, now: dict[str, t.Any], domain: str) -> tuple[t.Any, dict[str, t.Any]]:
    """What forbids the edit (None if nothing), and the new values; a real change makes a new policy id."""
    data = call.data
    values = {name: php.strtolower(data[name]) if php.isset(data, name) else now[name] for name in ("version", "mode")}
    values["active"] = int((php.intval(data["active"]) if php.isset(data, "active") else now["active"]) == 1)
    old_mx = now["mx"].split(",")
    mx = hosts(data["mx"]) if php.isset(data, "mx") else old_mx
    values["max_age"] = php.intval(data["max_age"]) if php.isset(data, "max_age") else php.intval(now["max_age"])
    kept = (
        values["version"] == now["version"].lower()
        and values["mode"] == now["mode"].lower()
        and mx == old_mx
        and values["max_age"] == php.intval(now["max_age"])
    )
    values["id"] = now["id"] if kept else stamp()
    values["mx"] = ",".join(mx)
    if values["version"] != "stsv1":
        return ["version_invalid", php.htmlspecialchars(values["version"])], values
    if values["mode"] not in MODES:
        return ["mode_invalid", php.htmlspecialchars(domain)], values
    if not 1 <= values["max_age"] <= 31557600:
        return ["max_age_invalid", php.htmlspecialchars(domain)], values
    # an invalid name that PHP takes for false ("0", or one that cannot be converted) counts as "none invalid"
    wrong = invalid(call, mx)
    return (["mx_invalid", php.htmlspecialchars(wrong)] if not php.empty(wrong) else None), values


@page("/.well-known/mta-sts.txt")
def policy(state: State, host: str) -> str | None:
    """The public page of the policy under the name mta-sts.DOMAIN (source); that of an alias domain is its target's."""
    if not host.startswith("mta-sts."):
        return None
    domain = php.idn_to_ascii(php.strtolower(re.sub(r":[0-9]+$", "", host).replace("mta-sts.", "")))
    alias = state.db.get("alias_domain", alias_domain=domain) if state.since("2026-01") else None
    row = state.db.get("mta_sts", domain=alias["target_domain"] if alias else domain)
    if row is None or row["active"] != 1:
        return None
    lines = ["version: STSv1", "mode: %s" % row["mode"], "max_age: %s" % row["max_age"]]
    return "".join(line + "\n" for line in lines + ["mx: %s" % mx for mx in row["mx"].split(",")])
