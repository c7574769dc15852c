# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fields that administrators of the server and of domains have in common (facts-server 6 and 7)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.request import Request
from .._engine.kind import Rename, shows
from .._fields.field import MISSING, Field
from .._fields.plain import Flag

if TYPE_CHECKING:
    from .._engine.kind import Shows
    from .._engine.reading import Existing
    from .._fields.field import Asks


class UserName(Field):
    """The name of an administrator. mailcow converts it to lower case on add, and compares it exactly later."""

    def canonical(self, value: Any) -> Any:
        name = str(value).strip().lower()
        if not re.match(r"^[_.-]*[a-z0-9][a-z0-9_.-]*$", name):
            raise ValueError("%r is not a user name: use letters, digits, '_', '.' and '-'" % value)
        return name

    def from_server(self, value: Any) -> Any:
        return str(value)


class WithoutTfa(Flag):
    """Whether the second factors are deleted, so that the next login does not require one (facts-server 6)."""

    def given(self, params: Mapping[str, Any]) -> Any:
        # An account without two-factor authentication cannot be given one.
        return super().given(params) or MISSING

    def from_server(self, value: Any) -> Any:
        return not super().from_server(value)

    def show(self, value: Any) -> dict[str, Any]:
        return {} if value else super().show(value)

    def exported(self, value: Any, server: Asks) -> dict[str, Any]:
        return {}


# The requirements at the next login. An edit that omits them resets them.
DUTIES = (
    Flag("force_tfa", read="attributes.force_tfa", on_add=False, keep=True, since="2026-03", before=False),
    Flag("force_pw_update", read="attributes.force_pw_update", on_add=False, keep=True, since="2026-03", before=False),
    WithoutTfa("disable_tfa", read="tfa_active", on_add=False),
)
STATUS: Shows = dict(shows("created"), tfa_active=lambda raw: bool(raw["tfa_active"]))


def rename(route: str) -> Rename:
    """Give the declaration of renaming for administrators with this edit route."""
    return Rename(request=functools.partial(_rename, route), check=_can_rename)


def _rename(route: str, current: Existing, new: str, options: Mapping[str, Any]) -> Request:
    return Request("edit/" + route, {"items": [current.item], "attr": {"username_new": new}}, current.item)


def _can_rename(old: str, new: str, current: Existing) -> None:
    if old.lower() == new:
        raise InvalidValue("rename_to", "mailcow cannot change the case of a name alone")
