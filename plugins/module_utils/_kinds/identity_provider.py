# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The identity provider through which users can log in (facts-server 24)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.messages import some
from .._api.request import Request
from .._engine.identity import OnlyOne
from .._engine.kind import Kind, Situation, Trial, Write
from .._engine.ways import TheOnly
from .._fields.field import Field
from .._fields.plain import Choice, Flag, Number, Secret, Text

if TYPE_CHECKING:
    from .._fields.field import Asks, Body, Raw

# The value for no provider: all passwords are those of mailcow.
NONE = "mailcow"
# The required and the optional settings of each provider, and those of all.
VITAL = {
    "keycloak": ("server_url", "realm", "version", "client_id", "client_secret", "redirect_url"),
    "generic-oidc": ("authorize_url", "token_url", "userinfo_url", "client_id", "client_secret", "redirect_url"),
    "ldap": ("host", "basedn", "binddn", "bindpass"),
}
_SYNC = ("periodic_sync", "sync_interval", "import_users")
FURTHER = {
    "keycloak": ("mailpassword_flow", "redirect_url_extra", *_SYNC),
    "generic-oidc": ("client_scopes", "redirect_url_extra"),
    "ldap": ("port", "use_ssl", "use_tls", "username_field", "filter", "attribute_field", *_SYNC),
}
COMMON = ("ignore_ssl_error", "login_provisioning", "default_template", "attribute_mapping")


def _has(provider: object, option: str) -> bool:
    """Whether a provider has a setting."""
    return provider in VITAL and option in (*VITAL[str(provider)], *FURTHER[str(provider)], *COMMON)


class AuthSource(Choice):
    """The provider. mailcow changes it only if no mailbox uses the present one."""

    absent = NONE
    left_out: ClassVar[bool] = True

    def parse(self, raw: Raw) -> Any:
        # Without a provider, mailcow returns only login_provisioning, and nothing before 2025-05.
        if raw and not raw.keys() & {"authsource", "login_provisioning"}:
            raise ValueError("neither a provider nor none")
        return super().parse(raw)

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        if wanted == NONE:
            return {}, [] if attempt else [Request("delete/identity-provider", [item], item)]
        return super().edits(item, current, wanted, attempt)

    def examine(self, wanted: Any, merged: Mapping[str, Any], server: Asks) -> None:
        users = sorted(raw["username"] for raw in server.ask("mailbox/all") or () if raw.get("authsource") not in (None, NONE, wanted))
        if users:
            raise InvalidValue(self.option, "mailcow changes it only if no mailbox has a different authsource: %s" % some(users))


class Setting(Field):
    """A setting of some providers. mailcow also returns those of previous providers."""

    def applies(self, raw: Raw) -> bool:
        return _has(raw.get("authsource"), self.option)

    def kept(self, value: Any, attributes: Body) -> Body:
        return self.body(value) if "authsource" not in attributes or _has(attributes["authsource"], self.option) else {}


class TextSetting(Setting, Text):
    """A text."""


class Switch(Setting, Flag):
    """A flag."""


class SecretSetting(Setting, Secret):
    """A password, which mailcow returns."""


class Count(Setting, Number):
    """A number, which mailcow returns as a text."""


class TemplateName(TextSetting):
    """The name of a template, which mailcow returns once it has been set."""

    left_out: ClassVar[bool] = True


class TokenUrl(TextSetting):
    """A URL. Because of its name, Ansible would suspect a secret."""

    def details(self) -> dict[str, Any]:
        return {"no_log": False}


class ServerUrl(TextSetting):
    """A URL, which mailcow stores without trailing slashes."""

    def canonical(self, value: Any) -> Any:
        return str(value).rstrip("/")


class Hosts(TextSetting):
    """One or more servers, from which mailcow removes spaces."""

    def canonical(self, value: Any) -> Any:
        return str(value).replace(" ", "")


