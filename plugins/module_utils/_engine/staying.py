# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps the last object of kinds of which one is required, because otherwise nobody could log in any more (`Kind.one_stays`)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from .._api.errors import InvalidValue
from .reading import listed

if TYPE_CHECKING:
    from .kind import Kind
    from .plan import Wanted
    from .server import Server


def refuse_none_left(kind: Kind, wanted: Collection[Wanted], server: Server) -> None:
    """Raise InvalidValue if no object would have the flag once all these are in their wanted state. mailcow itself silently deletes
    the last one (facts-server 7). Raises MailcowError.
    """
    flag = kind.one_stays
    if not flag or not any(wish.state == "absent" or wish.values.get(flag) is False for wish in wanted):
        return
    key = kind.identity.key
    has = {key(existing.identity): bool(existing.values.get(flag)) for existing in listed(kind, server, options=[flag])}
    left = dict(has)
    for wish in wanted:
        name = key(wish.identity) if key(wish.identity) in has else key(wish.rename_to or wish.identity)
        staying = wish.values.get(flag, left.get(name, kind.by_option[flag].default))
        left[name] = wish.state == "present" and bool(staying)
    if any(has.values()) and not any(left.values()):
        raise InvalidValue(None, "at least one %s must remain %s" % (kind.title, flag))
