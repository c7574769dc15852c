# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An OAuth2 client: an application in which users can log in with mailcow (facts-server 10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .._api.errors import InvalidValue
from .._api.request import Request
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import Table
from .._fields.field import MISSING, Field
from .._fields.plain import Line

if TYPE_CHECKING:
    from .._fields.field import Body, Spec


class RedirectUri(Line):
    """The URL to which an application's users are redirected. mailcow accepts any text, including an empty one."""

    def canonical(self, value: Any) -> Any:
        return super().canonical(str(value).strip())


class OldSecret(Field):
    """A secret that must not be valid any more. If the client has it, mailcow generates another one, and may revoke all tokens."""

    secret: ClassVar[bool] = True
    renews: ClassVar[bool] = True

    def argument_spec(self) -> Spec:
        return dict(super().argument_spec(), revoke_tokens={"type": "bool"})

    def given(self, params: Mapping[str, Any]) -> Any:
        secret, revoke = params.get(self.option), params.get("revoke_tokens")
        if revoke and not secret:
            raise InvalidValue("revoke_tokens", "tokens are revoked when the client gets another secret; set %s" % self.option)
        return (secret, bool(revoke)) if secret else MISSING

    def from_server(self, value: Any) -> Any:
        return str(value), False

    def same(self, current: Any, wanted: Any) -> bool:
        return bool(current[0] != wanted[0])

    def edits(self, item: Any, current: Any, wanted: Any, attempt: int) -> tuple[Body, list[Request]]:
        # Each edit changes one thing (facts-server 10). The secret is last, because it shows whether everything was done.
        what = ["revoke_tokens"] * wanted[1] + ["renew_secret"]
        return {}, [] if attempt else [Request("edit/oauth2-client", {"items": [item], "attr": {name: 1}}, item) for name in what]

    def show(self, value: Any) -> dict[str, Any]:
        return {}


def _check(situation: Situation) -> None:
    if situation.current is None and not situation.given["redirect_uri"]:
        raise InvalidValue("redirect_uri", "an OAuth2 client is of no use without it")


_REDIRECT_URI = RedirectUri("redirect_uri", most=2000, required_on_create=True, clearable=False)

OAUTH2_CLIENT = Kind(
    name="oauth2_client",
    plural="oauth2_clients",
    title="OAuth2 client",
    identity=ByParts("id", parts=(_REDIRECT_URI,)),
    read=Table("oauth2-client/all"),
    write=Write("oauth2-client", unique=False),
    check=_check,
    fields=(_REDIRECT_URI, OldSecret("old_secret", read="client_secret", on_add=False)),
    status=shows("id", "client_id", "scope", "grant_types"),
    secrets=shows("client_secret"),
)