class Attribute(TextSetting):
    """The name of an LDAP attribute, which mailcow converts to lower case."""

    def canonical(self, value: Any) -> Any:
        return str(value).lower()


class Urls(Setting):
    """A set of URLs."""

    type: ClassVar[str] = "list"
    absent = ()
    left_out: ClassVar[bool] = True

    def canonical(self, value: Any) -> Any:
        return sorted({url.strip() for url in value if url.strip()})


class Templates(Setting):
    """Templates by the value of an attribute, which mailcow stores as two lists."""

    type: ClassVar[str] = "dict"

    def canonical(self, value: Any) -> Any:
        found = {str(name): str(template) for name, template in value.items()}
        if not all(found) or not all(found.values()):
            raise ValueError("neither a value nor a template can be empty")
        return found

    def parse(self, raw: Raw) -> Any:
        mappers, templates = (raw.get(name) or [] for name in ("mappers", "templates"))
        if not (isinstance(mappers, list) and isinstance(templates, list)):
            raise ValueError("not lists")
        return dict(zip(mappers, templates))

    def body(self, value: Any) -> Body:
        return {"mappers": list(value), "templates": list(value.values())}


def _check(situation: Situation) -> None:
    provider = situation.merged["authsource"]
    current = situation.current or {}
    if provider == NONE:
        surplus = sorted(set(situation.given) - {"authsource"})
        if surplus:
            raise InvalidValue("authsource", "set authsource together with %s; the server has no identity provider" % ", ".join(surplus))
        return
    for option in situation.given:
        if option != "authsource" and not _has(provider, option):
            owners = " and ".join(name for name in VITAL if _has(name, option))
            raise InvalidValue(option, "only %s has it, not %s" % (owners, provider))
    # Settings are not passed on to another provider, in particular no secrets.
    there: Mapping[str, Any] = situation.merged if current.get("authsource") == provider else situation.given
    missing = [option for option in VITAL[provider] if not there.get(option)]
    if missing:
        raise InvalidValue(", ".join(missing), "required with authsource %s" % provider)
    if situation.merged.get("use_ssl") and situation.merged.get("use_tls"):
        raise InvalidValue("use_tls", "mailcow ignores it with use_ssl; only one of them can be true")


SETTINGS: tuple[Setting, ...] = (
    ServerUrl("server_url"),
    TextSetting("realm"),
    TextSetting("version"),
    Switch("mailpassword_flow"),
    TextSetting("authorize_url"),
    TokenUrl("token_url"),
    TextSetting("userinfo_url"),
    TextSetting("client_scopes"),
    TextSetting("client_id"),
    SecretSetting("client_secret"),
    TextSetting("redirect_url"),
    Urls("redirect_url_extra", since="2025-05", before=()),
    Hosts("host"),
    # Otherwise, mailcow would have nothing to test.
    Count("port", least=1, most=65535, default=389),
    Switch("use_ssl"),
    Switch("use_tls"),
    TextSetting("basedn"),
    TextSetting("binddn"),
    SecretSetting("bindpass"),
    Attribute("username_field", clearable=False),
    TextSetting("filter"),
    Attribute("attribute_field"),
    Switch("ignore_ssl_error"),
    Switch("periodic_sync"),
    Count("sync_interval", least=1),
    Switch("import_users"),
    # The default of the web interface; the API's default is off.
    Switch("login_provisioning", since="2025-05", before=True, default=True),
    TemplateName("default_template"),
    Templates("attribute_mapping"),
)

IDENTITY_PROVIDER = Kind(
    name="identity_provider",
    plural="identity_provider",
    title="identity provider",
    identity=OnlyOne(),
    read=TheOnly("identity-provider", empty_before="2025-05"),
    write=Write("identity-provider", adds=(), deletes=False, replaces=True, trial=Trial("test", "identity-provider-test")),
    check=_check,
    reset={"authsource": NONE},
    fields=(AuthSource("authsource", choices=(NONE, *VITAL)), *SETTINGS),
    since="2025-03",
)
