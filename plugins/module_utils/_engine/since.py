# Copyright (c) 2026, community.mailcow contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan needs to know about the release of the server. The version is requested only if the plan depends on it, and what an older
server does not have is rejected before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .._api.errors import InvalidValue
from .._api.releases import OLDEST, too_old
from .._fields.field import MISSING

if TYPE_CHECKING:
    from .kind import Kind
    from .plan import Plan
    from .reading import Existing
    from .server import Server


def fitting(kind: Kind, values: Mapping[str, Any], current: Existing | None, server: Server, plan_for: Callable[[Kind], Plan]) -> Plan:
    """Give the plan for the release of the server, made by ``plan_for`` for the kind as on this server. ``values``: the wanted
    ones. Raises InvalidValue for what requires a newer server.
    """
    plan = plan_for(kind.at(server.version))
    needs = list(_needs(kind, plan, values, current))
    if server.version is None and (needs or _depends(kind, plan, values, plan_for)) and server.find_version() is not None:
        plan = plan_for(kind.at(server.version))
    for option, release in needs:
        if server.lacks(release):
            raise InvalidValue(option, too_old(release, server.version))
    plan.warnings.extend(warning for warning in _hidden(kind, values, current) if server.says_first(warning))
    return plan


def _depends(kind: Kind, plan: Plan, values: Mapping[str, Any], plan_for: Callable[[Kind], Plan]) -> bool:
    """Whether the requests to an older server would be different."""
    if not plan.requests or not any(field.older for field in kind.managed(values)):
        return False
    return plan_for(kind.at(OLDEST)).requests != plan.requests


def _needs(kind: Kind, plan: Plan, values: Mapping[str, Any], current: Existing | None) -> Iterator[tuple[str | None, str]]:
    """Give (option, release of mailcow) of everything to write that some servers do not have."""
    if plan.action in ("none", "tidy", "delete"):
        return
    if kind.since:
        yield None, kind.since
    if plan.action == "rename" and kind.rename and kind.rename.since:
        yield "rename_to", kind.rename.since
    written = values if plan.action == "create" else plan.edited
    for field in kind.managed(option for option in values if option in written):
        release = field.needs(values[field.option])
        # The server has what it returns, but an edit that sends everything may accept less than the add.
        shown = current is not None and field.since is not None and field.shown_in(current.raw) is not MISSING
        shown = shown and not kind.write.replaces
        if release and not shown:
            yield field.option, release


def _hidden(kind: Kind, values: Mapping[str, Any], current: Existing | None) -> Iterator[str]:
    """Give a warning for each wanted value that the server accepts but does not return."""
    for field in kind.managed(values) if current else ():
        if field.shown_since and current and field.shown_in(current.raw) is MISSING:
            yield (
                "%s: mailcow returns it since %s, and this server is older. It is set when the %s is created, and later only with %s: "
                "always" % (field.option, field.shown_since, kind.title, field.policy)
            )
