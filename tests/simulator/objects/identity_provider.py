# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The identity provider of the server: Keycloak, another OIDC provider, or LDAP (facts-server 24)."""

from __future__ import annotations

import typing as t

from .. import php
from ..call import Call
from ..routes import DATA, delete, edit, get

SCOPES = "openid profile email mailcow_template"
SINCE = {"redirect_url_extra": "2025-05", "login_provisioning": "2025-05"}
LISTS = ("redirect_url_extra", "mappers", "templates")
BOOLEANS = ("use_ssl", "use_tls", "login_provisioning", "ignore_ssl_errors")

# The settings of each kind in the order in which they are checked and stored.
SETTINGS: dict[str, tuple[str, ...]] = {
    "keycloak": (
        "authsource", "server_url", "realm", "client_id", "client_secret", "redirect_url", "version", "mailpassword_flow", "periodic_sync",
        "import_users", "sync_interval", "ignore_ssl_error", "login_provisioning",
    ),
    "generic-oidc": (
        "authsource", "authorize_url", "token_url", "client_id", "client_secret", "redirect_url", "userinfo_url", "client_scopes",
        "ignore_ssl_error", "login_provisioning",
    ),
    "ldap": (
        "authsource", "host", "port", "basedn", "username_field", "filter", "attribute_field", "binddn", "bindpass", "periodic_sync",
        "import_users", "sync_interval", "use_ssl", "use_tls", "ignore_ssl_error", "login_provisioning",
    ),
}  # fmt: skip


@get("identity-provider")
def read(call: Call) -> dict[str, t.Any]:
    """What is stored, secrets and settings of former kinds included."""
    data: dict[str, t.Any] = {}
    for row in call.db.all("SELECT key, value FROM identity_provider ORDER BY UPPER(key)"):
        name, value = row["key"], row["value"]
        data[name] = php.json_decode(value) if name in LISTS else not php.empty(value) if name in BOOLEANS else value
    if call.since(SINCE["login_provisioning"]):
        data.setdefault("login_provisioning", 1)
    if data.get("authsource") == "generic-oidc" and php.empty(data.get("client_scopes")):
        data["client_scopes"] = SCOPES
    if data.get("authsource") == "ldap":
        for name in ("use_ssl", "use_tls", "ignore_ssl_errors"):
            data.setdefault(name, False)
    return data


def in_use(call: Call, wanted: str) -> bool:
    """Whether mailboxes log in at a provider of another kind."""
    sql = "SELECT 1 FROM mailbox WHERE authsource <> 'mailcow' AND authsource <> ?"
    return call.db.one(sql, wanted) is not None


def save(call: Call, name: str, value: t.Any) -> None:
    sql = "INSERT INTO identity_provider (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    call.db.execute(sql, name, value)


def completed(data: dict[str, t.Any], kind: str) -> dict[str, t.Any]:
    """The settings with what stands for the ones that are not given; what stays None is missing."""
    values = {**data, "authsource": kind}

    def flag(name: str) -> bool:
        return php.isset(data, name) and not php.empty(data[name])

    def number(name: str) -> int:
        return php.intval(data.get(name))

    def text(name: str, default: t.Any) -> t.Any:
        return default if php.empty(data.get(name)) else data[name]

    for name in ("ignore_ssl_error", "login_provisioning"):
        values[name] = flag(name)
    if kind == "generic-oidc":
        for name, default in (("authorize_url", None), ("token_url", None), ("userinfo_url", None), ("client_scopes", SCOPES)):
            values[name] = text(name, default)
        return values
    values["sync_interval"] = max(1, php.intval(text("sync_interval", 15)))
    for name in ("periodic_sync", "import_users"):
        values[name] = number(name)
    if kind == "keycloak":
        url = text("server_url", None)
        values["server_url"] = None if url is None else php.arg(url).rstrip("/")
        values["mailpassword_flow"] = number("mailpassword_flow")
        return values
    values["host"] = php.string(text("host", "")).replace(" ", "")
    values["port"] = php.intval(text("port", 389))
    values["username_field"] = php.strtolower(text("username_field", "mail"))
    values["attribute_field"] = php.strtolower(text("attribute_field", ""))
    values["filter"] = text("filter", "")
    values["use_ssl"] = flag("use_ssl")
    values["use_tls"] = flag("use_tls") and not values["use_ssl"]
    return values


@edit("identity-provider", log=("identity_provider", "edit", DATA), mask=("client_secret", "access_token"))
def change(call: Call) -> t.Any:
    """No partial edit: what is required is so each time, the rest goes back to its default - but for the lists and the template."""
    data = call.data
    if not php.isset(data, "authsource"):
        return call.danger(["required_data_missing", ""])
    kind = php.strtolower(data["authsource"])
    if kind not in SETTINGS:
        return call.danger(["invalid_authsource", None])
    if in_use(call, kind):
        return call.danger(["authsource_in_use", None])
    values = completed(data, kind)
    call.db.execute("BEGIN")
    stored = False
    try:
        for name in call.known(SETTINGS[kind], SINCE):
            if values.get(name) is None:
                return call.danger(["required_data_missing", name])
            save(call, name, values[name])
        stored = True
    finally:
        call.db.execute("COMMIT" if stored else "ROLLBACK")
    _extras(call)
    save(call, "access_token", "")
    return call.success(["object_modified", ""])


def _extras(call: Call) -> None:
    """What is kept where it is not given. Mappers and templates come together, and as many of the one as of the other."""
    data = call.data
    if php.isset(data, "redirect_url_extra") and call.since(SINCE["redirect_url_extra"]):
        save(call, "redirect_url_extra", php.json_compact(php.array_filter(data["redirect_url_extra"])))
    if php.isset(data, "default_template"):
        save(call, "default_template", "" if php.empty(data["default_template"]) else data["default_template"])
    if php.isset(data, "mappers") and php.isset(data, "templates"):
        mappers, templates = php.array_filter(data["mappers"]), php.array_filter(data["templates"])
        if len(mappers) == len(templates):
            save(call, "mappers", php.json_compact(mappers))
            save(call, "templates", php.json_compact(templates))


@edit("identity-provider-test", log=("identity_provider", "test", DATA))
def test(call: Call) -> bool:
    """Whether a provider with these settings answers (see ../services.py); one of an unknown kind needs not."""
    data = call.data
    kind = next((kind for kind in SETTINGS if php.equals(data.get("authsource"), kind)), None)
    if kind is None:
        return True
    if kind == "ldap" and any(php.empty(data.get(name)) for name in ("host", "port", "basedn", "binddn", "bindpass")):
        return call.failed()
    return call.state.services.up("identity-provider")


@delete("identity-provider", log=("identity_provider", "delete", None))
def remove(call: Call) -> t.Any:
    if in_use(call, "mailcow"):
        return call.danger(["authsource_in_use", None])
    call.db.delete("identity_provider")
    return call.success(["item_deleted", ""])
