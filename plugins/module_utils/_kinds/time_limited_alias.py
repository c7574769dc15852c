# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A temporary alias: a random address of a mailbox that expires (facts-mailboxes 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.names import address, domain_of
from .._engine.identity import ByParts
from .._engine.kind import Kind, Situation, Write, shows
from .._engine.ways import PerOwner
from .._fields.field import MISSING, Field, Older
from .._fields.mail import Domain, MailboxName
from .._fields.plain import Text
from ._places import IN_MAILBOX, MAILBOXES

if TYPE_CHECKING:
    from .._fields.field import Body, Spec

# mailcow's default, a year in hours.
_HOURS = 8760
_MOST_HOURS = 87600


class RandomAddress(ByParts):
    """The identity of a temporary alias: the mailbox, the domain and the description, or the address that mailcow chose."""

    def given(self, params: Mapping[str, Any]) -> str:
        own = params.get(self.option)
        if own is not None:
            try:
                params = dict(params, **{self.option: address(own).lower()})
            except ValueError as error:
                raise InvalidValue(self.option, str(error)) from error
        return super().given(params)


class Owner(MailboxName):
    """The mailbox, whose domain is that of the random address, unless another one is specified."""

    def body(self, value: Any) -> Body:
        return dict(super().body(value), domain=domain_of(value))


class OwnDomain(Domain):
    """The domain of a random address."""

    def from_server(self, value: Any) -> Any:
        return domain_of(str(value)).lower()


class Lifetime(Field):
    """The lifetime of a temporary alias: unlimited, or some hours from the write on. The hours cannot be read."""

    def argument_spec(self) -> Spec:
        return {"permanent": {"type": "bool"}, "validity": {"type": "int"}}

    def given(self, params: Mapping[str, Any]) -> Any:
        permanent, hours = params.get("permanent"), params.get("validity")
        if permanent and hours is not None:
            raise InvalidValue("validity", "a permanent alias does not expire")
        if hours is not None and not 1 <= hours <= _MOST_HOURS:
            raise InvalidValue("validity", "%s is not between 1 and %s hours" % (hours, _MOST_HOURS))
        return MISSING if (permanent, hours) == (None, None) else (bool(permanent), hours)

    def from_server(self, value: Any) -> Any:
        return str(value) == "1", None

    def same(self, current: Any, wanted: Any) -> bool:
        return bool(current[0] == wanted[0])

    def needs(self, value: Any) -> str | None:
        return super().needs((value[0], None))

    def worth_writing(self, value: Any) -> bool:
        return value[1] is not None

    def body(self, value: Any) -> Body:
        permanent, hours = value
        return {"permanent": 1} if permanent else {"validity": hours or _HOURS}

    def show(self, value: Any) -> dict[str, Any]:
        if value is MISSING:
            return {}
        permanent, hours = value
        return {"permanent": permanent} if hours is None else {"permanent": permanent, "validity": hours}


def _check(situation: Situation) -> None:
    """Raise InvalidValue if a value would change that mailcow cannot change."""
    for option in ("domain", "description"):
        there = situation.current.get(option) if situation.current else None
        if there is not None and situation.given.get(option, there).lower() != there.lower():
            raise InvalidValue(option, "it is %r, which mailcow cannot change; delete the temporary alias and create a new one" % there)


_USERNAME = Owner("username", read="goto", on_edit=False, required_on_create=True)
_DOMAIN = OwnDomain("domain", read="address", on_edit=False)
_DESCRIPTION = Text("description", on_edit=False, required_on_create=True, since="2025-01", before="")

TIME_LIMITED_ALIAS = Kind(
    name="time_limited_alias",
    plural="time_limited_aliases",
    title="temporary alias",
    identity=RandomAddress(
        "address",
        parts=(_USERNAME, _DOMAIN, _DESCRIPTION),
        lacking={"domain": lambda values: domain_of(values["username"])},
        place="username",
        type="str",
        item="address",
    ),
    read=PerOwner(MAILBOXES, "time_limited_aliases"),
    write=Write("time_limited_alias", unique=False),
    belongs=IN_MAILBOX,
    check=_check,
    fields=(
        _USERNAME,
        _DOMAIN,
        _DESCRIPTION,
        # Before 2026-07a, the add does not accept hours, so an edit follows.
        Lifetime(
            "permanent", policy="update_write_only", since="2025-12", before=(False, None), older=Older("2026-07a", {"on_add": False})
        ),
    ),
    status=dict(
        shows("address", "created", "modified"), expires=lambda raw: None if int(raw.get("permanent") or 0) else int(raw["validity"])
    ),
)
